"""The demonstration: the bundled publisher scanned in both editions, and the command that does it."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consentcheck import audit
from consentcheck.capture import CaptureSettings
from consentcheck.cli.app import app
from consentcheck.demo.publisher import START_URL, Edition, sites
from consentcheck.demo.server import LocalSites
from consentcheck.model.result import AuditResult, TargetResult
from consentcheck.model.words import Outcome, Scenario
from consentcheck.report.gate import exit_code
from consentcheck.rulebook import load_rulebook
from tests.sites.scanning import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser_path")]

TOLD = (
    "category-always-active-purpose", "category-claim-not-pi", "category-description-duplicate", "category-description-inconsistent",
    "category-description-name-mismatch", "category-list-empty", "category-preferences-list-mismatch",
    "ccpa-optout-link-title", "ccpa-optout-scope-sharing", "ccpa-optout-split", "ccpa-symmetry-banner", "ccpa-symmetry-preferences",
    "policy-age", "policy-contact", "policy-rights-cpra", "gpc-policy-explain",
)  # fmt: skip
"""What the words of the faulty edition get wrong."""
DONE = (
    "ccpa-close-not-consent", "ccpa-optout-link-placement", "ccpa-reask-12m", "ccpa-symmetry-steps", "category-claim-absolute",
    "gpc-banner-contradicts", "gpc-display-status", "gpc-honored-signals", "gpc-honored-trackers", "optout-downstream-signal",
    "optout-effective-cookies", "optout-effective-trackers", "policy-no-sale-claim", "signal-cross-consistency", "signal-gcm",
    "signal-gpp-gpcsub", "signal-meta-ldu", "signal-uet",
)  # fmt: skip
"""What the faulty edition does wrong."""
SELLERS = {"bat.bing.com", "securepubads.g.doubleclick.net", "www.facebook.com"}

Scans = Mapping[Edition, AuditResult]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Scans:
    """Both editions, scanned at the same time as the command scans them."""
    folder = tmp_path_factory.mktemp("demo")

    def scan(edition: Edition) -> AuditResult:
        with LocalSites(sites(edition, TODAY)) as served:
            settings = CaptureSettings.from_options(resolve=served.resolve, insecure=True, watch=0)
            judging = audit.Judging(as_of=TODAY, asked=settings.scenarios)
            return audit.scan([START_URL], load_rulebook(), judging, settings, folder / edition)

    editions: tuple[Edition, ...] = ("faulty", "corrected")
    with ThreadPoolExecutor(len(editions)) as pool:
        return dict(zip(editions, pool.map(scan, editions), strict=True))


def outcomes(result: AuditResult) -> dict[str, Outcome]:
    return {one.rule: one.outcome for one in result.targets[0].results}


def sellers(target: TargetResult, scenario: Scenario) -> set[str]:
    """The advertising hosts that were sent an identifier in a scenario, once its choice had been made."""
    return SELLERS & {
        t.host for t in target.facts.trackers if t.scenario == scenario and t.after_choice and t.identifiers
    }


@pytest.mark.parametrize("edition", ["faulty", "corrected"])
def test_everything_asked_for_was_tested(edition: Edition, scans: Scans) -> None:
    (target,) = scans[edition].targets
    assert (target.status, target.problems) == ("complete", ())
    assert [one.rule for one in target.results if one.outcome == "untested" and one.asked] == []


def test_the_faulty_edition_fails_each_rule_that_it_breaks(scans: Scans) -> None:
    found = outcomes(scans["faulty"])
    assert {rule: found[rule] for rule in (*TOLD, *DONE)} == dict.fromkeys((*TOLD, *DONE), "failed")
    assert exit_code(scans["faulty"]) == 1


def test_the_corrected_edition_fails_no_rule(scans: Scans) -> None:
    found = outcomes(scans["corrected"])
    assert [rule for rule, outcome in found.items() if outcome == "failed"] == []
    for rule in ("gpc-honored-trackers", "gpc-honored-signals", "optout-effective-trackers", "ccpa-close-not-consent"):
        assert found[rule] == "passed", rule
    assert exit_code(scans["corrected"]) == 0


def test_trackers_side_by_side(scans: Scans) -> None:
    faulty, corrected = scans["faulty"].targets[0], scans["corrected"].targets[0]
    scenarios: tuple[Scenario, ...] = ("first-visit", "gpc", "opt-out", "accept-all")
    assert {name: sellers(faulty, name) for name in scenarios} == dict.fromkeys(scenarios, SELLERS)
    assert {name: sellers(corrected, name) for name in scenarios} == {
        "first-visit": SELLERS, "gpc": set(), "opt-out": set(), "accept-all": SELLERS,
    }  # fmt: skip


def test_the_command_ends_well_and_says_where_the_report_is(tmp_path: Path) -> None:
    out = tmp_path / "shown"
    ran = CliRunner().invoke(app, ["demo", "--out", str(out), "--scenarios", "first-visit", "--quiet"])
    assert ran.exit_code == 0, ran.output
    assert str((out / "index.html").resolve()) in ran.stdout
    assert "www.morningledger.example" in (out / "index.html").read_text(encoding="utf-8")
