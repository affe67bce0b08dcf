"""Whether the cookie list lists cookies, with whom they belong to and how long they last."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from consentcheck.checks.disclosed import Disclosed, disclosed, known_kinds, name_key, named
from consentcheck.checks.prose import and_list, quoted, unique
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge.terms import terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, DeclaredCookie, Facts
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome

_COUNTED = re.compile(r"\([1-9][0-9]{0,3}\)\s*$")
"""A heading that says how many cookies stand under it: ``Statistics (4)``."""


class ListParams(Params):
    """``details``: words of controls that load the cookies when they are pressed."""

    details: tuple[str, ...] = ()


@check("list-names-cookies", ListParams)
def list_names_cookies(case: Case, params: ListParams) -> Iterator[Observation]:
    """Each category of the cookie list names a cookie or a host."""
    listed = disclosed(case.facts, "cookie-list")
    empty = [item for item in listed if not _has_cookies(item.category, listed)]
    if not listed:
        return
    if not empty:
        yield Observation(outcome="passed", data={"count": str(len(listed))})
        return
    yield from _empty(case.facts, listed, empty, params)


def _has_cookies(category: Category, listed: tuple[Disclosed, ...]) -> bool:
    key = name_key(category.name)
    children = (i.category for i in listed if i.category.parent and name_key(i.category.parent) == key)
    return bool(category.cookies) or any(child.cookies for child in children)


def _empty(
    facts: Facts, listed: tuple[Disclosed, ...], empty: list[Disclosed], params: ListParams
) -> Iterator[Observation]:
    if _elsewhere(facts, empty, params):
        yield _about(empty, len(listed), "cantTell", "hidden")
    elif len(empty) == len(listed) > 1 or (len(listed) == 1 and facts.kind != "text"):
        yield _about(empty, len(listed), "failed", "all")
    elif facts.kind == "text":
        yield _about(empty, len(listed), "cantTell", "unused")
    else:
        seen = {cookie.purpose for cookie in facts.cookies if cookie.scenario in ("first-visit", "accept-all")}
        used = [item for item in empty if known_kinds(item.category) & seen]
        if used:
            yield _about(used, len(listed), "failed", "observed")
        if unused := [item for item in empty if item not in used]:
            yield _about(unused, len(listed), "cantTell", "unused")


def _elsewhere(facts: Facts, empty: list[Disclosed], params: ListParams) -> bool:
    """Whether the cookies may stand where this capture did not look: behind a button, or in the configuration."""
    configured = {
        name_key(category.name)
        for dialog in facts.dialogs
        for category in dialog.categories
        if category.source == "configuration" and category.cookies
    }
    lazy = terms(params.details) if params.details else None
    counted = any(_COUNTED.search(item.heading.quote or "") for item in empty)
    return (
        counted
        or any(name_key(item.category.name) in configured for item in empty)
        or any(
            lazy is not None and control.text in lazy
            for item in empty
            for control in (*item.category.controls, *item.dialog.controls)
        )
    )


def _about(items: list[Disclosed], total: int, outcome: Outcome, variant: str) -> Observation:
    names = list(named(item.category for item in items))
    return Observation(
        outcome=outcome,
        variant=variant,
        where=tuple(item.heading for item in items),
        data={"names": and_list(names), "count": str(len(items)), "total": str(total)},
        severity="low" if variant == "unused" else None,
        key=" ".join(names),
    )


class ShareParams(Params):
    """``most``: the share of rows that may lack it."""

    most: float = 0.2


@check("listed-cookies-have-provider", ShareParams)
def listed_cookies_have_provider(case: Case, params: ShareParams) -> Iterator[Observation]:
    """Rows without a host and without a word on whose cookie it is."""
    rows = declared(case.facts)
    yield from _share(rows, [row for row in rows if not row[1].host and row[1].party is None], params)


@check("listed-cookies-have-duration", ShareParams)
def listed_cookies_have_duration(case: Case, params: ShareParams) -> Iterator[Observation]:
    """Rows that do not say how long the cookie stays."""
    rows = declared(case.facts)
    lacking = [row for row in rows if not (row[1].duration or "").strip() and row[1].lifetime_days is None]
    yield from _share(rows, lacking, params)


Row = tuple[Disclosed, DeclaredCookie]


def declared(facts: Facts) -> list[Row]:
    """Every cookie that any surface lists, with its category."""
    return [(item, cookie) for item in disclosed(facts) for cookie in item.category.cookies]


def row_where(row: Row) -> Where:
    """Where a listed cookie stands."""
    where = row[1].where
    return where if where.quote else quoted(row[0].category.where if where == Where() else where, row[1].name)


def _share(rows: list[Row], lacking: list[Row], params: ShareParams) -> Iterator[Observation]:
    data = {"lacking": str(len(lacking)), "total": str(len(rows))}
    if lacking and len(lacking) > params.most * len(rows):
        names = and_list(dict.fromkeys(cookie.name for _item, cookie in lacking[:5]))
        where = unique(row_where(row) for row in lacking[:20])
        yield Observation(outcome="failed", where=where, data={**data, "names": names}, key="rows")
    elif rows:
        yield Observation(outcome="passed", data=data)


@check("cookie-listed-once", NoParams)
def cookie_listed_once(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A cookie of one host under several categories of one surface, unless one is the other's parent."""
    rows = declared(case.facts)
    places: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for item, cookie in rows:
        place = (item.dialog.surface, cookie.name.strip(), (cookie.host or "").strip().casefold())
        places[place].setdefault(name_key(item.category.name), (item, cookie))
    clean = True
    for (surface, name, _host), found in places.items():
        parents = {name_key(item.category.parent) for item, _cookie in found.values() if item.category.parent}
        several = [row for key, row in found.items() if key not in parents]
        if len(several) > 1:
            clean = False
            names = [item.category.name for item, _cookie in several]
            yield Observation(
                outcome="failed",
                where=unique(row_where(row) for row in several),
                data={"cookie": name, "names": and_list(names)},
                key=f"{surface} {name}",
            )
    if rows and clean:
        yield Observation(outcome="passed")
