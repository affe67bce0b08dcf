"""A visitor who looks at local sites in a real browser, without the checker's own capture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from consentcheck.demo.server import LocalSites


@dataclass(frozen=True)
class Visitor:
    """One browser profile, one page, and what it asked of each host."""

    context: BrowserContext
    page: Page
    sites: LocalSites

    def go(self, url: str) -> None:
        """Open a page and wait until it asks for nothing more."""
        self.page.goto(url)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing was asked for a fifth of a second: on this machine an answer takes some milliseconds."""
        seen = -1
        while seen != len(self.sites.asked):
            seen = len(self.sites.asked)
            self.page.wait_for_timeout(200)

    def hosts_asked(self, since: int = 0) -> set[str]:
        """Hosts that were asked for anything, from the log's entry ``since`` on."""
        return {asked.host for asked in self.sites.asked[since:]}

    def cookie(self, name: str) -> str | None:
        """Value of a cookie of any domain."""
        return next((c["value"] for c in self.context.cookies() if c["name"] == name), None)

    def usp(self) -> str:
        """What ``__uspapi`` answers."""
        return str(self.page.evaluate("new Promise(done => __uspapi('getUSPData', 1, data => done(data.uspString)))"))


@contextmanager
def visitor(playwright: Playwright, browser: Path, sites: LocalSites, *, gpc: bool = False) -> Iterator[Visitor]:
    """A fresh profile whose browser finds the local sites and nothing else; ``gpc`` is the browser's own signal."""
    with launched(
        playwright, browser, sites, *(["--enable-features=GlobalPrivacyControlForce"] if gpc else [])
    ) as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        yield Visitor(context, context.new_page(), sites)


@contextmanager
def launched(playwright: Playwright, browser: Path, sites: LocalSites, *arguments: str) -> Iterator[Browser]:
    """A browser that finds the local sites, trusts their authority, and reaches nothing else."""
    rules = [f"MAP {' '.join(entry.split(':', 1))}" for entry in sites.resolve]
    chromium = playwright.chromium.launch(
        executable_path=browser,
        chromium_sandbox=False,
        args=[
            f"--host-resolver-rules={', '.join([*rules, 'MAP * ~NOTFOUND'])}",
            f"--ignore-certificate-errors-spki-list={sites.spki}",
            "--disable-blink-features=AutomationControlled",  # some consent managers hide from what looks like a robot
            *arguments,
        ],
    )
    try:
        yield chromium
    finally:
        chromium.close()
