"""Captures a target: one visit a scenario and round, each in a browser of its own."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Playwright, Route, StorageState, async_playwright
from playwright.async_api import Error as PlaywrightError

from consentcheck import __version__
from consentcheck.capture import gpc
from consentcheck.capture.aliases import aliases_of, own_hosts
from consentcheck.capture.browser import find_browser, launch, needs_no_sandbox
from consentcheck.capture.clock import now
from consentcheck.capture.known import Known
from consentcheck.capture.loop import run_apart
from consentcheck.capture.scenarios import PLANS, Plan, in_order
from consentcheck.capture.settings import CaptureSettings, Progress
from consentcheck.capture.tab import Stopped, Tab
from consentcheck.errors import CaptureError
from consentcheck.model.evidence import Evidence, Problem, Provenance, Visit
from consentcheck.model.words import Scenario
from consentcheck.store import prepare_folder, redact

CLOSING = 10.0
"""Seconds that a browser may take to close."""
AT_ONCE = 3
"""Visits of one target that go on at the same time, each in a browser of its own."""


def capture(target: str, settings: CaptureSettings, folder: Path, progress: Progress = lambda *_: None) -> Evidence:
    """Visit a target in every scenario of the settings. Pictures go into ``folder``; the rest is returned, without secrets.

    What cannot be captured is a named problem in the evidence. BrowserMissing or CaptureError when no browser starts at all;
    EvidenceError when the folder holds anything but earlier evidence, which is replaced.
    """
    prepare_folder(folder)
    return run_apart(_capture(target, settings, folder, progress))


async def _capture(target: str, settings: CaptureSettings, folder: Path, progress: Progress) -> Evidence:
    started = now()
    url = address(target)
    visits: list[Visit] = []
    provenance = Provenance()
    known = Known()
    async with async_playwright() as playwright:
        for number in range(settings.repeat):
            rounds = _Round(_Runner(playwright, settings), number, url, settings, folder, progress, known)
            visits += await rounds.visits(in_order(settings.scenarios))
            provenance = rounds.provenance or provenance
    evidence = Evidence(
        target=target,
        kind="live",
        started=started,
        ended=now(),
        provenance=provenance,
        visits=tuple(visits),
        aliases=await aliases_of(own_hosts(visits, settings)),
    )
    return redact(evidence, settings.secrets())


class _Round:
    """All scenarios once. Most of a visit is waiting, so a few go on at a time; a revisit waits for the visit it comes back from."""

    def __init__(
        self,
        runner: _Runner,
        number: int,
        url: str,
        settings: CaptureSettings,
        folder: Path,
        progress: Progress,
        known: Known,
    ) -> None:
        self._runner, self._number, self._url = runner, number, url
        self._settings, self._folder, self._progress, self._known = settings, folder, progress, known
        self._free = asyncio.Semaphore(AT_ONCE)
        self._states: dict[Scenario, asyncio.Future[StorageState | None]] = {}
        self.provenance: Provenance | None = None

    async def visits(self, scenarios: Sequence[Scenario]) -> list[Visit]:
        """The visits, in the scenarios' order."""
        loop = asyncio.get_running_loop()
        self._states = {scenario: loop.create_future() for scenario in scenarios}
        tasks = [asyncio.ensure_future(self._visit(scenario)) for scenario in scenarios]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _visit(self, scenario: Scenario) -> Visit:
        plan = PLANS[scenario]
        state: StorageState | Path | None = self._settings.storage_state if plan.logged_in else None
        kept: StorageState | None = None
        try:
            if plan.after:
                state = await self._states[plan.after]
                if state is None:
                    return _impossible(plan, scenario, self._number, self._url)
            async with self._free:
                self._progress(scenario, "starting the browser")
                report = partial(self._progress, scenario)
                tab = Tab(scenario, self._number, self._settings, self._folder, report, self._known)
                kept, seen = await self._runner.run(tab, self._url, plan, state)
            self.provenance = self.provenance or seen
            visit = tab.visit()
            kept = None if visit.failed else kept
            return visit
        finally:
            self._states[scenario].set_result(kept)


def address(target: str) -> str:
    """The URL of a target: as given, or https where no scheme is."""
    return target if "://" in target else f"https://{target}"


class _Runner:
    """Runs one visit in a fresh browser, so that no crash, cookie or signal passes from one to the next."""

    def __init__(self, playwright: Playwright, settings: CaptureSettings) -> None:
        self._playwright, self._settings = playwright, settings
        self._agent: str | None = None

    async def run(
        self, tab: Tab, url: str, plan: Plan, state: StorageState | Path | None
    ) -> tuple[StorageState | None, Provenance | None]:
        """Play one visit on the tab. The profile's state after it, for a revisit, and how the visit was made."""
        scenario = tab.scenario
        tab.requested_url = url
        browser = await launch(self._playwright, self._settings, gpc=plan.gpc)
        kept: StorageState | None = None
        provenance: Provenance | None = None
        try:
            async with asyncio.timeout(self._settings.longest_visit()):
                context = await self._context(browser, url, state)
                if plan.gpc:
                    await gpc.switch_on(context, tab)
                await tab.open(context)
                provenance = await self._provenance(browser, tab)
                await plan.play(tab, url)
                kept = _without_session(await _state_of(context))
        except Stopped:
            pass
        except TimeoutError:
            said = f"the visit took longer than {self._settings.longest_visit():g} s"
            tab.problems.append(Problem(code="timeout", message=said, scenario=scenario, fatal=not tab.snapshots))
            tab.stopped_because = tab.stopped_because or said
        except PlaywrightError as error:
            said = error.message.splitlines()[0] if error.message else "the browser went away"
            tab.problems.append(
                Problem(code="browser-failed", message=said, scenario=scenario, fatal=not tab.snapshots)
            )
        except CaptureError as error:
            tab.problems.append(Problem(code="scenario-failed", message=str(error), scenario=scenario))
        except Exception as error:  # a defect of ours must not cost the other scenarios their evidence
            place = traceback.extract_tb(error.__traceback__)[-1]
            said = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
            tab.problems.append(Problem(code="internal", message=said, scenario=scenario))
        finally:
            await tab.wire.close()
            await _closed(browser)
        if tab.completed is False and not tab.stopped_because:
            tab.stopped_because = "the visit ended before the choice was made"
        return kept, provenance

    async def _context(self, browser: Browser, url: str, state: StorageState | Path | None) -> BrowserContext:
        settings = self._settings
        options: dict[str, Any] = {
            "viewport": {"width": settings.viewport[0], "height": settings.viewport[1]},
            "locale": settings.locale,
            "ignore_https_errors": settings.insecure,
            "user_agent": self._agent or await _user_agent(browser),
            "accept_downloads": False,
        }
        self._agent = options["user_agent"]
        if state is not None:
            options["storage_state"] = state
        if settings.basic_auth:
            user, password = settings.basic_auth
            parts = urlsplit(url)
            options["http_credentials"] = {
                "username": user, "password": password, "origin": f"{parts.scheme}://{parts.netloc}",
            }  # fmt: skip
        context = await browser.new_context(**options)
        context.set_default_timeout(15_000)
        if settings.headers:
            await self._add_headers(context, urlsplit(url).hostname or "")
        return context

    async def _add_headers(self, context: BrowserContext, host: str) -> None:
        """Send the user's headers to the target's own host only: third parties must not get them."""
        added = {name.lower(): value for name, value in self._settings.headers}

        async def with_headers(route: Route) -> None:
            await route.continue_(headers=await route.request.all_headers() | added)

        await context.route(lambda url: (urlsplit(url).hostname or "") == host, with_headers)

    async def _provenance(self, browser: Browser, tab: Tab) -> Provenance:
        path = self._settings.browser or find_browser()
        return Provenance(
            version=__version__,
            browser=f"Chromium {browser.version}",
            browser_path=path.name if path else "",
            sandbox=not needs_no_sandbox(),
            user_agent=str(await tab.page.evaluate("navigator.userAgent")),
            viewport=self._settings.viewport,
            locale=self._settings.locale,
            settings=self._settings.described(),
        )


async def _user_agent(browser: Browser) -> str:
    """The browser's name as a window of it would give it: sites treat a headless one as a robot."""
    page = await browser.new_page()
    try:
        return str(await page.evaluate("navigator.userAgent")).replace("HeadlessChrome", "Chrome")
    finally:
        await page.context.close()


async def _closed(browser: Browser) -> None:
    try:
        await asyncio.wait_for(browser.close(), CLOSING)
    except (TimeoutError, PlaywrightError):
        return  # Playwright kills it when the driver ends


async def _state_of(context: BrowserContext) -> StorageState:
    """The profile with its databases, in which some sites keep the choice; without those where they cannot be read."""
    try:
        return await context.storage_state(indexed_db=True)
    except PlaywrightError:
        return await context.storage_state()


def _without_session(state: StorageState) -> StorageState:
    """A profile after its browser was closed: cookies that last for the session are gone."""
    return {**state, "cookies": [c for c in state.get("cookies", []) if c.get("expires", -1) != -1]}


def _impossible(plan: Plan, scenario: Scenario, number: int, url: str) -> Visit:
    """A revisit whose first visit failed."""
    said = f"it starts from the profile of the scenario {plan.after}, which failed"
    problem = Problem(code="scenario-failed", message=said, scenario=scenario)
    return Visit(
        scenario=scenario,
        round=number,
        started=now(),
        ended=now(),
        requested_url=url,
        problems=(problem,),
        stopped_because=said,
    )
