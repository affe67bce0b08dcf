"""The command line: one file a command, each a thin layer over ``audit``."""

from __future__ import annotations

from consentcheck.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Entry point of the installed program."""
    app(prog_name="consentcheck")
