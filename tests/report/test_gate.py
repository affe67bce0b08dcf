from __future__ import annotations

import datetime as dt

import pytest

from consentcheck.model.facts import Facts
from consentcheck.model.result import AuditResult, RuleResult, TargetResult, Waiver
from consentcheck.model.words import Severity
from consentcheck.report.gate import FailOn, apply_baseline, apply_waivers, exit_code, gating
from consentcheck.report.json import to_report
from tests.report.sample import AS_OF, RESULT, finding, rule


def _failed(name: str = "ccpa-x", fingerprint: str = "f", severity: Severity = "high", **more: bool) -> RuleResult:
    found = finding("m", "r", fingerprint, severity=severity)
    return rule(name, "t", "failed", "r", found, severity=severity, **more)  # type: ignore[arg-type]


def _result(*rules: RuleResult, target: str = "https://a.example/", status: str = "complete") -> AuditResult:
    judged = TargetResult.model_validate({"target": target, "status": status, "facts": Facts(), "results": rules})
    return RESULT.model_copy(update={"targets": (judged,)})


def _waiver(name: str = "ccpa-x", target: str = "*", expires: dt.date = AS_OF) -> Waiver:
    return Waiver(rule=name, target=target, owner="o", reason="r", expires=expires)


PASSED = rule("ccpa-p", "t", "passed", "r")


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("critical", "critical", 1),
        ("high", "critical", 0),
        ("high", "high", 1),
        ("medium", "high", 0),
        ("low", "low", 1),
        ("info", "low", 0),
        ("critical", "never", 0),
    ],
)
def test_the_gravest_that_is_borne_decides(severity: Severity, fail_on: FailOn, code: int) -> None:
    assert exit_code(_result(PASSED, _failed(severity=severity)), fail_on) == code


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (_result(PASSED), 0),
        (_result(PASSED, rule("ccpa-c", "t", "cantTell", "r", finding("m", "r", "f"))), 0),
        (_result(PASSED, rule("gpc-u", "t", "untested", "r", asked=False)), 0),
        (_result(PASSED, rule("gpc-u", "t", "untested", "r")), 3),
        (_result(PASSED, status="partial"), 3),
        (_result(PASSED, status="failed"), 3),
        (_result(_failed(), status="failed"), 1),
        (_result(_failed(advisory=True)), 0),
        (RESULT.model_copy(update={"targets": ()}), 3),
        (_result(rule("ccpa-x", "t", "failed", "without a finding")), 1),
    ],
)
def test_what_was_not_tested_is_no_pass_and_no_failure(result: AuditResult, code: int) -> None:
    assert exit_code(result) == code


def test_never_turns_off_failing_and_nothing_else() -> None:
    assert exit_code(_result(_failed(), status="partial"), "never") == 3


@pytest.mark.parametrize(
    ("waiver", "code", "accepted"),
    [
        (_waiver(), 0, True),
        (_waiver(target="https://*.example/*"), 0, True),
        (_waiver(target="https://b.example/"), 1, False),
        (_waiver(name="ccpa-y"), 1, False),
        (_waiver(expires=AS_OF - dt.timedelta(days=1)), 1, False),
    ],
)
def test_a_waiver_accepts_what_it_names_until_its_last_day(waiver: Waiver, code: int, accepted: bool) -> None:
    result = apply_waivers(_result(_failed()), [waiver])
    assert exit_code(result) == code
    assert (result.targets[0].results[0].findings[0].waived is not None) == accepted


def test_an_expired_waiver_fails_even_what_the_gate_would_let_through() -> None:
    result = apply_waivers(_result(_failed(severity="low")), [_waiver(expires=dt.date(2020, 1, 1))])
    assert [w.rule for w in result.expired_waivers] == ["ccpa-x"]
    assert (exit_code(result), exit_code(result, "never")) == (1, 0)


def test_a_waiver_that_nothing_needs_is_named_and_harmless() -> None:
    waivers = [_waiver(name="ccpa-p"), _waiver(name="ccpa-z", expires=dt.date(2020, 1, 1)), _waiver()]
    result = apply_waivers(_result(PASSED, _failed()), waivers)
    assert [w.rule for w in result.unused_waivers] == ["ccpa-p", "ccpa-z"]
    assert result.expired_waivers == ()
    assert exit_code(result) == 0


def test_a_renewed_waiver_takes_the_place_of_the_expired_one() -> None:
    result = apply_waivers(_result(_failed()), [_waiver(expires=dt.date(2020, 1, 1)), _waiver()])
    assert (len(result.expired_waivers), len(result.unused_waivers), exit_code(result)) == (0, 1, 0)


def test_a_baseline_lets_through_what_it_knows() -> None:
    baseline = to_report(_result(_failed(fingerprint="old")))
    result = apply_baseline(_result(_failed(fingerprint="old"), _failed("ccpa-y", "new")), baseline)
    assert [f.baseline for r in result.targets[0].results for f in r.findings] == ["known", "new"]
    assert [r.rule for _, r, _ in gating(result)] == ["ccpa-y"]
    assert exit_code(result) == 1
    assert exit_code(apply_baseline(_result(_failed(fingerprint="old")), baseline)) == 0


def test_a_baseline_knows_only_failures_of_the_same_rule() -> None:
    doubtful = rule("ccpa-x", "t", "cantTell", "r", finding("m", "r", "f"))
    for baseline in (_result(doubtful), _result(_failed("ccpa-y"))):
        assert exit_code(apply_baseline(_result(_failed()), to_report(baseline))) == 1


def test_a_preview_is_held_against_the_live_site_but_not_against_many() -> None:
    live = _result(_failed(), target="https://www.example/")
    preview = _result(_failed(), target="https://pr-7.preview.example/")
    assert exit_code(apply_baseline(preview, to_report(live))) == 0
    many = live.model_copy(update={"targets": (*live.targets, *_result(PASSED).targets)})
    assert exit_code(apply_baseline(preview, to_report(many))) == 1
