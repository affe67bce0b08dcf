"""What a page does by itself while it is looked at: it speaks, raises message boxes, opens windows, offers files, crashes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TypeVar

from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Page
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as PlaywrightRequest

from consentcheck.model.evidence import Console

T = TypeVar("T")

CONSOLE_LIMIT = 200
POPUP_LIMIT = 5.0
"""Seconds that a new window may take to go somewhere."""
MANY_ALERTS = 30


class Crashed(Exception):
    """The page's renderer is gone."""


class Happenings:
    """Listens to one page. ``start`` does something beside; ``is_ours`` knows the console lines that we write ourselves."""

    def __init__(self, start: Callable[[Awaitable[None]], None], is_ours: Callable[[str], bool]) -> None:
        self.console: list[Console] = []
        self.opened_window: str | None = None
        """Address of a window that the page opened, until it is entered."""
        self.downloaded = False
        self._crash = asyncio.Event()
        self._alerts = 0
        self._start, self._is_ours = start, is_ours

    def listen(self, context: BrowserContext, page: Page, on_request: Callable[[PlaywrightRequest], None]) -> None:
        """Begin, before the page goes anywhere. ``on_request``: told of each request of the page or its workers that has ended."""
        self._page, self._on_request = page, on_request
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._say("error", str(error)))
        page.on("dialog", self._on_dialog)
        page.on("crash", lambda _: self._crash.set())
        page.on("download", self._on_download)
        context.on("page", self._on_popup)
        context.on("requestfinished", self._on_request_ended)
        context.on("requestfailed", self._on_request_ended)

    async def unless_crashed(self, work: Awaitable[T], seconds: float | None) -> T:
        """Await something of the page. Crashed when its renderer goes first; TimeoutError after so many seconds."""
        task = asyncio.ensure_future(work)
        crash = asyncio.ensure_future(self._crash.wait())
        try:
            await asyncio.wait({task, crash}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            if crash.done():
                raise Crashed
            raise TimeoutError
        finally:
            for each in (task, crash):
                if not each.done():
                    each.cancel()
            await asyncio.gather(task, crash, return_exceptions=True)

    def why_silent(self) -> str:
        """Why a page does not answer."""
        if self._alerts >= MANY_ALERTS:
            return f"the page raised {self._alerts} message boxes and did not answer"
        return "the page hangs: it no longer answers"

    def _say(self, level: str, text: str) -> None:
        if len(self.console) < CONSOLE_LIMIT:
            self.console.append(Console(level=level, text=text[:2000]))

    def _on_console(self, message: ConsoleMessage) -> None:
        if not self._is_ours(message.text):
            self._say(message.type, message.text)

    def _on_dialog(self, dialog: Dialog) -> None:
        """Message boxes are dismissed, or the page would wait for ever; leaving is always allowed."""
        self._alerts += 1
        self._say("dialog", f"{dialog.type}: {dialog.message}")
        self._start(dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    def _on_popup(self, popup: Page) -> None:
        if popup is not self._page:
            self._start(self._taken_from(popup))

    async def _taken_from(self, popup: Page) -> None:
        """Note where a window that the page opened leads, and close it: everything is looked at in one window."""
        try:
            await popup.wait_for_url(re.compile("^https?:"), wait_until="commit", timeout=POPUP_LIMIT * 1000)
            self.opened_window = popup.url
        except PlaywrightError:
            pass  # it leads nowhere, or is gone
        self._say("popup", popup.url)
        await popup.close()

    def _on_request_ended(self, request: PlaywrightRequest) -> None:
        """Requests of the page and of service workers, which have no page; those of windows that it opened do not count."""
        try:
            if request.service_worker is None and request.frame.page is not self._page:
                return
        except PlaywrightError:
            pass  # its frame is not there yet: a navigation
        self._on_request(request)

    def _on_download(self, _: object) -> None:
        self.downloaded = True
