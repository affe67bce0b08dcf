"""findings.csv: one line a finding, and one for each rule without, for whoever sorts in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from consentcheck.model.result import AuditResult, RuleResult, TargetResult
from consentcheck.report.safe import one_line
from consentcheck.report.summary import worst_first

FILE = "findings.csv"

COLUMNS = (
    "target",
    "rule",
    "pack",
    "outcome",
    "severity",
    "title",
    "message",
    "remedy",
    "law",
    "section",
    "basis",
    "in_force",
    "surface",
    "scenario",
    "quote",
    "selector",
    "request",
    "screenshot",
    "waived_until",
    "baseline",
    "advisory",
    "fingerprint",
)


def write(result: AuditResult, out: Path) -> Path:
    """Write ``findings.csv`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_bytes(render(result).encode("utf-8"))
    return path


def render(result: AuditResult) -> str:
    """The CSV text (RFC 4180, with a header)."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for target in result.targets:
        for rule in worst_first(target.results):
            for row in _rows(target, rule):
                table.writerow([inert(row.get(column, "")) for column in COLUMNS])
    return text.getvalue()


def inert(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    kept = one_line(text, 2000)
    return f"'{kept}" if kept.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else kept


def _rows(target: TargetResult, rule: RuleResult) -> Iterator[dict[str, str]]:
    common = {
        "target": target.target,
        "rule": rule.rule,
        "pack": rule.pack,
        "outcome": rule.outcome,
        "severity": rule.severity,
        "title": rule.title,
        "law": rule.citation.law,
        "section": rule.citation.section,
        "basis": rule.basis,
        "in_force": rule.citation.in_force.isoformat() if rule.citation.in_force else "",
        "advisory": "yes" if rule.advisory else "",
    }
    if not rule.findings:
        yield common | {"message": rule.reason}
    for finding in rule.findings:
        where = finding.where[0] if finding.where else None
        yield common | {
            "severity": finding.severity,
            "message": finding.message,
            "remedy": finding.remedy,
            "surface": (where and where.surface) or "",
            "scenario": (where and where.scenario) or "",
            "quote": (where and where.quote) or "",
            "selector": (where and where.selector) or "",
            "request": (where and where.request) or "",
            "screenshot": (where and where.screenshot) or "",
            "waived_until": finding.waived.expires.isoformat() if finding.waived else "",
            "baseline": finding.baseline or "",
            "fingerprint": finding.fingerprint,
        }
