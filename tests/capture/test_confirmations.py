"""What a page tells after a choice is heard, however briefly it is shown; what it said before, or offers, is not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from consentcheck.capture.confirmations import Confirmation, Lookout
from consentcheck.capture.loop import run_apart

pytestmark = pytest.mark.browser

TOAST = """([words, milliseconds, where]) => {
    const frame = document.querySelector("iframe"), host = document.getElementById("host");
    const note = document.createElement("p");
    note.textContent = words;
    ({ page: document.body, frame: frame.contentDocument.body, shadow: host.shadowRoot })[where].append(note);
    if (milliseconds) setTimeout(() => note.remove(), milliseconds);
}"""
PAGE = """<p>Thank you for reading</p><iframe srcdoc="<p>Frame</p>"></iframe>
<div id=host><template shadowrootmode=open><p>Root</p></template></div>"""


@pytest.fixture
def in_page(browser_path: Path) -> Callable[[Callable[[Page], Awaitable[Any]]], Any]:
    """Run something in a page of its own: ``in_page(do)``, where ``do`` gets the page."""

    async def run(do: Callable[[Page], Awaitable[Any]]) -> Any:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=str(browser_path), args=["--no-sandbox"])
            page = await browser.new_page()
            await page.set_content(PAGE)
            try:
                return await do(page)
            finally:
                await browser.close()

    return lambda do: run_apart(run(do))


@pytest.mark.parametrize("where", ["page", "frame", "shadow"])
def test_a_brief_message_is_heard_after_it_is_gone(where: str, in_page: Callable[..., Any]) -> None:
    async def see(page: Page) -> tuple[Confirmation | None, float | None]:
        watch = await Lookout.of(page)
        await page.evaluate(TOAST, ["Your choices are saved.", 600, where])
        await page.wait_for_timeout(1500)
        told = await watch.told()
        return told, await watch.seconds_of(told) if told else None

    told, seconds = in_page(see)
    assert (told.text, told.shown) == ("Your choices are saved.", False)
    assert seconds == pytest.approx(0.6, abs=0.3)


def test_a_message_that_stays_is_watched_for_a_while_and_is_preferred(in_page: Callable[..., Any]) -> None:
    async def see(page: Page) -> tuple[Confirmation | None, float | None]:
        watch = await Lookout.of(page)
        await page.evaluate(TOAST, ["Saved", 200, "page"])
        await page.wait_for_timeout(500)
        await page.evaluate(TOAST, ["You are opted out of the sale of your data.", 0, "page"])
        told = await watch.told()
        return told, await watch.seconds_of(told) if told else None

    told, seconds = in_page(see)
    assert (told.text, told.shown) == ("You are opted out of the sale of your data.", True)
    assert seconds >= 3


def test_a_page_that_loads_anew_is_read_again(in_page: Callable[..., Any]) -> None:
    async def see(page: Page) -> list[str | None]:
        watch = await Lookout.of(page)
        said = [await watch.told()]
        for words in ("<p>Thank you for reading</p>", "<a href=/>Preferences saved</a>", "<p>Preferences saved</p>"):
            await page.goto(f"data:text/html,{words}")
            said.append(await watch.told())
        return [told and told.text for told in said]

    assert in_page(see) == [None, None, None, "Preferences saved"]


def test_a_page_that_bends_its_own_functions_breaks_nothing(in_page: Callable[..., Any]) -> None:
    async def see(page: Page) -> tuple[Confirmation | None, float | None]:
        await page.evaluate("performance.now = () => 'soon'")
        watch = await Lookout.of(page)
        await page.evaluate(TOAST, ["Saved", 0, "page"])
        told = await watch.told()
        await page.evaluate("document.querySelector('p:last-of-type').remove()")
        return told, await watch.seconds_of(told) if told else None

    told, seconds = in_page(see)
    assert (told.text, seconds) == ("Saved", 0.0)
