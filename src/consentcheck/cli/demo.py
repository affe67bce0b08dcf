"""``consentcheck demo``: scan the bundled publisher site, served on this machine."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from consentcheck import audit, capture
from consentcheck.capture import CaptureSettings
from consentcheck.cli import options
from consentcheck.cli.config import Config
from consentcheck.cli.console import Reporter, guarded
from consentcheck.cli.finish import clear, deliver, output_folder
from consentcheck.demo.publisher import START_URL, sites
from consentcheck.demo.server import LocalSites
from consentcheck.rulebook import load_rulebook


@guarded
def demo(
    edition: Annotated[
        Literal["faulty", "corrected"], typer.Option("--edition", help="The site with its faults, or mended.")
    ] = "faulty",
    out: options.Out = "consentcheck-demo",
    formats: options.Format = "html,json",
    scenarios: Annotated[
        str | None, typer.Option("--scenarios", metavar="LIST|all", help="Consent states to visit in.")
    ] = None,
    as_of: options.AsOf = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Scan a small publisher site that comes with the program. Ends with 0 when the demonstration ran, whatever it found."""
    chosen = options.formats_of(formats, out)
    asked = options.scenarios_of(scenarios, Config(), logged_in=False)
    judging = options.judging_of(None, as_of, Config(), asked)
    capture.install_browser(lambda _line: None)
    with output_folder(out) as folder, LocalSites(sites(edition)) as served:
        clear(folder)
        # On this machine everything that a page sends comes within a second.
        settings = CaptureSettings.from_options(scenarios=asked, resolve=served.resolve, insecure=True, watch=1)
        with Reporter(1, quiet=quiet, verbose=verbose) as reporter:
            result = audit.scan(
                [START_URL],
                load_rulebook(),
                judging,
                settings,
                folder,
                progress=reporter,
                done=lambda target: reporter.done(target.target, target.status),
            )
        for path in deliver(result, out, folder, chosen, evidence=folder, quiet=quiet):
            if path.name == "index.html":
                typer.echo(f"Open this report in a browser: {path.resolve()}")
