"""Microsoft's consent mode, as it stands on requests to bat.bing.com: ``asc=G`` or ``asc=D``; without it, consent is taken as given."""

from __future__ import annotations

from consentcheck.reading.signals.decoded import Decoded, json_value, malformed


def decode_asc(raw: str) -> Decoded:
    """``asc``, decoded: D denies storage for ads, G grants it."""
    if raw not in ("G", "D"):
        return malformed("asc value", "it must be G or D")
    word = "granted" if raw == "G" else "denied"
    return Decoded(f"Microsoft Advertising is told: storage for ads {word}.", raw == "D", fields={"asc": raw})


def decode_uetq(raw: str) -> Decoded:
    """The tag's queue (JSON): ``"consent", "update", {"ad_storage": "denied"}``; the last state counts."""
    value = json_value(raw)
    states = (
        [item["ad_storage"] for item in value if isinstance(item, dict) and "ad_storage" in item]
        if isinstance(value, list)
        else []
    )
    if not states or states[-1] not in ("granted", "denied"):
        return malformed("UET queue", "it says nothing of storage for ads")
    return decode_asc("D" if states[-1] == "denied" else "G")
