"""The program as a user runs it, for tests that need its own process or its whole output."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from consentcheck.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "consentcheck")
QUICK = ("--scenarios", "first-visit", "--pages", "1", "--ignore", "policy", "--timeout", "40", "--watch", "0")
"""Options of a scan of one page, looked at once and left as soon as it is at rest."""


# A shell that runs jobs in the background lets them ignore Ctrl-C; a user at a terminal does not.
INTERRUPTIBLE = (
    "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "runpy.run_module('consentcheck', run_name='__main__', alter_sys=True)"
)


def run(*arguments: str) -> Result:
    """In this process."""
    return CliRunner().invoke(app, list(arguments))


def environment(**changes: str) -> dict[str, str]:
    """This process's environment, in which the package of this checkout is the one that is imported."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", **changes}


def start(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    """In a process of its own that Ctrl-C reaches, in ``folder``; its output is kept apart."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", INTERRUPTIBLE, *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def resolved(rules: tuple[str, ...]) -> list[str]:
    """``--resolve`` options."""
    return [part for rule in rules for part in ("--resolve", rule)]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, unpacked where it is packed."""
    return {
        path.relative_to(folder).as_posix(): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
