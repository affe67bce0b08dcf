"""Cookies and storage as the browser held them, joined with what is known of them and with what the dialogs list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from consentcheck.knowledge.cookies import known_cookie
from consentcheck.knowledge.sites import host_of, path_of, same_site
from consentcheck.knowledge.trackers import owner_of
from consentcheck.model.base import Where
from consentcheck.model.evidence import Cookie, Evidence, Jar, StorageItem, Visit
from consentcheck.model.facts import CookieFact, DeclaredCookie, Dialog, Setter
from consentcheck.model.words import Kind
from consentcheck.reading.moments import CHOOSING, choice_step, is_after, settled_step, snapshot_steps
from consentcheck.reading.signals.carried import opts_out_by_name
from consentcheck.reading.signals.read import signal_kept_as
from consentcheck.reading.urls import shortened

_DAY = 86_400.0
_AD_OWNERS = frozenset({"advertising", "social"})
_VARIES = re.compile(r"[*#<\[{]|x{3}", re.IGNORECASE)
_RENEWED_BY = 60.0
"""Seconds by which an expiry must move to count as renewed."""


@dataclass(frozen=True)
class _Declared:
    row: DeclaredCookie
    category: str

    def covers(self, name: str) -> bool:
        """Whether the listed name, with ``*``, ``#``, ``<id>`` or ``xxx`` for what varies, stands for this one."""
        listed = self.row.name.strip()
        varies = _VARIES.search(listed)
        if varies and varies.start() > 1:
            return name.startswith(listed[: varies.start()])
        return name == listed or (self.row.wildcard and len(listed) > 1 and name.startswith(listed))


def read_cookies(evidence: Evidence, dialogs: Sequence[Dialog]) -> tuple[CookieFact, ...]:
    """Each cookie and storage key once a scenario, name and domain, as it was last held; over all rounds."""
    listed = [
        _Declared(row, category.name)
        for dialog in dialogs
        for category in dialog.categories
        for row in category.cookies
    ]
    found: dict[tuple[object, ...], CookieFact] = {}
    for visit in evidence.visits:
        if visit.failed:
            continue
        for fact in _of_visit(visit, listed):
            key = (fact.scenario, fact.storage, fact.name, fact.domain)
            before = found.get(key)
            if before is None or (fact.after_choice and not before.after_choice):
                found[key] = fact
    return tuple(found.values())


def _of_visit(visit: Visit, listed: Sequence[_Declared]) -> Iterator[CookieFact]:
    if not visit.jars:
        return
    host = host_of(visit.final_url or visit.requested_url)
    setters = _setters(visit)
    fresh = _set_after_choice(visit)
    fresh_keys = _stored_after_choice(visit)
    for (name, domain), (cookie, jar) in _last_held(visit.jars).items():
        party: Literal["first", "third"] = "first" if same_site(domain, host) else "third"
        lifetime = 0.0 if cookie.expires is None else round(max(0.0, cookie.expires - jar.time) / _DAY, 2)
        setter = _setter(cookie, setters.get(name, ""), host)
        yield CookieFact(
            scenario=visit.scenario,
            name=name,
            domain=domain,
            party=party,
            lifetime_days=lifetime,
            after_choice=(name, domain) in fresh,
            opt_out_record=is_opt_out_record(name, cookie.value),
            setter=setter,
            where=Where(scenario=visit.scenario, quote=name, request=setter.url if setter else None),
            **_known(name, domain, party, listed),
        )
    for item in _last_storage(visit.jars).values():
        domain = host_of(item.origin)
        party = "first" if same_site(domain, host) else "third"
        yield CookieFact(
            scenario=visit.scenario,
            name=item.place[:200],
            domain=domain,
            party=party,
            storage=item.area,
            after_choice=item.place in fresh_keys,
            opt_out_record=is_opt_out_record(item.own_key, item.value),
            where=Where(scenario=visit.scenario, quote=item.place[:200]),
            **_known(item.own_key, domain, party, listed),
        )


def is_opt_out_record(name: str, value: str) -> bool:
    """Whether a cookie is itself the record of a choice: a consent manager's, or an opt-out cookie."""
    return signal_kept_as(name) is not None or opts_out_by_name(name, value)


def _known(name: str, domain: str, party: str, listed: Sequence[_Declared]) -> dict[str, object]:
    """Purpose, owner and category. A third party's cookie of unknown name has its host's purpose, and that is no certainty."""
    known = known_cookie(name, domain)
    purpose: Kind | str | None = known.kind if known else None
    certain = known is not None and known.certain and not known.pattern
    owner = known.owner if known else None
    host = owner_of(domain) if party == "third" else None
    if host is not None:
        owner = owner or host.owner
        if purpose is None and host.purpose in _AD_OWNERS:
            purpose = host.purpose
    return {
        "purpose": purpose,
        "purpose_certain": certain,
        "owner": owner,
        "declared_as": next((one.category for one in listed if one.covers(name)), None),
    }


def _last_held(jars: Iterable[Jar]) -> Mapping[tuple[str, str], tuple[Cookie, Jar]]:
    """(name, domain) -> the cookie as the last jar that has it holds it."""
    return {(cookie.name, cookie.domain.lstrip(".").lower()): (cookie, jar) for jar in jars for cookie in jar.cookies}


def _last_storage(jars: Iterable[Jar]) -> Mapping[tuple[str, str, str], StorageItem]:
    return {(item.area, item.origin, item.place): item for jar in jars for item in jar.storage}


def _setters(visit: Visit) -> Mapping[str, str]:
    """Cookie name -> URL of the response that set it last."""
    return {
        cookie.name: request.url
        for request in visit.requests
        for cookie in request.set_cookies
        if cookie.blocked is None
    }


def _setter(cookie: Cookie, response: str, site: str) -> Setter | None:
    """Who set the cookie, as far as it is known; ``response``: the last one that set any of its name."""
    url = cookie.set_by or response
    if not url:
        return None
    host = host_of(url)
    known = owner_of(host, path_of(url))
    owner = known.owner if known else "the site itself" if same_site(host, site) else None
    return Setter(how=cookie.set_how or "response", url=shortened(url), owner=owner)


def _set_after_choice(visit: Visit) -> frozenset[tuple[str, str]]:
    """Cookies that were new, changed or renewed after the choice; all of them where nothing was to be chosen.

    Seen in three ways: a response that sets it, a script that writes it, and two jars that differ, the first being the last one from
    before the choice.
    """
    everything = frozenset(_last_held(visit.jars))
    if visit.scenario not in CHOOSING:
        return everything
    steps = snapshot_steps(visit)
    since = choice_step(visit)
    settled = settled_step(visit)
    after_choice = [jar for jar in visit.jars if is_after(visit, steps.get(jar.after, (None, 0))[0], since)]
    before_choice = [jar for jar in visit.jars if jar not in after_choice]
    before, after = _last_held(before_choice), _last_held(after_choice)
    fresh = {key for key, held in after.items() if key not in before or _renewed(before[key][0], held[0])}
    for request in visit.requests:
        if not is_after(visit, request.after_step, settled):
            continue
        host = host_of(request.url)
        for cookie in request.set_cookies:
            if cookie.blocked is None:
                fresh.add((cookie.name, (cookie.domain or host).lstrip(".").lower()))
    fresh |= {(write.name, write.domain) for write in visit.cookie_writes if is_after(visit, write.after_step, settled)}
    return frozenset(fresh) & everything


def _stored_after_choice(visit: Visit) -> frozenset[str]:
    """Storage keys that were new after the choice; all of them where nothing was to be chosen."""
    steps = snapshot_steps(visit)
    since = choice_step(visit)
    after = {jar.after for jar in visit.jars if is_after(visit, steps.get(jar.after, (None, 0))[0], since)}
    before = {item.place for jar in visit.jars if jar.after not in after for item in jar.storage}
    return frozenset(item.place for jar in visit.jars if jar.after in after for item in jar.storage) - before


def _renewed(before: Cookie, after: Cookie) -> bool:
    if before.value != after.value:
        return True
    return before.expires is not None and after.expires is not None and after.expires - before.expires > _RENEWED_BY
