"""What other tools run of ours: the pre-commit hook and the GitLab job, run as they are written."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from consentcheck.cli import options
from consentcheck.demo.publisher import START_URL, sites
from consentcheck.demo.server import LocalSites
from consentcheck.report import junit
from tests.cli.calling import COMMAND, ROOT, environment, resolved

FAULTY = """<!doctype html><html lang="en"><title>The Ledger</title><body><h1>News</h1>
<div role="dialog" aria-label="Cookies"><p>We use cookies, and share information about your use of our site with our advertising
and analytics partners.</p><button>Accept all</button> <button>Cookie settings</button></div>
<footer><a href="/privacy">Privacy Policy</a> <a href="/optout">Do Not Sell or Share My Personal Information</a></footer></body></html>"""
MENDED = FAULTY.replace("Cookie settings", "Decline all")


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = only
    return found


def commit(page: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What pre-commit runs for a page that is committed, in the repository's folder."""
    (folder / "saved.html").write_text(page, encoding="utf-8")
    program, *given = shlex.split(hook()["entry"])
    assert program == "consentcheck"
    command = [*COMMAND, *given, "saved.html"]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)  # noqa: S603


def test_the_hook_says_what_it_found_and_leaves_no_file_behind(tmp_path: Path) -> None:
    done = commit(FAULTY, tmp_path)
    assert done.returncode == 1, done.stderr
    assert "`ccpa-symmetry-banner`" in done.stdout
    assert "To mend it:" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["saved.html"]


def test_the_hook_lets_a_mended_page_pass(tmp_path: Path) -> None:
    done = commit(MENDED, tmp_path)
    assert done.returncode == 0, done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["saved.html"]


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a/page.html", True), ("page.htm", True), ("crawl.mhtml", True), ("notes.txt", False), ("page.html.j2", False)],
)
def test_the_hook_takes_saved_pages_alone(name: str, taken: bool) -> None:
    assert bool(re.search(hook()["files"], name)) is taken


@pytest.mark.browser
def test_the_gitlab_job_runs_and_leaves_what_it_promises(tmp_path: Path) -> None:
    job = yaml.safe_load((ROOT / "docs/examples/gitlab-ci.yml").read_text(encoding="utf-8"))["consentcheck"]
    install, browser, scan = job["script"]
    assert (install, browser) == ("pip install consentcheck", "consentcheck install-browser")
    program = tmp_path / "bin" / "consentcheck"
    program.parent.mkdir()
    with LocalSites(sites("faulty")) as served:
        local = ["--insecure", "--scenarios", "first-visit", *resolved(served.resolve)]
        program.write_text(f'#!/bin/sh\nexec {shlex.join(COMMAND)} "$@" {shlex.join(local)}\n', encoding="utf-8")
        program.chmod(0o755)
        path = f"{program.parent}:{environment()['PATH']}"
        done = subprocess.run(  # noqa: S603
            ["bash", "-c", scan],  # noqa: S607
            cwd=tmp_path,
            env=environment(CI_ENVIRONMENT_URL=START_URL, PATH=path),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1, done.stderr
    for kept in (*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()):
        assert (tmp_path / kept).exists(), kept
    assert job["artifacts"]["reports"]["junit"].endswith(f"/{junit.FILE}")
    assert set(scan.split("--format ")[1].split()[0].split(",")) <= set(options.ALL_FORMATS)
