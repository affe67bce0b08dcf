"""What a rule says of itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from consentcheck.model.rule import Rule
from consentcheck.model.words import graver
from tests.test_engine import rule


def test_needs_are_scenarios_and_kinds_of_evidence() -> None:
    both = rule(needs=["gpc", "first-visit", "traffic"])
    assert both.scenarios() == ("first-visit", "gpc")
    assert both.evidence() == {"traffic"}
    assert rule().evidence() == {"words"}


@pytest.mark.parametrize(
    ("changes", "outcomes"),
    [
        ({}, {"failed", "passed"}),
        ({"needs": ["structure"]}, {"failed", "passed", "untested"}),
        ({"needs": ["gpc"]}, {"failed", "passed", "untested"}),
        ({"applies_to": "sellers"}, {"failed", "passed", "inapplicable"}),
    ],
)
def test_the_outcomes_that_can_occur_each_need_an_example(changes: dict[str, object], outcomes: set[str]) -> None:
    assert rule(**changes).outcomes() == outcomes
    fields = rule(**changes).model_dump() | {"examples": [{"name": "a", "expect": "failed"}]}
    with pytest.raises(ValidationError, match="no example expects"):
        Rule.model_validate(fields)


def test_the_graver_of_two() -> None:
    assert graver("low", "critical") == "critical"
    assert graver("info", "low") == "low"
