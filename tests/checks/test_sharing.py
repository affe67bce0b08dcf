"""What the requests of one scenario show against those of another."""

from __future__ import annotations

import datetime as dt

import pytest

from consentcheck.checks import Case
from consentcheck.checks.sharing import StopParams, trackers_stop, unfinished, verdict
from consentcheck.model.facts import Choice, Facts, ScenarioStatus, Tracker
from consentcheck.model.rule import Profile

FIRST = Tracker(
    host="ib.adnxs.com", owner="AppNexus", purpose="advertising", type="image", identifiers=("cookie:uuid2",)
)
GPC = FIRST.model_copy(update={"scenario": "gpc"})


def _facts(*trackers: Tracker, rounds: int = 1) -> Facts:
    statuses = (ScenarioStatus(scenario="first-visit", rounds=rounds), ScenarioStatus(scenario="gpc", rounds=rounds))
    return Facts(scenarios=statuses, trackers=trackers)


def _case(facts: Facts) -> Case:
    return Case(facts=facts, profile=Profile(), as_of=dt.date(2026, 6, 1), seller="yes")


@pytest.mark.parametrize(
    ("facts", "stopped"),
    [
        (_facts(FIRST), True),
        (_facts(FIRST, GPC), False),
        (_facts(GPC), False),
        (_facts(), None),
        (_facts(FIRST, GPC.model_copy(update={"restricted_by": ("us_privacy=1YYN",)})), None),
        (_facts(FIRST, GPC.model_copy(update={"purpose": "analytics"})), True),
        (_facts(FIRST, rounds=2), None),  # seen in one look of two: its absence proves nothing
        (_facts(FIRST.model_copy(update={"rounds": (0, 1)}), rounds=2), True),
        (_facts(FIRST, GPC, rounds=2), None),
        (_facts(GPC, GPC.model_copy(update={"host": "x.example", "rounds": (1,)}), rounds=2), False),
    ],
)
def test_whether_it_stopped(facts: Facts, stopped: bool | None) -> None:
    assert verdict(facts, "gpc").stopped is stopped


def test_one_finding_a_party_with_its_hosts_and_identifiers() -> None:
    other = GPC.model_copy(
        update={"host": "secure.adnxs.com", "identifiers": ("param:uid",), "shared_ids": ("x.example",)}
    )
    (finding,) = trackers_stop(_case(_facts(FIRST, GPC, other)), StopParams(scenario="gpc"))
    assert finding.outcome == "failed"
    assert finding.key == "AppNexus"
    assert finding.data["hosts"] == "ib.adnxs.com, secure.adnxs.com"
    assert finding.data["identifiers"] == "cookie:uuid2, param:uid"
    assert finding.data["shared"] == ", the same as at x.example"
    assert [where.request for where in finding.where] == ["ib.adnxs.com", "secure.adnxs.com"]


def test_findings_of_several_kinds_stand_side_by_side() -> None:
    google = GPC.model_copy(update={"owner": "Google", "host": "ad.doubleclick.net"})
    observations = list(trackers_stop(_case(_facts(FIRST, GPC, google)), StopParams(scenario="gpc")))
    assert [(o.outcome, o.variant) for o in observations] == [("failed", None), ("cantTell", "google")]


def test_an_unfinished_choice_leaves_everything_untested() -> None:
    case = _case(Facts(choices=(Choice(scenario="opt-out", stopped_because="no control was found"),)))
    stopped = unfinished(case, "opt-out")
    assert stopped is not None
    assert (stopped.outcome, stopped.data["why"]) == ("untested", "no control was found")
    assert unfinished(case, "gpc") is None
