"""``consentcheck install-browser`` and ``consentcheck doctor``."""

from __future__ import annotations

import typer

from consentcheck import capture
from consentcheck.cli.console import UNTESTED, console, guarded


@guarded
def install_browser() -> None:
    """Get a browser: use the one that is there, else Playwright's own, else the system's package."""
    path = capture.install_browser(lambda line: console().print(line, markup=False))
    typer.echo(path)


@guarded
def doctor() -> None:
    """Say what was found on this machine, test it, and say how to mend what is missing."""
    healthy = True
    for finding in capture.doctor():
        healthy = healthy and finding.ok
        typer.echo(f"{'ok    ' if finding.ok else 'WRONG '} {finding.what}: {finding.found}")
        if not finding.ok and finding.mend:
            typer.echo(f"       {finding.mend}")
    if not healthy:
        raise typer.Exit(UNTESTED)
