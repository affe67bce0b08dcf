"""What is learned of a target while it is visited."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Known:
    """What the visits of one target have learned of it, so that they all do the same."""

    inner_pages: tuple[str, ...] | None = None
    """Further pages to visit; chosen by the first visit that gets there."""
    patience: float | None = None
    """Seconds that a dialog of this site may take to come; None until one visit has waited."""
