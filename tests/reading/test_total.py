"""The readers of behaviour never raise, whatever the evidence holds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consentcheck.model.evidence import (
    Cookie,
    Evidence,
    Jar,
    Probe,
    Readback,
    Request,
    SetCookie,
    Snapshot,
    Step,
    StorageItem,
    Visit,
)
from consentcheck.model.words import SCENARIOS
from consentcheck.reading.choices import read_choices, read_paths
from consentcheck.reading.cookies import read_cookies
from consentcheck.reading.signals import read_signals, read_well_known_gpc
from consentcheck.reading.signals.read import COOKIES
from consentcheck.reading.traffic import read_trackers

URLS = st.sampled_from(
    [
        "https://www.paper.example/",
        "https://www.paper.example/.well-known/gpc.json",
        "https://ib.adnxs.com/x?us_privacy=1YNN&uid=%00%ff&gpp=DBABBg~",
        "https://www.facebook.com/tr?dpo=&id=",
        "http://[broken",
        "https://cdn.cookielaw.org/x.js",
        "//no-scheme",
        "",
    ]
) | st.text(max_size=30)
TEXT = st.text(max_size=40) | st.sampled_from(
    ['{"data": {"uspString": 5}}', '{"gppString": [], "pingData": 3}', "[[]]", "{", "1YNN"]
)
SIGNALS = st.sampled_from(
    ["gpc", "usp", "gpp", "tcf", "google-consent-mode", "meta-ldu", "microsoft-uet", "onetrust", "didomi"]
)
INDEX = st.none() | st.integers(-3, 5)

COOKIE = st.builds(
    Cookie,
    name=TEXT | st.sampled_from(sorted(COOKIES)),
    value=TEXT,
    domain=st.sampled_from(["www.paper.example", ".adnxs.com", ""]) | TEXT,
    expires=st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32),
)
VISIT = st.builds(
    Visit,
    scenario=st.sampled_from(SCENARIOS),
    round=st.integers(0, 2),
    final_url=URLS,
    snapshots=st.lists(
        st.builds(Snapshot, id=st.sampled_from("abc"), moment=st.just("page"), after_step=INDEX), max_size=3
    ),
    requests=st.lists(
        st.builds(
            Request,
            id=st.just("1"),
            url=URLS,
            after_step=INDEX,
            body=st.none() | TEXT,
            cookies=st.dictionaries(TEXT, TEXT, max_size=2),
            headers=st.just({"referer": "http://[x"}),
            set_cookies=st.lists(st.builds(SetCookie, name=TEXT), max_size=2),
            response_body=st.none() | TEXT,
        ),
        max_size=4,
    ),
    jars=st.lists(
        st.builds(
            Jar,
            after=st.sampled_from("abc"),
            cookies=st.lists(COOKIE, max_size=3),
            storage=st.lists(
                st.builds(StorageItem, origin=URLS, area=st.just("local"), key=TEXT, value=TEXT), max_size=2
            ),
        ),
        max_size=2,
    ),
    probes=st.lists(
        st.builds(Probe, signal=SIGNALS, source=TEXT, raw=TEXT, snapshot=st.sampled_from("abc")), max_size=3
    ),
    steps=st.lists(
        st.builds(
            Step,
            action=st.sampled_from(["click", "toggle", "reload"]),
            purpose=st.sampled_from(["save", "opt-out", None]),
        ),
        max_size=3,
    ),
    readback=st.none()
    | st.builds(Readback, toggles=st.dictionaries(TEXT, st.booleans(), max_size=3), reopened=st.booleans()),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(visits=st.lists(VISIT, max_size=3))
def test_readers_are_total(visits: list[Visit]) -> None:
    evidence = Evidence(target="https://www.paper.example/", kind="live", visits=tuple(visits))
    trackers = read_trackers(evidence)
    assert all(tracker.host for tracker in trackers)
    assert all(fact.scenario for fact in read_signals(evidence))
    read_well_known_gpc(evidence)
    assert all(fact.lifetime_days is None or fact.lifetime_days >= 0 for fact in read_cookies(evidence, ()))
    assert len(read_choices(evidence, ())) <= len(SCENARIOS)
    read_paths(evidence)
