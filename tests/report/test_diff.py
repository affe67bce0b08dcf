from __future__ import annotations

import json

import pytest

from consentcheck.model.facts import Facts
from consentcheck.model.result import RuleResult, TargetResult
from consentcheck.model.words import Outcome, Severity
from consentcheck.report.contract import Report
from consentcheck.report.diff import as_json, as_markdown, as_text, diff
from consentcheck.report.json import to_report
from tests.report.sample import RESULT, SEVERAL, finding, rule


def _report(*rules: RuleResult) -> Report:
    target = TargetResult(target="https://a.example/", status="complete", facts=Facts(), results=rules)
    return to_report(RESULT.model_copy(update={"targets": (target,)}))


def _rule(outcome: Outcome, *fingerprints: str, severity: Severity = "high") -> RuleResult:
    found = [finding(f"finding {f}", "r", f, severity=severity) for f in fingerprints]
    return rule("ccpa-x", "t", outcome, f"reason {outcome}", *found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (_rule("passed"), _rule("passed"), []),
        (_rule("failed", "a"), _rule("failed", "a"), []),
        (_rule("passed"), _rule("failed", "a"), [("new", "finding a")]),
        (_rule("untested"), _rule("failed", "a"), [("new", "finding a"), ("changed", "not tested, now failed: reason failed")]),
        (_rule("failed", "a"), _rule("passed"), [("mended", "finding a")]),
        (_rule("failed", "a", "b"), _rule("failed", "b", "c"), [("new", "finding c"), ("mended", "finding a")]),
        (_rule("failed", "a"), _rule("untested"), [("no longer tested", "reason untested")]),
        (_rule("passed"), _rule("untested"), [("no longer tested", "reason untested")]),
        (_rule("failed", "a"), _rule("cantTell", "a"), [("changed", "failed, now needs review: reason cantTell")]),
        (_rule("failed", "a"), _rule("inapplicable"), [("changed", "failed, now does not apply: reason inapplicable")]),
        (_rule("passed"), _rule("cantTell"), [("changed", "passed, now needs review: reason cantTell")]),
        (_rule("untested"), _rule("passed"), [("changed", "not tested, now passed: reason passed")]),
        (_rule("failed", "a"), _rule("failed", "a", severity="low"), [("changed", "finding a (was high)")]),
    ],
)  # fmt: skip
def test_each_sort_of_change(old: RuleResult, new: RuleResult, expected: list[tuple[str, str]]) -> None:
    result = diff(_report(old), _report(new))
    assert [(change.sort, change.message) for change in result.changes] == expected
    assert result.notes == ()


def test_a_rule_or_target_that_is_gone_is_no_longer_tested() -> None:
    assert [c.sort for c in diff(_report(_rule("passed")), _report()).changes] == ["no longer tested"]
    both, one = to_report(SEVERAL), to_report(RESULT)
    gone = SEVERAL.model_copy(update={"targets": SEVERAL.targets[1:]})
    changes = diff(both, to_report(gone)).changes
    assert {c.sort for c in changes} == {"no longer tested"}
    assert {c.target for c in changes} == {"https://morningledger.example/"}
    assert diff(one, one).changes == ()


def test_a_new_rule_that_passes_is_no_news_and_one_that_fails_is() -> None:
    assert diff(_report(), _report(_rule("passed"))).changes == ()
    assert [c.sort for c in diff(_report(), _report(_rule("failed", "a"))).changes] == ["new"]


def test_other_rules_or_another_day_are_noted() -> None:
    old = to_report(RESULT)
    new = old.model_copy(update={"as_of": old.as_of.replace(year=2027)})
    assert diff(old, new).notes == ("Judged by the law of 2026-06-01, then of 2027-06-01.",)


def test_it_is_told_in_three_ways() -> None:
    result = diff(_report(_rule("failed", "a")), _report(_rule("failed", "@b")))
    assert as_text(result) == (
        "New: 1 finding\n  [high] https://a.example/  ccpa-x: finding @b\n\n"
        "Mended: 1 finding\n  [high] https://a.example/  ccpa-x: finding a\n"
    )
    assert as_markdown(result).startswith(
        "## What changed\n\n### New: 1 finding\n\n- **high** `ccpa-x` finding @\u200bb (https://\u200ba.example/)\n"
    )
    told = json.loads(as_json(result))
    assert told["schema"] == "consentcheck/diff/1"
    assert told["changes"][0] == {
        "sort": "new", "target": "https://a.example/", "rule": "ccpa-x", "severity": "high", "message": "finding @b",
        "fingerprint": "@b", "before": "failed", "after": "failed",
    }  # fmt: skip
    assert as_text(diff(_report(), _report())) == "Nothing changed.\n"
