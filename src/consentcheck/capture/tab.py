"""A visit in progress: one page of a fresh profile, and everything that is recorded of it."""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urldefrag, urljoin

from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Page
from playwright.async_api import Error as PlaywrightError

from consentcheck.capture import problems
from consentcheck.capture.cdp import Channel, Params, Wire
from consentcheck.capture.collectors.cookie_writes import CookieWrites, writers
from consentcheck.capture.collectors.documents import Taken, take_documents
from consentcheck.capture.collectors.jars import take_jar
from consentcheck.capture.collectors.probes import take_probes
from consentcheck.capture.collectors.traffic import RESPONSE_LIMIT, Traffic
from consentcheck.capture.settings import CaptureSettings
from consentcheck.capture.settle import settle
from consentcheck.errors import CaptureError
from consentcheck.model.evidence import (
    Console,
    Jar,
    Persistence,
    Probe,
    Problem,
    ProblemCode,
    Readback,
    Snapshot,
    Step,
    Visit,
)
from consentcheck.model.words import Scenario, Surface
from consentcheck.reading.urls import page_address

T = TypeVar("T")

SCREENSHOT_HEIGHT = 4000
"""Longest picture, in CSS pixels: a feed without an end has no last line."""
CONSOLE_LIMIT = 200
POPUP_LIMIT = 5.0
"""Seconds that a new window may take to go somewhere."""
MANY_ALERTS = 30

_TEXT = "() => (document.body ? document.body.innerText : '').slice(0, 20000)"


@dataclass
class Known:
    """What the visits of one target have learned of it, so that they all do the same."""

    inner_pages: tuple[str, ...] | None = None
    """Further pages to visit; chosen by the first visit that gets there."""
    patience: float | None = None
    """Seconds that a dialog of this site may take to come; None until one visit has waited."""


class Stopped(Exception):
    """The visit cannot go on; the problem is already recorded."""


class Tab:
    """One page and its record. Not for use from several tasks at once."""

    def __init__(
        self,
        scenario: Scenario,
        number: int,
        settings: CaptureSettings,
        folder: Path,
        progress: Callable[[str], None],
        known: Known | None = None,
    ) -> None:
        self.scenario, self.round = scenario, number
        self.progress = progress
        self.settings, self.folder = settings, folder
        self.started = _now()
        self.requested_url = ""
        self.status: int | None = None
        self.page_index = -1
        self.pages: list[str] = []
        self.problems: list[Problem] = []
        self.snapshots: list[Snapshot] = []
        self.jars: list[Jar] = []
        self.probes: list[Probe] = []
        self.console: list[Console] = []
        self.steps: list[Step] = []
        self.persistence: list[Persistence] = []
        self.readback: Readback | None = None
        self.completed: bool | None = None
        self.stopped_because = ""
        self.gpc: Literal["off", "browser", "header-and-script"] = "off"
        self.gpc_verified: dict[str, bool] = {}
        self.cmp_hint: str | None = None
        self.opened_window: str | None = None
        """Address of a window that the page opened, until it is entered."""
        self.opt_out_page: str | None = None
        """Address of the page that the opt-out link led to; None where it led to none."""
        self.taken: Taken | None = None
        self.known = known or Known()
        self.traffic = Traffic(self._place)
        self.cookie_writes = CookieWrites(lambda: (*self._place(), self.traffic.elapsed()))
        self.wire = Wire(self._heard, self.cookie_writes.script)
        self.traffic.wire = self.wire
        self._alerts = 0
        self._pictures = 0
        self._crashed = asyncio.Event()
        self._downloaded = False

    async def open(self, context: BrowserContext) -> None:
        """Open the page, listening before it goes anywhere."""
        self.context = context
        self.page: Page = await context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._say("error", str(error)))
        self.page.on("dialog", self._on_dialog)
        self.page.on("crash", lambda _: self._crashed.set())
        self.page.on("requestfinished", self.traffic.noticed)
        self.page.on("requestfailed", self.traffic.noticed)
        self.page.on("download", self._on_download)
        context.on("page", self._on_popup)
        await self.wire.open(context, self.page)

    async def goto(self, url: str, *, page: int | None = None, fatal: bool = True) -> None:
        """Go to an address and wait for rest. Stopped, with a named problem, when there is nothing to see there.

        ``page``: index of a page that was visited before; None for the next one.
        """
        self.requested_url = self.requested_url or url
        if page is None:
            self.pages.append(url)
            self.page_index = len(self.pages) - 1
        else:
            self.page_index = page
        await self._navigate(url, fatal=fatal)
        self.pages[self.page_index] = self.page.url

    async def reload(self, why: str) -> None:
        """Load the page again, as a visitor who comes back to it."""
        self.steps.append(Step(action="reload", why=why, counts=False))
        await self._navigate(self.page.url, fatal=True)

    async def fetch(self, path: str) -> None:
        """Ask the page's own host for a file through the browser; the answer stands among the requests."""
        url = urljoin(self.page.url, path)
        frame = (await self.wire.page.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        answer = await self.wire.page.send(
            "Network.loadNetworkResource",
            frameId=frame,
            url=url,
            options={"disableCache": False, "includeCredentials": False},
        )
        resource = answer["resource"]
        body = ""
        if "stream" in resource:
            read = await self.wire.page.send("IO.read", handle=resource["stream"], size=RESPONSE_LIMIT)
            body = (
                base64.b64decode(read["data"]).decode("utf-8", "replace") if read.get("base64Encoded") else read["data"]
            )
            await self.wire.page.send("IO.close", handle=resource["stream"])
        status = resource.get("httpStatusCode")
        self.traffic.add_fetched(url, status, resource.get("headers", {}), body, resource.get("netErrorName"))

    async def _navigate(self, url: str, *, fatal: bool) -> None:
        timeout = self.settings.load_timeout
        try:
            same = "#" in url and urldefrag(url)[0] == urldefrag(self.page.url)[0]
            response = await self.alive(self.page.goto(url, wait_until="commit", timeout=timeout * 1000), timeout + 5)
            if same:  # going to a fragment of the page where one is loads nothing
                loading = self.page.reload(wait_until="commit", timeout=timeout * 1000)
                response = await self.alive(loading, timeout + 5)
        except TimeoutError:
            self.stop(Problem(code="timeout", message=f"the page did not answer in {timeout:g} s", fatal=fatal))
        except PlaywrightError as error:
            problem = problems.navigation_problem(error.message)
            if self._downloaded:
                problem = problems.navigation_problem("Download is starting")
            self.traffic.note_failure(url, error.message.splitlines()[0])
            self.stop(problem.model_copy(update={"fatal": fatal}))
        status = response.status if response else None
        if self.page_index == 0 and self.status is None:
            self.status = status
        await self.settle()
        await self._judge_answer(status, fatal=fatal)

    async def _judge_answer(self, status: int | None, *, fatal: bool) -> None:
        """Stop at an error page, a wall or an empty page; its picture is taken first."""
        try:
            text = str(await self.alive(self.page.evaluate(_TEXT), 5))
            title = await self.alive(self.page.title(), 5)
            markup = (await self.alive(self.page.content(), 5))[:200_000]
        except TimeoutError:
            self.stop(Problem(code="timeout", message=self._unresponsive(), fatal=fatal))
        except PlaywrightError as error:
            self.stop(Problem(code="connection-failed", message=error.message.splitlines()[0], fatal=fatal))
        problem = problems.answer_problem(status, title, text, markup)
        broken = self.traffic.failure_of_document(self.page.url)
        if problem is not None and problem.code == "empty-page" and broken:
            problem = problems.navigation_problem(broken)
        if problem is not None:
            await self.snapshot("page", "page")
            self.stop(problem.model_copy(update={"fatal": fatal}))

    def _unresponsive(self) -> str:
        if self._alerts >= MANY_ALERTS:
            return f"the page raised {self._alerts} message boxes and did not answer"
        return "the page hangs: it no longer answers"

    async def settle(self) -> None:
        """Wait for rest; record it when there is none. Stopped when the renderer is gone."""
        if not await self.alive(settle(self.page, self.traffic, self.settings.settle_timeout), None):
            self.note(
                "not-settled", f"page {self.page_index} was still changing after {self.settings.settle_timeout:g} s"
            )

    async def snapshot(
        self,
        label: str,
        moment: Literal["page", "opened", "acted", "revisit"],
        opened: Surface | None = None,
    ) -> Snapshot:
        """Record the page as it stands: documents, picture, cookies, storage, what the consent interfaces answer."""
        name = f"{len(self.snapshots)}-{label}"
        documents = self.taken = await self.collected("documents", take_documents(self.wire, self.settings.viewport))
        snapshot = Snapshot(
            id=name,
            moment=moment,
            page=max(self.page_index, 0),
            url=self.page.url,
            title=await self.collected("title", self.page.title()) or "",
            opened=opened,
            after_step=len(self.steps) - 1 if self.steps else None,
            documents=documents.documents if documents else (),
            screenshot=await self.screenshot(label),
            viewport=self.settings.viewport,
            scroll_locked=documents.scroll_locked if documents else None,
        )
        self.snapshots.append(snapshot)
        if opened == "opt-out-page" and page_address(snapshot.url) != page_address(self.pages[0]):
            self.opt_out_page = page_address(snapshot.url)
        written = writers(self.traffic.requests(), self.cookie_writes.writes())
        jar = await self.collected("cookies and storage", take_jar(self.wire, self.page, name, written))
        if jar:
            self.jars.append(jar)
        self.probes += await self.collected("consent interfaces", take_probes(self.page, name)) or ()
        return snapshot

    async def screenshot(self, label: str, *, whole: bool = True) -> str | None:
        """A picture of the page from its top, or of the window alone; its path in the evidence folder."""
        round_part = f"-{self.round}" if self.round else ""
        name = f"screenshots/{self.scenario}{round_part}-{self._pictures:02d}-{label}.png"
        self._pictures += 1
        (self.folder / "screenshots").mkdir(parents=True, exist_ok=True)
        width, height = self.settings.viewport
        if whole:
            metrics = await self.collected("screenshot", self.wire.page.send("Page.getLayoutMetrics"))
            if metrics is None:
                return None
            height = int(min(max(height, metrics["cssContentSize"]["height"]), SCREENSHOT_HEIGHT))
        picture = await self.collected(
            "screenshot",
            self.page.screenshot(
                clip={"x": 0, "y": 0, "width": width, "height": height},
                full_page=whole,
                animations="allow",
                timeout=8_000,
            ),
        )
        if picture is None:
            return None
        (self.folder / name).write_bytes(picture)
        return name

    async def collected(self, what: str, work: Awaitable[T]) -> T | None:
        """Do one collector's work; its failure is recorded, and is None. Stopped when the renderer is gone."""
        try:
            return await self.alive(work, 30)
        except TimeoutError:
            self.note("collector-failed", f"{what}: no answer in time")
        except (PlaywrightError, CaptureError, ValueError, KeyError, IndexError) as error:
            self.note(
                "collector-failed",
                f"{what}: {str(error).splitlines()[0][:200] if str(error) else type(error).__name__}",
            )
        return None

    async def alive(self, work: Awaitable[T], seconds: float | None) -> T:
        """Await something of the page, unless its renderer crashes first. TimeoutError after so many seconds."""
        task = asyncio.ensure_future(work)
        crash = asyncio.ensure_future(self._crashed.wait())
        try:
            await asyncio.wait({task, crash}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            if crash.done():
                self.stop(problems.crash())
            raise TimeoutError
        finally:
            for each in (task, crash):
                if not each.done():
                    each.cancel()
            await asyncio.gather(task, crash, return_exceptions=True)

    def note(self, code: ProblemCode, message: str) -> None:
        """Record a problem that leaves the rest of the visit good."""
        problem = Problem(code=code, message=message, scenario=self.scenario, fatal=False)
        if problem not in self.problems:
            self.problems.append(problem)

    def stop(self, problem: Problem) -> None:
        """Record a problem and end the visit."""
        self.problems.append(problem.model_copy(update={"scenario": self.scenario}))
        raise Stopped(problem.message)

    def visit(self) -> Visit:
        """What was recorded, whole."""
        return Visit(
            scenario=self.scenario,
            round=self.round,
            started=self.started,
            ended=_now(),
            requested_url=self.requested_url,
            final_url=self.pages[0] if self.status is not None else "",
            http_status=self.status,
            gpc=self.gpc,
            gpc_verified=self.gpc_verified,
            pages=tuple(self.pages),
            problems=tuple(self.problems),
            snapshots=tuple(self.snapshots),
            requests=self.traffic.requests(),
            jars=tuple(self.jars),
            cookie_writes=self.cookie_writes.writes(),
            probes=tuple(self.probes),
            console=tuple(self.console),
            steps=tuple(self.steps),
            completed=self.completed,
            stopped_because=self.stopped_because,
            readback=self.readback,
            persistence=tuple(self.persistence),
            cmp_hint=self.cmp_hint,
        )

    def _say(self, level: str, text: str) -> None:
        if len(self.console) < CONSOLE_LIMIT:
            self.console.append(Console(level=level, text=text[:2000]))

    def _place(self) -> tuple[int, int | None]:
        """Where the visit stands: (page, index of the last step)."""
        return max(self.page_index, 0), len(self.steps) - 1 if self.steps else None

    def _heard(self, channel: Channel, event: str, params: Params) -> None:
        if event == "Runtime.consoleAPICalled":
            self.cookie_writes.heard(params)
        else:
            self.traffic.heard(channel, event, params)

    def _on_console(self, message: ConsoleMessage) -> None:
        if not self.cookie_writes.is_ours(message.text):
            self._say(message.type, message.text)

    def _on_dialog(self, dialog: Dialog) -> None:
        """Message boxes are dismissed, or the page would wait for ever; leaving is always allowed."""
        self._alerts += 1
        self._say("dialog", f"{dialog.type}: {dialog.message}")
        self.wire.start(dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    def _on_popup(self, popup: Page) -> None:
        if popup is not self.page:
            self.wire.start(self._taken_from(popup))

    async def _taken_from(self, popup: Page) -> None:
        """Note where a window that the page opened leads, and close it: everything is looked at in one window."""
        try:
            await popup.wait_for_url(re.compile("^https?:"), wait_until="commit", timeout=POPUP_LIMIT * 1000)
            self.opened_window = popup.url
        except PlaywrightError:
            pass  # it leads nowhere, or is gone
        self._say("popup", popup.url)
        await popup.close()

    async def enter_window(self) -> None:
        """Go where the window leads that the last press opened, if it opened one."""
        url, self.opened_window = self.opened_window, None
        if url is not None:
            try:
                await self._navigate(url, fatal=False)
            except Stopped:
                return  # the problem is recorded

    def _on_download(self, _: object) -> None:
        self._downloaded = True


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
