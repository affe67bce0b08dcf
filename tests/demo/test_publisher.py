"""The bundled publisher behaves as its two editions promise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from consentcheck.demo import publisher
from consentcheck.demo.publisher import Edition
from consentcheck.demo.server import Asked, LocalSites, Reply
from tests.sites.looking import visitor

TRACKERS = {
    "ads.northstar.example",
    "bat.bing.com",
    "connect.facebook.net",
    "pixel.audiencegrid.example",
    "securepubads.g.doubleclick.net",
    "www.facebook.com",
}
GPP = "new Promise(done => __gpp('ping', ({ parsedSections }) => done(parsedSections.usca)))"


def answer(edition: Edition, path: str, *, method: str = "GET") -> Reply:
    handler = publisher.sites(edition, dt.date(2026, 6, 1))["www.morningledger.example"]
    assert not isinstance(handler, Path)
    return handler(Asked(method, "www.morningledger.example", path))


@pytest.mark.parametrize("edition", ["faulty", "corrected"])
def test_every_page_is_filled_in(edition: Edition) -> None:
    for path in (
        "/",
        "/news/",
        "/news/night-ferry",
        "/news/library-hours",
        "/weather",
        "/sign-in",
        "/privacy",
        "/cookies",
    ):
        reply = answer(edition, path)
        assert reply.status == 200, path
        assert "$" not in str(reply.body), path


def test_the_policy_is_dated_by_the_day_given() -> None:
    assert "Last updated: April 22, 2026" in str(answer("corrected", "/privacy").body)
    assert "Last updated: March 3, 2023" in str(answer("faulty", "/privacy").body)


def test_the_corrected_form_opts_out_at_once() -> None:
    reply = answer("corrected", "/do-not-sell-or-share", method="POST")
    assert any(cookie.startswith("usprivacy=1YYN; Path=/; Max-Age=34128000;") for cookie in reply.cookies)
    assert "required" not in str(answer("corrected", "/do-not-sell-or-share").body)


@pytest.mark.browser
@pytest.mark.parametrize("edition", ["faulty", "corrected"])
def test_both_editions_track_before_any_choice(edition: Edition, playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites(edition)) as sites, visitor(playwright, browser_path, sites) as reader:
        reader.go(publisher.START_URL)
        assert reader.hosts_asked() >= TRACKERS
        assert reader.usp() == "1YNN"
        names = {cookie["name"] for cookie in reader.context.cookies()}
        assert names >= {"IDE", "MUID", "fr", "ns_uid", "ag_id", "_fbp", "_ga", "_gcl_au", "__gads", "_uetvid"}
        sync = next(asked for asked in sites.asked if asked.host == "pixel.audiencegrid.example")
        assert sync.params["ns_uid"] == reader.cookie("ns_uid"), "the exchange passes its id on"


@pytest.mark.browser
def test_the_faulty_opt_out_and_signal_change_nothing(playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites("faulty")) as sites:
        with visitor(playwright, browser_path, sites) as reader:
            reader.go(publisher.START_URL)
            reader.page.get_by_role("link", name="Do Not Sell My Personal Information").click()
            reader.page.get_by_role("switch").click()
            reader.page.get_by_role("button", name="Save Settings").click()
            assert reader.cookie("usprivacy") == "1YYN"
            before = len(sites.asked)
            reader.go(f"{publisher.START_URL}news/night-ferry")
            assert reader.hosts_asked(before) >= TRACKERS
            assert reader.usp() == "1YNN"
            assert "us_privacy=1YNN" in next(asked.query for asked in sites.asked[before:] if asked.path == "/bid")
            expect(reader.page.get_by_role("button", name="Accept All Cookies")).to_be_visible()
        before = len(sites.asked)
        with visitor(playwright, browser_path, sites, gpc=True) as reader:
            reader.go(publisher.START_URL)
            assert reader.hosts_asked(before) >= TRACKERS
            assert reader.usp() == "1YNN"
            assert reader.page.evaluate(GPP)["Gpc"] is False


@pytest.mark.browser
def test_closing_the_faulty_banner_accepts(playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites("faulty")) as sites, visitor(playwright, browser_path, sites) as reader:
        reader.go(publisher.START_URL)
        reader.page.get_by_role("button", name="Close").click()
        assert reader.cookie("ml_consent") == "accepted"
        reader.go(publisher.START_URL)
        assert "analytics.tiktok.com" in reader.hosts_asked()


@pytest.mark.browser
def test_closing_the_corrected_banner_chooses_nothing(playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites("corrected")) as sites, visitor(playwright, browser_path, sites) as reader:
        reader.go(publisher.START_URL)
        reader.page.get_by_role("button", name="Close").click()
        assert reader.cookie("ml_consent") is None
        expect(reader.page.get_by_role("button", name="Accept All")).to_be_hidden()


@pytest.mark.browser
def test_the_corrected_opt_out_holds_and_is_undone_in_two_steps(playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites("corrected")) as sites, visitor(playwright, browser_path, sites) as reader:
        reader.go(publisher.START_URL)
        reader.page.get_by_role("link", name="Do Not Sell or Share My Personal Information").click()
        reader.page.get_by_role("button", name="Reject All").click()
        expect(reader.page.get_by_role("status")).to_contain_text("Opt-Out Request Honored")
        assert not {"_ga", "_fbp", "_gcl_au", "__gads", "_uetvid"} & {c["name"] for c in reader.context.cookies()}
        before = len(sites.asked)
        reader.go(f"{publisher.START_URL}news/night-ferry")
        assert not reader.hosts_asked(before) & TRACKERS
        assert reader.usp() == reader.cookie("usprivacy") == "1YYN"
        gpp = reader.page.evaluate(GPP)
        assert (gpp["SaleOptOut"], gpp["SharingOptOut"], gpp["Gpc"]) == (1, 1, False)
        expires = next(c["expires"] for c in reader.context.cookies() if c["name"] == "ml_consent")
        assert expires - dt.datetime.now(dt.UTC).timestamp() > 366 * 86400
        reader.page.get_by_role("link", name="Do Not Sell or Share My Personal Information").click()
        expect(reader.page.get_by_role("switch", name="Sale and Sharing")).to_have_attribute("aria-checked", "false")
        reader.page.get_by_role("button", name="Accept All").click()
        assert reader.usp() == "1YYN", "one click does not opt back in"
        reader.page.get_by_role("button", name="Yes, allow sale and sharing").click()
        assert reader.usp() == "1YNN"


@pytest.mark.browser
def test_the_corrected_edition_honours_the_signal(playwright: Playwright, browser_path: Path) -> None:
    with (
        LocalSites(publisher.sites("corrected")) as sites,
        visitor(playwright, browser_path, sites, gpc=True) as reader,
    ):
        reader.go(publisher.START_URL)
        assert not reader.hosts_asked() & TRACKERS
        assert reader.usp() == "1YYN"
        assert reader.page.evaluate(GPP)["Gpc"] is True
        measured = next(asked for asked in sites.asked if asked.host == "www.google-analytics.com")
        assert (measured.params["gcs"], measured.params["npa"]) == ("G101", "1")
        expect(reader.page.get_by_role("status")).to_contain_text("Opt-Out Request Honored")
        expect(reader.page.get_by_role("button", name="Accept All")).to_be_hidden()


@pytest.mark.browser
def test_the_corrected_list_names_every_cookie_that_is_set(playwright: Playwright, browser_path: Path) -> None:
    with LocalSites(publisher.sites("corrected")) as sites, visitor(playwright, browser_path, sites) as reader:
        reader.go(publisher.START_URL)
        reader.page.get_by_role("button", name="Accept All").click()
        reader.go(f"{publisher.START_URL}cookies")
        rows = reader.page.locator("main tbody tr").all()
        listed = {tuple(row.locator("td").all_inner_texts()[:2]) for row in rows}
        held = {(cookie["name"], cookie["domain"].lstrip(".")) for cookie in reader.context.cookies()}
        assert held <= listed
        assert listed - held == {("ml_notice", "www.morningledger.example")}
