"""What every report says first: how many of each outcome, a verdict in a sentence, the gravest findings.

Counting and ordering only; nothing here judges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from consentcheck.model.result import Finding, RuleResult, TargetResult
from consentcheck.model.words import SEVERITIES, Outcome
from consentcheck.report.words import WORST_FIRST, plural


@dataclass(frozen=True)
class Counts:
    """Results by outcome. ``advisory``: failed a rule not yet in force; ``accepted``: every finding is waived."""

    failed: int = 0
    review: int = 0
    untested: int = 0
    passed: int = 0
    inapplicable: int = 0
    advisory: int = 0
    accepted: int = 0

    def of(self, outcome: Outcome) -> int:
        """Results with an outcome; advisory and accepted ones have failed too, and are counted apart."""
        return int(getattr(self, {"cantTell": "review"}.get(outcome, outcome)))

    @property
    def total(self) -> int:
        """All results."""
        return (
            self.failed + self.review + self.untested + self.passed + self.inapplicable + self.advisory + self.accepted
        )


def count(results: Iterable[RuleResult]) -> Counts:
    """Results by outcome."""
    found: Counter[str] = Counter()
    for result in results:
        if result.outcome == "failed" and result.advisory:
            found["advisory"] += 1
        elif accepted(result):
            found["accepted"] += 1
        else:
            found[result.outcome] += 1
    return Counts(
        failed=found["failed"],
        review=found["cantTell"],
        untested=found["untested"],
        passed=found["passed"],
        inapplicable=found["inapplicable"],
        advisory=found["advisory"],
        accepted=found["accepted"],
    )


def accepted(result: RuleResult) -> bool:
    """Whether the rule failed and waivers accept every finding."""
    return result.outcome == "failed" and bool(result.findings) and all(f.waived for f in result.findings)


def verdict(target: TargetResult) -> str:
    """One sentence on a target. It never says that a site obeys the law, and never hides what was not tested."""
    counts = count(target.results)
    if target.status == "failed":
        return "Could not be tested."
    parts = []
    if counts.failed:
        parts.append(f"{plural(counts.failed, 'rule')} failed")
    if counts.review:
        parts.append(f"{plural(counts.review, 'rule')} {'needs' if counts.review == 1 else 'need'} a person’s review")
    if counts.untested:
        parts.append(f"{plural(counts.untested, 'rule')} {'was' if counts.untested == 1 else 'were'} not tested")
    if not counts.failed:
        parts.insert(0, "Nothing failed in what was tested" if counts.passed or counts.review else "Nothing was tested")
    return "; ".join(parts) + "."


def gravity(result: RuleResult) -> tuple[int, int, int, str]:
    """Sort key: worst outcome first, then the gravest finding, then in-force before advisory, then the rule's id."""
    gravest = min((SEVERITIES.index(f.severity) for f in result.findings), default=SEVERITIES.index(result.severity))
    return (
        WORST_FIRST.index(result.outcome),
        int(result.advisory or accepted(result)),
        gravest,
        result.rule,
    )


def worst_first(results: Iterable[RuleResult]) -> list[RuleResult]:
    """Results in the order in which a reader should meet them."""
    return sorted(results, key=gravity)


def gravest(target: TargetResult, limit: int = 5) -> list[tuple[RuleResult, Finding]]:
    """The findings to name first: failed, in force, not accepted; one a rule, worst first."""
    found = [
        (result, min((f for f in result.findings if not f.waived), key=lambda f: SEVERITIES.index(f.severity)))
        for result in worst_first(target.results)
        if result.outcome == "failed" and not result.advisory and any(not f.waived for f in result.findings)
    ]
    return found[:limit]


def by_pack(results: Sequence[RuleResult]) -> dict[str, Counts]:
    """Counts of each rule pack, in the order in which the packs first occur."""
    packs = dict.fromkeys(result.pack for result in results)
    return {pack: count(r for r in results if r.pack == pack) for pack in packs}


def target_gravity(target: TargetResult) -> tuple[int, int, int, str]:
    """Sort key of an index: what failed first, then what could not be tested, then what needs review."""
    counts = count(target.results)
    return (-counts.failed, -int(target.status == "failed"), -counts.review, target.target)
