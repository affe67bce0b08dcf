"""What the program says while it works: on standard error, so that standard output holds results alone."""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from consentcheck.errors import CaptureError, ConsentcheckError, EvidenceError

FINDINGS = 1
MISUSED = 2
UNTESTED = 3
INTERRUPTED = 130

P = ParamSpec("P")
R = TypeVar("R")


def console() -> Console:
    """A console on standard error as it is now (tests replace it)."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """One message to the user about what went wrong."""
    console().print(f"[bold red]consentcheck:[/] {escape(message)}")


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected errors into one sentence and the exit status of the README's table; say of any other that it is our defect."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (CaptureError, EvidenceError) as error:
            complain(str(error))
            raise typer.Exit(UNTESTED) from None
        except ConsentcheckError as error:
            complain(str(error))
            raise typer.Exit(MISUSED) from None
        except KeyboardInterrupt:
            complain("interrupted; `consentcheck check DIR` judges the evidence that was already written")
            sys.stdout.flush()
            # A visit that is under way would hold up an orderly exit for minutes. Its browser ends with this process.
            os._exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader of our output went away (`| head`); nothing may be flushed into it at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            if os.environ.get("CONSENTCHECK_TRACEBACK"):
                raise
            complain(
                f"internal error: {type(error).__name__}: {error}\n"
                "This is a defect of consentcheck. Run again with CONSENTCHECK_TRACEBACK=1 and report what it prints."
            )
            raise typer.Exit(UNTESTED) from None

    return run


class Reporter:
    """Progress of a run: a bar with what each target is at on a terminal, plain lines elsewhere, nothing when quiet."""

    def __init__(self, total: int, *, quiet: bool, verbose: bool) -> None:
        self._console = console()
        self._live = self._console.is_terminal and not quiet and not verbose
        self._quiet = quiet
        self._verbose = verbose
        self._lock = threading.Lock()
        self._named: set[tuple[str, str]] = set()
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._live,
        )
        self._task = self._progress.add_task("starting", total=total)

    def __enter__(self) -> Reporter:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, target: str, scenario: str, what: str) -> None:
        """One thing that is being done. Without ``--verbose`` plain lines name only each new scenario of a target."""
        with self._lock:
            if self._live:
                self._progress.update(self._task, description=escape(f"{target}  {scenario}  {what}"[:100]))
                return
            if self._quiet or (not self._verbose and (target, scenario) in self._named):
                return
            self._named.add((target, scenario))
            self._console.print(escape(" · ".join(part for part in (target, scenario, what) if part)))

    def done(self, target: str, status: str) -> None:
        """A target is finished."""
        with self._lock:
            self._progress.advance(self._task)
            if not self._quiet:
                self._console.print(escape(f"{target}: {status}"))
