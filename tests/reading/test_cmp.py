from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentcheck.model.evidence import Cookie, Jar, Request, StorageItem
from consentcheck.model.facts import Category, DeclaredCookie, Dialog
from consentcheck.reading.cmp import read_cmp, read_configuration
from consentcheck.reading.configurations import configuration_in_response, configurations_in_script
from tests.reading.pages import evidence, live, page, snapshot, visit

BANNER = "<div id=onetrust-banner-sdk><button id=onetrust-accept-btn-handler>Accept</button></div>"
STUB = "<script src=https://cdn.cookielaw.org/scripttemplates/otSDKStub.js></script>"


@pytest.mark.parametrize(
    ("html", "name", "confidence"),
    [
        (STUB + BANNER, "OneTrust", "high"),
        (BANNER, "OneTrust", "medium"),
        ("<script>function OptanonWrapper() {}</script>", "OneTrust", "low"),
        ("<div id=CybotCookiebotDialog></div><script src=//consent.cookiebot.com/uc.js></script>", "Cookiebot", "high"),
        ("<div id=didomi-host></div>", "Didomi", "medium"),
        (
            "<div id=sp_message_container_1></div><script src=https://cdn.privacy-mgmt.com/w.js></script>",
            "Sourcepoint",
            "high",
        ),
        ("<div class='osano-cm-window'></div>", "Osano", "medium"),
        (
            "<div id=cookie-law-info-bar></div><script src=/wp-content/plugins/cookie-law-info/x.js></script>",
            "CookieYes",
            "high",
        ),
        ("<div id=klaro></div><script>var klaroConfig = {}</script>", "Klaro", "high"),
        ("<div id=cc-main></div>", "vanilla-cookieconsent", "medium"),
        ("<div id=tarteaucitronRoot></div>", "tarteaucitron", "medium"),
        ("<div id=sliding-popup class=eu-cookie-compliance-banner></div>", "EU Cookie Compliance (Drupal)", "high"),
        ("<script src=https://sub.cmp.osano.com/a/b/osano.js></script>", "Osano", "medium"),
    ],
)
def test_names_the_consent_manager(html: str, name: str, confidence: str):
    cmp = read_cmp(page(html))
    assert cmp is not None
    assert (cmp.name, cmp.confidence) == (name, confidence)


@pytest.mark.parametrize(
    "html",
    ["", "<p>OneTrust is a vendor.</p>", "<a href=https://cdn.cookielaw.org/>x</a>", "<div class=klaro-beauty></div>",
     "<script src=https://cookielaw.org.example/x.js></script>"],
)  # fmt: skip
def test_names_none(html: str):
    assert read_cmp(page(html)) is None


def test_traffic_cookies_and_storage_name_it_too():
    request = Request(id="1", url="https://app.usercentrics.eu/browser-ui/latest/loader.js")
    item = StorageItem(origin="https://paper.test", area="local", key="uc_settings")
    seen = visit(snapshot("<p>News</p>"), requests=(request,), jars=(Jar(after="0-page", storage=(item,)),))
    assert read_cmp(evidence(seen)).name == "Usercentrics"
    assert read_cmp(evidence(seen)).confidence == "high"
    cookie = visit(jars=(Jar(after="0", cookies=(Cookie(name="_iub_cs-12345"),)),))
    assert read_cmp(evidence(cookie)).name == "iubenda"


def test_hint_counts_little_but_counts():
    assert read_cmp(evidence(visit(cmp_hint="Onetrust"))).confidence == "low"
    assert read_cmp(evidence(visit(cmp_hint="Sourcepoint-frame"))).name == "Sourcepoint"
    assert read_cmp(evidence(visit(cmp_hint="homegrown"))) is None


ONETRUST = {
    "DomainData": {
        "Groups": [
            {
                "OptanonGroupId": "C0001", "Parent": "", "GroupName": "Strictly Necessary Cookies",
                "Status": "always active", "ShowInPopup": True,
                "GroupDescription": "<p>Needed to run&nbsp;the site.</p>",
                "FirstPartyCookies": [{"Name": "sid", "Host": "paper.test", "IsSession": True, "Length": "0"}],
            },
            {
                "OptanonGroupId": "SPD_BG", "GroupName": "Sale of Personal Data", "Status": "active", "Parent": "",
                "GroupDescription": "You may opt out.",
            },
            {
                "OptanonGroupId": "C0004", "Parent": "SPD_BG", "GroupName": "Targeting Cookies", "Status": "inactive",
                "GroupDescription": "Ads.",
                "Hosts": [{"HostName": "ads.test", "Cookies": [{"Name": "uid", "Host": "ads.test", "Length": "365"}]}],
            },
            {"OptanonGroupId": "IABV2_1", "GroupName": "Store information", "IsIabPurpose": True, "Status": "active"},
        ]
    }
}  # fmt: skip


def test_onetrusts_groups():
    dialog = configuration_in_response("https://cdn.cookielaw.org/consent/1/2/en.json?x=1", json.dumps(ONETRUST))
    assert dialog is not None
    assert dialog.where.request == "https://cdn.cookielaw.org/consent/1/2/en.json"
    assert [(c.name, c.kind, c.always_active, c.toggle, c.parent) for c in dialog.categories] == [
        ("Strictly Necessary Cookies", "necessary", True, "none", None),
        ("Sale of Personal Data", "sale", False, "on", None),
        ("Targeting Cookies", "advertising", False, "off", "Sale of Personal Data"),
    ]
    assert dialog.categories[0].description == "Needed to run the site."
    assert all(category.source == "configuration" for category in dialog.categories)
    assert dialog.categories[0].cookies[0].lifetime_days == 0
    assert dialog.categories[2].cookies == (
        DeclaredCookie(name="uid", host="ads.test", duration="365 days", lifetime_days=365),
    )


@pytest.mark.parametrize("length", ["²", "", "-1", "9" * 30, None, {}, 1.5])
def test_odd_lengths_of_onetrusts_cookies_are_no_lifetime(length: object):
    group = {"GroupName": "Ads", "FirstPartyCookies": [{"Name": "uid", "Length": length}]}
    dialog = configuration_in_response("https://cdn.cookielaw.org/en.json", json.dumps({"Groups": [group]}))
    assert dialog is not None
    assert dialog.categories[0].cookies[0].lifetime_days is None


def test_cookiebots_tables():
    script = (
        "CookieConsentDialog.cookieTableNecessary = [['sid','paper.test','Keeps you','Session','HTTP Cookie','1']];"
        'CookieConsentDialog.cookieTableAdvertising = [["_fbp","Meta","Ads \\u0026 more","3 months","HTTP","1"]];'
    )
    dialog = configuration_in_response("https://consent.cookiebot.com/1/cc.js", script)
    assert dialog is not None
    assert [(c.name, c.kind, c.always_active, [x.name for x in c.cookies]) for c in dialog.categories] == [
        ("Necessary", "necessary", True, ["sid"]),
        ("Marketing", "advertising", False, ["_fbp"]),
    ]
    assert dialog.categories[1].cookies[0].description == "Ads & more"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            'var _ckyConfig = {"_categories":[{"name":"Necessary","isNecessary":true,"cookies":[{"cookieID":"x"}]},'
            '{"name":"Analytics","defaultConsent":{"gdpr":false,"ccpa":true}}]};',
            [("Necessary", True, "none"), ("Analytics", False, "on")],
        ),
        (
            "window.didomiConfig = {preferences: {categories: [{id: 'ads', name: {en: 'Advertising', fr: 'Pub'}}]}}",
            [("Advertising", False, "unknown")],
        ),
        (
            "klaroConfig = {services: [{name: 'm', title: 'Matomo', default: true}, {name: 'core', required: true}]}",
            [("Matomo", False, "on"), ("core", True, "none")],
        ),
        (
            "CookieConsent.run({categories: {necessary: {readOnly: true, enabled: true}, ads: {}}, language: {"
            "translations: {en: {preferencesModal: {sections: [{title: 'Advertising', linkedCategory: 'ads'}]}}}}})",
            [("necessary", True, "none"), ("Advertising", False, "off")],
        ),
        (
            '{"eu_cookie_compliance":{"cookie_categories_details":'
            '{"a":{"label":"Ads","checkbox_default_state":"checked"}}}}',
            [("Ads", False, "on")],
        ),
    ],
)
def test_configurations_in_scripts(script: str, expected: list[tuple[str, bool, str]]):
    (dialog,) = configurations_in_script(script)
    assert [(c.name, c.always_active, c.toggle) for c in dialog.categories] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"settingsId": "x",
             "categories": [{"label": "Essential", "isEssential": True}, {"label": "Gone", "isHidden": True}]},
            [("Essential", True)],
        ),
        (
            {"purposes": [{"name": "Ads", "legalBasisCode": "consent_optout", "allowsOptOut": True},
                          {"name": "Core", "legalBasisCode": "disclosure"}]},
            [("Ads", False), ("Core", True)],
        ),
    ],
)  # fmt: skip
def test_configurations_in_responses(body: dict[str, object], expected: list[tuple[str, bool]]):
    dialog = configuration_in_response("https://cmp.test/c.json", json.dumps(body))
    assert dialog is not None
    assert [(c.name, c.always_active) for c in dialog.categories] == expected


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "null", '{"Groups": 7}', '{"categories": [1, "x"]}', '{"purposes": [{}]}', "var x = 1"]
)
def test_other_responses_are_no_configuration(body: str):
    assert configuration_in_response("https://cmp.test/c.json", body) is None


def shown(*categories: Category) -> tuple[Dialog, ...]:
    return (Dialog(surface="preferences", categories=categories),)


def configured():
    request = Request(id="1", url="https://cdn.cookielaw.org/consent/1/2/en.json", response_body=json.dumps(ONETRUST))
    return live(BANNER, requests=(request,))


NECESSARY = Category(name="Strictly necessary cookies", description="Needed to run the site.", always_active=True)
SALE = Category(name="Sale of Personal Data", description="You may opt out.", toggle="on")


def test_configuration_that_agrees():
    published, differences = read_configuration(configured(), shown(NECESSARY, SALE))
    assert len(published) == 1
    assert published[0].scenario == "first-visit"
    assert differences == ()


@pytest.mark.parametrize(
    ("categories", "field", "name"),
    [
        ((NECESSARY.model_copy(update={"always_active": False}), SALE), "always_active", "Strictly necessary cookies"),
        (
            (NECESSARY.model_copy(update={"description": "Needed for ads."}), SALE),
            "description",
            "Strictly necessary cookies",
        ),
        (
            (NECESSARY.model_copy(update={"cookies": (DeclaredCookie(name="_fbp"),)}), SALE),
            "cookies",
            "Strictly necessary cookies",
        ),
        ((SALE,), "missing", "Strictly Necessary Cookies"),
        ((NECESSARY, SALE.model_copy(update={"name": "Selling"})), "name", "Selling"),
    ],
)
def test_configuration_that_disagrees(categories: tuple[Category, ...], field: str, name: str):
    _, differences = read_configuration(configured(), shown(*categories))
    assert [(difference.field, difference.category) for difference in differences] == [(field, name)]


def test_without_a_dialog_there_is_nothing_to_disagree_with():
    assert read_configuration(configured(), ())[1] == ()


def test_configuration_written_in_the_page():
    published, _ = read_configuration(
        page(f"<script>var _ckyConfig = {json.dumps({'_categories': [{'name': 'Ads'}]})};</script>"), ()
    )
    assert [category.name for category in published[0].categories] == ["Ads"]


KEYS = [
    "DomainData", "Groups", "GroupName", "Hosts", "Cookies", "categories", "purposes", "name", "app", "cookieID",
    "legalBasisCode", "settingsId", "_categories", "preferences", "cookies", "Length",
]  # fmt: skip
NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(NESTED)
def test_hostile_configuration_never_raises(data: object):
    configuration_in_response("https://cmp.test/c.json", json.dumps(data))
    list(configurations_in_script(f"_ckyConfig = {json.dumps(data)}; klaroConfig = {json.dumps(data)}"))
    list(configurations_in_script(json.dumps({"DomainData": data})))


def test_names_the_managers_of_the_development_corpus():
    corpus = Path(__file__).resolve().parents[2] / "../shared/corpus/pages"
    if not corpus.is_dir():
        pytest.skip("the development corpus is not here")
    expected = {
        "ot": "OneTrust",
        "cu": None,
        "cz": None,
        "cli": "CookieYes",
        "di": "Didomi",
        "dr": "EU Cookie Compliance (Drupal)",
        "ta": "TrustArc",
    }
    for path in sorted(corpus.glob("*.html")):
        name = expected.get(path.name.split("_")[0])
        cmp = read_cmp(page(path.read_text(encoding="utf-8", errors="replace")))
        if name is not None:
            assert cmp is not None, path.name
            assert cmp.name == name, path.name
