"""The region that a site took the visitor for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.model.evidence import Cookie, Evidence, Jar, Request, Visit
from consentcheck.reading.visitor_region import read_region


def told(*cookies: tuple[str, str], body: str | None = None) -> str | None:
    jar = Jar(after="0-page", cookies=tuple(Cookie(name=name, value=value) for name, value in cookies))
    request = Request(
        id="1", url="https://geolocation.onetrust.com/cookieconsentpub/v1/geo/location", response_body=body
    )
    visit = Visit(scenario="first-visit", jars=(jar,), requests=(request,))
    return read_region(Evidence(target="x", kind="live", visits=(visit,)))


@pytest.mark.parametrize(
    ("name", "value", "region"),
    [
        ("OptanonConsent", "isGpcEnabled=0&geolocation=US%3BCA&groups=C0001%3A1", "us-ca"),
        ("OptanonConsent", "geolocation=GB%3BENG", "gb"),
        ("OptanonConsent", "geolocation=%3B", None),
        ("OptanonConsent", "geolocation=US", None),
        ("CookieConsent", "{stamp:%27-1%27%2Cnecessary:true%2Cregion:%27us-06%27}", "us-ca"),
        ("CookieConsent", "{region:'us-99'}", None),
        ("other", "geolocation=US%3BCA", None),
    ],
)
def test_records(name: str, value: str, region: str | None) -> None:
    assert told((name, value)) == region


def test_the_location_service() -> None:
    assert told(body='jsonFeed({"country":"US","state":"CO"});') == "us-co"
    assert told(body="jsonFeed([1]);") is None


def test_disagreement_is_not_known() -> None:
    assert told(("OptanonConsent", "geolocation=US%3BCA"), ("CookieConsent", "{region:'us-08'}")) is None


@given(st.text())
def test_hostile_values(value: str) -> None:
    told(("OptanonConsent", value), ("CookieConsent", value), body=value)
