"""A picture of the page."""

from __future__ import annotations

from playwright.async_api import Page

from consentcheck.capture.cdp import Wire

SCREENSHOT_HEIGHT = 4000
"""Longest picture, in CSS pixels: a feed without an end has no last line."""


async def take_picture(wire: Wire, page: Page, viewport: tuple[int, int], *, whole: bool) -> bytes:
    """PNG of the page from its top, or of the window alone."""
    width, height = viewport
    if whole:
        metrics = await wire.page.send("Page.getLayoutMetrics")
        height = int(min(max(height, metrics["cssContentSize"]["height"]), SCREENSHOT_HEIGHT))
    return await page.screenshot(
        clip={"x": 0, "y": 0, "width": width, "height": height},
        full_page=whole,
        animations="allow",
        timeout=8_000,
    )
