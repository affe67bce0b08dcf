"""``consentcheck diff``: what a release changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from consentcheck.cli.console import guarded
from consentcheck.cli.finish import earlier_report
from consentcheck.report import diff as diffs

_WRITERS = {"text": diffs.as_text, "markdown": diffs.as_markdown, "json": diffs.as_json}


@guarded
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="An earlier report.json, or the folder it lies in.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one.")],
    form: Annotated[Literal["text", "markdown", "json"], typer.Option("--format", help="How to write it.")] = "text",
) -> None:
    """What is new, mended, changed and no longer tested between two reports."""
    difference = diffs.diff(earlier_report(old), earlier_report(new))
    typer.echo(_WRITERS[form](difference).rstrip("\n"))
