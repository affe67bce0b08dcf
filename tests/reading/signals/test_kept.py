"""Records of consent managers in the shapes in which they are kept: opted out, not opted out, and silent."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.knowledge.records import known_record
from consentcheck.model.evidence import Cookie, Evidence, Jar, StorageItem, Visit
from consentcheck.reading.signals import read_signals
from consentcheck.reading.signals.kept import decode_kept

SITE = "https://www.paper.example/"
KETCH = {"analytics": {"status": "granted"}, "targeted_advertising": {"status": "denied"}}
KEPT_MAIL = {"purposes": {"behavioral_advertising": {"allowed": "false"}, "email_marketing": {"allowed": "true"}}}


def _base64(value: object) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    ("key", "raw", "says"),
    [
        ("cookieyes-consent", "consentid:aB1,consent:no,action:yes,necessary:yes,analytics:no,advertisement:no", True),
        ("cookieyes-consent", "consentid%3AaB1%2Cconsent%3Ayes%2Caction%3Ayes%2Cadvertisement%3Ayes", False),
        ("cookieyes-consent", "consentid:aB1,consent:,action:,necessary:,analytics:,advertisement:", None),
        ("cmplz_marketing", "deny", True),
        ("cmplz_marketing", "allow", False),
        ("TERMLY_API_CACHE", '{"TERMLY_COOKIE_CONSENT":{"value":{"advertising":false,"analytics":true}}}', True),
        (
            "TERMLY_API_CACHE",
            '{"TERMLY_COOKIE_CONSENT":{"value":{"advertising":true}},"x":{"advertising":false}}',
            False,
        ),
        ("TERMLY_COOKIE_CONSENT", '{"advertising": false, "essential": true}', True),
        ("_ketch_consent_v1_", _base64(KETCH), True),
        ("_ketch_consent_v1_", _base64({"targeted_advertising": {"status": "granted"}}), False),
        ("_ketch_consent_v1_", _base64({"analytics": {"status": "denied"}}), None),
        ("_swb_consent_", _base64({"interactive": False, "purposes": {"ads": {"allowed": "true"}}}), False),
        ("_swb_consent_", _base64({"purposes": {"behavioral_advertising": {"allowed": "false"}}}), True),
        ("_swb_consent_", _base64(KEPT_MAIL), True),
        ("_swb_consent_", _base64({"purposes": {"data_sharing": {"allowed": "true"}, **KEPT_MAIL["purposes"]}}), None),
        ("klaro", "%7B%22matomo%22%3Atrue%2C%22advertising-pixel%22%3Afalse%7D", True),
        ("klaro", '{"matomo": false}', None),
        ("klaro", '{"salesforce": true, "supermarket": true, "sharepoint": true}', None),
        ("cc_cookie", '{"categories":["necessary","marketing"],"revision":0}', False),
        ("cc_cookie", '{"categories":["necessary"],"revision":0}', None),
        ("cc_cookie", '{"categories":["necessary"],"services":{"necessary":[],"analytics":[]}}', None),
        ("cc_cookie", '{"categories":["necessary"],"services":{"necessary":[],"ads":[]}}', True),
        ("cc_cookie", '{"categories":["necessary","ads"],"services":{"necessary":[],"ads":[]}}', False),
        ("_iub_cs-41234567", '{"timestamp":"2026-05-01","purposes":{"1":true,"4":true,"5":false},"id":41234567}', True),
        ("_iub_cs-41234567", '{"timestamp":"2026-05-01","purposes":{"1":true,"5":true}}', False),
        ("_iub_cs-41234567", '{"timestamp":"2026-05-01","purposes":{"1":true,"4":true}}', None),
        ("_iub_cs-41234567-uspr", '{"s":true,"sh":true,"adv":true}', False),
        ("_iub_cs-41234567-uspr", '{"s":false,"sh":false,"adv":false}', True),
        ("tcm", '{"purposes":{"SaleOfInfo":false,"Functional":false,"Advertising":false},"confirmed":true}', True),
        ("tcm", '{"purposes":{"SaleOfInfo":"Auto","Functional":"Auto","Advertising":"Auto"},"confirmed":false}', None),
        ("tcm", '{"purposes":{"SaleOfInfo":"Auto","Advertising":false},"confirmed":true}', None),
        ("tcmConsent", '{"purposes":{"SaleOfInfo":false,"Advertising":false,"Analytics":true},"confirmed":true}', True),
        ("tcmConsent", '{"purposes":{"SaleOfInfo":false,"Advertising":true},"confirmed":true}', False),
        ("_tracking_consent", '{"con":{"CMP":{"a":"","m":"","p":"","s":"0"}},"v":"2.1","region":"USCA"}', True),
        ("_tracking_consent", '{"con":{"CMP":{"a":"1","m":"1","p":"1","s":"1"}},"v":"2.1"}', False),
        ("_tracking_consent", '{"con":{"CMP":{"a":"","m":"","p":"","s":""}},"v":"2.1"}', None),
        ("_tracking_consent", '{"lim":["GDPR"],"v":"2.0","con":{"GDPR":""},"reg":"CCPA"}', None),
        ("_tracking_consent", "3.AMPS_USVA_f_t_-DlBBsijT9252dNjR-wT4w", None),
        ("_tracking_consent", "3AMPs.AMP_USCA_f_t_-DlBBsijT9252dNjR-wT4w", True),
        ("_tracking_consent", "3AMPS.AMPS_USCA_f_t_-DlBBsijT9252dNjR-wT4w", False),
        ("__hs_cookie_cat_pref", "1:true,2:false,3:true", True),
        ("__hs_cookie_cat_pref", "1:true_2:true_3:true", False),
        ("__hs_opt_out", "yes", True),
        ("__hs_opt_out", "no", None),
    ],
)
def test_what_a_record_says(key: str, raw: str, says: bool | None) -> None:
    found = decode_kept(key, raw)
    assert found.says_opted_out is says
    assert known_record(key).name in found.meaning  # type: ignore[union-attr]


def test_every_record_names_its_source() -> None:
    for key in ("cookieyes-consent", "_iub_cs-1", "tcm", "__hs_opt_out"):
        row = known_record(key)
        assert row is not None
        assert row.source


def test_the_sites_own_cookies_and_storage_are_read() -> None:
    jar = Jar(
        after="0-page",
        cookies=(
            Cookie(name="cmplz_marketing", value="deny", domain=".paper.example"),
            Cookie(name="cmplz_marketing", value="allow", domain=".other.example"),
        ),
        storage=(
            StorageItem(origin="https://www.paper.example", area="local", key="klaro", value='{"ads-sale":true}'),
        ),
    )
    visit = Visit(scenario="first-visit", final_url=SITE, jars=(jar,))
    found = read_signals(Evidence(target=SITE, kind="live", visits=(visit,)))
    assert [(fact.signal, fact.source, fact.says_opted_out) for fact in found] == [
        ("consent-record", "cookie cmplz_marketing", True),
        ("consent-record", "storage klaro", False),
    ]


@given(st.text(max_size=300) | st.recursive(st.booleans() | st.text(max_size=4), st.lists).map(json.dumps))
def test_no_value_breaks_it(raw: str) -> None:
    assert decode_kept("klaro", raw).meaning
