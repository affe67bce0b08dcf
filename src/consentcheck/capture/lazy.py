"""Footers that a page loads only once somebody scrolls that far: a person who looks for the opt-out does."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.seen import OPT_OUT_TITLES
from consentcheck.capture.settle import settle, signature, until
from consentcheck.capture.tab import Tab
from consentcheck.reading.optout_words import classify_opt_out

_PATIENCE = 0.8
"""Seconds that the page is given to grow after it was scrolled down."""
_MOST = 3
"""Times that it is scrolled down: some pages never end."""

_NAMES = """() => document.documentElement.scrollHeight <= innerHeight + 100 ? null :
  [...document.querySelectorAll("a, button")].slice(0, 5000).flatMap(e => [e.textContent, e.getAttribute("aria-label") || ""])
    .map(name => name.replace(/\\s+/g, " ").trim()).filter(name => name && name.length < 200)"""
"""What links and buttons of a page are called that is longer than the window; null where it is not."""
_SCROLL = "to => scrollTo({top: to ? document.documentElement.scrollHeight : 0, behavior: 'instant'})"


async def load_the_end(tab: Tab) -> None:
    """Scroll down and up again where the page is long and nothing on it is called an opt-out yet."""
    try:
        names = await asyncio.wait_for(tab.page.evaluate(_NAMES), 2)
        if not isinstance(names, list) or any(classify_opt_out(str(name)) in OPT_OUT_TITLES for name in names):
            return
        for _ in range(_MOST):
            await asyncio.wait_for(tab.page.evaluate(_SCROLL, True), 2)
            if not await _grows(tab):
                break
            await tab.alive(settle(tab.page, tab.traffic, tab.settings.settle_timeout), None)
        await asyncio.wait_for(tab.page.evaluate(_SCROLL, False), 2)
    except (PlaywrightError, TimeoutError):
        return


async def _grows(tab: Tab) -> bool:
    """Whether something comes within `_PATIENCE`, beside the boxes that scrolling itself has moved."""
    before = await signature(tab.page)

    async def changed() -> bool:
        return await signature(tab.page) != before

    return await tab.alive(until(changed, _PATIENCE), None)
