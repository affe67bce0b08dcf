"""The gate of a pipeline: what is accepted, what is new, and with which status the run ends. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Literal

from consentcheck.model.result import AuditResult, Finding, RuleResult, TargetResult, Waiver
from consentcheck.model.words import SEVERITIES, Severity
from consentcheck.report.contract import Report

FailOn = Severity | Literal["never"]


def apply_waivers(result: AuditResult, waivers: Sequence[Waiver]) -> AuditResult:
    """Accept the findings that waivers in force on ``as_of`` name (their last day included).

    ``expired_waivers`` then holds those out of date that findings still need: they accept nothing, and fail the run.
    ``unused_waivers`` holds those that no finding needs, in date or not.
    """
    used: set[int] = set()

    def accept(target: TargetResult, rule: RuleResult, finding: Finding) -> Finding:
        fitting = [
            number
            for number, waiver in enumerate(waivers)
            if rule.outcome in ("failed", "cantTell")
            and waiver.rule == rule.rule
            and fnmatchcase(target.target, waiver.target)
        ]
        valid = [number for number in fitting if waivers[number].expires >= result.as_of]
        used.update(valid or fitting)
        return finding.model_copy(update={"waived": waivers[valid[0]] if valid else None})

    judged = _each_finding(result, accept)
    return judged.model_copy(
        update={
            "expired_waivers": tuple(w for n, w in enumerate(waivers) if n in used and w.expires < result.as_of),
            "unused_waivers": tuple(w for n, w in enumerate(waivers) if n not in used),
        }
    )


def apply_baseline(result: AuditResult, baseline: Report) -> AuditResult:
    """Mark each finding of a failed rule as new or as known to an earlier report.

    Known: the same target's same rule failed with the same fingerprint. Where both reports have one target, they are
    taken for the same site, so that a preview under another address can be held against the live site.
    """
    same_site = len(result.targets) == len(baseline.targets) == 1
    known = {
        ("" if same_site else target.target, rule.rule, finding.fingerprint)
        for target in baseline.targets
        for rule in target.results
        if rule.outcome == "failed"
        for finding in rule.findings
    }

    def mark(target: TargetResult, rule: RuleResult, finding: Finding) -> Finding:
        if rule.outcome != "failed":
            return finding
        key = ("" if same_site else target.target, rule.rule, finding.fingerprint)
        return finding.model_copy(update={"baseline": "known" if key in known else "new"})

    return _each_finding(result, mark)


def gating(result: AuditResult, fail_on: FailOn = "high") -> Iterator[tuple[TargetResult, RuleResult, Finding | None]]:
    """Findings that fail the run: of rules in force, at or above ``fail_on``, neither waived nor known.

    A rule that failed without a finding fails it too, with None for the finding.
    """
    if fail_on == "never":
        return
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    for target in result.targets:
        for rule in target.results:
            if rule.outcome != "failed" or rule.advisory:
                continue
            if not rule.findings and rule.severity in grave:
                yield target, rule, None
            for finding in rule.findings:
                if finding.severity in grave and finding.waived is None and finding.baseline != "known":
                    yield target, rule, finding


def not_tested(result: AuditResult) -> Iterator[tuple[TargetResult, RuleResult | None]]:
    """What was asked for and could not be tested: targets not wholly captured (None), and rules."""
    for target in result.targets:
        if target.status != "complete":
            yield target, None
        for rule in target.results:
            if rule.outcome == "untested" and rule.asked:
                yield target, rule


def exit_code(result: AuditResult, fail_on: FailOn = "high") -> Literal[0, 1, 3]:
    """Status of the run.

    1: something failed the gate, or a finding's waiver has expired. 3: nothing did, but something that was asked for
    was not tested, or nothing was tested at all. 0: neither. ``never`` turns off 1, not 3.
    """
    if fail_on != "never" and (result.expired_waivers or any(True for _ in gating(result, fail_on))):
        return 1
    if not result.targets or any(True for _ in not_tested(result)):
        return 3
    return 0


def _each_finding(result: AuditResult, change: Callable[[TargetResult, RuleResult, Finding], Finding]) -> AuditResult:
    """The result with each finding changed."""
    targets = []
    for target in result.targets:
        rules = tuple(
            rule.model_copy(update={"findings": tuple(change(target, rule, finding) for finding in rule.findings)})
            for rule in target.results
        )
        targets.append(target.model_copy(update={"results": rules}))
    return result.model_copy(update={"targets": tuple(targets)})
