"""Runs the browser's work in an event loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """What the work returns or raises. It runs in a thread of its own: the caller's may have a loop running (a test with Playwright)."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        return pool.submit(asyncio.run, work).result()
    finally:
        pool.shutdown(wait=False)  # done by now, unless the user broke it off
