"""What could not be captured is failed and untested, never clean; and one target's failure is not another's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consentcheck import audit
from consentcheck.capture import CaptureSettings
from consentcheck.cli.app import app
from consentcheck.model.result import TargetResult
from consentcheck.report.gate import exit_code
from consentcheck.rulebook import load_rulebook
from tests.sites import hostile
from tests.sites.building import URL, Shop
from tests.sites.scanning import TODAY, scan

pytestmark = pytest.mark.browser

BAD_CERTIFICATES = ("www.expired.example", "www.self-signed.example", "www.wrong-name.example")


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[TargetResult, int]]:
    """Every hostile host scanned in one call, two at a time: its result, and the exit status if it had been alone."""
    found = {}
    with hostile.serve() as served:
        for insecure in (True, False):
            hosts = [host for host in hostile.PROBLEMS if (host in BAD_CERTIFICATES) != insecure]
            settings = CaptureSettings(
                scenarios=("first-visit",),
                resolve=served.resolve,
                insecure=insecure,
                timeout=20,
                watch=0,
                load_timeout=4,
                settle_timeout=3,
            )
            judging = audit.Judging(as_of=TODAY, asked=settings.scenarios)
            folder = tmp_path_factory.mktemp("hostile")
            result = audit.scan(
                [f"https://{host}/" for host in hosts], load_rulebook(), judging, settings, folder, jobs=2
            )
            for host, target in zip(hosts, result.targets, strict=True):
                found[host] = (target, exit_code(result.model_copy(update={"targets": (target,)}), "never"))
    return found


@pytest.mark.parametrize("host", hostile.PROBLEMS)
def test_what_is_no_page_is_never_clean(host: str, refusals: dict[str, tuple[TargetResult, int]]) -> None:
    target, status = refusals[host]
    assert hostile.PROBLEMS[host] & {problem.code for problem in target.problems}
    assert status == 3
    if target.status == "failed":
        judged = {one.outcome for one in target.results if one.pack != "capture"}
        assert judged <= {"untested", "inapplicable"}
        assert not [one for one in target.results if one.outcome == "passed" and one.pack != "capture"]
    else:
        assert host in ("www.cut.example", "www.endless.example"), (
            "only what showed a part of a page may be judged in part"
        )


def test_the_command_line_says_so_and_exits_with_3(tmp_path: Path) -> None:
    with hostile.serve() as served:
        resolve = [part for rule in served.resolve for part in ("--resolve", rule)]
        arguments = ["scan", "www.refused.example", "--scenarios", "first-visit", "-o", str(tmp_path / "out"), *resolve]
        result = CliRunner().invoke(app, [*arguments, "--insecure"])
    assert result.exit_code == 3
    assert "could not test" in result.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["targets"][0]["status"] == "failed"
    assert "0 of" not in report["targets"][0]["status"]


def test_a_site_without_trackers_is_not_applicable_and_not_passed(tmp_path: Path) -> None:
    plain = Shop(links="", dialogs="", policy="<h1>Privacy Policy</h1><p>We keep nothing.</p>")
    quiet = {host: site for host, site in plain.sites().items() if host == "www.tallow-and-pine.example"}
    shop = plain.but(ways=plain.ways.but(tracks=False))
    quiet["www.tallow-and-pine.example"] = shop.handler()
    target = scan(quiet, URL, tmp_path, scenarios=("first-visit", "gpc"))
    outcomes = {one.rule: one.outcome for one in target.results}
    assert outcomes["gpc-honored-trackers"] == "inapplicable"
    assert outcomes["ccpa-optout-link"] == "inapplicable"


def test_altered_evidence_is_named_and_exits_with_3(tmp_path: Path) -> None:
    out = tmp_path / "out"
    scan(Shop().sites(), URL, out)
    (folder,) = (out / "evidence").iterdir()
    picture = next(folder.rglob("*.png"))
    picture.write_bytes(picture.read_bytes()[:-1] + b"x")
    result = CliRunner().invoke(app, ["check", str(folder), "-o", str(tmp_path / "again")])
    assert result.exit_code == 3
    assert picture.name in result.stderr
    picture.unlink()
    assert CliRunner().invoke(app, ["check", str(folder), "-o", str(tmp_path / "more")]).exit_code == 3
