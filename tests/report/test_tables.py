from __future__ import annotations

import pytest

from consentcheck.model.facts import (
    Category,
    CookieFact,
    DeclaredCookie,
    Dialog,
    Facts,
    ScenarioStatus,
    SignalFact,
    Tracker,
)
from consentcheck.model.words import EVIDENCE_OF
from consentcheck.report.tables import cookie_table, signal_table, tracker_matrix

LIVE = EVIDENCE_OF["live"]
SEEN = ScenarioStatus(scenario="first-visit", has=LIVE)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ScenarioStatus(scenario="gpc", has=LIVE), "not seen"),
        (ScenarioStatus(scenario="gpc", has=LIVE, status="failed"), "not tested"),
        (ScenarioStatus(scenario="gpc", has=frozenset({"words"})), "not tested"),
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
