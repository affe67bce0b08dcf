"""The Global Privacy Platform string: ``DBABLA~BVQqAAAAAgA.QA``.

A header names the sections by number, in Fibonacci coding; sections follow, parted by ``~``; a section's segments are parted by ``.``.
Source: IAB Tech Lab, Global Privacy Platform, sections 6 to 27 ("USP v1" and the US sections).
"""

from __future__ import annotations

from dataclasses import dataclass

from consentcheck.reading.signals.decoded import Bits, Decoded, FieldValue, Truncated, combined, malformed
from consentcheck.reading.signals.usp import decode_usp

_OPT_OUTS = ("SaleOptOut", "SharingOptOut", "TargetedAdvertisingOptOut")
_NOUNS = {"SaleOptOut": "sale", "SharingOptOut": "sharing", "TargetedAdvertisingOptOut": "targeted advertising"}

_MSPA = "MspaCoveredTransaction MspaOptOutOptionMode MspaServiceProviderMode"
_NOTICES = "SaleOptOutNotice TargetedAdvertisingOptOutNotice"
_CHOICES = "SaleOptOut TargetedAdvertisingOptOut"
_NEWER = (
    f"MspaCoveredTransaction MspaMode ProcessingNotice {_NOTICES} {_CHOICES} "
    "KnownChildSensitiveDataConsents AdditionalDataProcessingConsent"
)


def _state(sensitive: int, children: int, *, processing: bool = True, additional: bool = True) -> str:
    """The layout that most state sections share."""
    first = "ProcessingNotice" if processing else "SharingNotice"
    consent = "AdditionalDataProcessingConsent " if additional else ""
    return (
        f"{first} {_NOTICES} {_CHOICES} SensitiveDataProcessing*{sensitive} "
        f"KnownChildSensitiveDataConsents*{children} {consent}{_MSPA}"
    )


def _national(sensitive: int, children: int) -> str:
    return (
        "SharingNotice SaleOptOutNotice SharingOptOutNotice TargetedAdvertisingOptOutNotice "
        "SensitiveDataProcessingOptOutNotice SensitiveDataLimitUseNotice "
        "SaleOptOut SharingOptOut TargetedAdvertisingOptOut "
        f"SensitiveDataProcessing*{sensitive} KnownChildSensitiveDataConsents*{children} PersonalDataConsents {_MSPA}"
    )


@dataclass(frozen=True)
class _Section:
    """``layouts``: version -> names of two-bit fields, ``*N`` for a list of N. ``second``: what a second segment holds."""

    name: str
    layouts: dict[int, str]
    second: str = "gpc"
    version_name: str = "Version"


def _newer(name: str, core: str = _NEWER, second: str = "sensitive") -> _Section:
    return _Section(name, {1: core}, second, "MspaVersion")


SECTIONS: dict[int, _Section] = {
    7: _Section("usnat", {1: _national(12, 2), 2: _national(16, 3)}),
    8: _Section(
        "usca",
        {
            1: "SaleOptOutNotice SharingOptOutNotice SensitiveDataLimitUseNotice SaleOptOut SharingOptOut "
            f"SensitiveDataProcessing*9 KnownChildSensitiveDataConsents*2 PersonalDataConsents {_MSPA}"
        },
    ),
    9: _Section("usva", {1: _state(8, 1, processing=False, additional=False)}, second=""),
    10: _Section("usco", {1: _state(7, 1, processing=False, additional=False)}),
    11: _Section(
        "usut",
        {
            1: f"SharingNotice {_NOTICES} SensitiveDataProcessingOptOutNotice {_CHOICES} "
            f"SensitiveDataProcessing*8 KnownChildSensitiveDataConsents {_MSPA}"
        },
        second="",
    ),
    12: _Section("usct", {1: _state(8, 3, processing=False, additional=False)}),
    13: _Section("usfl", {1: _state(8, 3)}, second=""),
    14: _Section("usmt", {1: _state(8, 3, processing=False)}),
    15: _Section("usor", {1: _state(11, 3)}),
    16: _Section("ustx", {1: _state(8, 1)}),
    17: _Section("usde", {1: _state(9, 5)}),
    18: _Section(
        "usia",
        {
            1: f"ProcessingNotice {_NOTICES} SensitiveDataOptOutNotice {_CHOICES} "
            f"SensitiveDataProcessing*8 KnownChildSensitiveDataConsents {_MSPA}"
        },
    ),
    19: _Section("usne", {1: _state(8, 1)}),
    20: _Section("usnh", {1: _state(8, 3)}),
    21: _Section("usnj", {1: _state(10, 5)}),
    22: _Section("ustn", {1: _state(8, 1)}),
    23: _Section("usmn", {1: _state(8, 1)}),
    24: _newer("usmd", _NEWER.replace("KnownChildSensitiveDataConsents ", ""), second="gpc"),
    25: _newer("usin"),
    26: _newer("usky"),
    27: _newer("usri"),
}
_OTHER = {2: "tcfeuv2", 5: "tcfcav1", 6: "uspv1"}
_MAX_SECTION = 4096


def section_name(number: int) -> str:
    """Name of a section by its number: ``usca`` for 8; ``section-N`` if it is not known here."""
    known = SECTIONS.get(number)
    return known.name if known else _OTHER.get(number, f"section-{number}")


def decode_gpp(raw: str, applicable: tuple[int, ...] = ()) -> Decoded:
    """A GPP string, decoded.

    ``fields`` are named ``usca.SaleOptOut``; lists are joined by commas; ``SectionIds`` names the sections. Values: 0 not applicable,
    1 yes, 2 no. ``applicable``: sections that apply to the visitor, where that is known; only these say whether there is an opt-out.
    """
    header, *sections = raw.split("~")
    try:
        ids = _header(header)
    except Truncated as error:
        return malformed("GPP string", str(error))
    if len(ids) != len(sections):
        return malformed("GPP string", f"its header names {len(ids)} sections, {len(sections)} follow")
    fields: dict[str, FieldValue] = {"SectionIds": ",".join(map(str, ids))}
    wrong: list[str] = []
    answers: list[bool | None] = []
    said: list[str] = []
    for number, text in zip(ids, sections, strict=True):
        name = section_name(number)
        found, problem = _section(number, text)
        fields.update({f"{name}.{key}": value for key, value in found.items()})
        if problem:
            wrong.append(f"{name}: {problem}")
        elif not applicable or number in applicable or not set(applicable) & set(ids):
            answer = _answer(number, found)
            answers.append(answer)
            said.append(_sentence(name, found, answer))
    if wrong:
        return Decoded(f"Not a valid GPP string: {'; '.join(wrong)}.", valid=False, fields=fields)
    meaning = " ".join(said) or "The GPP string holds no section."
    return Decoded(meaning, says_opted_out=combined(answers), fields=fields)


def _header(text: str) -> list[int]:
    bits = Bits(text)
    if bits.integer(6) != 3 or bits.integer(6) != 1:
        raise Truncated("it does not begin as a GPP header of version 1 does")
    ids: list[int] = []
    last = 0
    for _ in range(bits.integer(12)):
        is_range = bits.flag()
        first = last + bits.fibonacci()
        last = first + bits.fibonacci() if is_range else first
        if last > _MAX_SECTION:
            raise Truncated("a section number is out of range")
        ids.extend(range(first, last + 1))
    return ids


def _section(number: int, text: str) -> tuple[dict[str, FieldValue], str]:
    """Fields of a section, and what is wrong with it."""
    if number == 6:
        usp = decode_usp(text)
        return usp.fields, "" if usp.valid else "not a US Privacy string"
    section = SECTIONS.get(number)
    if section is None:
        return {}, ""
    core, *others = text.split(".")
    fields: dict[str, FieldValue] = {}
    try:
        bits = Bits(core)
        version = bits.integer(6)
        fields[section.version_name] = version
        layout = section.layouts.get(version)
        if layout is None:
            return fields, f"its version {version} is not known"
        _read(layout, bits, fields)
        if others and section.second:
            _second(section.second, Bits(others[0]), fields)
    except Truncated as error:
        return fields, str(error)
    return fields, "" if 3 not in _numbers(fields) else "a field holds 3, which means nothing"


def _read(layout: str, bits: Bits, fields: dict[str, FieldValue]) -> None:
    for word in layout.split():
        name, _, count = word.partition("*")
        values = [bits.integer(2) for _ in range(int(count or 1))]
        fields[name] = ",".join(map(str, values)) if int(count or 1) > 1 else values[0]


def _second(kind: str, bits: Bits, fields: dict[str, FieldValue]) -> None:
    if kind == "sensitive":
        _read("SensitiveDataProcessing*8", bits, fields)
        return
    if bits.integer(2) != 1:
        raise Truncated("its second segment is not the GPC segment")
    fields["Gpc"] = bits.flag()


def _numbers(fields: dict[str, FieldValue]) -> set[int]:
    found: set[int] = set()
    for key, value in fields.items():
        if isinstance(value, str):
            found.update(map(int, value.split(",")))
        elif isinstance(value, int) and not isinstance(value, bool) and "Version" not in key:
            found.add(value)
    return found


def _answer(number: int, fields: dict[str, FieldValue]) -> bool | None:
    if number == 6:
        return {"Y": True, "N": False}.get(str(fields.get("OptOutSale")))
    return combined([{1: True, 2: False}.get(int(fields.get(name) or 0)) for name in _OPT_OUTS])


def _sentence(name: str, fields: dict[str, FieldValue], answer: bool | None) -> str:
    if answer is None:
        return f"{name}: says nothing of an opt-out."
    if name == "uspv1":
        return f"{name}: {'opted out' if answer else 'not opted out'} of sale."
    out = [noun for key, noun in _NOUNS.items() if fields.get(key) == 1]
    remains = [noun for key, noun in _NOUNS.items() if fields.get(key) == 2]
    parts = [f"opted out of {' and '.join(out)}"] if out else []
    parts += [f"not opted out of {' and '.join(remains)}"] if remains else []
    gpc = {True: "; GPC on", False: "; GPC off", None: ""}[bool(fields["Gpc"]) if "Gpc" in fields else None]
    return f"{name}: {', '.join(parts)}{gpc}."
