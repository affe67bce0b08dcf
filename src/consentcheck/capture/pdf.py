"""Prints a report with the browser that captures."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import async_playwright

from consentcheck.capture.browser import launch
from consentcheck.capture.loop import run_apart
from consentcheck.capture.settings import CaptureSettings


def print_pdf(page: Path, pdf: Path) -> Path:
    """Print an HTML file to PDF, in the order of its print style; returns the PDF's path. BrowserMissing without a browser."""
    run_apart(_print(page, pdf))
    return pdf


async def _print(page: Path, pdf: Path) -> None:
    async with async_playwright() as playwright:
        browser = await launch(playwright, CaptureSettings(), gpc=False)
        try:
            tab = await browser.new_page(java_script_enabled=False)
            await tab.goto(page.resolve().as_uri(), wait_until="load")
            await tab.pdf(path=pdf, format="A4", print_background=True, prefer_css_page_size=True)
        finally:
            await browser.close()
