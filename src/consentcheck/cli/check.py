"""``consentcheck check``: judge what was captured or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consentcheck import audit, report
from consentcheck.cli import options
from consentcheck.cli.console import Reporter, guarded
from consentcheck.cli.finish import Gate, earlier_report, finish, output_folder
from consentcheck.cli.targets import paths

DEFAULT_OUT = "consentcheck-out"


@guarded
def check(
    given: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Evidence folders, .html, .mhtml, .txt, .warc(.gz).")
    ],
    out: options.Out = DEFAULT_OUT,
    formats: options.Format = "html,json",
    fail_on: options.FailOnOption = None,
    profile: options.ProfileOption = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    baseline: options.Baseline = None,
    cookie_database: options.CookieDatabase = None,
    config_file: options.ConfigFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Judge evidence folders and saved pages; rules that need a browser are untested for a saved page."""
    config = options.configured(config_file)
    options.use_cookies(cookie_database)
    chosen = options.formats_of(formats, out)
    gate = Gate(options.fail_on_of(fail_on, config), config.waivers, earlier_report(baseline) if baseline else None)
    found = paths(given)
    rulebook = options.rulebook_of(rules, select, ignore, config)
    judging = options.judging_of(profile, as_of, config)
    with output_folder(out) as folder:
        report.remove(folder)
        with Reporter(len(found), quiet=quiet, verbose=verbose) as reporter:
            result = audit.check(
                found,
                rulebook,
                judging,
                folder,
                progress=reporter,
                done=lambda target: reporter.done(target.target, target.status),
            )
        finish(result, out, folder, chosen, gate, quiet=quiet)
