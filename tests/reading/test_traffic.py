"""Trackers from literal traffic: who, what it carried, what restricts it."""

from __future__ import annotations

from consentcheck.model.evidence import Cookie, Evidence, Jar, Request, Snapshot, Step, Visit
from consentcheck.model.facts import Tracker
from consentcheck.model.words import Scenario
from consentcheck.reading.traffic import read_trackers

SITE = "https://www.paper.example/"
UID = "7f3c9a51-0b6e-4f2d"


def _request(url: str, **more: object) -> Request:
    return Request.model_validate({"id": f"{url}#{more.get('time', 0)}", "url": url, **more})


def _visit(*requests: Request, scenario: Scenario = "first-visit", round: int = 0, **more: object) -> Visit:
    return Visit.model_validate(
        {"scenario": scenario, "round": round, "final_url": SITE, "pages": (SITE,), "requests": requests, **more}
    )


def _read(*visits: Visit) -> tuple[Tracker, ...]:
    return read_trackers(Evidence(target=SITE, kind="live", visits=visits))


def test_own_hosts_are_no_trackers() -> None:
    assert (
        _read(_visit(_request(SITE), _request("https://static.paper.example/app.js"), _request("data:text/plain,x")))
        == ()
    )


def test_a_sync_with_a_cookie() -> None:
    url = "https://ib.adnxs.com/setuid?entity=52&us_privacy=1YNN"
    (tracker,) = _read(
        _visit(
            _request(
                url,
                type="image",
                cookies={"uuid2": "4539183746529183746", "usprivacy": "1YNN"},
                initiators=("https://www.googletagmanager.com/gtm.js?id=GTM-1", SITE),
            )
        )
    )
    assert (tracker.host, tracker.owner, tracker.purpose) == ("ib.adnxs.com", "AppNexus", "advertising")
    assert tracker.identifiers == ("cookie:uuid2",)
    assert tracker.contradicted_by == ("us_privacy=1YNN",)
    assert tracker.restricted_by == ()
    assert tracker.url == "https://ib.adnxs.com/setuid"
    assert tracker.initiator == "https://www.googletagmanager.com/gtm.js < https://www.paper.example/"


def test_the_same_value_at_two_parties() -> None:
    trackers = _read(
        _visit(
            _request(f"https://match.adsrvr.org/track?uid={UID}"),
            _request(f"https://idsync.rlcdn.com/1.gif?partner_uid={UID}"),
            _request("https://cdn.jsdelivr.net/npm/x.js"),
        )
    )
    assert [(t.host, t.identifiers, t.shared_ids) for t in trackers] == [
        ("match.adsrvr.org", ("param:uid",), ("idsync.rlcdn.com",)),
        ("idsync.rlcdn.com", ("param:partner_uid",), ("match.adsrvr.org",)),
        ("cdn.jsdelivr.net", (), ()),
    ]


def test_an_unknown_host_with_an_advertisers_identifier_takes_part_in_advertising() -> None:
    trackers = _read(
        _visit(
            _request(f"https://match.adsrvr.org/track?uid={UID}"),
            _request(f"https://grid.example/match?uid={UID}"),
            _request("https://grid.example/other.js"),
            _request("https://static.example/app.js"),
        )
    )
    assert [(t.host, t.purpose) for t in trackers[1:]] == [
        ("grid.example", "advertising"),
        ("grid.example", "unknown"),
        ("static.example", "unknown"),
    ]


def test_consent_strings_and_cache_busters_are_no_identifiers() -> None:
    (tracker,) = _read(
        _visit(
            _request(
                "https://ads.pubmatic.com/x?gpp=DBABBg~BVVVVVVVVVU.YA&gdpr_consent=CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA"
                "&ord=8391736451982736&ts=1764000000000&w=1280&lang=en&consent_state=DBABBg~BVVVVVVVVVU.YA"
            )
        )
    )
    assert tracker.identifiers == ()
    assert tracker.restricted_by == ("gpp:usca",)


def test_a_random_value_counts_once_it_is_a_cookies_or_repeats() -> None:
    value = "a8f0c2e94b7d61350fe2"
    jar = Jar(after="0-page", cookies=(Cookie(name="_pid", value=value, domain="www.paper.example"),))
    once = _request(f"https://ads.pubmatic.com/x?k={value}")
    assert _read(_visit(once))[0].identifiers == ()
    assert _read(_visit(once, jars=(jar,)))[0].identifiers == ("param:k",)
    assert _read(_visit(once, _request(f"https://ads.pubmatic.com/x?k={value}", time=1)))[0].identifiers == ("param:k",)


def test_what_two_fresh_profiles_share_names_an_account() -> None:
    account = "https://bat.bing.com/action/0?mid=99017352&sid=5d41402abc4b2a76"
    first, second = _visit(_request(account)), _visit(_request(account), scenario="gpc")
    assert _read(first)[0].identifiers == ("param:mid", "param:sid")
    assert [tracker.identifiers for tracker in _read(first, second)] == [(), ()]


def test_a_revisit_is_no_fresh_profile() -> None:
    url = "https://bat.bing.com/action/0?sid=5d41402abc4b2a76"
    trackers = _read(_visit(_request(url), scenario="opt-out"), _visit(_request(url), scenario="revisit-after-opt-out"))
    assert [tracker.identifiers for tracker in trackers] == [("param:sid",), ("param:sid",)]


def test_bodies_are_read() -> None:
    trackers = _read(
        _visit(
            _request(
                "https://api.segment.io/v1/t",
                body='{"anonymousId": "8c1e-44aa", "page": {"url": "https://paper.example/a"}}',
            ),
            _request(
                "https://www.facebook.com/tr/", body="id=123456789012&ev=PageView&fbp=fb.1.17640.1234&dpo=LDU&dpost=0"
            ),
        )
    )
    assert [(t.host, t.identifiers, t.page_data, t.restricted_by) for t in trackers] == [
        ("api.segment.io", ("body:anonymousId",), ("url",), ()),
        ("www.facebook.com", ("body:fbp",), (), ("dpo=LDU",)),
    ]
    assert trackers[1].purpose == "advertising"


def test_page_title_and_referrer() -> None:
    (tracker,) = _read(
        _visit(
            _request(
                "https://ads.pubmatic.com/x?dt=Living+with+asthma&dl=https%3A%2F%2Fwww.paper.example%2Fhealth%2Fasthma",
                headers={"Referer": "https://www.paper.example/health/asthma"},
            ),
            snapshots=(Snapshot(id="0-page", moment="page", title="Living with asthma"),),
        )
    )
    assert tracker.page_data == ("url", "title", "referrer")


def test_a_stand_in_on_the_sites_own_host() -> None:
    trackers = _read(
        _visit(
            _request("https://sst.paper.example/g/collect?v=2&tid=G-ABC&cid=1234567890.1764000000&gcs=G111"),
            _request("https://metrics.paper.example/b/ss/paper/1/JS-2.0/s1?AQB=1"),
            _request("https://www.paper.example/collect?x=1"),
        )
    )
    assert [(t.host, t.owner, t.first_party_proxy) for t in trackers] == [
        ("sst.paper.example", "Google", True),
        ("metrics.paper.example", "Adobe", True),
    ]
    assert trackers[0].identifiers == ("param:cid",)
    assert trackers[0].contradicted_by == ("gcs=G111",)


def test_sides_of_the_choice_and_rounds() -> None:
    steps = (Step(action="click", purpose="decline-all"), Step(action="reload", counts=False))
    url = "https://ads.pubmatic.com/x"

    def round_of(number: int, *after: int | None) -> Visit:
        requests = [_request(url, after_step=step, time=i) for i, step in enumerate(after)]
        return _visit(*requests, scenario="opt-out", round=number, steps=steps)

    trackers = _read(round_of(0, None, 1), round_of(1, 0), round_of(2, 1, 1))
    assert [(t.after_choice, t.rounds, t.count) for t in trackers] == [(False, (0, 1), 2), (True, (0, 2), 3)]


def test_before_the_consent_manager() -> None:
    trackers = _read(
        _visit(
            _request("https://ads.pubmatic.com/early", time=0.1),
            _request("https://cdn.cookielaw.org/scripttemplates/otSDKStub.js", time=0.3),
            _request("https://ads.pubmatic.com/late", time=0.9),
        )
    )
    assert [(t.url.rpartition("/")[2], t.before_cmp) for t in trackers] == [
        ("early", True),
        ("otSDKStub.js", False),
        ("late", False),
    ]
    assert trackers[1].purpose == "consent"


def test_hostile_requests_make_no_trouble() -> None:
    deep = '{"a":' * 5000 + "1" + "}" * 5000
    trackers = _read(
        _visit(
            _request("http://[::broken"),
            _request("https://ads.pubmatic.com:99999/x?%ff=%00&" + "a=1&" * 2000),
            _request("https://ads.pubmatic.com/y", method="POST", body=deep),
        )
    )
    assert {tracker.host for tracker in trackers} == {"ads.pubmatic.com"}


def test_a_host_of_the_site_that_is_another_name_of_a_trackers() -> None:
    visit = _visit(
        _request("https://metrics.paper.example/id?mid=1", type="xhr"),
        _request("https://static.paper.example/app.js", type="script"),
        _request("https://plain.paper.example/x", type="xhr"),
    )
    aliases = {
        "metrics.paper.example": "paper.example.sc.omtrdc.net",
        "static.paper.example": "d1.cloudfront.net",
        "plain.paper.example": "",
    }
    found = read_trackers(Evidence(target=SITE, kind="live", visits=(visit,), aliases=aliases))
    assert [(t.host, t.owner, t.first_party_proxy) for t in found] == [("metrics.paper.example", "Adobe", True)]
