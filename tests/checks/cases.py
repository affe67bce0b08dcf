"""Runs rules of the shipped book on literal facts."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from consentcheck.engine import judge
from consentcheck.model.facts import Facts, ScenarioStatus
from consentcheck.model.result import RuleResult
from consentcheck.model.rule import Profile, Rule
from consentcheck.model.words import EVIDENCE_OF, Scenario
from consentcheck.rulebook import load_rulebook

TODAY = dt.date(2026, 6, 1)
SELLER = Profile(sells_or_shares="yes")


@cache
def pack(name: str) -> tuple[Rule, ...]:
    """The shipped rules of a pack."""
    return tuple(rule for rule in load_rulebook().rules.values() if rule.pack == name)


def judged(
    rule_id: str,
    facts: dict[str, Any],
    *,
    profile: Profile = SELLER,
    as_of: dt.date = TODAY,
    scenarios: tuple[Scenario, ...] = (),
) -> RuleResult:
    """One rule's result; first-visit and ``scenarios`` are complete with all that the kind of target can show."""
    rule = load_rulebook().rules[rule_id]
    read = Facts.model_validate(facts)
    if not read.scenarios:
        names: tuple[Scenario, ...] = ("first-visit", *scenarios)
        has = EVIDENCE_OF[read.kind]
        read = read.model_copy(update={"scenarios": tuple(ScenarioStatus(scenario=name, has=has) for name in names)})
    return judge([rule], read, profile, as_of, [s.scenario for s in read.scenarios], strict=True)[0]


def lines(result: RuleResult) -> list[list[int | None]]:
    """The lines that each finding points at."""
    return [[where.line for where in finding.where] for finding in result.findings]
