"""The end of a run: the gate is applied, the reports are written, the exit status is said."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.markup import escape

from consentcheck import report
from consentcheck.capture import print_pdf
from consentcheck.cli.console import complain, console
from consentcheck.errors import EvidenceError, UsageError
from consentcheck.model.result import AuditResult, RuleResult, Waiver
from consentcheck.model.words import SEVERITIES
from consentcheck.report import gate as gates
from consentcheck.report import json
from consentcheck.report.contract import Report
from consentcheck.report.gate import FailOn

PDF = "pdf"
MARKERS = ("result.json", "report.json", "evidence")


@dataclass(frozen=True)
class Gate:
    """What fails a run."""

    fail_on: FailOn
    waivers: Sequence[Waiver] = ()
    baseline: Report | None = None


@contextmanager
def output_folder(out: str) -> Iterator[Path]:
    """The folder to write into. What an earlier run left there is replaced; anything else in it is left alone, with an error.

    For ``-`` it is a folder that goes away afterwards.
    """
    if out == "-":
        with tempfile.TemporaryDirectory(prefix="consentcheck-") as temporary:
            yield Path(temporary)
        return
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--out: {folder} is a file")
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in MARKERS):
        raise UsageError(f"--out: {folder} holds files that are not of an earlier run; name another folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out: {folder}: {error.strerror}") from None
    yield folder


def clear(folder: Path) -> None:
    """Remove the evidence and the reports of an earlier run, so that no run shows another's, even if it is interrupted."""
    shutil.rmtree(folder / "evidence", ignore_errors=True)
    report.remove(folder)


def earlier_report(path: Path) -> Report:
    """The report.json at a path, or in a folder. UsageError for what is none: the call is wrong, and nothing is lost."""
    try:
        return json.read_report(path / json.FILE if path.is_dir() else path)
    except EvidenceError as error:
        raise UsageError(str(error)) from None


def finish(result: AuditResult, out: str, folder: Path, formats: Sequence[str], gate: Gate, *, quiet: bool) -> None:
    """Apply the gate, write the reports, say where they are, and leave with the exit status."""
    result = gates.apply_waivers(result, gate.waivers)
    if gate.baseline:
        result = gates.apply_baseline(result, gate.baseline)
    deliver(result, out, folder, formats, evidence=folder, quiet=quiet)
    raise typer.Exit(gates.exit_code(result, gate.fail_on))


def deliver(
    result: AuditResult, out: str, folder: Path, formats: Sequence[str], *, evidence: Path, quiet: bool
) -> list[Path]:
    """Write the reports: one to standard output for ``-``, else all into the folder; returns the paths.

    ``evidence``: the folder that targets' evidence folders are relative to.
    """
    if out == "-":
        sys.stdout.write(report.text(result, formats[0]))
        written = []
    else:
        written = report.write(result, folder, [name for name in formats if name != PDF], evidence=evidence)
        if PDF in formats:
            written += _printed(result, folder, written, evidence)
    if quiet:
        for target in result.targets:
            if target.status == "failed":
                complain(f"{target.target}: could not test: {'; '.join(one.message for one in target.problems)}")
    else:
        summarise(result, written)
    return written


def _printed(result: AuditResult, folder: Path, written: Sequence[Path], evidence: Path) -> list[Path]:
    """The HTML pages as PDF, made by the browser; the pages are kept only if they were asked for too."""
    asked = [path for path in written if path.suffix == ".html"]
    pages = asked or [
        path for path in report.write(result, folder, ["html"], evidence=evidence) if path.suffix == ".html"
    ]
    made = [print_pdf(page, page.with_suffix(".pdf")) for page in pages]
    if not asked:
        for page in pages:
            page.unlink()
    return made


def summarise(result: AuditResult, written: Sequence[Path]) -> None:
    """Counts, the gravest findings, what was not tested, and where the reports are; on standard error."""
    say = console()
    for target in result.targets:
        counts = Counter(one.outcome for one in target.results)
        say.print(
            escape(
                f"{target.target}: {counts['failed']} failed, {counts['cantTell']} to review, {counts['passed']} passed, "
                f"{counts['untested']} not tested, {counts['inapplicable']} not applicable"
            )
        )
        for problem in target.problems:
            scenario = f"{problem.scenario}: " if problem.scenario else ""
            say.print(escape(f"  could not test: {scenario}{problem.message}"))
        for one in _gravest(target.results)[:5]:
            say.print(escape(f"  {one.severity:<8}  {one.rule}: {one.reason}"))
    for waiver in result.expired_waivers:
        say.print(
            escape(
                f"expired waiver: {waiver.rule} for {waiver.target}, owned by {waiver.owner}, until {waiver.expires}"
            )
        )
    for waiver in result.unused_waivers:
        say.print(escape(f"unused waiver: {waiver.rule} for {waiver.target}, owned by {waiver.owner}"))
    for path in written:
        say.print(escape(f"wrote {path}"))


def _gravest(results: Sequence[RuleResult]) -> list[RuleResult]:
    """Failures, the gravest first."""
    return sorted((one for one in results if one.outcome == "failed"), key=lambda one: SEVERITIES.index(one.severity))
