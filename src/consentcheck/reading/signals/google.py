"""Google's consent parameters as they stand in request URLs: ``gcs``, ``gcd``, ``npa``, ``rdp``.

``gcs=G1xy``: x for ad_storage, y for analytics_storage, 1 granted, 0 denied. ``gcd``: one letter each for ad_storage, analytics_storage,
ad_user_data and ad_personalization, parted by digits. What the letters mean is known from practitioners' notes that disagree on ``l``:
it is read as unknown. ``npa=1``: no personalised ads. ``rdp=1``: restricted data processing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from consentcheck.reading.signals.decoded import Decoded, FieldValue, combined, json_value, malformed

GCD_LETTERS: dict[str, tuple[str, bool | None]] = {
    "l": ("not set", None),
    "p": ("denied by default", False),
    "q": ("denied by default and by choice", False),
    "t": ("granted by default", True),
    "r": ("denied by default, granted by choice", True),
    "m": ("denied by choice", False),
    "n": ("granted by choice", True),
    "u": ("granted by default, denied by choice", False),
    "v": ("granted by default and by choice", True),
}
"""Letter -> its meaning, and whether it grants (None: not known)."""

_GCD_NAMES = ("ad_storage", "analytics_storage", "ad_user_data", "ad_personalization")
_GCD = re.compile(r"[0-9]{1,3}([a-z])[0-9]{1,3}([a-z])[0-9]{1,3}([a-z])[0-9]{1,3}([a-z])[0-9a-z]{0,12}")
_GCS = re.compile(r"G1([01-])([01-])")


def decode_gcs(raw: str) -> Decoded:
    """``gcs``, decoded; opted out means that storage for ads is denied."""
    match = _GCS.fullmatch(raw)
    if match is None:
        return malformed("gcs value", "it must be G1 and two of 0, 1 and -")
    words = {"1": "granted", "0": "denied", "-": "not set"}
    ads, analytics = (words[letter] for letter in match.groups())
    says = {"granted": False, "denied": True}.get(ads)
    fields: dict[str, FieldValue] = {"ad_storage": ads, "analytics_storage": analytics}
    return Decoded(f"Google is told: storage for ads {ads}, for analytics {analytics}.", says, fields=fields)


def decode_gcd(raw: str) -> Decoded:
    """``gcd``, decoded; opted out means that nothing for ads is granted and something is denied."""
    match = _GCD.fullmatch(raw)
    if match is None:
        return malformed("gcd value", "four letters parted by digits are missing")
    letters = dict(zip(_GCD_NAMES, match.groups(), strict=True))
    fields: dict[str, FieldValue] = {
        name: GCD_LETTERS.get(letter, ("unknown", None))[0] for name, letter in letters.items()
    }
    grants = {name: GCD_LETTERS.get(letter, ("unknown", None))[1] for name, letter in letters.items()}
    answers = [None if grant is None else not grant for name, grant in grants.items() if name != "analytics_storage"]
    words = ", ".join(f"{name} {meaning}" for name, meaning in fields.items())
    return Decoded(f"Google is told: {words}.", combined(answers), fields=fields)


def decode_flag(name: str, raw: str) -> Decoded:
    """``npa`` or ``rdp``: 1 asks Google to restrict what it does, 0 does not."""
    meaning = {"npa": "personalised ads", "rdp": "unrestricted data processing"}[name]
    if raw not in ("0", "1"):
        return malformed(f"{name} value", "it must be 0 or 1")
    fields: dict[str, FieldValue] = {name: int(raw)}
    return Decoded(f"Google is told: {'no ' if raw == '1' else ''}{meaning}.", raw == "1", fields=fields)


def decode_consent_state(raw: str) -> Decoded:
    """Consent mode as a page holds it: ``google_tag_data.ics.entries``, the ``consent`` commands of the data layer, or name -> state.

    Of several commands the last one about a name counts.
    """
    value = json_value(raw)
    entries = [item[-1] for item in value if isinstance(item, list) and item] if isinstance(value, list) else [value]
    states: dict[str, str] = {}
    for entry in entries[:200]:
        if isinstance(entry, Mapping):
            states.update({str(name)[:40]: said for name, state in entry.items() if (said := _state(state))})
    if not states:
        return malformed("consent mode state", "it names no storage")
    answers = [
        state == "denied" for name, state in states.items() if name in _GCD_NAMES and name != "analytics_storage"
    ]
    words = ", ".join(f"{name} {state}" for name, state in states.items())
    fields: dict[str, FieldValue] = dict(states)
    return Decoded(f"Google is told: {words}.", combined(list(answers)), fields=fields)


def _state(value: Any) -> str | None:
    """``granted`` or ``denied``, said in so many words or as an entry with ``default`` and ``update``."""
    if value in ("granted", "denied"):
        return str(value)
    if not isinstance(value, Mapping):
        return None
    grants = value.get("update", value.get("default"))
    return {True: "granted", False: "denied"}.get(grants) if isinstance(grants, bool) else None
