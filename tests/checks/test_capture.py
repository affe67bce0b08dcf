"""A capture problem is never the site's fault, and never looks like a pass."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from consentcheck.engine import judge
from consentcheck.model.evidence import Problem, ProblemCode
from consentcheck.model.facts import Facts, ScenarioStatus
from consentcheck.model.result import RuleResult
from consentcheck.model.rule import Profile
from consentcheck.rulebook import load_rulebook

RULES = [rule for rule in load_rulebook().rules.values() if rule.pack == "capture"]


def _judge(facts: Facts) -> dict[str, RuleResult]:
    results = judge(RULES, facts, Profile(), dt.date(2026, 6, 1), ("first-visit",), strict=True)
    return {result.rule: result for result in results}


@pytest.mark.parametrize("code", get_args(ProblemCode))
def test_no_problem_fails_the_site(code: ProblemCode) -> None:
    problem = Problem(code=code, message="what happened")
    status = ScenarioStatus(scenario="first-visit", status="failed", problems=(problem,))
    results = _judge(Facts(scenarios=(status,), problems=(problem,)))
    assert all(result.outcome != "failed" for result in results.values())
    assert results["capture-scenario-missing"].outcome == "untested"


@pytest.mark.parametrize(("code", "rule"), [("http-error", "capture-load-error"), ("bot-wall", "capture-botwall")])
def test_says_what_happened_and_where(code: ProblemCode, rule: str) -> None:
    problem = Problem(code=code, message="HTTP 403.")
    status = ScenarioStatus(scenario="gpc", status="failed", problems=(problem,))
    result = _judge(Facts(scenarios=(ScenarioStatus(scenario="first-visit"), status)))[rule]
    assert (result.outcome, result.asked) == ("untested", True)
    assert "gpc: HTTP 403" in result.reason


def test_what_a_saved_file_cannot_show_is_no_gap_of_the_run() -> None:
    result = _judge(Facts(kind="text"))["capture-geo"]
    assert (result.outcome, result.asked) == ("untested", False)
