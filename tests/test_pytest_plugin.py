"""The plugin as a publisher uses it: the example tests run against the demo's two editions."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from consentcheck.demo.publisher import START_URL, Edition, sites
from consentcheck.demo.server import LocalSites
from tests.cli.calling import ROOT, environment

EXAMPLE = ROOT / "docs" / "examples" / "publisher_tests"


def is_installed() -> bool:
    """Whether pytest finds the plugin by itself; else it has to be named."""
    return any(point.value == "consentcheck.pytest_plugin" for point in entry_points(group="pytest11"))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("edition", "failing"),
    [("corrected", set()), ("faulty", {"test_everything_could_be_tested", "test_the_opt_out_holds"})],
)
def test_a_publishers_tests_tell_the_two_editions_apart(edition: Edition, failing: set[str], tmp_path: Path) -> None:
    named = [] if is_installed() else ["-p", "consentcheck.pytest_plugin"]
    report = tmp_path / "junit.xml"
    with LocalSites(sites(edition)) as served:
        done = subprocess.run(  # noqa: S603
            [
                sys.executable,
                "-m",
                "pytest",
                str(EXAMPLE),
                "-vv",
                "-p",
                "no:cacheprovider",
                *named,
                f"--junitxml={report}",
            ],
            cwd=tmp_path,
            env=environment(PREVIEW_URL=START_URL, PREVIEW_RESOLVE=" ".join(served.resolve)),
            capture_output=True,
            text=True,
            check=False,
        )
    cases = fromstring(report.read_text(encoding="utf-8")).iter("testcase")  # noqa: S314  our own
    outcomes = {str(case.get("name")): case.find("failure") is None and case.find("error") is None for case in cases}
    assert len(outcomes) == 3, done.stdout
    assert {name for name, passed in outcomes.items() if not passed} <= failing, done.stdout
    assert ("test_the_opt_out_holds" in failing) is not outcomes["test_the_opt_out_holds"], done.stdout
    assert done.returncode == (1 if failing else 0), done.stdout
    assert ("optout-effective-trackers: " in done.stdout) is bool(failing), "a failure names the rule"
