"""Says what is there on this machine, and tests what evidence depends on."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser, async_playwright
from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.browser import find_browser, is_headless_shell, launch, needs_no_sandbox
from consentcheck.capture.loop import run_apart
from consentcheck.capture.settings import CaptureSettings
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.errors import CaptureError
from consentcheck.model.base import Model

_PAGE = """<!doctype html><title>doctor</title><h1>A page to be looked at</h1>
<iframe src="https://third.doctor.test/frame"></iframe>"""


class DoctorFinding(Model):
    """One thing that was tested: what, what was found, and how to mend it when it is not well."""

    what: str
    ok: bool
    found: str
    mend: str = ""


def doctor() -> list[DoctorFinding]:
    """Find a browser and try it on a local site. Ends early where the next test needs the one before."""
    path = find_browser()
    if path is None:
        return [DoctorFinding(what="browser", ok=False, found="none", mend="type: consentcheck install-browser")]
    findings = [DoctorFinding(what="browser", ok=True, found=str(path))]
    if needs_no_sandbox():
        said = "off, because this runs as root; the evidence says so"
        findings.append(DoctorFinding(what="sandbox", ok=True, found=said))
    try:
        findings += run_apart(_tested(is_headless_shell(path)))
    except (CaptureError, PlaywrightError, TimeoutError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        mend = "try another browser: consentcheck install-browser, or CONSENTCHECK_BROWSER=/path/to/chrome"
        findings.append(DoctorFinding(what="start", ok=False, found=reason, mend=mend))
    return findings


async def _tested(is_shell: bool) -> list[DoctorFinding]:
    def third(_: Asked) -> Reply:
        return Reply("<!doctype html><title>third</title>", cookies=("doctor=1; Secure; SameSite=None; Path=/",))

    sites = {"first.doctor.test": lambda _: Reply(_PAGE), "third.doctor.test": third}
    findings: list[DoctorFinding] = []
    with LocalSites(sites) as server:
        settings = CaptureSettings(resolve=server.resolve, insecure=True)
        async with async_playwright() as playwright:
            for signal in (False, True):
                browser = await launch(playwright, settings, gpc=signal)
                try:
                    async with asyncio.timeout(40):
                        findings += await (_signal(browser, server) if signal else _plain(browser, is_shell))
                finally:
                    await browser.close()
    return findings


async def _plain(browser: Browser, is_shell: bool) -> list[DoctorFinding]:
    context = await browser.new_context(ignore_https_errors=True)
    page = await context.new_page()
    await page.goto("https://first.doctor.test/")
    kept = any(cookie.get("name") == "doctor" for cookie in await context.cookies())
    picture = await page.screenshot()
    mend = "it drops third-party cookies silently, so trackers would be missed; " + (
        "try another browser"
        if is_shell
        else "use a headless shell: python -m playwright install --only-shell chromium"
    )
    return [
        DoctorFinding(
            what="third-party cookies", ok=kept, found="kept" if kept else "dropped", mend="" if kept else mend
        ),
        DoctorFinding(
            what="screenshot",
            ok=picture.startswith(b"\x89PNG"),
            found=f"{len(picture)} bytes",
            mend="try another browser",
        ),
    ]


async def _signal(browser: Browser, server: LocalSites) -> list[DoctorFinding]:
    server.asked.clear()
    context = await browser.new_context(ignore_https_errors=True)
    page = await context.new_page()
    await page.goto("https://first.doctor.test/")
    header = all(asked.headers.get("sec-gpc") == "1" for asked in server.asked)
    script = all([await frame.evaluate("navigator.globalPrivacyControl === true") for frame in page.frames])
    where = [name for name, holds in (("header", header), ("script", script)) if holds]
    ok = header and script
    return [
        DoctorFinding(
            what="opt-out preference signal (GPC)",
            ok=ok,
            found="reaches " + " and ".join(where) if where else "the browser has none of its own",
            mend=""
            if ok
            else "a header and a script stand in for it, which workers do not see; a newer Chromium has it",
        )
    ]
