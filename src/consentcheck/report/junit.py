"""JUnit XML, as CI servers show it: a suite a target, a case a rule. Only what passed looks like a pass."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from consentcheck.model.result import AuditResult, RuleResult, TargetResult
from consentcheck.report.safe import one_line, shown
from consentcheck.report.summary import accepted, worst_first
from consentcheck.report.words import sentence

FILE = "junit.xml"


def write(result: AuditResult, out: Path) -> Path:
    """Write ``junit.xml`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_text(render(result), encoding="utf-8")
    return path


def render(result: AuditResult) -> str:
    """The XML text.

    ``failure``: failed; ``error``: the target could not be captured; ``skipped``: whatever is neither a pass nor a
    failure, with the reason: not tested, in need of review, not applicable, accepted, not yet in force. Servers show
    the message of a skipped case and hide ``system-out``, so that is where the reason stands.
    """
    root = Element("testsuites", name="consentcheck")
    for target in result.targets:
        _suite(root, target)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    indent(root, " ")
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: Element, target: TargetResult) -> None:
    suite = SubElement(root, "testsuite", name=one_line(target.target, 1000))
    if target.status == "failed":
        case = SubElement(suite, "testcase", classname="capture", name="the target is captured")
        message = "; ".join(problem.message for problem in target.problems) or "the capture failed"
        code = target.problems[0].code if target.problems else "internal"
        SubElement(case, "error", message=one_line(message, 1000), type=code)
    for rule in worst_first(target.results):
        _case(suite, rule)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def _case(suite: Element, rule: RuleResult) -> None:
    case = SubElement(suite, "testcase", classname=rule.pack, name=f"{rule.rule}: {one_line(rule.title)}")
    skipped = _skipped(rule)
    if skipped:
        SubElement(case, "skipped", message=one_line(f"{skipped}: {rule.reason}", 1000))
    elif rule.outcome == "failed":
        failure = SubElement(case, "failure", message=one_line(rule.reason, 1000), type=rule.severity)
        failure.text = _text(rule)
    if skipped and rule.findings:
        SubElement(case, "system-out").text = _text(rule)


def _skipped(rule: RuleResult) -> str | None:
    """Why a case is neither passed nor failed, None if it is."""
    if rule.outcome == "failed":
        return "not yet in force" if rule.advisory else "accepted by a waiver" if accepted(rule) else None
    return {"untested": "not tested", "cantTell": "needs a person’s review", "inapplicable": "does not apply"}.get(
        rule.outcome
    )


def _text(rule: RuleResult) -> str:
    lines = []
    for finding in rule.findings:
        lines.append(f"[{finding.severity}] {sentence(shown(finding.message))}")
        lines += [f"  seen: “{one_line(where.quote)}”" for where in finding.where if where.quote]
        if finding.waived:
            lines.append(f"  accepted until {finding.waived.expires.isoformat()} by {one_line(finding.waived.owner)}")
        lines.append(f"  to mend it: {sentence(shown(finding.remedy))}")
    lines.append(f"{rule.citation.law}, {rule.citation.section}")
    return shown("\n".join(lines), 20_000)
