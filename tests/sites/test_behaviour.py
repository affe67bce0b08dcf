"""Each case's sites do what the case says, seen in a browser without any of the checker's code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from consentcheck.demo.server import LocalSites
from tests.sites.building import HOST, URL, Case
from tests.sites.cases import CASES
from tests.sites.looking import Visitor, visitor

pytestmark = pytest.mark.browser

LINK = re.compile("do not sell|privacy choices", re.I)
SELLERS = {"ads.northstar.example", "bat.bing.com", "www.facebook.com"}
PAIRS = [(name, twin) for name, case in CASES.items() for twin in ("faulty", "corrected") if getattr(case, twin)]
# Faulty sites that track under GPC, and after an opt-out made as far as the site lets one make it.
IGNORE_BOTH = {
    "sephora", "todd-snyder", "healthline", "tractor-supply", "jam-city", "jam-city-label", "playon", "appearance-only",
    "signal-not-trackers",
}  # fmt: skip
IGNORE_SIGNAL = IGNORE_BOTH | {"todd-snyder-identity"}
IGNORE_CHOICE = IGNORE_BOTH | {"ford", "ticketnetwork", "ticketnetwork-missing"}


def served(case: Case, twin: str) -> LocalSites:
    return LocalSites(getattr(case, twin)())


def sold(guest: Visitor, url: str = f"{URL}candles") -> bool:
    """Whether a further page calls all the ad hosts."""
    before = len(guest.sites.asked)
    guest.go(url)
    return guest.hosts_asked(before) >= SELLERS


def opt_out(guest: Visitor) -> None:
    """Follow the opt-out link as far as it goes, and take the shortest way out."""
    page = guest.page
    for ask in (
        page.locator("[data-banner]:visible").get_by_role("button", name=re.compile("decline|reject", re.I)).all()
    ):
        ask.click()
        return
    link = page.locator("footer").get_by_role("link", name=LINK)
    if not link.count() or page.get_by_role("button", name="Agree").is_visible():
        return
    link.first.click()
    guest.settle()
    for field in page.locator("form input:not([type=file])").all():
        field.fill("1@example.org")
    for field in page.locator("form input[type=file]").all():
        field.set_input_files({"name": "id.png", "mimeType": "image/png", "buffer": b"id"})
    ways = [page.get_by_role("button", name=name) for name in ("Reject All", "Confirm My Choices", "Submit Request")]
    way = next((w.locator("visible=true") for w in ways if w.locator("visible=true").count()), None)
    if way is None:
        return
    if way.inner_text() == "Confirm My Choices":
        page.get_by_role("switch").click()
    way.click()
    guest.settle()


@pytest.mark.parametrize(("name", "twin"), PAIRS)
def test_each_site_tracks_at_first_and_stops_or_not(
    name: str, twin: str, playwright: Playwright, browser_path: Path
) -> None:
    case, faulty = CASES[name], twin == "faulty"
    errors: list[str] = []
    with served(case, twin) as sites:
        with visitor(playwright, browser_path, sites) as guest:
            guest.page.on("pageerror", lambda error: errors.append(str(error)))
            assert sold(guest, case.url) == (name != "nothing-to-opt-out-of")
            opt_out(guest)
            if name != "nothing-to-opt-out-of":
                assert sold(guest) == (faulty and name in IGNORE_CHOICE)
        if "gpc" in case.scenarios:
            with visitor(playwright, browser_path, sites, gpc=True) as guest:
                assert sold(guest, case.url) == (faulty and name in IGNORE_SIGNAL)
    assert errors == []


def test_hondas_way_out_is_longer_than_its_way_in(playwright: Playwright, browser_path: Path) -> None:
    with served(CASES["honda"], "faulty") as sites, visitor(playwright, browser_path, sites) as guest:
        guest.go(URL)
        guest.page.get_by_role("button", name="Manage Choices").click()
        expect(guest.page.get_by_role("button", name="Reject All")).to_have_count(0)
        guest.page.get_by_role("button", name="Confirm My Choices").click()
        assert guest.cookie("choice") == "in", "confirming alone opts out of nothing"


def test_todd_snyders_dialog_is_gone_before_it_can_be_used(playwright: Playwright, browser_path: Path) -> None:
    with served(CASES["todd-snyder"], "faulty") as sites, visitor(playwright, browser_path, sites) as guest:
        guest.go(URL)
        guest.page.get_by_role("link", name=LINK).click()
        guest.page.wait_for_timeout(150)
        expect(guest.page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize(("twin", "tracked"), [("faulty", True), ("corrected", False)])
def test_disneys_opt_out_follows_the_account_or_does_not(
    twin: str, tracked: bool, playwright: Playwright, browser_path: Path
) -> None:
    case = CASES["disney"]
    assert case.storage_state is not None
    with served(case, twin) as sites:
        for device in ("first", "second"):
            with visitor(playwright, browser_path, sites) as guest:
                guest.context.add_cookies(case.storage_state["cookies"])
                guest.go(URL)
                if device == "first":
                    opt_out(guest)
                else:
                    assert sold(guest) == tracked


def test_one_opted_out_visitor_in_three_is_tracked(playwright: Playwright, browser_path: Path) -> None:
    tracked = []
    with served(CASES["now-and-then"], "faulty") as sites:
        for _ in range(6):
            with visitor(playwright, browser_path, sites) as guest:
                guest.go(URL)
                opt_out(guest)
                tracked.append(sold(guest))
    assert tracked == [False, False, True, False, False, True]


@pytest.mark.parametrize(
    ("name", "told"), [("trackers-not-signal", "1YNN"), ("signal-not-trackers", "1YYN"), ("appearance-only", "1YNN")]
)
def test_signals_and_trackers_go_their_own_ways(
    name: str, told: str, playwright: Playwright, browser_path: Path
) -> None:
    with served(CASES[name], "faulty") as sites, visitor(playwright, browser_path, sites) as guest:
        guest.go(URL)
        opt_out(guest)
        guest.go(URL)
        assert guest.usp() == guest.cookie("usprivacy") == told
        assert guest.cookie("choice") == "out"


def test_healthlines_string_is_passed_on_and_not_read(playwright: Playwright, browser_path: Path) -> None:
    with served(CASES["healthline"], "faulty") as sites, visitor(playwright, browser_path, sites) as guest:
        guest.go(URL)
        opt_out(guest)
        before = len(sites.asked)
        guest.go(f"{URL}candles")
        calls = [asked for asked in sites.asked[before:] if asked.host != HOST]
        bid = next(asked for asked in calls if asked.path == "/bid")
        assert bid.params["us_privacy"] == "1YYN"
        assert {asked.host for asked in calls} >= {"pixel.audiencegrid.example"}, "the exchange syncs all the same"
        assert bid.params["page"] == f"{URL}candles"


def test_cases_are_told_apart() -> None:
    for case in CASES.values():
        assert case.fails or case.expects, case.name
        assert "first-visit" in case.scenarios, case.name
        assert case.corrected or not case.fails, f"{case.name} needs a corrected twin"
