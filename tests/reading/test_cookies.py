"""Cookies of literal jars: whose, what for, declared where, set when."""

from __future__ import annotations

from typing import Literal

from consentcheck.model.evidence import (
    Cookie,
    CookieWrite,
    Evidence,
    Jar,
    Request,
    SetCookie,
    Snapshot,
    Step,
    StorageItem,
    Visit,
)
from consentcheck.model.facts import Category, CookieFact, DeclaredCookie, Dialog
from consentcheck.reading.cookies import read_cookies
from consentcheck.reading.signals import read_signals

SITE = "https://www.paper.example/"
NOW = 1_780_000_000.0
DAY = 86_400.0


def _read(visit: Visit, *dialogs: Dialog) -> dict[str, CookieFact]:
    return {fact.name: fact for fact in read_cookies(Evidence(target=SITE, kind="live", visits=(visit,)), dialogs)}


def _cookie(name: str, value: str = "x", domain: str = ".paper.example", days: float | None = 30) -> Cookie:
    return Cookie(name=name, value=value, domain=domain, expires=None if days is None else NOW + days * DAY)


def test_party_purpose_lifetime_and_category() -> None:
    jar = Jar(
        after="0-page",
        time=NOW,
        cookies=(
            _cookie("_ga_AB12CD34", days=400),
            _cookie("_fbp", days=90),
            _cookie("session", days=None),
            _cookie("uuid2", domain=".adnxs.com"),
        ),
        storage=(StorageItem(origin="https://www.paper.example", area="local", key="theme", value="dark"),),
    )
    listed = Dialog(
        surface="cookie-list",
        categories=(
            Category(name="Performance", cookies=(DeclaredCookie(name="_ga_xxxxxxxx"),)),
            Category(name="Necessary", cookies=(DeclaredCookie(name="session"),)),
        ),
    )
    facts = _read(Visit(scenario="first-visit", final_url=SITE, jars=(jar,)), listed)
    assert {n: (f.party, f.purpose, f.lifetime_days, f.declared_as, f.storage) for n, f in facts.items()} == {
        "_ga_AB12CD34": ("first", "analytics", 400.0, "Performance", "cookie"),
        "_fbp": ("first", "advertising", 90.0, None, "cookie"),
        "session": ("first", None, 0.0, "Necessary", "cookie"),
        "uuid2": ("third", "advertising", 30.0, None, "cookie"),
        "theme": ("first", None, None, None, "local"),
    }


def test_new_renewed_and_left_behind_after_the_choice() -> None:
    def request(step: int, *cookies: SetCookie) -> Request:
        return Request(id=str(step), url="https://ib.adnxs.com/x", after_step=step, set_cookies=cookies)

    before = Jar(
        after="0-page",
        time=NOW,
        cookies=(_cookie("stale"), _cookie("renewed"), _cookie("same_again", domain="ib.adnxs.com")),
    )
    after = Jar(
        after="1-acted",
        time=NOW + 5,
        cookies=(
            *before.cookies[:1],
            _cookie("renewed", days=31),
            before.cookies[2],
            _cookie("new"),
            _cookie("refused", domain="ib.adnxs.com"),
        ),
    )
    visit = Visit(
        scenario="opt-out",
        final_url=SITE,
        steps=(Step(action="click", purpose="decline-all"), Step(action="reload", counts=False)),
        snapshots=(Snapshot(id="0-page", moment="page"), Snapshot(id="1-acted", moment="acted", after_step=1)),
        jars=(before, after),
        requests=(request(1, SetCookie(name="same_again"), SetCookie(name="refused", blocked="SameSite")),),
    )
    facts = _read(visit)
    assert {name: fact.after_choice for name, fact in facts.items()} == {
        "stale": False,
        "renewed": True,
        "same_again": True,
        "new": True,
        "refused": True,
    }


def test_records_of_an_opt_out_are_told() -> None:
    jar = Jar(
        after="0-page",
        time=NOW,
        cookies=(
            _cookie("usprivacy", "1YYN"),
            _cookie("OptanonConsent", "groups="),
            _cookie("OPTOUT", "1", ".ads.example"),
            _cookie("id", "OPT_OUT", ".doubleclick.net"),
            _cookie("IDE", "AHWqTUm", ".doubleclick.net"),
        ),
    )
    facts = _read(Visit(scenario="gpc", final_url=SITE, jars=(jar,)))
    assert [name for name, fact in facts.items() if fact.opt_out_record] == [
        "usprivacy",
        "OptanonConsent",
        "OPTOUT",
        "id",
    ]
    assert all(fact.after_choice for fact in facts.values())


def test_who_set_it_is_told_with_its_owner() -> None:
    def held(name: str, url: str, how: Literal["response", "script"] | None) -> Cookie:
        return _cookie(name).model_copy(update={"set_by": url, "set_how": how})

    cookies = (
        held("_fbp", "https://connect.facebook.net/en_US/fbevents.js?v=2", "script"),
        held("own", "https://www.paper.example/app.js", "script"),
        held("old", "https://unknown.example/p", None),
        _cookie("nobody"),
    )
    facts = _read(Visit(scenario="first-visit", final_url=SITE, jars=(Jar(after="0-page", time=NOW, cookies=cookies),)))
    assert {name: str(fact.setter or "not known") for name, fact in facts.items()} == {
        "_fbp": "a script of https://connect.facebook.net/en_US/fbevents.js (Facebook)",
        "own": "a script of https://www.paper.example/app.js (the site itself)",
        "old": "a response of https://unknown.example/p",
        "nobody": "not known",
    }


def test_what_a_script_writes_again_after_the_choice_is_renewed() -> None:
    cookies = (_cookie("again", days=None), _cookie("kept", days=None))
    write = CookieWrite(name="again", domain="paper.example", by=("https://t.example/t.js",), after_step=0)
    visit = Visit(
        scenario="opt-out",
        final_url=SITE,
        steps=(Step(action="click", purpose="decline-all"),),
        snapshots=(Snapshot(id="0-page", moment="page"), Snapshot(id="1-acted", moment="acted", after_step=0)),
        jars=(Jar(after="0-page", time=NOW, cookies=cookies), Jar(after="1-acted", time=NOW + 5, cookies=cookies)),
        cookie_writes=(write, write.model_copy(update={"name": "kept", "after_step": None})),
    )
    assert {name: fact.after_choice for name, fact in _read(visit).items()} == {"again": True, "kept": False}


def test_a_store_of_a_database_is_one_place_and_its_records_are_read() -> None:
    def entry(key: str, value: str) -> StorageItem:
        return StorageItem(origin="https://www.paper.example", area="indexeddb", key=key, value=value)

    stored = (entry("ads/ids/1", "a"), entry("ads/ids/2", "b"), entry("consent/kept/usprivacy", "1YYN"))
    visit = Visit(scenario="first-visit", final_url=SITE, jars=(Jar(after="0-page", time=NOW, storage=stored),))
    assert {n: (f.storage, f.opt_out_record) for n, f in _read(visit).items()} == {
        "ads/ids": ("indexeddb", False),
        "consent/kept": ("indexeddb", True),
    }
    signals = read_signals(Evidence(target=SITE, kind="live", visits=(visit,)))
    assert [(signal.signal, signal.says_opted_out) for signal in signals] == [("usp", True)]
