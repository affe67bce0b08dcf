"""report.json: the result as other programs read it."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError

from consentcheck.errors import EvidenceError
from consentcheck.model.base import Where
from consentcheck.model.facts import Dialog, Facts, Path
from consentcheck.model.result import AuditResult, Finding, RuleResult, TargetResult
from consentcheck.report.contract import (
    Report,
    ReportCategory,
    ReportControl,
    ReportCookie,
    ReportDialog,
    ReportFacts,
    ReportFinding,
    ReportOptOutLink,
    ReportProblem,
    ReportResult,
    ReportSetter,
    ReportSignal,
    ReportSteps,
    ReportTarget,
    ReportTracker,
    ReportWaiver,
    RulesRead,
    Tool,
)
from consentcheck.report.plain import to_json

FILE = "report.json"

_ONLY_IF_SET: dict[type[BaseModel], frozenset[str]] = {
    Where: frozenset(Where.model_fields),
    ReportFinding: frozenset({"severity", "waived", "baseline"}),
    ReportResult: frozenset({"advisory", "asked"}),
}
"""Keys that are left out when they do not apply; any other key is always there, null if need be."""


def write(result: AuditResult, out: FilePath) -> FilePath:
    """Write ``report.json`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_text(render(result), encoding="utf-8")
    return path


def render(result: AuditResult) -> str:
    """The text of report.json."""
    return to_json(_keys(to_report(result)))


def read_report(path: FilePath) -> Report:
    """The report in a file, or in a folder's ``report.json``. Raises EvidenceError naming the file."""
    file = path / FILE if path.is_dir() else path
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        raise EvidenceError(f"{file}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{file}: is not a consentcheck report: {place}: {first['msg']}") from error


def to_report(result: AuditResult) -> Report:
    """The contract's view of a result."""
    return Report(
        tool=Tool(
            version=result.version, rules=RulesRead(count=result.rules.count, sha256=result.rules.sha256)
        ),
        as_of=result.as_of,
        profile=result.profile,
        targets=tuple(_target(target) for target in result.targets),
    )  # fmt: skip


def _target(target: TargetResult) -> ReportTarget:
    return ReportTarget(
        target=target.target,
        status=target.status,
        problems=tuple(ReportProblem(scenario=p.scenario, code=p.code, message=p.message) for p in target.problems),
        facts=to_facts(target.facts),
        results=tuple(_result(result) for result in target.results),
    )


def _result(result: RuleResult) -> ReportResult:
    return ReportResult(
        rule=result.rule,
        title=result.title,
        outcome=result.outcome,
        severity=result.severity,
        basis=result.basis,
        citation=result.citation,
        reason=result.reason,
        advisory=True if result.advisory else None,
        asked=None if result.asked else False,
        findings=tuple(_finding(finding, result) for finding in result.findings),
    )


def _finding(finding: Finding, result: RuleResult) -> ReportFinding:
    waived = finding.waived
    return ReportFinding(
        message=finding.message,
        remedy=finding.remedy,
        fingerprint=finding.fingerprint,
        where=finding.where,
        severity=finding.severity if finding.severity != result.severity else None,
        waived=ReportWaiver(owner=waived.owner, reason=waived.reason, expires=waived.expires) if waived else None,
        baseline=finding.baseline,
    )


def to_facts(facts: Facts) -> ReportFacts:
    """The facts that the contract carries."""
    return ReportFacts(
        cmp=facts.cmp,
        dialogs=tuple(_dialog(dialog) for dialog in facts.dialogs),
        opt_out_links=tuple(
            ReportOptOutLink(
                text=link.text, href=link.href, title_kind=link.title_kind,
                placement=link.placement, visible=link.visible, where=link.where,
            )
            for link in facts.opt_out_links
        ),
        trackers=tuple(
            ReportTracker(
                scenario=t.scenario, host=t.host, owner=t.owner, purpose=t.purpose,
                identifiers=t.identifiers, restricted_by=t.restricted_by, initiator=t.initiator,
            )
            for t in facts.trackers
        ),
        cookies=tuple(
            ReportCookie(
                scenario=c.scenario, name=c.name, domain=c.domain, party=c.party,
                purpose=c.purpose, declared_as=c.declared_as, lifetime_days=c.lifetime_days,
                set_by=ReportSetter(how=c.setter.how, url=c.setter.url, owner=c.setter.owner) if c.setter else None,
            )
            for c in facts.cookies
            if c.storage == "cookie"
        ),
        signals=tuple(
            ReportSignal(scenario=s.scenario, signal=s.signal, raw=s.raw, says_opted_out=s.says_opted_out)
            for s in facts.signals
        ),
        steps=ReportSteps(accept=_steps(facts.paths, "accept"), opt_out=_steps(facts.paths, "opt-out")),
    )  # fmt: skip


def _dialog(dialog: Dialog) -> ReportDialog:
    return ReportDialog(
        surface=dialog.surface,
        scenario=dialog.scenario,
        title=dialog.title,
        text=dialog.text,
        controls=tuple(
            ReportControl(
                text=c.text, role=c.role, purpose=c.purpose, visible=c.visible, state=c.state, where=c.where
            )
            for c in dialog.controls
        ),
        categories=tuple(
            ReportCategory(
                name=c.name, kind=c.kind, description=c.description, always_active=c.always_active,
                toggle=c.toggle, cookies=tuple(cookie.name for cookie in c.cookies), where=c.where,
            )
            for c in dialog.categories
        ),
    )  # fmt: skip


def _steps(paths: tuple[Path, ...], goal: str) -> int | None:
    """Steps of the shortest path to the goal that was walked to its end."""
    return min((path.count for path in paths if path.goal == goal and path.completed), default=None)


def _keys(value: Any) -> Any:
    """A model as dictionaries, without the keys that do not apply."""
    if isinstance(value, BaseModel):
        optional = _ONLY_IF_SET.get(type(value), frozenset())
        return {
            (field.alias or name): _keys(item)
            for name, field in type(value).model_fields.items()
            if (item := getattr(value, name)) is not None or name not in optional
        }
    return [_keys(item) for item in value] if isinstance(value, tuple) else value
