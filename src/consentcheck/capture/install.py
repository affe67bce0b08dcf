"""Gets a browser: the one that is there, else Playwright's own, else the system's package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from consentcheck.capture.browser import MISSING, find_browser
from consentcheck.errors import BrowserMissing

LONGEST = 900
"""Seconds that one installer may take."""


def install_browser(progress: Callable[[str], None] = lambda _: None) -> Path:
    """Path of a usable browser, installed if need be. BrowserMissing says what to type when nothing worked."""
    found = find_browser()
    if found is not None:
        progress(f"using the browser that is there: {found}")
        return found
    for said, command in attempts():
        progress(said)
        if _run(command, progress):
            found = find_browser()
            if found is not None:
                return found
    raise BrowserMissing(MISSING)


def attempts() -> list[tuple[str, list[list[str]]]]:
    """What is tried, in order: (what to say, commands to run one after the other)."""
    own = [[sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]]
    tried = [("installing Playwright's headless shell of Chromium", own)]
    prefix = _as_root()
    if prefix is not None and shutil.which("apt-get"):
        tried.append(
            (
                "installing the system's package chromium-headless-shell",
                [
                    [*prefix, "apt-get", "update", "-qq"],
                    [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium-headless-shell"],
                ],
            )
        )
    return tried


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; None when it cannot be had without asking for a password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    allowed = subprocess.run([sudo, "-n", "true"], capture_output=True, check=False)  # noqa: S603
    return [sudo, "-n"] if allowed.returncode == 0 else None


def _run(commands: Sequence[Sequence[str]], progress: Callable[[str], None]) -> bool:
    for command in commands:
        try:
            ended = subprocess.run(  # noqa: S603
                command,
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
                env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            progress(f"that did not work: {error}")
            return False
        if ended.returncode:
            progress(
                f"that did not work: {_complaint(ended.stderr or ended.stdout) or f'exit status {ended.returncode}'}"
            )
            return False
    return True


def _complaint(said: str) -> str:
    """The line of a program's output that says what is wrong: the first that speaks of an error, else the last with words."""
    lines = [line.strip() for line in said.splitlines() if any(c.isalpha() for c in line)]
    return next((line for line in lines if "error" in line.lower()), lines[-1] if lines else "")
