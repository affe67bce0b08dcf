"""SARIF 2.1.0, for code scanning: what failed and what a person must look at; passes are not results there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from consentcheck.model.base import Where
from consentcheck.model.result import AuditResult, Finding, RuleResult, TargetResult
from consentcheck.model.words import Severity
from consentcheck.report.plain import to_json
from consentcheck.report.safe import one_line, shown, slug, web_address
from consentcheck.report.words import BASIS, SURFACE, sentence

FILE = "report.sarif"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVEL: dict[Severity, str] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
    "info": "note",
}


def write(result: AuditResult, out: Path) -> Path:
    """Write ``report.sarif`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_text(render(result), encoding="utf-8")
    return path


def render(result: AuditResult) -> str:
    """The text of the SARIF file. It holds no time of day, so that equal results give equal files."""
    return to_json(log(result))


def log(result: AuditResult) -> dict[str, Any]:
    """The SARIF log: one run, whose rules are those that judged."""
    judged = [(target, rule) for target in result.targets for rule in target.results]
    rules = {rule.rule: rule for _, rule in judged}
    index = {name: number for number, name in enumerate(rules)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "consentcheck",
                        "semanticVersion": result.version,
                        "rules": [_rule(rule) for rule in rules.values()],
                    }
                },
                "automationDetails": {"id": "consentcheck/"},
                "invocations": [_invocation(result)],
                "results": [
                    _result(target, rule, finding, index[rule.rule])
                    for target, rule in judged
                    if rule.outcome in ("failed", "cantTell")
                    for finding in rule.findings
                ],
                "columnKind": "unicodeCodePoints",
                "properties": {"asOf": result.as_of.isoformat(), "rulesSha256": result.rules.sha256},
            }
        ],
    }


def _rule(rule: RuleResult) -> dict[str, Any]:
    citation = rule.citation
    remedy = next((finding.remedy for finding in rule.findings), "")
    cited = f"{citation.law}, {citation.section}"
    text = " ".join(sentence(part) for part in (rule.title, rule.why, f"Source: {cited}", remedy) if part)
    found: dict[str, Any] = {
        "id": rule.rule,
        "name": "".join(word.capitalize() for word in rule.rule.split("-")),
        "shortDescription": {"text": one_line(rule.title)},
        "fullDescription": {"text": one_line(sentence(rule.why) or sentence(rule.title), 1000)},
        "help": {"text": shown(text)},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {
            "tags": ["privacy", rule.pack, rule.basis],
            "severity": rule.severity,
            "basis": BASIS[rule.basis],
        },
    }
    url = web_address(citation.url)
    return found | ({"helpUri": url} if url else {})


def _result(target: TargetResult, rule: RuleResult, finding: Finding, index: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": rule.rule,
        "ruleIndex": index,
        **_kind(rule, finding),
        "message": {"text": _message(rule, finding)},
        "locations": [_location(target, finding.where[0] if finding.where else Where())],
        "partialFingerprints": {"consentcheck/v1": finding.fingerprint},
        "properties": {"severity": finding.severity, "target": shown(target.target, 2000)},
    }
    if len(finding.where) > 1:
        found["relatedLocations"] = [
            {"id": number} | _location(target, where) for number, where in enumerate(finding.where[1:], 1)
        ]
    if finding.baseline:
        found["baselineState"] = "new" if finding.baseline == "new" else "unchanged"
    if finding.waived:
        waiver = finding.waived
        found["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": shown(f"{waiver.reason} ({waiver.owner}, until {waiver.expires.isoformat()})"),
            }
        ]
    return found


def _kind(rule: RuleResult, finding: Finding) -> dict[str, str]:
    """Kind and level.

    What a person must review is ``kind: review``, and the standard (3.27.9) then allows no level but ``none``. GitHub
    does not read ``kind`` and shows an alert of severity "none", below every failure; a ``note`` would be honest there
    and a false claim of failure everywhere else. The message says in words what it is.
    """
    if rule.outcome == "cantTell":
        return {"kind": "review", "level": "none"}
    if rule.advisory:
        return {"kind": "informational", "level": "none"}
    return {"kind": "fail", "level": _LEVEL[finding.severity]}


def _message(rule: RuleResult, finding: Finding) -> str:
    before = (
        "Needs a person’s review: " if rule.outcome == "cantTell" else "Not yet in force: " if rule.advisory else ""
    )
    citation = f"{rule.citation.law}, {rule.citation.section}"
    return shown(f"{before}{sentence(finding.message)} To mend it: {sentence(finding.remedy)} ({citation})")


def _location(target: TargetResult, where: Where) -> dict[str, Any]:
    """A place in the target.

    GitHub wants a relative path that is the same in each run, and refuses web addresses; a page has none, so its host
    and path stand for one. A saved file is named by its own path, with its line.
    """
    physical: dict[str, Any] = {"artifactLocation": {"uri": artifact(target)}}
    if target.facts.kind == "text" and where.line:
        physical["region"] = {"startLine": where.line}
    else:
        physical["region"] = {"startLine": 1}
    found: dict[str, Any] = {"physicalLocation": physical}
    named = [f"on the {SURFACE[where.surface].lower()}"] if where.surface in SURFACE else []
    if where.scenario:
        named.append(f"scenario {where.scenario}")
    if where.quote:
        named.append(f"“{one_line(where.quote, 200)}”")
    if where.request:
        named.append(f"request {one_line(where.request, 200)}")
    if named:
        found["message"] = {"text": ", ".join(named)}
    if where.selector:
        found["logicalLocations"] = [{"fullyQualifiedName": one_line(where.selector, 300), "kind": "element"}]
    return found


def artifact(target: TargetResult) -> str:
    """A relative URI that stands for the target; letters of our own choosing for a page, the path for a file."""
    if "://" in target.target:
        host, _, path = target.target.split("://", 1)[1].partition("/")
        parts = [slug(host.rsplit("@", 1)[-1]), *(slug(part) for part in path.partition("?")[0].split("/")[:5] if part)]
        return "/".join(["sites", *parts])
    parts = [part for part in target.target.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return quote("/".join(parts).encode("utf-8", "replace"), safe="/") or "target"


def _invocation(result: AuditResult) -> dict[str, Any]:
    """Whether everything asked for was tested, and what was not: said here, as results would be taken for findings."""
    notes = [note for target in result.targets for note in _untested(target)]
    return {
        "executionSuccessful": bool(result.targets) and all(target.status != "failed" for target in result.targets),
        "toolExecutionNotifications": notes,
    }


def _untested(target: TargetResult) -> Iterable[dict[str, Any]]:
    for problem in target.problems:
        yield {
            "level": "error" if problem.fatal else "warning",
            "descriptor": {"id": problem.code},
            "message": {"text": one_line(f"{target.target}: {problem.message}", 1000)},
        }
    for rule in target.results:
        if rule.outcome == "untested":
            yield {
                "level": "warning" if rule.asked else "note",
                "associatedRule": {"id": rule.rule},
                "message": {"text": one_line(f"{target.target}: not tested: {rule.reason}", 1000)},
            }
