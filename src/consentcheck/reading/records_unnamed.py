"""Records of a choice that neither a table nor their name tells: what the site kept with the choice, and with nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from consentcheck.knowledge.cookies import known_cookie
from consentcheck.knowledge.sites import host_of, same_site
from consentcheck.knowledge.trackers import owner_of
from consentcheck.model.evidence import Jar, Visit
from consentcheck.reading.identifiers import looks_random
from consentcheck.reading.moments import is_choosing, snapshot_steps

_DAY = 86_400.0


@dataclass(frozen=True)
class Kept:
    """A cookie or an entry of storage; ``days`` is infinite for what has no end, and 0 for what ends with the session."""

    name: str
    value: str
    days: float


def kept_by_choice(visit: Visit, control: Visit | None) -> Kept | None:
    """What lasts longest of all that came or changed with the choice; None where nothing of a lasting kind did.

    Left out are trackers' own, identifiers, and what a visit without a choice (``control``) holds too or sees change.
    """
    steps = snapshot_steps(visit)
    chosen = [index for index, step in enumerate(visit.steps) if is_choosing(step)]
    since = [(steps.get(jar.after, (None, 0))[0], jar) for jar in visit.jars]
    before = [jar for step, jar in since if chosen and (step is None or step < chosen[0])]
    after = [jar for step, jar in since if chosen and step is not None and step >= chosen[-1]]
    if not before or not after:
        return None
    host = host_of(visit.final_url or visit.requested_url)
    known = {(kept.name, kept.value) for kept in _kept(before[-1], host)}
    elsewhere: dict[str, set[str]] = {}
    for kept in (kept for jar in (control.jars if control else ()) for kept in _kept(jar, host)):
        elsewhere.setdefault(kept.name, set()).add(kept.value)
    new = [
        kept
        for kept in _kept(after[0], host)
        if kept.days > 0 and (kept.name, kept.value) not in known
        if kept.value not in elsewhere.get(kept.name, ()) and len(elsewhere.get(kept.name, ())) < 2
    ]
    return max(new, key=lambda kept: kept.days, default=None)


def _kept(jar: Jar, host: str) -> Iterator[Kept]:
    """What a jar holds for a site, but for what is known to be something else than a record of a choice."""
    held = _held(jar, host)
    return (kept for kept in held if not known_cookie(kept.name) and not looks_random(kept.value))


def _held(jar: Jar, host: str) -> Iterator[Kept]:
    for cookie in jar.cookies:
        if same_site(cookie.domain.lstrip("."), host) and not _is_others(cookie.set_by):
            yield Kept(cookie.name, cookie.value, ((cookie.expires or jar.time) - jar.time) / _DAY)
    for item in jar.storage:
        if same_site(host_of(item.origin), host):
            yield Kept(item.own_key, item.value, 0 if item.area == "session" else math.inf)


def _is_others(url: str | None) -> bool:
    """Whether what wrote a cookie belongs to a party that is known for something else than consent."""
    owner = owner_of(host_of(url)) if url else None
    return owner is not None and owner.purpose not in ("consent", "cdn", "hosting", "tag-manager", "unknown")
