"""Finding, getting and testing a browser."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, browser, capture, doctor, find_browser, install, install_browser
from consentcheck.errors import BrowserMissing, CaptureError


def _program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser; the folder is its PATH."""
    monkeypatch.delenv("CONSENTCHECK_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "cache"))
    monkeypatch.setattr(browser, "_ELSEWHERE", ())
    return tmp_path


def test_a_headless_shell_goes_before_a_full_browser_and_playwrights_own_before_both(bare: Path) -> None:
    assert find_browser() is None
    full = _program(bare / "bin" / "chromium")
    assert find_browser() == full
    shell = _program(bare / "bin" / "chromium-headless-shell")
    assert find_browser() == shell
    old = _program(bare / "cache" / "chromium_headless_shell-900" / "chrome-linux" / "headless_shell")
    assert find_browser() == old
    new = _program(bare / "cache" / "chromium_headless_shell-1100" / "chrome-linux" / "headless_shell")
    assert find_browser() == new


def test_a_named_browser_is_used_or_none(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(bare / "bin" / "chromium")
    mine = _program(bare / "mine")
    monkeypatch.setenv("CONSENTCHECK_BROWSER", str(mine))
    assert find_browser() == mine
    monkeypatch.setenv("CONSENTCHECK_BROWSER", str(bare / "gone"))
    assert find_browser() is None


def test_installing_uses_what_is_there(bare: Path) -> None:
    shell = _program(bare / "bin" / "chromium-headless-shell")
    said: list[str] = []
    assert install_browser(said.append) == shell
    assert said == [f"using the browser that is there: {shell}"]


def test_installing_tries_playwright_then_apt_then_says_what_to_type(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(bare / "bin" / "apt-get")
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)
    asked: list[list[str]] = []

    def refuse(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(list(command))
        return subprocess.CompletedProcess(command, 1, stdout="", stderr="no network")

    monkeypatch.setattr(install.subprocess, "run", refuse)
    said: list[str] = []
    with pytest.raises(BrowserMissing, match="consentcheck install-browser"):
        install_browser(said.append)
    assert asked[0][1:] == ["-m", "playwright", "install", "--only-shell", "chromium"]
    assert asked[1][:2] == ["apt-get", "update"]
    assert "that did not work: no network" in said


def test_what_apt_installs_is_found(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(bare / "bin" / "apt-get")
    monkeypatch.setattr(install.os, "geteuid", lambda: 0)

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        if "chromium-headless-shell" in command:
            _program(bare / "bin" / "chromium-headless-shell")
        return subprocess.CompletedProcess(command, 0 if command[0] == "apt-get" else 1, stdout="", stderr="")

    monkeypatch.setattr(install.subprocess, "run", run)
    assert install_browser() == bare / "bin" / "chromium-headless-shell"


def test_without_a_browser_a_capture_says_what_to_type(bare: Path) -> None:
    with pytest.raises(BrowserMissing, match="install-browser"):
        capture("https://www.example/", CaptureSettings(scenarios=("first-visit",)), bare / "out")
    assert [(f.what, f.ok) for f in doctor()] == [("browser", False)]


def test_a_browser_that_does_not_start_is_a_named_error(bare: Path) -> None:
    broken = _program(bare / "broken")
    with pytest.raises(CaptureError, match="did not start") as caught:
        capture("https://www.example/", CaptureSettings(scenarios=("first-visit",), browser=broken), bare / "out")
    assert caught.value.code == "browser-failed"


@pytest.mark.browser
def test_the_doctor_finds_this_machine_well() -> None:
    findings = {finding.what: finding for finding in doctor()}
    assert {"browser", "third-party cookies", "screenshot", "opt-out preference signal (GPC)"} <= set(findings)
    assert [finding for finding in findings.values() if not finding.ok] == []
