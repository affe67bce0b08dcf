"""The hostile addresses are as bad in a browser as they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from tests.sites import hostile
from tests.sites.looking import launched

pytestmark = pytest.mark.browser

SHOWN = {  # what Chromium says of each, or the HTTP status
    "www.refused.example": "ERR_CONNECTION_REFUSED",
    "www.nowhere.example": "ERR_NAME_NOT_RESOLVED",
    "www.walled.example": 403,
    "www.busy.example": 429,
    "www.broken.example": 500,
    "www.empty.example": 200,
    "www.download.example": "Download is starting",
    "www.loop.example": "ERR_TOO_MANY_REDIRECTS",
    "www.hangs.example": "Timeout",
    "www.cut.example": "Timeout",  # it commits the page, and its load event never comes
    "www.endless.example": "Timeout",
    "www.expired.example": "ERR_CERT",
    "www.self-signed.example": "ERR_CERT",
    "www.wrong-name.example": "ERR_CERT",
}


def test_each_hostile_address_fails_in_its_way(playwright: Playwright, browser_path: Path) -> None:
    assert set(SHOWN) == set(hostile.PROBLEMS)
    shown: dict[str, str | int] = {}
    with hostile.serve() as sites, launched(playwright, browser_path, sites) as browser:
        for host in SHOWN:
            page = browser.new_page()
            try:
                answer = page.goto(f"https://{host}/", timeout=1500)
                shown[host] = answer.status if answer else ""
            except Error as error:
                shown[host] = error.message
            page.close()
    for host, expected in SHOWN.items():
        assert str(expected) in str(shown[host]), host
