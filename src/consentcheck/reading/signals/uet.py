"""Microsoft's consent mode, as it stands on requests to bat.bing.com: ``asc=G`` or ``asc=D``; without it, consent is taken as given."""

from __future__ import annotations

from consentcheck.reading.signals.decoded import Decoded, malformed


def decode_asc(raw: str) -> Decoded:
    """``asc``, decoded: D denies storage for ads, G grants it."""
    if raw not in ("G", "D"):
        return malformed("asc value", "it must be G or D")
    word = "granted" if raw == "G" else "denied"
    return Decoded(f"Microsoft Advertising is told: storage for ads {word}.", raw == "D", fields={"asc": raw})
