"""Watches a page for as long as every page of a scan is watched: trackers may start late, and rest is not the end of what a page sends."""

from __future__ import annotations

import asyncio

from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Watch


async def watch(tab: Tab) -> None:
    """Listen until the page has been there for as long as the settings have it, and record how long that was.

    Where they have no time the pages are left as soon as they are at rest, and no times are compared.
    """
    if not tab.settings.watch:
        return
    left = tab.settings.watch - (tab.traffic.elapsed() - tab.loaded)
    if left > 0:
        tab.progress(f"watching the page for {left:.0f} s more")
        await tab.alive(asyncio.sleep(left), None)
        if tab.traffic.pending():
            await tab.settle()
    page, after_step = tab.place()
    seconds = round(tab.traffic.elapsed() - tab.loaded, 1)
    tab.watches.append(Watch(page=page, after_step=after_step, began=round(tab.loaded, 3), seconds=seconds))
