"""Facts laid out by scenario, so that what a choice changed can be seen along one line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from consentcheck.model.facts import CookieFact, DeclaredCookie, Facts, OptOutLink, SignalFact, Tracker
from consentcheck.model.words import SCENARIOS, Scenario

OPTED_OUT: frozenset[Scenario] = frozenset(
    {"gpc", "opt-out", "revisit-after-opt-out", "revisit-after-gpc", "accept-then-gpc", "every-opt-out"}
)
"""Scenarios in which the visitor has opted out, by signal or by choice."""

_PURPOSES = ("advertising", "social", "marketing", "unknown", "analytics", "customer-success", "video", "tag-manager")


@dataclass(frozen=True)
class TrackerCell:
    """What one host got in one scenario. ``not tested`` is never shown as ``not seen``."""

    state: Literal["seen", "before the choice only", "not seen", "not tested"]
    requests: int = 0
    identifiers: tuple[str, ...] = ()
    restricted_by: tuple[str, ...] = ()
    contradicted_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class TrackerRow:
    """One host along the scenarios."""

    host: str
    owner: str | None
    purpose: str
    cells: tuple[TrackerCell, ...]


@dataclass(frozen=True)
class TrackerMatrix:
    """Hosts down, scenarios across."""

    scenarios: tuple[Scenario, ...]
    unmade: tuple[bool, ...]
    """Scenarios whose choice could not be made: what is absent there is absent for want of a choice, and not told."""
    rows: tuple[TrackerRow, ...]


@dataclass(frozen=True)
class SignalRow:
    """One signal, as read in one way, along the scenarios; an empty cell: it was not there."""

    signal: str
    source: str
    cells: tuple[tuple[SignalFact, ...], ...]
    """A reading's ``meaning`` stands where it is first told, and is empty from then on."""


@dataclass(frozen=True)
class SignalTable:
    """Signals down, scenarios across. ``disagree``: scenarios in which signals say both."""

    scenarios: tuple[Scenario, ...]
    tested: tuple[bool, ...]
    disagree: tuple[bool, ...]
    rows: tuple[SignalRow, ...]


@dataclass(frozen=True)
class LinkRow:
    """An opt-out link with where it was seen."""

    link: OptOutLink
    scenarios: tuple[Scenario, ...]
    pages: int


@dataclass(frozen=True)
class CookieRow:
    """A cookie or storage key as set beside what is disclosed of it; either may be missing."""

    name: str
    domain: str
    storage: str
    party: str
    purpose: str | None
    owner: str | None
    lifetime_days: float | None
    scenarios: tuple[Scenario, ...]
    declared_as: str | None
    declared: DeclaredCookie | None
    setters: tuple[str, ...]
    status: Literal["set and disclosed", "set, not disclosed", "set", "disclosed, not seen"]


def scenarios_of(facts: Facts) -> tuple[Scenario, ...]:
    """Scenarios that were tried or that facts speak of, in the order of the vocabulary."""
    named = {s.scenario for s in facts.scenarios} | {t.scenario for t in facts.trackers}
    named |= {s.scenario for s in facts.signals}
    return tuple(scenario for scenario in SCENARIOS if scenario in named)


def traffic_seen(facts: Facts, scenario: Scenario) -> bool:
    """Whether the traffic of a scenario was recorded, so that absence means something."""
    status = facts.scenario(scenario)
    return status is not None and status.status != "failed" and "traffic" in status.has


def _unmade(facts: Facts, scenario: Scenario) -> bool:
    status = facts.scenario(scenario)
    return status is not None and status.completed is False


def tracker_matrix(facts: Facts) -> TrackerMatrix:
    """Trackers by scenario; those for advertising first, then by owner and host."""
    scenarios = scenarios_of(facts)
    hosts: defaultdict[tuple[str, str | None, str], list[Tracker]] = defaultdict(list)
    for tracker in facts.trackers:
        hosts[tracker.host, tracker.owner, tracker.purpose].append(tracker)

    def order(key: tuple[str, str | None, str]) -> tuple[int, str, str]:
        host, owner, purpose = key
        return (_PURPOSES.index(purpose) if purpose in _PURPOSES else len(_PURPOSES), (owner or "~").lower(), host)

    rows = tuple(
        TrackerRow(*key, cells=tuple(_cell(facts, scenario, hosts[key]) for scenario in scenarios))
        for key in sorted(hosts, key=order)
    )
    return TrackerMatrix(scenarios, tuple(_unmade(facts, scenario) for scenario in scenarios), rows)


def _cell(facts: Facts, scenario: Scenario, trackers: list[Tracker]) -> TrackerCell:
    seen = [tracker for tracker in trackers if tracker.scenario == scenario]
    if not seen:
        tested = traffic_seen(facts, scenario) and not _unmade(facts, scenario)
        return TrackerCell("not seen" if tested else "not tested")
    after = [tracker for tracker in seen if tracker.after_choice]
    told = after or seen
    return TrackerCell(
        state="seen" if after else "before the choice only",
        requests=sum(tracker.count for tracker in told),
        identifiers=_all(tracker.identifiers for tracker in told),
        restricted_by=_all(tracker.restricted_by for tracker in told),
        contradicted_by=_all(tracker.contradicted_by for tracker in told),
    )


def _all(groups: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))  # type: ignore[attr-defined]


def signal_table(facts: Facts) -> SignalTable:
    """Signals by scenario, and where two that were read after the choice say opposite things."""
    scenarios = scenarios_of(facts)
    found: defaultdict[tuple[str, str], list[SignalFact]] = defaultdict(list)
    for signal in facts.signals:
        found[signal.signal, signal.source].append(signal)
    rows = tuple(
        SignalRow(*key, cells=_told_once(tuple(_distinct(signals, scenario) for scenario in scenarios)))
        for key, signals in sorted(found.items())
    )
    says = [
        {s.says_opted_out for s in facts.signals if s.scenario == scenario and s.after_choice} for scenario in scenarios
    ]
    return SignalTable(
        scenarios,
        tuple(traffic_seen(facts, scenario) for scenario in scenarios),
        tuple({True, False} <= said for said in says),
        rows,
    )


def _distinct(signals: list[SignalFact], scenario: Scenario) -> tuple[SignalFact, ...]:
    """One of each reading; one that still stood after the choice is told as that."""
    seen = [signal for signal in signals if signal.scenario == scenario]
    return tuple({signal.raw: signal for signal in sorted(seen, key=lambda s: s.after_choice)}.values())


def _told_once(cells: tuple[tuple[SignalFact, ...], ...]) -> tuple[tuple[SignalFact, ...], ...]:
    told: set[str] = set()

    def once(signal: SignalFact) -> SignalFact:
        again = signal.raw in told
        told.add(signal.raw)
        return signal.model_copy(update={"meaning": ""}) if again else signal

    return tuple(tuple(once(signal) for signal in cell) for cell in cells)


def link_table(facts: Facts) -> tuple[LinkRow, ...]:
    """Opt-out links, each once, with the scenarios it was seen in."""
    found: defaultdict[tuple[str, str | None, str, bool | None], list[OptOutLink]] = defaultdict(list)
    for link in facts.opt_out_links:
        found[link.text, link.href, link.placement, link.visible].append(link)
    return tuple(
        LinkRow(
            next((link for link in links if link.target), links[0]),
            tuple(scenario for scenario in SCENARIOS if scenario in {link.scenario for link in links}),
            len({link.page for link in links}),
        )
        for links in found.values()
    )


def cookie_table(facts: Facts) -> tuple[CookieRow, ...]:
    """Cookies as set beside cookies as disclosed: what is set and not disclosed first."""
    declared = _declared(facts)
    seen: defaultdict[tuple[str, str, str], list[CookieFact]] = defaultdict(list)
    for cookie in facts.cookies:
        seen[cookie.name, cookie.domain, cookie.storage].append(cookie)
    matched = {cookie.name for cookie, _ in declared if any(_names(cookie, name) for name, _, _ in seen)}
    rows = [_set_row(key, cookies, declared) for key, cookies in seen.items()]
    rows += [
        CookieRow(
            c.name, c.host or "", "cookie", c.party or "", None, None, None, (), category, c, (), "disclosed, not seen"
        )
        for c, category in declared
        if c.name not in matched
    ]
    order = ("set, not disclosed", "set", "set and disclosed", "disclosed, not seen")
    return tuple(sorted(rows, key=lambda row: (order.index(row.status), row.party != "third", row.domain, row.name)))


def _set_row(
    key: tuple[str, str, str], cookies: list[CookieFact], declared: list[tuple[DeclaredCookie, str]]
) -> CookieRow:
    name, domain, storage = key
    first = cookies[0]
    row = next((cookie for cookie, _ in declared if _names(cookie, name)), None)
    declared_as = next((c.declared_as for c in cookies if c.declared_as), None)
    seen_in = {cookie.scenario for cookie in cookies}
    lifetimes = [cookie.lifetime_days for cookie in cookies if cookie.lifetime_days is not None]
    return CookieRow(
        name=name,
        domain=domain,
        storage=storage,
        party=first.party,
        purpose=first.purpose,
        owner=first.owner,
        lifetime_days=max(lifetimes, default=None),
        scenarios=tuple(scenario for scenario in SCENARIOS if scenario in seen_in),
        declared_as=declared_as,
        declared=row,
        setters=tuple(dict.fromkeys(str(cookie.setter) for cookie in cookies if cookie.setter)),
        status="set and disclosed" if declared_as or row else "set, not disclosed" if declared else "set",
    )


def _declared(facts: Facts) -> list[tuple[DeclaredCookie, str]]:
    """Each disclosed cookie once, with the first category that lists it."""
    found: dict[str, tuple[DeclaredCookie, str]] = {}
    for dialog in facts.dialogs:
        for category in dialog.categories:
            for cookie in category.cookies:
                found.setdefault(cookie.name, (cookie, category.name))
    return list(found.values())


def _names(cookie: DeclaredCookie, name: str) -> bool:
    """Whether a row of the cookie table names a cookie; a wildcard row names those that begin like it."""
    return name.startswith(cookie.name.rstrip("*xX#")) if cookie.wildcard else name == cookie.name
