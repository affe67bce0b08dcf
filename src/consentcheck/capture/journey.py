"""What a visit does, scenario by scenario."""

from __future__ import annotations

from consentcheck.capture.tab import Tab


async def first_visit(tab: Tab, url: str) -> None:
    """Look at the page, then open what lies behind its consent controls, one layer after the other."""
    await tab.goto(url)
    await tab.snapshot("page", "page")
