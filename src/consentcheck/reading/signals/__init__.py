"""Consent signals: pure decoders, one a module, and the reading of all of them from the evidence."""

from consentcheck.reading.signals.read import read_signals, read_well_known_gpc

__all__ = ["read_signals", "read_well_known_gpc"]
