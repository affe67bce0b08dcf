"""``consentcheck report``: make the reports again from an earlier run's findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consentcheck.cli import options
from consentcheck.cli.console import guarded
from consentcheck.cli.finish import deliver, output_folder
from consentcheck.errors import EvidenceError, UsageError
from consentcheck.report import saved


@guarded
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of an earlier scan or check.")],
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--out", metavar="DIR", help="Where to write, - for standard output [default: the same folder]."
        ),
    ] = None,
    formats: options.Format = "html,json",
    quiet: options.Quiet = False,
) -> None:
    """Rebuild reports from the findings of an earlier run; nothing is captured or judged again."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    if (folder / "evidence").is_dir() and not (folder / saved.FILE).exists():
        said = f"the run was broken off; `consentcheck check {folder}` judges what it had captured"
        raise EvidenceError(f"{folder}: holds no {saved.FILE}: {said}")
    if not (folder / saved.FILE).exists():
        raise UsageError(f"{folder}: holds no {saved.FILE}; name the folder that an earlier scan or check wrote to")
    chosen = options.formats_of(formats, str(out or folder))
    result = saved.load(folder)
    if out is None:
        deliver(result, str(folder), folder, chosen, evidence=folder, quiet=quiet)
        return
    with output_folder(out) as target:
        deliver(result, out, target, chosen, evidence=folder, quiet=quiet)
