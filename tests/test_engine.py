"""The engine's own decisions: what is asked, what is missing, what is not in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from consentcheck.checks import Case, NoParams, check, registry
from consentcheck.engine import judge
from consentcheck.model.base import Where
from consentcheck.model.evidence import Problem
from consentcheck.model.facts import Dialog, Facts, OptOutLink, ScenarioStatus
from consentcheck.model.result import Observation, RuleResult
from consentcheck.model.rule import Profile, Rule
from consentcheck.model.words import EVIDENCE_OF, Scenario

DAY = dt.date(2026, 6, 1)
LIVE = EVIDENCE_OF["live"]


@pytest.fixture(autouse=True)
def _own_checks() -> Iterator[None]:
    before = dict(registry._CHECKS)

    @check("test-observe", NoParams, reads_words=True)
    def observe(case: Case, _params: NoParams) -> Iterable[Observation]:
        for link in case.facts.opt_out_links:
            outcome: Any = link.text.split()[0]
            yield Observation(outcome=outcome, where=(Where(quote=link.text),), data={"text": link.text})

    @check("test-crash", NoParams)
    def crash(_case: Case, _params: NoParams) -> Iterable[Observation]:
        raise KeyError("lost")

    yield
    registry._CHECKS.clear()
    registry._CHECKS.update(before)


def rule(**changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "id": "ccpa-test",
        "title": "T",
        "basis": "regulation",
        "severity": "high",
        "citation": {"law": "L", "section": "S", "verified": False},
        "why": "w",
        "means": {"failed": "f"},
        "check": "test-observe",
        "messages": {"failed": "bad: ${text}", "passed": "fine: ${text}"},
        "remedy": "r",
        "examples": [{"name": "a", "expect": outcome} for outcome in ("failed", "passed", "untested", "inapplicable")],
    }
    return Rule.model_validate(fields | changes)


def facts(*links: str, **changes: Any) -> Facts:
    base = Facts(
        scenarios=(ScenarioStatus(scenario="first-visit", has=LIVE),),
        opt_out_links=tuple(OptOutLink(text=text, title_kind="near-synonym") for text in links),
    )
    return base.model_copy(update=changes)


def one(of: Rule, given: Facts, asked: Iterable[Scenario] = ("first-visit",), **more: Any) -> RuleResult:
    return judge([of], given, more.pop("profile", Profile()), more.pop("as_of", DAY), tuple(asked), **more)[0]


def test_worst_outcome_wins_and_findings_are_of_it_alone() -> None:
    result = one(rule(), facts("failed one", "passed two", "cantTell three", "failed four"))
    assert result.outcome == "failed"
    assert [f.message for f in result.findings] == ["bad: failed one", "bad: failed four"]
    assert result.reason == "bad: failed one (and 1 more) Besides, 1 to review."


def test_a_pass_must_be_said() -> None:
    assert one(rule(), facts()).outcome == "inapplicable"
    assert one(rule(), facts("passed it")).reason == "fine: passed it"


def test_fingerprints_hold_over_order_and_differ_by_words() -> None:
    first = one(rule(), facts("failed one", "failed two")).findings
    second = one(rule(), facts("failed two", "failed one")).findings
    assert {f.fingerprint for f in first} == {f.fingerprint for f in second}
    assert len({f.fingerprint for f in first}) == 2


def test_the_same_words_twice_are_two_findings() -> None:
    findings = one(rule(), facts("failed one", "failed one")).findings
    assert len({f.fingerprint for f in findings}) == 2


@pytest.mark.parametrize(
    ("needs", "given", "asked", "reason", "was_asked"),
    [
        (["first-visit", "gpc"], facts("passed"), ["first-visit"], "The scenario gpc was not visited.", False),
        (["first-visit", "gpc"], facts("passed"), ["first-visit", "gpc"], "The scenario gpc was not visited.", True),
        (
            ["first-visit"],
            facts(
                "passed",
                scenarios=(
                    ScenarioStatus(
                        scenario="first-visit",
                        status="failed",
                        problems=(Problem(code="http-error", message="HTTP 500"),),
                    ),
                ),
            ),
            ["first-visit"],
            "The scenario first-visit failed: HTTP 500",
            True,
        ),
        (
            ["structure"],
            facts("passed", kind="text", scenarios=(ScenarioStatus(scenario="first-visit", has=EVIDENCE_OF["text"]),)),
            ["first-visit"],
            "Needs a browser: a saved text shows no structure.",
            False,
        ),
        (
            ["opt-out"],
            facts("passed", kind="page", scenarios=(ScenarioStatus(scenario="first-visit", has=EVIDENCE_OF["page"]),)),
            ["opt-out"],
            "Needs a browser: a saved page cannot show the scenario opt-out.",
            False,
        ),
    ],
)
def test_untested(needs: list[str], given: Facts, asked: list[Scenario], reason: str, was_asked: bool) -> None:
    result = one(rule(needs=needs), given, asked)
    assert (result.outcome, result.reason, result.asked) == ("untested", reason, was_asked)


def test_nothing_captured_is_untested_never_passed() -> None:
    assert one(rule(), Facts()).outcome == "untested"


def test_the_law_moves_with_the_day() -> None:
    dated = {"law": "L", "section": "S", "verified": False, "in_force": "2026-01-01"}
    before, after = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
    strict = rule(citation=dated)
    assert one(strict, facts("failed x"), as_of=before).outcome == "inapplicable"
    assert one(strict, facts("failed x"), as_of=after).outcome == "failed"
    advisory = rule(citation=dated, before="advisory")
    early = one(advisory, facts("failed x"), as_of=before)
    assert (early.outcome, early.severity, early.advisory) == ("cantTell", "info", True)
    assert one(advisory, facts("failed x"), as_of=after).outcome == "failed"


def test_a_crash_is_cant_tell_and_strict_lets_it_through() -> None:
    crashing = rule(check="test-crash")
    assert one(crashing, facts("x")).outcome == "cantTell"
    with pytest.raises(KeyError):
        one(crashing, facts("x"), strict=True)


@pytest.mark.parametrize(("says", "outcome"), [("yes", "failed"), ("no", "inapplicable")])
def test_sellers_by_profile(says: Any, outcome: str) -> None:
    profile = Profile(sells_or_shares=says)
    assert one(rule(applies_to="sellers"), facts("failed x"), profile=profile).outcome == outcome


def test_an_unknown_seller_softens_a_failure() -> None:
    page = facts("failed x", kind="page", scenarios=(ScenarioStatus(scenario="first-visit", has=EVIDENCE_OF["page"]),))
    result = one(rule(applies_to="sellers"), page)
    assert (result.outcome, result.severity) == ("cantTell", "info")


def test_a_language_that_is_not_read() -> None:
    german = facts("passed x", dialogs=(Dialog(surface="banner", language="de"),))
    assert one(rule(), german).outcome == "cantTell"


def test_regimes() -> None:
    texan = rule(regimes=["us-tx"])
    assert one(texan, facts("failed x")).outcome == "inapplicable"
    assert one(texan, facts("failed x"), profile=Profile(regimes=("us-tx",))).outcome == "failed"


@pytest.mark.parametrize(
    ("region", "outcome"), [("us-ca", "passed"), (None, "passed"), ("gb", "untested"), ("us-tx", "untested")]
)
def test_a_visitor_taken_for_one_of_elsewhere_tests_nothing(region: str | None, outcome: str) -> None:
    assert one(rule(), facts("passed x", region=region)).outcome == outcome


def test_a_rule_of_one_state_needs_a_visitor_of_that_state() -> None:
    both = Profile(regimes=("us-ca", "us-tx"))
    texan = rule(regimes=["us-tx"])
    assert one(texan, facts("passed x", region="us-ca"), profile=both).outcome == "untested"
    assert one(texan, facts("passed x", region="us-tx"), profile=both).outcome == "passed"


@pytest.mark.parametrize(
    ("missing", "outcome", "said"),
    [
        ((), "failed", "bad: failed here"),
        (("worker",), "cantTell", "not seen in every worker"),
        (("page",), "untested", "did not reach: page"),
    ],
)
def test_what_the_signal_did_not_reach_is_no_failure(missing: tuple[str, ...], outcome: str, said: str) -> None:
    status = ScenarioStatus(scenario="gpc", has=LIVE, gpc="header-and-script", gpc_missing=missing)
    found = judge(
        [rule(needs=["gpc"])],
        Facts(scenarios=(status,), opt_out_links=(OptOutLink(text="failed here"),)),
        Profile(),
        DAY,
        ("gpc",),
        strict=True,
    )[0]
    assert found.outcome == outcome
    assert said in found.reason
