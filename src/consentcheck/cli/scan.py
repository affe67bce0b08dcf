"""``consentcheck scan``: capture and judge live pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consentcheck import audit
from consentcheck.capture import WATCH, CaptureSettings
from consentcheck.cli import options
from consentcheck.cli.console import Reporter, guarded
from consentcheck.cli.finish import Gate, clear, earlier_report, finish, output_folder
from consentcheck.cli.targets import urls
from consentcheck.errors import UsageError

DEFAULT_OUT = "consentcheck-out"


@guarded
def scan(
    targets: Annotated[
        list[str] | None, typer.Argument(metavar="TARGET...", help="URLs, or hosts.", show_default=False)
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("-f", "--file", metavar="FILE", help="A file of targets, one a line; - for standard input."),
    ] = None,
    out: options.Out = DEFAULT_OUT,
    formats: options.Format = "html,json",
    fail_on: options.FailOnOption = None,
    profile: options.ProfileOption = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    scenarios: Annotated[
        str | None, typer.Option("--scenarios", metavar="LIST|all", help="Consent states to visit in.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, max=32, help="Targets at a time, each in a browser of its own.")
    ] = 1,
    pages: Annotated[
        int, typer.Option("--pages", metavar="N", min=1, max=50, help="Pages a visit: the start page and inner ones.")
    ] = 2,
    repeat: Annotated[
        int, typer.Option("--repeat", metavar="N", min=1, max=20, help="Visits a scenario: trackers come and go.")
    ] = 1,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=5, help="Longest time for a visit.")
    ] = 120,
    watch: Annotated[
        float,
        typer.Option(
            "--watch",
            metavar="SECONDS",
            min=0,
            max=120,
            help="Least time that each page is watched; 0: no longer than it takes to load.",
        ),
    ] = WATCH,
    resolve: Annotated[
        list[str] | None, typer.Option("--resolve", metavar="HOST:ADDR[:PORT]", help="Reach HOST (may hold *) at ADDR.")
    ] = None,
    storage_state: Annotated[
        Path | None, typer.Option("--storage-state", metavar="FILE", help="Logged-in state, as Playwright saves it.")
    ] = None,
    proxy: Annotated[str | None, typer.Option("--proxy", metavar="URL", help="Proxy for all traffic.")] = None,
    header: Annotated[
        list[str] | None, typer.Option("--header", metavar="K:V", help="A header for the target's own requests.")
    ] = None,
    basic_auth: Annotated[
        str | None, typer.Option("--basic-auth", metavar="USER:PASSWORD", help="HTTP authentication.")
    ] = None,
    insecure: Annotated[bool, typer.Option("--insecure", help="Accept any certificate; the report says so.")] = False,
    allow_submit: Annotated[
        list[str] | None,
        typer.Option("--allow-submit", metavar="FIELD=VALUE", help="Submit opt-out forms, with this data."),
    ] = None,
    baseline: options.Baseline = None,
    cookie_database: options.CookieDatabase = None,
    config_file: options.ConfigFile = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Capture live pages, judge them, write the reports."""
    config = options.configured(config_file)
    options.use_cookies(cookie_database)
    wanted = urls(targets or ([] if files else config.targets), files or ())
    if not wanted:
        raise UsageError("nothing to scan: name a target, or a file of targets with -f")
    asked = options.scenarios_of(scenarios, config, logged_in=storage_state is not None)
    chosen = options.formats_of(formats, out)
    gate = Gate(options.fail_on_of(fail_on, config), config.waivers, earlier_report(baseline) if baseline else None)
    rulebook = options.rulebook_of(rules, select, ignore, config)
    judging = options.judging_of(profile, as_of, config, asked)
    settings = CaptureSettings.from_options(
        scenarios=asked,
        pages=pages,
        repeat=repeat,
        timeout=timeout,
        watch=watch,
        resolve=tuple(resolve or ()),
        storage_state=storage_state,
        proxy=proxy,
        headers=tuple(header or ()),
        basic_auth=basic_auth,
        insecure=insecure,
        submit=tuple(allow_submit or ()),
    )
    with output_folder(out) as folder:
        clear(folder)
        with Reporter(len(wanted), quiet=quiet, verbose=verbose) as reporter:
            result = audit.scan(
                wanted,
                rulebook,
                judging,
                settings,
                folder,
                jobs=jobs,
                progress=reporter,
                done=lambda target: reporter.done(target.target, target.status),
            )
        finish(result, out, folder, chosen, gate, quiet=quiet)
