"""The program and its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from consentcheck import __version__
from consentcheck.cli import browser, check, demo, diff, report, rules, scan, schema

app = typer.Typer(
    name="consentcheck",
    help="Holds a site's cookie-consent dialogs against California's opt-out law and against the site's own words.",
    epilog="Exit status: 0 tested and nothing failed; 1 findings; 2 wrong call; 3 something could not be tested.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("scan")(scan.scan)
app.command("check", short_help="Judge evidence folders and saved pages.")(check.check)
app.command("demo", short_help="Scan a publisher site that comes with the program.")(demo.demo)
app.command("report", short_help="Rebuild reports from an earlier run.")(report.report)
app.command("diff", short_help="Say what changed between two reports.")(diff.diff)
app.add_typer(rules.app, name="rules")
app.command("schema", short_help="Print a JSON Schema.")(schema.schema)
app.command("install-browser", short_help="Get a browser, if none is there.")(browser.install_browser)
app.command("doctor", short_help="Say what is found here, and test it.")(browser.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"consentcheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """The program itself has no action; its options are handled by their callbacks."""
    del version
