"""The cookies that were set, held against the cookies that are listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from consentcheck.checks.cookie_lists import Row, declared, row_where
from consentcheck.checks.disclosed import disclosed, known_kinds, name_key
from consentcheck.checks.prose import and_list, joined, quoted, unique
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge.cookies import KnownCookie, known_cookie
from consentcheck.knowledge.terms import terms
from consentcheck.model.base import Where
from consentcheck.model.facts import CookieFact, DeclaredCookie, Facts, Passage
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario

_SEEN_IN: tuple[Scenario, ...] = ("first-visit", "accept-all")
_ROTATING = re.compile(r"[0-9a-f]{16}|[0-9]{9}", re.IGNORECASE)
_WILD = re.compile(r"[*#<\[{]|x{3}", re.IGNORECASE)


def _stem(listed: DeclaredCookie) -> str | None:
    """What every name begins with that a row with ``*``, ``#``, ``<id>`` or ``xxx`` stands for; None if it stands for one name."""
    wild = _WILD.search(listed.name)
    if wild and wild.start() > 1:
        return listed.name[: wild.start()]
    return listed.name if listed.wildcard and len(listed.name) > 1 else None


class _Names:
    """Which names a set of rows stands for."""

    def __init__(self, rows: Iterable[DeclaredCookie]) -> None:
        stems = {row.name: _stem(row) for row in rows}
        self._exact = {name for name, stem in stems.items() if stem is None}
        self._stems = tuple({stem for stem in stems.values() if stem is not None})

    def __contains__(self, name: str) -> bool:
        return name in self._exact or name.startswith(self._stems)


def _observed(listed: DeclaredCookie, cookies: Mapping[str, CookieFact]) -> list[CookieFact]:
    """The cookies, by name, that a row stands for."""
    stem = _stem(listed)
    if stem is None:
        return [cookies[listed.name]] if listed.name in cookies else []
    return [cookie for name, cookie in cookies.items() if name.startswith(stem)]


def _where(cookie: CookieFact) -> Where:
    where = cookie.where
    return where if where.quote else quoted(where.model_copy(update={"scenario": cookie.scenario}), cookie.name)


class LongerParams(Params):
    """``factor`` and ``days``: how much longer than declared is still the same."""

    factor: float = 1.1
    days: float = 1


@check("durations-are-true", LongerParams)
def durations_are_true(case: Case, params: LongerParams) -> Iterator[Observation]:
    """No cookie stays longer than its row says. Shorter is no fault: browsers cap lifetimes, and visits renew them."""
    compared = False
    clean = True
    kept = sorted((c for c in case.facts.cookies if c.storage == "cookie"), key=_lifetime)
    by_name = {cookie.name: cookie for cookie in kept}
    for row in declared(case.facts):
        said = row[1].lifetime_days
        longest = max(_observed(row[1], by_name), key=_lifetime, default=None)
        if said is None or longest is None or longest.lifetime_days is None:
            continue
        compared = True
        if longest.lifetime_days > said * params.factor and longest.lifetime_days > said + params.days:
            clean = False
            yield Observation(
                outcome="failed",
                variant="session" if said == 0 else None,
                where=(row_where(row), _where(longest)),
                data={
                    "cookie": row[1].name,
                    "said": row[1].duration or f"{said:g} days",
                    "observed": f"{longest.lifetime_days:.0f}",
                },
                key=row[1].name,
            )
    if compared and clean:
        yield Observation(outcome="passed")


def _lifetime(cookie: CookieFact) -> float:
    return cookie.lifetime_days or 0


@check("cookies-are-listed", NoParams)
def cookies_are_listed(case: Case, _params: NoParams) -> Iterator[Observation]:
    """What was set is in the list. What the site cannot do without, and consent records, are not looked for."""
    rows = declared(case.facts)
    if not rows:
        return
    listed = _Names(cookie for _item, cookie in rows)
    unlisted = [
        cookie
        for cookie in _once(c for c in case.facts.cookies if c.scenario in _SEEN_IN and c.storage == "cookie")
        if cookie.declared_as is None
        and not cookie.opt_out_record
        and cookie.purpose not in ("necessary", "consent", "security")
        and cookie.name not in listed
    ]
    for cookie in unlisted:
        if cookie.purpose in ("advertising", "social", "analytics", "sale"):
            yield Observation(
                outcome="failed",
                where=(_where(cookie),),
                data={
                    "cookie": cookie.name,
                    "purpose": cookie.purpose,
                    "owner": cookie.owner or cookie.domain or "unknown",
                    "setter": f" by {cookie.setter}" if cookie.setter else "",
                },
                severity=None if cookie.purpose == "analytics" else "high",
                key=cookie.name,
            )
    unknown = [
        c
        for c in unlisted
        if c.purpose in (None, "functional", "unclassified", "other") and not _ROTATING.search(c.name)
    ]
    if unknown:
        names = and_list(cookie.name for cookie in unknown)
        where = tuple(_where(cookie) for cookie in unknown[:20])
        yield Observation(outcome="cantTell", where=where, data={"names": names}, key="unknown cookies")
    if not unlisted:
        yield Observation(outcome="passed")


def _once(cookies: Iterable[CookieFact]) -> list[CookieFact]:
    return list({(cookie.name, cookie.domain): cookie for cookie in cookies}.values())


@check("listed-cookies-are-set", NoParams)
def listed_cookies_are_set(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Rows of the list that no scenario ever saw: perhaps of another page, perhaps long gone."""
    rows = declared(case.facts)
    seen = {cookie.name: cookie for cookie in case.facts.cookies}
    stale = [row for row in rows if not _observed(row[1], seen)]
    if stale:
        names = list(dict.fromkeys(cookie.name for _item, cookie in stale))
        shown = and_list([*names[:10], *(["others"] if len(names) > 10 else [])])
        where = unique(row_where(row) for row in stale[:20])
        yield Observation(outcome="cantTell", where=where, data={"names": shown, "count": str(len(names))}, key="stale")
    elif rows:
        yield Observation(outcome="passed")


@check("cookies-are-in-their-category", NoParams)
def cookies_are_in_their_category(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A cookie known for advertising or analytics is not listed as necessary or functional."""
    judged = False
    clean = True
    for row in declared(case.facts):
        known = known_cookie(row[1].name, row[1].host or "")
        if known is None or not known_kinds(row[0].category):
            continue
        judged = True
        found = _misplaced(row, known)
        if found:
            clean = False
            yield found
    if judged and clean:
        yield Observation(outcome="passed")


def _misplaced(row: Row, known: KnownCookie) -> Observation | None:
    kinds = known_kinds(row[0].category)
    as_necessary = kinds == {"necessary"}
    harmless = as_necessary or kinds <= {"necessary", "functional"}
    if known.kind in ("advertising", "social") and harmless:
        sure = known.certain and not known.pattern and not row[1].wildcard
    elif known.kind == "analytics" and as_necessary:
        sure = False
    else:
        return None
    return Observation(
        outcome="failed" if sure else "cantTell",
        where=(row_where(row),),
        data={
            "cookie": row[1].name,
            "category": row[0].category.name,
            "purpose": known.kind,
            "owner": known.owner or "unknown",
        },
        key=f"{name_key(row[0].category.name)} {row[1].name}",
    )


@check("unclassified-is-stopped", NoParams)
def unclassified_is_stopped(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Cookies that the site could not classify are not set after an opt-out."""
    for item in disclosed(case.facts):
        if item.category.kind != "unclassified" or not item.category.cookies:
            continue
        listed = _Names(item.category.cookies)
        set_after = [
            cookie
            for cookie in _once(c for c in case.facts.cookies if c.scenario == "opt-out" and c.after_choice)
            if cookie.name in listed
        ]
        yield Observation(
            outcome="failed" if set_after else "passed",
            where=(item.heading, *(_where(cookie) for cookie in set_after)) if set_after else (),
            data={"name": item.category.name, "cookies": and_list(c.name for c in set_after)},
            key=name_key(item.category.name),
        )


class StorageParams(Params):
    """``phrases``: words by which a disclosure covers more than cookies."""

    phrases: tuple[str, ...]


@check("storage-is-disclosed", StorageParams, reads_words=True, languages=ENGLISH)
def storage_is_disclosed(case: Case, params: StorageParams) -> Iterator[Observation]:
    """Web storage that tracks is covered by the words of the dialogs or the policy."""
    kept = [
        c for c in case.facts.cookies if c.storage != "cookie" and c.purpose not in ("necessary", "consent", "security")
    ]
    if not kept or not (case.facts.dialogs or case.facts.policy):
        return
    if joined(_all_prose(case.facts)) in terms(params.phrases):
        yield Observation(outcome="passed")
        return
    listed = {cookie.name for _item, cookie in declared(case.facts)}
    names = [name for name in dict.fromkeys(cookie.name for cookie in kept) if name not in listed]
    if names:
        where = tuple(_where(cookie) for cookie in _once(kept)[:10])
        yield Observation(outcome="cantTell", where=where, data={"names": and_list(names[:10])}, key="storage")
    else:
        yield Observation(outcome="passed")


def _all_prose(facts: Facts) -> Iterator[Passage]:
    for dialog in facts.dialogs:
        yield from dialog.prose()
    if facts.policy:
        yield from facts.policy.passages
