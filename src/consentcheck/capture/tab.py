"""A visit in progress: one page of a fresh profile, and everything that is recorded of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Literal, NoReturn, TypeVar
from urllib.parse import urldefrag, urljoin

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from consentcheck.capture import problems
from consentcheck.capture.cdp import Channel, Params, Wire
from consentcheck.capture.clock import now
from consentcheck.capture.collectors.cookie_writes import CookieWrites, writers
from consentcheck.capture.collectors.documents import Taken, take_documents
from consentcheck.capture.collectors.files import fetch_file
from consentcheck.capture.collectors.jars import take_jar
from consentcheck.capture.collectors.pictures import take_picture
from consentcheck.capture.collectors.probes import take_probes
from consentcheck.capture.collectors.traffic import Traffic
from consentcheck.capture.happenings import Crashed, Happenings
from consentcheck.capture.known import Known
from consentcheck.capture.settings import CaptureSettings
from consentcheck.capture.settle import settle
from consentcheck.errors import CaptureError
from consentcheck.model.evidence import (
    Jar,
    Persistence,
    Probe,
    Problem,
    ProblemCode,
    Readback,
    Snapshot,
    Step,
    Visit,
    Watch,
)
from consentcheck.model.words import Scenario, Surface
from consentcheck.reading.urls import page_address

T = TypeVar("T")

_TEXT = "() => (document.body ? document.body.innerText : '').slice(0, 20000)"


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
        self.started = now()
        self.requested_url = ""
        self.status: int | None = None
        self.page_index = -1
        self.loaded = 0.0  # when the page came that is there now, in seconds since the visit began
        self.pages: list[str] = []
        self.problems: list[Problem] = []
        self.snapshots: list[Snapshot] = []
        self.jars: list[Jar] = []
        self.probes: list[Probe] = []
        self.steps: list[Step] = []
        self.persistence: list[Persistence] = []
        self.watches: list[Watch] = []
        self.readback: Readback | None = None
        self.completed: bool | None = None
        self.stopped_because = ""
        self.gpc: Literal["off", "browser", "header-and-script"] = "off"
        self.gpc_verified: dict[str, bool] = {}
        self.cmp_hint: str | None = None
        self.opt_out_page: str | None = None
        """Address of the page that the opt-out link led to; None where it led to none."""
        self.taken: Taken | None = None
        self.known = known or Known()
        self.traffic = Traffic(self.place)
        self.cookie_writes = CookieWrites(lambda: (*self.place(), self.traffic.elapsed()))
        self.wire = Wire(self._heard, self.cookie_writes.script)
        self.traffic.wire = self.wire
        self.happenings = Happenings(self.wire.start, self.cookie_writes.is_ours)
        self._pictures = 0

    async def open(self, context: BrowserContext) -> None:
        """Open the page, listening before it goes anywhere."""
        self.context = context
        self.page: Page = await context.new_page()
        self.happenings.listen(context, self.page, self.traffic.noticed)
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
        await fetch_file(self.wire, urljoin(self.page.url, path), self.traffic)

    async def _navigate(self, url: str, *, fatal: bool) -> None:
        timeout = self.settings.load_timeout
        self.happenings.downloaded = False
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
            if self.happenings.downloaded:
                problem = problems.navigation_problem("Download is starting")
            self.traffic.note_failure(url, error.message.splitlines()[0])
            self.stop(problem.model_copy(update={"fatal": fatal}))
        self.loaded = self.traffic.elapsed()
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
            self.stop(Problem(code="timeout", message=self.happenings.why_silent(), fatal=fatal))
        except PlaywrightError as error:
            self.stop(Problem(code="connection-failed", message=error.message.splitlines()[0], fatal=fatal))
        problem = problems.answer_problem(status, title, text, markup)
        broken = self.traffic.failure_of_document(self.page.url)
        if problem is not None and problem.code == "empty-page" and broken:
            problem = problems.navigation_problem(broken)
        if problem is not None:
            await self.snapshot("page", "page")
            self.stop(problem.model_copy(update={"fatal": fatal}))

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
        picture = await self.collected(
            "screenshot", take_picture(self.wire, self.page, self.settings.viewport, whole=whole)
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
        try:
            return await self.happenings.unless_crashed(work, seconds)
        except Crashed:
            self.stop(problems.crash())

    def note(self, code: ProblemCode, message: str) -> None:
        """Record a problem that leaves the rest of the visit good."""
        problem = Problem(code=code, message=message, scenario=self.scenario, fatal=False)
        if problem not in self.problems:
            self.problems.append(problem)

    def stop(self, problem: Problem) -> NoReturn:
        """Record a problem and end the visit."""
        self.problems.append(problem.model_copy(update={"scenario": self.scenario}))
        raise Stopped(problem.message)

    def visit(self) -> Visit:
        """What was recorded, whole."""
        return Visit(
            scenario=self.scenario,
            round=self.round,
            started=self.started,
            ended=now(),
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
            console=tuple(self.happenings.console),
            steps=tuple(self.steps),
            completed=self.completed,
            stopped_because=self.stopped_because,
            readback=self.readback,
            persistence=tuple(self.persistence),
            watches=tuple(self.watches),
            cmp_hint=self.cmp_hint,
        )

    def place(self) -> tuple[int, int | None]:
        """Where the visit stands: (page, index of the last step)."""
        return max(self.page_index, 0), len(self.steps) - 1 if self.steps else None

    def _heard(self, channel: Channel, event: str, params: Params) -> None:
        if event == "Runtime.consoleAPICalled":
            self.cookie_writes.heard(params)
        else:
            self.traffic.heard(channel, event, params)

    async def enter_window(self) -> None:
        """Go where the window leads that the last press opened, if it opened one."""
        url, self.happenings.opened_window = self.happenings.opened_window, None
        if url is not None:
            try:
                await self._navigate(url, fatal=False)
            except Stopped:
                return  # the problem is recorded
