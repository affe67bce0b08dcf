"""The TCF consent string, version 2 (IAB Europe): ``CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA``.

It is no Californian signal; where one is set for a Californian visitor, ``gdprApplies`` shows that the site took them for a European.
Source: IAB Tech Lab, "Transparency and Consent String with Global Vendor List Format", version 2.2.
"""

from __future__ import annotations

import datetime as dt

from consentcheck.reading.signals.decoded import Bits, Decoded, FieldValue, Truncated, json_object, malformed

_MAX_RANGES = 4096


def decode_tcf(raw: str) -> Decoded:
    """A TCF string, decoded. Lists (``PurposeConsents``, ``VendorConsents`` ...) are the numbers that are set, joined by commas.

    It never says whether there is an opt-out of sale: ``says_opted_out`` is None.
    """
    core, *segments = raw.split(".")
    fields: dict[str, FieldValue] = {}
    try:
        _core(Bits(core), fields)
        for text in segments:
            _segment(Bits(text), fields)
    except Truncated as error:
        return malformed("TCF string", str(error))
    purposes = str(fields["PurposeConsents"] or "none")
    return Decoded(f"A European consent string: purposes consented to: {purposes}.", fields=fields)


def decode_tcf_answer(raw: str) -> Decoded:
    """What ``__tcfapi`` answered (JSON, with ``gdprApplies`` and ``tcString``), or the bare string."""
    answer = json_object(raw)
    if not answer:
        return decode_tcf(raw.strip())
    text = answer.get("tcString")
    decoded = decode_tcf(text) if isinstance(text, str) and text else Decoded("No consent string is set.")
    applies = answer.get("gdprApplies")
    if not isinstance(applies, bool):
        return decoded
    said = "GDPR is said to apply" if applies else "GDPR is said not to apply"
    fields = {"gdprApplies": applies, **decoded.fields}
    return Decoded(f"{said}. {decoded.meaning}", valid=decoded.valid, fields=fields)


def _core(bits: Bits, fields: dict[str, FieldValue]) -> None:
    version = bits.integer(6)
    if version != 2:
        raise Truncated(f"its version is {version}, not 2")
    fields["Version"] = version
    fields["Created"] = _moment(bits.integer(36))
    fields["LastUpdated"] = _moment(bits.integer(36))
    for name, width in (("CmpId", 12), ("CmpVersion", 12), ("ConsentScreen", 6)):
        fields[name] = bits.integer(width)
    fields["ConsentLanguage"] = bits.letters(2)
    fields["VendorListVersion"] = bits.integer(12)
    fields["PolicyVersion"] = bits.integer(6)
    fields["IsServiceSpecific"] = bits.flag()
    fields["UseNonStandardTexts"] = bits.flag()
    fields["SpecialFeatureOptins"] = _set_bits(bits, 12)
    fields["PurposeConsents"] = _set_bits(bits, 24)
    fields["PurposeLegitimateInterests"] = _set_bits(bits, 24)
    fields["PurposeOneTreatment"] = bits.flag()
    fields["PublisherCountryCode"] = bits.letters(2)
    fields["VendorConsents"] = _vendors(bits)
    fields["VendorLegitimateInterests"] = _vendors(bits)
    fields["PublisherRestrictions"] = _restrictions(bits)


def _segment(bits: Bits, fields: dict[str, FieldValue]) -> None:
    kind = bits.integer(3)
    if kind == 1:
        fields["VendorsDisclosed"] = _vendors(bits)
    elif kind == 2:
        fields["VendorsAllowed"] = _vendors(bits)
    elif kind == 3:
        fields["PublisherConsents"] = _set_bits(bits, 24)
        fields["PublisherLegitimateInterests"] = _set_bits(bits, 24)
        custom = bits.integer(6)
        fields["PublisherCustomConsents"] = _set_bits(bits, custom)
        fields["PublisherCustomLegitimateInterests"] = _set_bits(bits, custom)


def _moment(deciseconds: int) -> str | None:
    try:
        moment = dt.datetime.fromtimestamp(deciseconds / 10, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _set_bits(bits: Bits, count: int) -> str:
    return ",".join(str(number) for number in range(1, count + 1) if bits.flag())


def _vendors(bits: Bits) -> str:
    """A vendor section: the highest number, then a bit for each or a list of ranges."""
    highest = bits.integer(16)
    if not bits.flag():
        return _set_bits(bits, highest)
    return ",".join(map(str, sorted(_ranges(bits))))


def _ranges(bits: Bits) -> set[int]:
    found: set[int] = set()
    for _ in range(min(bits.integer(12), _MAX_RANGES)):
        is_range = bits.flag()
        first = bits.integer(16)
        last = bits.integer(16) if is_range else first
        found.update(range(first, last + 1))
    return found


def _restrictions(bits: Bits) -> str:
    """``purpose-type-vendor`` of each restriction."""
    found: list[str] = []
    for _ in range(bits.integer(12)):
        purpose, kind = bits.integer(6), bits.integer(2)
        found.extend(f"{purpose}-{kind}-{vendor}" for vendor in sorted(_ranges(bits)))
        if len(found) > 1 << 17:
            raise Truncated("it holds more restrictions than there are vendors")
    return ",".join(found)
