"""What the report's tests share: a browser to look at pages with, and packages from npm."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright

BUILD = Path(__file__).resolve().parents[2] / "build"


@pytest.fixture(scope="module")
def chromium(playwright: Playwright, browser_path: Path) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a file in a page of its own: ``look(path, width=390)``; whatever it asked for is in ``page.asked``."""
    pages: list[Page] = []

    def show(path: Path, width: int = 1280, height: int = 900, colours: str = "light", script: bool = True) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=colours,  # type: ignore[arg-type]
            java_script_enabled=script,
        )
        page = context.new_page()
        page.asked = []  # type: ignore[attr-defined]
        page.wrong = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.on("console", lambda message: page.wrong.append(message.text))  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.wrong.append(str(error)))  # type: ignore[attr-defined]
        page.on("dialog", lambda dialog: (page.wrong.append(dialog.message), dialog.dismiss()))  # type: ignore[attr-defined]
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.context.close()


@pytest.fixture(scope="session")
def npm() -> Callable[[str, str, str], Path]:
    """A file of a package from npm, installed once into ``build/npm``: ``npm("axe-core", "4.14.1", "axe.min.js")``."""

    def find(package: str, version: str, file: str) -> Path:
        folder = BUILD / "npm" / f"{package.replace('/', '-')}-{version}"
        if shutil.which("npm") is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)("npm is not installed")
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:  # tests may run in several processes
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "installed").exists():
                (folder / "package.json").write_text("{}")
                install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
                subprocess.run([*install, f"{package}@{version}"], cwd=folder, check=True, capture_output=True)  # noqa: S603
                (folder / "installed").touch()
        return folder / "node_modules" / package / file

    return find
