from __future__ import annotations

import pytest

from consentcheck.model.facts import (
    Category,
    CookieFact,
    DeclaredCookie,
    Dialog,
    Facts,
    OptOutLink,
    ScenarioStatus,
    SignalFact,
    Tracker,
)
from consentcheck.model.words import EVIDENCE_OF, Scenario
from consentcheck.report.tables import cookie_table, link_table, signal_table, tracker_matrix

LIVE = EVIDENCE_OF["live"]
SEEN = ScenarioStatus(scenario="first-visit", has=LIVE)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ScenarioStatus(scenario="gpc", has=LIVE), "not seen"),
        (ScenarioStatus(scenario="gpc", has=LIVE, status="failed"), "not tested"),
        (ScenarioStatus(scenario="gpc", has=frozenset({"words"})), "not tested"),
        (ScenarioStatus(scenario="gpc", has=LIVE, completed=False), "not tested"),
    ],
)
def test_absence_counts_only_where_traffic_was_recorded(status: ScenarioStatus, state: str) -> None:
    matrix = tracker_matrix(Facts(scenarios=(status, SEEN), trackers=(Tracker(host="t.example"),)))
    assert matrix.scenarios == ("first-visit", "gpc")
    assert [cell.state for cell in matrix.rows[0].cells] == ["seen", state]


def test_what_came_after_the_choice_is_told_apart() -> None:
    trackers = (
        Tracker(host="t.example", after_choice=False, count=9, identifiers=("cookie:a",)),
        Tracker(host="t.example", count=2, identifiers=("cookie:b",), restricted_by=("gcs=G100",)),
        Tracker(host="u.example", after_choice=False),
    )
    first, second = tracker_matrix(Facts(scenarios=(SEEN,), trackers=trackers)).rows
    assert (first.cells[0].requests, first.cells[0].identifiers) == (2, ("cookie:b",))
    assert first.cells[0].restricted_by == ("gcs=G100",)
    assert second.cells[0].state == "before the choice only"


def test_advertisers_come_first() -> None:
    trackers = (
        Tracker(host="c.example", purpose="cdn"),
        Tracker(host="b.example", purpose="advertising", owner="Beta"),
        Tracker(host="a.example", purpose="advertising"),
    )
    rows = tracker_matrix(Facts(trackers=trackers)).rows
    assert [row.host for row in rows] == ["b.example", "a.example", "c.example"]


def test_signals_disagree_only_after_the_choice_and_within_a_scenario() -> None:
    def signal(says: bool | None, **more: object) -> SignalFact:
        return SignalFact.model_validate({"signal": "usp", "says_opted_out": says, **more})

    def disagree(*signals: SignalFact) -> tuple[bool, ...]:
        return signal_table(Facts(signals=signals)).disagree

    assert disagree(signal(True), signal(False)) == (True,)
    assert disagree(signal(True), signal(None)) == (False,)
    assert disagree(signal(True), signal(False, after_choice=False)) == (False,)
    assert disagree(signal(True), signal(False, scenario="gpc")) == (False, False)


def _listed(*cookies: DeclaredCookie) -> tuple[Dialog, ...]:
    return (Dialog(surface="cookie-list", categories=(Category(name="Ads", cookies=cookies),)),)


def test_a_cookie_is_set_or_disclosed_or_both() -> None:
    dialogs = _listed(
        DeclaredCookie(name="_ga"), DeclaredCookie(name="_x_*", wildcard=True), DeclaredCookie(name="old")
    )
    cookies = (CookieFact(name="_ga"), CookieFact(name="_x_77"), CookieFact(name="new", lifetime_days=3))
    rows = cookie_table(Facts(dialogs=dialogs, cookies=cookies))
    assert {row.name: row.status for row in rows} == {
        "new": "set, not disclosed",
        "_ga": "set and disclosed",
        "_x_77": "set and disclosed",
        "old": "disclosed, not seen",
    }


def test_without_a_list_nothing_is_called_undisclosed() -> None:
    (row,) = cookie_table(Facts(cookies=(CookieFact(name="a"), CookieFact(name="a", scenario="gpc", lifetime_days=2))))
    assert (row.status, row.scenarios, row.lifetime_days) == ("set", ("first-visit", "gpc"), 2)


def test_a_signal_that_stood_before_and_after_the_choice_is_told_once() -> None:
    before = SignalFact(signal="usp", raw="1YNN", after_choice=False)
    after = before.model_copy(update={"after_choice": True})
    other = SignalFact(signal="usp", raw="1---", after_choice=False)
    (row,) = signal_table(Facts(signals=(after, before, other))).rows
    assert [(s.raw, s.after_choice) for s in row.cells[0]] == [("1YNN", True), ("1---", False)]


def test_what_a_signal_means_is_told_where_it_is_first_read() -> None:
    first = SignalFact(signal="usp", raw="1YNN", meaning="not opted out")
    again = first.model_copy(update={"scenario": "gpc"})
    other = again.model_copy(update={"raw": "1YYN", "meaning": "opted out"})
    (row,) = signal_table(Facts(signals=(first, again, other))).rows
    assert [[s.meaning for s in cell] for cell in row.cells] == [["not opted out"], ["", "opted out"]]


def test_a_link_is_told_once_with_where_it_was_seen() -> None:
    def link(text: str, scenario: Scenario, page: int = 0) -> OptOutLink:
        return OptOutLink(text=text, href="/x", scenario=scenario, page=page)

    links = (link("A", "gpc"), link("A", "first-visit", 1), link("A", "first-visit"), link("B", "gpc"))
    rows = link_table(Facts(opt_out_links=links))
    assert [(row.link.text, row.scenarios, row.pages) for row in rows] == [
        ("A", ("first-visit", "gpc"), 2),
        ("B", ("gpc",), 1),
    ]
