from __future__ import annotations

import pytest

from consentcheck.model.facts import Facts
from consentcheck.model.result import RuleResult, TargetResult
from consentcheck.model.words import Outcome
from consentcheck.report.summary import by_pack, count, gravest, verdict, worst_first
from tests.report.sample import BROKEN, RESULTS, TARGET, finding, rule


def _target(*outcomes: Outcome) -> TargetResult:
    results = tuple(rule(f"ccpa-{n}", "t", outcome, "r") for n, outcome in enumerate(outcomes))
    return TargetResult(target="t", status="complete", facts=Facts(), results=results)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (_target("passed"), "Nothing failed in what was tested."),
        (_target("passed", "untested"), "Nothing failed in what was tested; 1 rule was not tested."),
        (_target("untested", "untested"), "Nothing was tested; 2 rules were not tested."),
        (_target(), "Nothing was tested."),
        (_target("cantTell"), "Nothing failed in what was tested; 1 rule needs a person’s review."),
        (_target("failed", "failed", "passed"), "2 rules failed."),
        (BROKEN, "Could not be tested."),
    ],
)
def test_the_verdict_never_hides_what_was_not_tested(target: TargetResult, said: str) -> None:
    assert verdict(target) == said


def test_advisory_and_accepted_failures_are_counted_apart() -> None:
    counts = count(RESULTS)
    assert (counts.failed, counts.advisory, counts.accepted, counts.total) == (3, 1, 1, 11)
    assert by_pack(RESULTS)["policy"].failed == 0


def test_the_gravest_are_in_force_not_accepted_and_one_a_rule() -> None:
    assert [result.rule for result, _ in gravest(TARGET)] == [
        "gpc-trackers-stop", "ccpa-symmetry-banner", "category-description-duplicate",
    ]  # fmt: skip


def test_a_rule_ranks_by_its_gravest_finding() -> None:
    def failed(name: str, *severities: str) -> RuleResult:
        found = [finding("m", "r", s, severity=s) for s in severities]  # type: ignore[arg-type]
        return rule(name, "t", "failed", "r", *found, severity="low")

    order = worst_first([failed("ccpa-a", "low"), failed("ccpa-b", "low", "critical"), failed("ccpa-c", "medium")])
    assert [result.rule for result in order] == ["ccpa-b", "ccpa-c", "ccpa-a"]
