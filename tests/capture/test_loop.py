"""Work in a loop of its own."""

from __future__ import annotations

import asyncio

import pytest

from consentcheck.capture.loop import run_apart


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def trouble() -> int:
    raise LookupError("lost")


def test_it_runs_with_and_without_a_loop_running_already() -> None:
    async def within() -> int:
        return run_apart(answer())

    assert run_apart(answer()) == 42
    assert run_apart(within()) == 42


def test_what_it_raises_comes_through() -> None:
    with pytest.raises(LookupError):
        run_apart(trouble())
