"""Finds a browser and starts it the way evidence needs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser, Playwright, ProxySettings
from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.settings import CaptureSettings, resolver_rule
from consentcheck.errors import BrowserMissing, CaptureError

HEADLESS_SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
FULL_BROWSERS = (
    "google-chrome", "google-chrome-stable", "chrome", "chromium", "chromium-browser", "microsoft-edge",
    "microsoft-edge-stable", "msedge",
)  # fmt: skip
_ELSEWHERE = (
    "/usr/lib/chromium/chromium-headless-shell",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright", "~/AppData/Local/ms-playwright")

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-blink-features=AutomationControlled",
    # All frames in one process: one session then sees every frame's requests from its first one on.
    "--disable-site-isolation-trials",
    "--mute-audio",
)
GPC_FLAG = "--enable-features=GlobalPrivacyControlForce"

MISSING = (
    "no browser was found. Type: consentcheck install-browser\n"
    "or install one yourself: python -m playwright install --only-shell chromium\n"
    "or, on Debian or Ubuntu: sudo apt-get install chromium-headless-shell\n"
    "or name one in the environment: CONSENTCHECK_BROWSER=/path/to/chrome"
)


def find_browser() -> Path | None:
    """The browser to use: the one that CONSENTCHECK_BROWSER names, Playwright's headless shell, a system's headless shell,
    then a full Chrome, Chromium or Edge. None when there is none.
    """
    named = os.environ.get("CONSENTCHECK_BROWSER")
    if named:
        return Path(named) if Path(named).is_file() else None
    own = _playwrights_own()
    if own is not None:
        return own
    for name in (*HEADLESS_SHELLS, *FULL_BROWSERS):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((Path(path) for path in _ELSEWHERE if Path(path).is_file()), None)


def is_headless_shell(path: Path) -> bool:
    """Whether it is a headless shell, which keeps third-party cookies on every system."""
    return "headless" in path.name.lower()


def needs_no_sandbox() -> bool:
    """Chromium's sandbox does not start as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def arguments(resolve: Sequence[str] = (), *, gpc: bool = False, insecure: bool = False) -> list[str]:
    """Command line of the browser. A service worker needs to be told here that certificates do not matter."""
    given = list(FLAGS)
    if gpc:
        given.append(GPC_FLAG)
    if resolve:
        given.append("--host-resolver-rules=" + ",".join(resolver_rule(rule) for rule in resolve))
    if insecure:
        given.append("--ignore-certificate-errors")
    if needs_no_sandbox():
        given.append("--no-sandbox")
    return given


async def launch(playwright: Playwright, settings: CaptureSettings, *, gpc: bool) -> Browser:
    """Start the browser of the settings, or the one that is found."""
    path = settings.browser or find_browser()
    if path is None:
        raise BrowserMissing(MISSING)
    try:
        return await playwright.chromium.launch(
            executable_path=path,
            args=arguments(settings.resolve, gpc=gpc, insecure=settings.insecure),
            proxy=proxy_of(settings.proxy),
            timeout=30_000,
            handle_sigint=False,
        )
    except PlaywrightError as error:
        reason = error.message.strip().splitlines()[0] if error.message.strip() else "no reason given"
        raise CaptureError("browser-failed", f"the browser {path} did not start: {reason}") from error


def proxy_of(url: str | None) -> ProxySettings | None:
    """A proxy's address, its user and password apart."""
    if not url:
        return None
    scheme, _, rest = url.rpartition("//")
    credentials, at, host = rest.rpartition("@")
    server = f"{scheme}//{host}" if scheme else host
    if not at:
        return {"server": server}
    user, _, password = credentials.partition(":")
    return {"server": server, "username": user, "password": password}


def _playwrights_own() -> Path | None:
    """The newest headless shell that ``playwright install`` put into its cache."""
    set_by_user = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    for cache in (set_by_user,) if set_by_user else _CACHES:
        folder = Path(cache).expanduser()
        shells = sorted(folder.glob("chromium_headless_shell-*/*/*headless*shell*"), key=_revision, reverse=True)
        found = next((path for path in shells if path.is_file() and os.access(path, os.X_OK)), None)
        if found is not None:
            return found
    return None


def _revision(path: Path) -> int:
    number = path.parents[1].name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0
