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
from consentcheck.cli.console import console
from consentcheck.errors import UsageError
from consentcheck.model.result import AuditResult, Waiver
from consentcheck.model.words import Severity
from consentcheck.report import gate as gates

MARKERS = ("result.json", "report.json", "evidence")


@dataclass(frozen=True)
class Gate:
    """What fails a run."""

    fail_on: Severity | None
    waivers: Sequence[Waiver] = ()
    baseline: Path | None = None


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


def clear_evidence(folder: Path) -> None:
    """Remove the evidence of an earlier run, so that no run shows another's."""
    shutil.rmtree(folder / "evidence", ignore_errors=True)


def finish(result: AuditResult, out: str, folder: Path, formats: Sequence[str], gate: Gate, *, quiet: bool) -> None:
    """Apply the gate, write the reports, say where they are, and leave with the exit status."""
    result = gates.apply_waivers(result, gate.waivers)
    if gate.baseline:
        result = gates.apply_baseline(result, gate.baseline)
    written = report.write(result, folder, formats, evidence=folder)
    if out == "-":
        sys.stdout.write(written[0].read_text(encoding="utf-8"))
    if not quiet:
        summarise(result, [] if out == "-" else written)
    raise typer.Exit(gates.exit_code(result, gate.fail_on))


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
        for one in gates.gravest_first(target.results)[:5]:
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
