"""Waits until a page has come to rest: loaded, network quiet, layout stable. Never a fixed time, always a cap."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from consentcheck.capture.collectors.traffic import Traffic

QUIET = 0.5
"""Seconds without network activity, and with the same layout, that count as rest."""
STEP = 0.1

_SIGNATURE = """() => {
  let boxes = 0, nodes = 0;
  const roots = [document];
  while (roots.length && nodes < 20000) {
    for (const e of roots.pop().querySelectorAll("*")) {
      if (++nodes > 20000) break;
      if (e.shadowRoot) roots.push(e.shadowRoot);
    }
  }
  for (const e of document.querySelectorAll("body, body > *, [role=dialog], [role=alertdialog], dialog")) {
    const r = e.getBoundingClientRect();
    boxes = (boxes * 31 + Math.round(r.x) + 3 * Math.round(r.y) + 5 * Math.round(r.width) + 7 * Math.round(r.height)) | 0;
  }
  return [document.readyState, nodes, boxes, document.documentElement ? document.documentElement.scrollHeight : 0].join();
}"""


async def settle(page: Page, traffic: Traffic, cap: float) -> bool:
    """Wait for rest, at most ``cap`` seconds. False when the page never came to rest (it polls, animates or hangs)."""
    end = time.monotonic() + cap
    last, since = "", time.monotonic()
    while time.monotonic() < end:
        now = await signature(page)
        if now != last:
            last, since = now, time.monotonic()
        quiet_since = max(since, traffic.last_change)
        if last.startswith("complete") and not traffic.pending() and time.monotonic() - quiet_since >= QUIET:
            return True
        await asyncio.sleep(STEP)
    return False


async def signature(page: Page) -> str:
    """A short text that changes when the layout does; empty when the page does not answer."""
    try:
        return str(await asyncio.wait_for(page.evaluate(_SIGNATURE), 2))
    except (PlaywrightError, TimeoutError):
        return ""


async def until(condition: Callable[[], Awaitable[bool]], cap: float, step: float = STEP) -> bool:
    """Ask again and again until it holds; False after ``cap`` seconds."""
    end = time.monotonic() + cap
    while True:
        if await condition():
            return True
        if time.monotonic() >= end:
            return False
        await asyncio.sleep(step)
