"""What changed from one report to the next: new, mended, changed, no longer tested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from consentcheck.model.base import Model
from consentcheck.model.words import SEVERITIES, Outcome, Severity
from consentcheck.report.contract import Report, ReportFinding, ReportResult, ReportTarget
from consentcheck.report.markdown import escape
from consentcheck.report.plain import to_json
from consentcheck.report.safe import one_line, shown
from consentcheck.report.words import OUTCOME, plural

Sort = Literal["new", "mended", "changed", "no longer tested"]
SORTS: tuple[Sort, ...] = ("new", "no longer tested", "changed", "mended")
"""In the order in which they are told: what needs an answer first."""

_TESTED: frozenset[Outcome] = frozenset({"passed", "failed", "cantTell"})


class Change(Model):
    """One difference. ``message``: the finding's, or what changed."""

    sort: Sort
    target: str
    rule: str
    severity: Severity
    message: str
    fingerprint: str | None = None
    before: Outcome | None = None
    after: Outcome | None = None


class DiffResult(Model):
    """All differences, and whether the same law and rules judged both."""

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, sort: Sort) -> tuple[Change, ...]:
        """Changes of one sort, gravest first."""
        return tuple(change for change in self.changes if change.sort == sort)


def diff(old: Report, new: Report) -> DiffResult:
    """Compare two reports, target by target and rule by rule; with one target in each, they are taken for one site.

    A finding that is gone is mended only if its rule was tested again and neither failed to apply nor left it to a
    person; otherwise it is changed, or no longer tested.
    """
    changes = [change for before, after in _pairs(old, new) for change in _target(before, after)]
    changes.sort(key=lambda c: (SORTS.index(c.sort), SEVERITIES.index(c.severity), c.target, c.rule, c.message))
    return DiffResult(changes=tuple(changes), notes=tuple(_notes(old, new)))


def _pairs(old: Report, new: Report) -> Iterator[tuple[ReportTarget | None, ReportTarget | None]]:
    if len(old.targets) == len(new.targets) == 1:
        yield old.targets[0], new.targets[0]
        return
    before = {target.target: target for target in old.targets}
    after = {target.target: target for target in new.targets}
    for name in {**before, **after}:
        yield before.get(name), after.get(name)


def _target(old: ReportTarget | None, new: ReportTarget | None) -> Iterator[Change]:
    name = new.target if new else old.target if old else ""
    before = {result.rule: result for result in old.results} if old else {}
    after = {result.rule: result for result in new.results} if new else {}
    for rule in {**before, **after}:
        yield from _rule(name, before.get(rule), after.get(rule))


def _rule(target: str, old: ReportResult | None, new: ReportResult | None) -> Iterator[Change]:
    was, now = _outcome(old), _outcome(new)
    one = new or old
    if one is None:
        return

    def change(sort: Sort, message: str, finding: ReportFinding | None = None) -> Change:
        return Change(
            sort=sort,
            target=target,
            rule=one.rule,
            severity=(finding.severity if finding else None) or one.severity,
            message=message,
            fingerprint=finding.fingerprint if finding else None,
            before=was,
            after=now,
        )

    if was in _TESTED and now not in _TESTED and now != "inapplicable":
        yield change("no longer tested", new.reason if new else "the rule or the target is no longer there")
        return
    gone, come = _failures(old), _failures(new)
    for fingerprint, finding in come.items():
        if fingerprint not in gone:
            yield change("new", finding.message, finding)
        elif _severity(finding, new) != _severity(gone[fingerprint], old):
            yield change("changed", f"{finding.message} (was {_severity(gone[fingerprint], old)})", finding)
    for fingerprint, finding in gone.items():
        if fingerprint not in come and now in ("passed", "failed"):
            yield change("mended", finding.message, finding)
    told = "failed" in (was, now) and (come or now == "passed") and was in (*_TESTED, None)
    if was != now and old is not None and new is not None and not told:
        yield change("changed", f"{_name(was)}, now {_name(now)}: {new.reason}")


def _outcome(result: ReportResult | None) -> Outcome | None:
    return result.outcome if result else None


def _failures(result: ReportResult | None) -> dict[str, ReportFinding]:
    return {f.fingerprint: f for f in result.findings} if result and result.outcome == "failed" else {}


def _severity(finding: ReportFinding, result: ReportResult | None) -> Severity | None:
    return finding.severity or (result.severity if result else None)


def _name(outcome: Outcome | None) -> str:
    return OUTCOME[outcome].lower() if outcome else "absent"


def _notes(old: Report, new: Report) -> Iterator[str]:
    if old.tool.rules.sha256 != new.tool.rules.sha256:
        yield "The rules differ, so a change may be theirs and not the site’s."
    if old.as_of != new.as_of:
        yield f"Judged by the law of {old.as_of.isoformat()}, then of {new.as_of.isoformat()}."
    if old.profile != new.profile:
        yield "The profile of the business differs."


def as_json(result: DiffResult) -> str:
    """The differences as JSON text: ``{"schema": "consentcheck/diff/1", "notes": [...], "changes": [...]}``."""
    changes = [change.model_dump(exclude_none=True) for change in result.changes]
    return to_json({"schema": "consentcheck/diff/1", "notes": result.notes, "changes": changes})


def as_text(result: DiffResult) -> str:
    """The differences for a terminal."""

    def line(change: Change) -> str:
        return f"  [{change.severity}] {shown(change.target, 200)}  {change.rule}: {one_line(change.message)}"

    return _told(result, "{}", line, str)


def as_markdown(result: DiffResult) -> str:
    """The differences for a comment."""

    def line(change: Change) -> str:
        return f"- **{change.severity}** `{change.rule}` {escape(change.message)} ({escape(change.target, 200)})"

    return "## What changed\n\n" + _told(result, "### {}\n", line, escape)


def _told(result: DiffResult, heading: str, line: Callable[[Change], str], note: Callable[[str], str]) -> str:
    parts = [note(text) for text in result.notes]
    for sort in SORTS:
        found = result.of(sort)
        if found:
            title = f"{sort.capitalize()}: {plural(len(found), 'finding' if sort in ('new', 'mended') else 'rule')}"
            parts.append("\n".join([heading.format(title), *map(line, found)]))
    if not result.changes:
        parts.append("Nothing changed.")
    return "\n\n".join(parts) + "\n"
