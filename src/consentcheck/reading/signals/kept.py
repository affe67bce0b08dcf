"""Records of consent managers that the table of records describes: JSON, JSON in base64, ``name:state`` pairs or one bare word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from consentcheck.knowledge.records import KnownRecord, known_record
from consentcheck.reading.signals.decoded import Decoded, combined, json_value, malformed
from consentcheck.reading.signals.records import base64_text, by_ad_words, told

_WORDS: Mapping[str, bool] = {
    "yes": True, "true": True, "allow": True, "allowed": True, "granted": True, "accepted": True, "on": True,
    "no": False, "false": False, "deny": False, "denied": False, "declined": False, "rejected": False, "off": False,
}  # fmt: skip
_PAIR = re.compile(r"([A-Za-z0-9.-]{1,60}):([A-Za-z0-9-]{0,20})(?:[,_]|$)")
_SHOPIFY = re.compile(r"3([AMPSamps]{0,4})[._]")
"""Shopify's newer form: the letters of what was chosen, a capital for yes; what follows the dot is the default."""
_STATE_OF = (".status", ".allowed", ".enabled", ".consent", ".value")
"""Parts that hold the state of the part around them."""


def decode_kept(key: str, raw: str) -> Decoded:
    """What the record under a cookie's or storage's key says."""
    row = known_record(key)
    if row is None:
        return malformed("record", "it is none that is known")
    text = unquote(raw[:16_384]).strip().strip('"')
    value = json_value(text) or json_value(base64_text(text)) or dict(_PAIR.findall(text)) or _letters(text) or text
    states = dict(_states(row, value))
    if not states:
        return malformed(f"record of {row.name}", "it has no part that is on or off") if value == text else _silent(row)
    if row.decides:
        chosen = [on for part, on in states.items() if part in row.decides or part.rpartition(".")[2] in row.decides]
        says = None if None in chosen else combined([not on for on in chosen])
    else:
        says = by_ad_words({part: on for part, on in states.items() if on is not None})
    return Decoded(
        told(row.name, says), says, fields={part[:80] or "value": on for part, on in list(states.items())[:100]}
    )


def _silent(row: KnownRecord) -> Decoded:
    return Decoded(told(row.name, None))


def _letters(text: str) -> dict[str, str]:
    match = _SHOPIFY.match(text)
    return {f"con.CMP.{letter.lower()}": str(int(letter.isupper())) for letter in match.group(1)} if match else {}


def _states(row: KnownRecord, value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, bool | None]]:
    """(path of a part, whether it is on, None where that is left open), of those parts that say so.

    What a list of categories names is on; a category that is known by its services and that the list leaves out is off.
    """
    if isinstance(value, dict) and depth < 5:
        for name, inner in list(value.items())[:200]:
            yield from _states(row, inner, f"{path}.{name}" if path else str(name), depth + 1)
        named, services = value.get("categories"), value.get("services")
        if isinstance(named, list) and isinstance(services, dict):
            yield from ((f"categories.{name}", False) for name in list(services)[:100] if name not in named)
        return
    if isinstance(value, list) and path.endswith("categories"):
        yield from ((f"{path}.{name}", True) for name in value[:100] if isinstance(name, str))
        return
    word = str(value).casefold() if isinstance(value, str | bool) else ""
    known = {**_WORDS, **row.states}
    if word in known:
        yield next((path.removesuffix(end) for end in _STATE_OF if path.endswith(end)), path), known[word]
