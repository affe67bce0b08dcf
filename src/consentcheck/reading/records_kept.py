"""What a visit's consent records say once everything that changes by itself is left out: times, ids, counters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from consentcheck.knowledge.cookies import known_cookie
from consentcheck.knowledge.sites import host_of, same_site
from consentcheck.model.evidence import Jar, Visit
from consentcheck.reading.moments import is_after, snapshot_steps
from consentcheck.reading.signals.read import signal_kept_as
from consentcheck.reading.urls import body_parameters

_VOLATILE = re.compile(
    r"(?:date|time|stamp|utc|created|updated|expir|count|uuid|consentid|revision|version|^ver$|^id$|landingpath|hosts)",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(
    r"consent|choice|privacy|opt[-_.]?(?:ed)?[-_.]?(?:out|in)(?![a-z])|ccpa|cpra|gdpr|do[-_.]?not[-_.]?sell"
    r"|cookies?[-_.]?(?:pref|setting|accept|declin|notice|banner|law)",
    re.IGNORECASE,
)
_COOKIEBOT = re.compile(r"(\w{1,40}):(true|false|'[^']{0,60}')")

Record = frozenset[tuple[str, str]]
"""(name of a part, its value) of one record."""


def consent_records(visit: Visit, since: int | None) -> Mapping[str, Record]:
    """Name -> record, as last held after the step ``since``; for visits in which nothing is chosen, as last held."""
    steps = snapshot_steps(visit)
    host = host_of(visit.final_url or visit.requested_url)
    found: dict[str, Record] = {}
    for jar in visit.jars:
        if is_after(visit, steps.get(jar.after, (None, 0))[0], since):
            found.update(_of_jar(jar, host))
    return found


def says_accepted(
    close: Mapping[str, Record], accepted: Mapping[str, Record], others: tuple[Mapping[str, Record], ...]
) -> bool | None:
    """Whether closing left the record that accepting leaves, and that neither a first visit nor an opt-out does.

    None if no record tells these states apart.
    """
    telling = [name for name, record in accepted.items() if all(other.get(name) != record for other in others)]
    return any(close.get(name) == accepted[name] for name in telling) if telling else None


def is_consent_record(name: str) -> bool:
    """Whether a cookie or storage key is a consent manager's record, or is called like a site's own.

    >>> is_consent_record("shop_privacy_choice"), is_consent_record("basket")
    (True, False)
    """
    known = known_cookie(name)
    if signal_kept_as(name) or (known is not None and known.kind == "consent"):
        return True
    return known is None and _OWN_NAME.search(name[:100]) is not None


def _of_jar(jar: Jar, host: str) -> dict[str, Record]:
    held = [(cookie.name, cookie.value) for cookie in jar.cookies if same_site(cookie.domain.lstrip("."), host)]
    held += [(item.own_key, item.value) for item in jar.storage if same_site(host_of(item.origin), host)]
    return {name: _parts(value) for name, value in held if is_consent_record(name)}


def _parts(value: str) -> Record:
    text = unquote(value)
    pairs = body_parameters(text) if text.lstrip().startswith(("{", "[")) else []
    pairs = pairs or [(name, said.strip("'")) for name, said in _COOKIEBOT.findall(text)]
    if not pairs and "=" in value and "&" in value:
        pairs = parse_qsl(value, keep_blank_values=True)[:500]
    pairs = pairs or [("", text)]
    return frozenset((name, said) for name, said in pairs if not _VOLATILE.search(name))
