"""Markdown for a pull request comment or a job summary: short, the worst first."""

from __future__ import annotations

import re
from pathlib import Path

from consentcheck.model.result import AuditResult, Finding, RuleResult, TargetResult
from consentcheck.report.safe import one_line, web_address
from consentcheck.report.summary import accepted, count, target_gravity, verdict, worst_first
from consentcheck.report.words import OUTCOME, OUTCOME_MARK, WORST_FIRST, plural, sentence

FILE = "report.md"

_FINDINGS = 12
"""Findings that are spelt out for a target; a comment has to stay short."""
_TARGETS = 20
"""Targets that are spelt out; the table names up to ten times as many."""
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_JOINED = re.compile(r"(@|#|://|(?i:www)\.)(?=\S)")


def write(result: AuditResult, out: Path) -> Path:
    """Write ``report.md`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_text(render(result), encoding="utf-8")
    return path


def escape(text: str, limit: int = 400) -> str:
    """One line of text that Markdown shows as it is: no markup, no HTML, no mention, no link of its own.

    GitHub finds mentions and addresses after it has undone escapes, so a zero-width space parts their signs.
    """
    parted = _JOINED.sub(lambda match: match[1] + "\N{ZERO WIDTH SPACE}", one_line(text, limit))
    return _MARKS.sub(r"\\\1", parted)


def render(result: AuditResult) -> str:
    """The Markdown text."""
    targets = sorted(result.targets, key=target_gravity)
    lines = ["## Consent check", ""]
    if len(targets) != 1:
        lines += _table(targets)
    for target in targets[:_TARGETS]:
        lines += _target(target)
    if len(targets) > _TARGETS:
        lines += [f"{plural(len(targets) - _TARGETS, 'more target')} in the full report.", ""]
    for waiver in result.expired_waivers:
        lines += [f"**Expired waiver**: `{_code(waiver.rule)}` on {escape(waiver.target)}, {escape(waiver.owner)}.", ""]
    for waiver in result.unused_waivers:
        lines += [f"Unused waiver: `{_code(waiver.rule)}` on {escape(waiver.target)}, {escape(waiver.owner)}.", ""]
    rules = plural(result.rules.count, "rule")
    lines.append(
        f"<sub>consentcheck {escape(result.version)}, {rules}, law of {result.as_of.isoformat()}. "
        "Not tested is not passed; passed means only that further review is still needed.</sub>"
    )
    return "\n".join(lines) + "\n"


def _table(targets: list[TargetResult]) -> list[str]:
    head = " | ".join(f"{OUTCOME_MARK[name]} {OUTCOME[name].lower()}" for name in WORST_FIRST)
    lines = [f"| target | {head} |", "|---|" + "--:|" * len(WORST_FIRST)]
    for target in targets[: _TARGETS * 10]:
        counts = count(target.results)
        name = escape(target.target, 120) + (" (could not be tested)" if target.status == "failed" else "")
        lines.append(f"| {name} | " + " | ".join(str(counts.of(outcome)) for outcome in WORST_FIRST) + " |")
    return [*lines, ""]


def _target(target: TargetResult) -> list[str]:
    lines = [f"### {escape(target.target, 200)}", "", f"**{verdict(target)}**", ""]
    for problem in target.problems:
        scenario = f"{problem.scenario}: " if problem.scenario else ""
        lines.append(f"- {OUTCOME_MARK['untested']} {scenario}{escape(problem.message)} (`{problem.code}`)")
    if target.problems:
        lines.append("")
    found = [
        (rule, finding)
        for outcome in ("failed", "cantTell")
        for rule in worst_first(target.results)
        if rule.outcome == outcome and not rule.advisory and not accepted(rule)
        for finding in rule.findings
        if not finding.waived
    ]
    for rule, finding in found[:_FINDINGS]:
        lines += _finding(rule, finding)
    if len(found) > _FINDINGS:
        lines.append(f"- {plural(len(found) - _FINDINGS, 'more finding')} in the full report.")
    untested = [rule for rule in target.results if rule.outcome == "untested" and rule.asked]
    if untested and target.status != "failed":
        names = ", ".join(f"`{_code(rule.rule)}`" for rule in untested[:_FINDINGS])
        more = f" and {len(untested) - _FINDINGS} more" if len(untested) > _FINDINGS else ""
        lines += ["", f"Asked for and not tested: {names}{more}."]
    return [*lines, ""]


def _finding(rule: RuleResult, finding: Finding) -> list[str]:
    sign = "needs review" if rule.outcome == "cantTell" else finding.severity
    new = " **new**" if finding.baseline == "new" else ""
    section = escape(f"{rule.citation.law}, {rule.citation.section}")
    url = web_address(rule.citation.url)
    cited = f"[{section}](<{url}>)" if url else section
    return [
        f"- {OUTCOME_MARK[rule.outcome]} **{sign}**{new} {escape(sentence(finding.message))}",
        f"  `{_code(rule.rule)}`, {cited}. To mend it: {escape(sentence(finding.remedy))}",
    ]


def _code(text: str) -> str:
    """Text for between backticks."""
    return one_line(text, 120).replace("`", "'").replace("|", "/")
