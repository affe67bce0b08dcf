"""The consent managers' pages show what `MANAGERS` says of them, and their opt-outs work."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from consentcheck.demo.server import LocalSites
from tests.sites.looking import visitor
from tests.sites.managers.managers import MANAGERS, Manager, install

pytestmark = [pytest.mark.browser, pytest.mark.npm]

EXCHANGE = "ads.northstar.example"


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    if shutil.which("npm") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("npm is needed to install the consent managers")
    install()


@pytest.mark.parametrize("manager", MANAGERS.values(), ids=MANAGERS)
def test_layers_have_the_buttons_and_categories_told(
    manager: Manager, playwright: Playwright, browser_path: Path
) -> None:
    with LocalSites(manager.sites()) as sites, visitor(playwright, browser_path, sites) as guest:
        guest.go(manager.url)
        for words in manager.banner:
            expect(guest.page.get_by_text(words, exact=True).locator("visible=true").first).to_be_visible()
        if not manager.opens:
            return
        guest.page.get_by_text(manager.opens).first.click()
        for words in manager.preferences:
            button = guest.page.get_by_role("button", name=words, exact=True).locator("visible=true")
            expect(button.last).to_be_visible()
        for name, disclosed in manager.categories.items():
            expect(guest.page.get_by_text(name).last).to_be_visible()
            assert disclosed.toggle == "on"
        switches = guest.page.locator("input[type=checkbox], [role=switch]").all()
        assert [s.is_disabled() for s in switches[:3]] == [d.always_active for d in manager.categories.values()]
        assert all(switch.is_checked() for switch in switches)


@pytest.mark.parametrize("manager", MANAGERS.values(), ids=MANAGERS)
def test_trackers_load_until_the_visitor_opts_out(manager: Manager, playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(manager.sites()) as sites:
        with visitor(playwright, browser_path, sites) as guest:
            guest.go(manager.url)
            assert EXCHANGE in guest.hosts_asked()
            for words in manager.opt_out:
                guest.page.get_by_text(words, exact=True).locator("visible=true").last.click()
                guest.settle()
            before = len(sites.asked)
            guest.go(manager.url)
            assert EXCHANGE not in guest.hosts_asked(before)
        before = len(sites.asked)
        with visitor(playwright, browser_path, sites, gpc=True) as guest:
            guest.go(manager.url)
            assert (EXCHANGE in guest.hosts_asked(before)) is not manager.honours_gpc
