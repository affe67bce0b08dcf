"""Signals from probes, cookies, storage and requests, on the right side of the choice."""

from __future__ import annotations

import pytest

from consentcheck.model.evidence import (
    Cookie,
    Document,
    Evidence,
    Jar,
    Probe,
    Problem,
    Request,
    Snapshot,
    Step,
    StorageItem,
    Visit,
)
from consentcheck.model.facts import SignalFact, WellKnownGpc
from consentcheck.reading.signals import read_signals, read_well_known_gpc
from consentcheck.reading.signals.carried import section_ids

SITE = "https://www.paper.example/"


def _evidence(*visits: Visit) -> Evidence:
    return Evidence(target=SITE, kind="live", visits=visits)


def _said(facts: tuple[SignalFact, ...]) -> list[tuple[str, str, str, bool | None, bool]]:
    return [(f.signal, f.source, f.raw, f.says_opted_out, f.after_choice) for f in facts]


def test_probes_before_and_after_the_choice() -> None:
    visit = Visit(
        scenario="opt-out",
        final_url=SITE,
        snapshots=(Snapshot(id="0-page", moment="page"), Snapshot(id="1-acted", moment="acted", after_step=1)),
        steps=(
            Step(action="click", purpose="settings"),
            Step(action="click", purpose="save"),
        ),
        probes=(
            Probe(signal="usp", source="__uspapi", raw='{"version":1,"uspString":"1YNN"}', snapshot="0-page"),
            Probe(signal="usp", source="__uspapi", raw='{"version":1,"uspString":"1YYN"}', snapshot="1-acted"),
            Probe(
                signal="usp",
                source="__uspapi",
                raw='{"version":1,"uspString":"1YYN"}',
                snapshot="1-acted",
                frame="frame-1",
            ),
            Probe(signal="gpp", source="__gpp ping", raw="", kind="absent"),
        ),
    )
    assert _said(read_signals(_evidence(visit))) == [
        ("usp", "__uspapi", "1YNN", False, False),
        ("usp", "__uspapi", "1YYN", True, True),
    ]


def test_gpp_ping_keeps_its_status() -> None:
    raw = (
        '{"gppVersion":"1.1","cmpStatus":"loaded","signalStatus":"ready","applicableSections":[8],'
        '"gppString":"DBABBg~BVVVVVVVVVU.YA"}'
    )
    visit = Visit(scenario="gpc", final_url=SITE, probes=(Probe(signal="gpp", source="__gpp ping", raw=raw),))
    (fact,) = read_signals(_evidence(visit))
    assert fact.raw == "DBABBg~BVVVVVVVVVU.YA"
    assert fact.says_opted_out is True
    assert fact.fields["signalStatus"] == "ready"
    assert fact.fields["applicableSections"] == "8"
    assert fact.fields["usca.Gpc"] is True


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ('"signalStatus":"ready"', True),
        ('"signalStatus":"not ready"', None),
        ('"cmpStatus":"loaded","signalStatus":"not ready"', None),
        ('"cmpStatus":"loading"', None),
        ('"cmpStatus":"loaded"', True),
    ],
)
def test_a_string_that_is_not_current_says_nothing(status: str, says: bool | None) -> None:
    raw = f'{{{status},"applicableSections":[8],"gppString":"DBABBg~BVVVVVVVVVU.YA"}}'
    visit = Visit(scenario="gpc", final_url=SITE, probes=(Probe(signal="gpp", source="__gpp ping", raw=raw),))
    (fact,) = read_signals(_evidence(visit))
    assert (fact.says_opted_out, fact.valid, fact.fields["usca.SaleOptOut"]) == (says, True, 1)


@pytest.mark.parametrize(
    ("query", "body", "sections"),
    [
        ("gpp_sid=8", None, (8,)),
        ("gpp_sid=7,8", None, (7, 8)),
        ("gpp_sid=7_8", None, (7, 8)),
        ("gpp_sid=%5B7%2C%208%5D", None, (7, 8)),
        ("gpp_sid=7&gpp_sid=8", None, (7, 8)),
        ("", '{"regs":{"gpp":"x","gpp_sid":[7,8]}}', (7, 8)),
        ("", '{"regs":{"gpp_sid":["7","8"]}}', (7, 8)),
        ("gpp_sid=-1", None, ()),
        ("gpp_sid=[GPP_SID]", None, ()),
        ("gpp_sid=usca7", None, ()),
        ("x=7", None, ()),
    ],
)
def test_every_section_that_applies_is_read(query: str, body: str | None, sections: tuple[int, ...]) -> None:
    assert section_ids(Request(id="1", url=f"https://ads.example/bid?{query}", body=body)) == sections


def test_gpp_that_becomes_ready_is_seen_to() -> None:
    probes = tuple(
        Probe(signal="gpp", source="__gpp ping", raw=f'{{"signalStatus":"{status}","gppString":"DBAA"}}')
        for status in ("not ready", "ready")
    )
    facts = read_signals(_evidence(Visit(scenario="first-visit", final_url=SITE, probes=probes)))
    assert [fact.fields["signalStatus"] for fact in facts] == ["not ready", "ready"]


def test_what_was_seen_last_stands_last() -> None:
    probes = tuple(Probe(signal="usp", source="__uspapi", raw=raw) for raw in ("1YNN", "1YYN", "1YNN"))
    facts = read_signals(_evidence(Visit(scenario="gpc", final_url=SITE, probes=probes)))
    assert [fact.raw for fact in facts] == ["1YYN", "1YNN"]


def test_a_frame_of_another_site_does_not_speak_for_this_one() -> None:
    documents = (
        Document(url=SITE, html="<html></html>"),
        Document(url="https://frame.ads.example/", html="<html></html>", frame="frame-1"),
    )
    visit = Visit(
        scenario="gpc",
        final_url=SITE,
        snapshots=(Snapshot(id="0-page", moment="page", documents=documents),),
        probes=tuple(
            Probe(signal="usp", source="__uspapi", raw=raw, snapshot="0-page", frame=frame)
            for frame, raw in (("main", "1YYN"), ("frame-1", "1YNN"))
        ),
    )
    assert [fact.raw for fact in read_signals(_evidence(visit))] == ["1YYN"]


def test_cookies_and_storage_of_the_site_itself_only() -> None:
    jar = Jar(
        after="0-page",
        cookies=(
            Cookie(name="usprivacy", value="1YNN", domain=".paper.example"),
            Cookie(name="usprivacy", value="1YYN", domain=".partner.example"),
            Cookie(
                name="OptanonConsent", value="isGpcEnabled=0&groups=C0001%3A1%2CC0004%3A0", domain="www.paper.example"
            ),
            Cookie(name="theme", value="dark", domain="www.paper.example"),
        ),
        storage=(
            StorageItem(
                origin="https://www.paper.example",
                area="local",
                key="_sp_user_consent_7",
                value='{"ccpa":{"status":"rejectedAll"}}',
            ),
            StorageItem(origin="https://cdn.partner.example", area="local", key="usercentrics", value="{}"),
        ),
    )
    assert _said(read_signals(_evidence(Visit(scenario="gpc", final_url=SITE, jars=(jar,))))) == [
        ("usp", "cookie usprivacy", "1YNN", False, True),
        ("onetrust", "cookie OptanonConsent", "isGpcEnabled=0&groups=C0001%3A1%2CC0004%3A0", True, True),
        ("sourcepoint", "storage _sp_user_consent_7", '{"ccpa":{"status":"rejectedAll"}}', True, True),
    ]


def test_a_us_string_kept_in_an_object_is_read() -> None:
    value = "%7B%22uspString%22%3A%221YN-%22%2C%22optOutDate%22%3Anull%7D"
    jar = Jar(after="0-page", cookies=(Cookie(name="usprivacy", value=value, domain=".paper.example"),))
    (fact,) = read_signals(_evidence(Visit(scenario="gpc", final_url=SITE, jars=(jar,))))
    assert (fact.raw, fact.valid, fact.says_opted_out) == ("1YN-", True, False)


def test_a_record_that_cannot_be_read_is_recorded_and_says_nothing() -> None:
    jar = Jar(after="0-page", cookies=(Cookie(name="osano_consentmanager", value="t5e_8v4O", domain=".paper.example"),))
    (fact,) = read_signals(_evidence(Visit(scenario="gpc", final_url=SITE, jars=(jar,))))
    assert (fact.signal, fact.says_opted_out, fact.valid) == ("osano", None, True)


def test_parameters_of_requests() -> None:
    def request(url: str, **more: object) -> Request:
        return Request.model_validate({"id": url, "url": url, **more})

    visit = Visit(
        scenario="first-visit",
        final_url=SITE,
        requests=(
            request("https://ads.example/sync?us_privacy=1YNN&gpp=DBABBg~BVVVVVVVVVU.YA&gpp_sid=8"),
            request("https://ads.example/sync?us_privacy=${US_PRIVACY}&gpp=&usp=2"),
            request("https://other.example/hit?us_privacy=1YNN&npa=1&rdp=1"),
            request("https://www.google-analytics.com/g/collect?gcs=G100&npa=0"),
            request("https://ad.doubleclick.net/activity;src=1;npa=1;rdp=1;us_privacy=1YYN?"),
            request("https://www.facebook.com/tr/", method="POST", body="id=1&dpo=LDU&dpoco=0&dpost=0"),
            request("https://bat.bing.com/action/0?ti=1&asc=G"),
        ),
    )
    assert [(f.signal, f.source, f.raw, f.says_opted_out) for f in read_signals(_evidence(visit))] == [
        ("gpp", "request gpp", "DBABBg~BVVVVVVVVVU.YA", True),
        ("usp", "request us_privacy", "1YNN", False),
        ("google-consent-mode", "request gcs", "G100", True),
        ("google-consent-mode", "request npa", "0", False),
        ("usp", "request us_privacy", "1YYN", True),
        ("google-consent-mode", "request npa", "1", True),
        ("google-consent-mode", "request rdp", "1", True),
        ("meta-ldu", "request dpo", "dpo=LDU&dpoco=0&dpost=0", True),
        ("microsoft-uet", "request asc", "G", False),
    ]


def test_requests_count_from_the_page_load_after_the_choice() -> None:
    def request(step: int | None, raw: str) -> Request:
        return Request(id=raw, url=f"https://ads.example/?us_privacy={raw}", after_step=step)

    visit = Visit(
        scenario="opt-out",
        final_url=SITE,
        steps=(Step(action="click", purpose="decline-all"), Step(action="reload", counts=False)),
        requests=(request(None, "1YNN"), request(0, "1NNN"), request(1, "1YYN")),
    )
    assert [(f.raw, f.after_choice) for f in read_signals(_evidence(visit))] == [
        ("1YNN", False),
        ("1NNN", False),
        ("1YYN", True),
    ]


def test_a_failed_visit_says_nothing() -> None:
    visit = Visit(
        scenario="gpc",
        problems=(Problem(code="timeout", message="x"),),
        probes=(Probe(signal="gpc", source="navigator.globalPrivacyControl", raw="true"),),
    )
    assert read_signals(_evidence(visit)) == ()


def test_gpc_json_is_found_among_the_requests() -> None:
    url = "https://www.paper.example/.well-known/gpc.json"
    visit = Visit(
        scenario="first-visit",
        final_url=SITE,
        requests=(Request(id="1", url=url, status=200, response_body='{"gpc":true}'),),
    )
    found = read_well_known_gpc(_evidence(visit))
    assert isinstance(found, WellKnownGpc)
    assert (found.status, found.valid, found.gpc) == (200, True, True)
    assert read_well_known_gpc(_evidence()) is None
