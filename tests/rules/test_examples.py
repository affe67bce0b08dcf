"""Runs every example of every rule: a rule file is its own test, and nothing here is edited for a new one."""

from __future__ import annotations

import pytest

from consentcheck.engine import run_example
from consentcheck.model.rule import Example, Rule
from consentcheck.rulebook import load_rulebook

RULES = load_rulebook().rules
CASES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.name}") for rule in RULES.values() for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example(rule: Rule, example: Example) -> None:
    result = run_example(rule, example)
    assert result.outcome == example.expect, result.reason
    if example.quotes:
        assert tuple(w.quote for finding in result.findings for w in finding.where) == example.quotes
    if example.severity:
        assert result.severity == example.severity


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_says_only_what_it_has_words_for(rule: Rule) -> None:
    """An example's outcome is one of those that the rule announces, and every announced one is shown."""
    assert {example.expect for example in rule.examples} >= rule.outcomes()
    for example in rule.examples:
        result = run_example(rule, example)
        assert "${" not in result.reason, "a message names a value that the check does not give"
        assert all("${" not in finding.message for finding in result.findings)
