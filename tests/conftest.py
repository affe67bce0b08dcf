"""What all tests share: local sites, and the browser that looks at them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, sync_playwright

from consentcheck.demo.server import LocalSites, Site

# How long an example takes on a busy machine says nothing of the code; hanging is tested where it is asked about.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")


@pytest.fixture
def local_sites() -> Iterator[Callable[..., LocalSites]]:
    """Start sites by host name: ``local_sites({"www.a.example": handler})``; they are closed after the test."""
    with ExitStack() as stack:

        def start(sites: Mapping[str, Site], **options: Any) -> LocalSites:
            return stack.enter_context(LocalSites(sites, **options))

        yield start


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser_path(playwright: Playwright) -> Path:
    """A Chromium that keeps third-party cookies. Without one browser tests are skipped; where CI is set they fail."""
    names = ("chromium-headless-shell", "google-chrome", "chrome")
    found = [os.environ.get("CONSENTCHECK_BROWSER"), playwright.chromium.executable_path, *map(shutil.which, names)]
    path = next((Path(p) for p in found if p and Path(p).exists()), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no browser: run `consentcheck install-browser`")
    return path
