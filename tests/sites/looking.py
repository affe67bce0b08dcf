"""A visitor who looks at local sites in a real browser, without the checker's own capture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from consentcheck.demo.server import LocalSites


@dataclass(frozen=True)
class Visitor:
    """One browser profile, one page, and what it asked of each host."""

    context: BrowserContext
    page: Page
    sites: LocalSites

    def go(self, url: str) -> None:
        """Open a page and wait until its network is quiet."""
        self.page.goto(url)
        self.page.wait_for_load_state("networkidle")

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
    rules = [f"MAP {' '.join(entry.split(':', 1))}" for entry in sites.resolve]
    arguments = [f"--host-resolver-rules={', '.join([*rules, 'MAP * ~NOTFOUND'])}"]
    if gpc:
        arguments.append("--enable-features=GlobalPrivacyControlForce")
    launched = playwright.chromium.launch(executable_path=browser, args=arguments, chromium_sandbox=False)
    try:
        context = launched.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
        yield Visitor(context, context.new_page(), sites)
    finally:
        launched.close()
