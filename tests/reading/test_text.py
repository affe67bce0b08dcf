"""Consent dialogs read from plain text."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from consentcheck.knowledge.phrases import purpose_of
from consentcheck.reading.pieces import pieces
from consentcheck.reading.text import MOST_DIALOGS, read_text

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"

LAYERS = """Minister shares biscuits with the press

The minister said that sharing is a choice. Read more: the choice.

X
We use cookies on this website and share what you read with partners. Learn More / Do Not Sell My Personal Information
Accept Cookies
Cookie Preferences Cookie List

Do Not Sell My Personal Information

Here you choose which cookies this website keeps. For more, follow this link.

Allow All Cookies

Manage Consent Preferences

Strictly Necessary Cookies - Always Active

These cookies run the site and watch how well it does.

Sale of Personal Data & Social Media Cookies

You may opt out of the sale by using this switch.

They may be set by networks that you visit elsewhere.

Save Settings
Cookie Preferences Cookie List

Cookie List

A cookie is a small file that a website keeps with you, as was said above.

Strictly Necessary Cookies

These cookies run the site and watch how well it does.

Social Media Cookies

These cookies run the site and watch how well it does."""


def test_layers_of_a_text_with_their_lines():
    banner, preferences, listing = read_text(LAYERS)
    assert [(d.surface, d.title, d.title_where.line) for d in (banner, preferences, listing)] == [
        ("banner", "", None),
        ("preferences", "Do Not Sell My Personal Information", 10),
        ("cookie-list", "Cookie List", 31),
    ]
    assert [(c.text, c.purpose, c.where.line) for c in banner.controls] == [
        ("X", "close", 5),
        ("Learn More", "policy", 6),
        ("Do Not Sell My Personal Information", "opt-out", 6),
        ("Accept Cookies", "accept-all", 7),
    ]
    assert [(c.text, c.purpose) for c in preferences.controls] == [
        ("Allow All Cookies", "accept-all"),
        ("Save Settings", "save"),
    ]
    assert [
        (c.name, c.always_active, c.toggle, c.where.line, [p.where.line for p in c.passages])
        for c in preferences.categories
    ] == [
        ("Strictly Necessary Cookies", True, "none", 18, [20]),
        ("Sale of Personal Data & Social Media Cookies", False, "unknown", 22, [24, 26]),
    ]
    assert preferences.categories[1].kinds == ("sale", "social")
    assert [(c.name, c.always_active, c.where.line) for c in listing.categories] == [
        ("Strictly Necessary Cookies", False, 35),
        ("Social Media Cookies", False, 39),
    ]
    assert any("follow this link" in p.text for p in preferences.passages)


def test_nothing_of_an_article_is_a_dialog():
    assert read_text("\n".join(LAYERS.split("\n")[:4])) == ()
    assert (
        read_text("How websites use cookies\n\nWebsites use cookies to know you again. The law has views on cookies.")
        == ()
    )


def test_glued_text_is_cut_where_elements_were():
    text = (
        "We use cookies on this website to learn what is read.Reject All Accept All CookiesPrivacy Preference "
        "CenterWhen you visit us, cookies are kept.More informationAllow All Manage Consent PreferencesStrictly "
        "Necessary CookiesAlways ActiveThese cookies run the site.Sale of Personal Data  Sale of Personal Data "
        "You may opt out of the sale here.Targeting Cookies  Switch Label labelThese cookies follow you "
        "about.Back ButtonCookie List Search IconFilter IconClear checkbox label labelApply CancelConsent "
        "Leg.Interest checkbox label label Confirm My Choices"
    )
    banner, preferences = read_text(text)
    assert [(c.text, c.purpose) for c in banner.controls] == [
        ("Reject All", "decline-all"),
        ("Accept All Cookies", "accept-all"),
    ]
    assert [(c.text, c.purpose) for c in preferences.controls] == [
        ("More information", "policy"),
        ("Allow All", "accept-all"),
        ("Confirm My Choices", "save"),
    ]
    assert [(c.name, c.always_active, c.parent, c.description) for c in preferences.categories] == [
        ("Strictly Necessary Cookies", True, None, "These cookies run the site."),
        ("Sale of Personal Data", False, None, "You may opt out of the sale here."),
        ("Targeting Cookies", False, "Sale of Personal Data", "These cookies follow you about."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Save Settings", ["Save Settings"]),
        ("Deny Allow all Show details", ["Deny", "Allow all", "Show details"]),
        (
            "Accept Cookies Do Not Sell My Personal Information",
            ["Accept Cookies", "Do Not Sell My Personal Information"],
        ),
        ("Close Cookie Preferences", ["Close", "Cookie Preferences"]),
        ("Cookie Preferences Cookie List", ["Cookie Preferences Cookie List"]),
        ("LegalZoom and YouTube know McDonald", ["LegalZoom and YouTube know McDonald"]),
        ("Yes, I Agree", ["Yes, I Agree"]),
        ("Agree & Close Preferences", ["Agree & Close", "Preferences"]),
        ("Accept Recommended Settings", ["Accept Recommended Settings"]),
        ("Agree and Proceed Cookie Preferences", ["Agree and Proceed", "Cookie Preferences"]),
        ("Opt out Save", ["Opt out", "Save"]),
        (
            "Accept All Deny Essential Functional Marketing",
            ["Accept All", "Deny", "Essential", "Functional", "Marketing"],
        ),
        ("Continue without accepting Settings or reject", ["Continue without accepting", "Settings or reject"]),
        ("Allow All Cookie Categories", ["Allow All", "Cookie Categories"]),
        ("Accept Decline X", ["Accept", "Decline", "X"]),
        ("OK Privacy policy", ["OK", "Privacy policy"]),
        ("View our Privacy Policy", ["View our Privacy Policy"]),
        ("Reading Cookies InactiveCounts pages.", ["Reading Cookies Inactive", "Counts pages."]),
        ("We use ActiveCampaign", ["We use ActiveCampaign"]),
        ("Disable All Manage Trackers", ["Disable All", "Manage Trackers"]),
        ("Agree & Close Just the essentials", ["Agree & Close", "Just the essentials"]),
        ("Accept Essential Only Accept and Continue", ["Accept Essential Only", "Accept and Continue"]),
        ("Okay No Customize", ["Okay", "No", "Customize"]),
        ("No thanks Yes, I agree", ["No thanks", "Yes, I agree"]),
        ("Save Opt-Out Preferences Decline", ["Save Opt-Out Preferences", "Decline"]),
        ("Change Settings Consent Manager", ["Change Settings", "Consent Manager"]),
        ("Data Sales and Sharing On Marketing Off", ["Data Sales and Sharing", "On", "Marketing", "Off"]),
        ("Targeting / Advertising Cookies Yes No", ["Targeting / Advertising Cookies", "Yes No"]),
        ("Advertising (Sale/Share) On Analytics Off", ["Advertising (Sale/Share)", "On", "Analytics", "Off"]),
        ("Opt-Out Preferences", ["Opt-Out Preferences"]),
        ("Yes, I Agree No, I Do Not Agree", ["Yes, I Agree", "No, I Do Not Agree"]),
        ("Count me in Not interested", ["Count me in", "Not interested"]),
        ("OK Use necessary cookies only Allow selection", ["OK", "Use necessary cookies only", "Allow selection"]),
        ("Let me choose That’s OK", ["Let me choose", "That’s OK"]),
        ("Alle akzeptieren Ablehnen Einstellungen", ["Alle akzeptieren", "Ablehnen", "Einstellungen"]),
    ],
)
def test_rows_of_buttons(text, expected):
    assert [p.text for p in pieces(text)] == expected


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed is not here")
def test_the_seed_is_read_as_its_model_says():
    model = json.loads((SEED / "expected.json").read_text("utf-8"))["model"]
    text = next(SEED.glob("*.txt")).read_text("utf-8")
    banner, preferences, listing = read_text(text)
    assert [d.surface for d in (banner, preferences, listing)] == ["banner", "preferences", "cookie-list"]
    wanted = model["preference_center"]
    assert preferences.title == wanted["title"]
    assert [c.text for c in preferences.controls if c.purpose in {"accept-all", "save"}] == wanted["buttons"]
    assert [(c.name, c.always_active, [p.where.line for p in c.passages]) for c in preferences.categories] == [
        (c["name"], c["always_active"], c.get("desc_lines") or [c["desc_line"]]) for c in wanted["categories"]
    ]
    assert [
        (c.name, c.where.line, [p.where.line for p in c.passages], list(c.cookies)) for c in listing.categories
    ] == [(c["name"], c["heading_line"], [c["desc_line"]], c["cookies"]) for c in model["cookie_list"]["categories"]]
    assert [c.text for c in banner.controls if c.purpose == "accept-all"] == model["banner"]["buttons"]
    assert [c.text for c in banner.controls if c.purpose in {"policy", "opt-out"}] == model["banner"]["links"]
    assert [c.where.line for c in banner.controls if c.purpose == "close"] == [35, 38]
    lines = [c.where.line for d in (banner, preferences, listing) for c in (*d.controls, *d.passages)]
    assert min(lines) >= 35


def test_a_row_of_switches_without_descriptions_names_its_categories():
    for names in ("Necessary\nPreferences\nStatistics\nMarketing", "Essential\nMarketing\nPersonalization\nAnalytics"):
        (dialog,) = read_text(
            f"This website uses cookies\nWe use cookies to count visits here.\n{names}\nDeny\nAllow selection\nAllow all"
        )
        assert [c.name for c in dialog.categories] == names.split("\n")
        assert [c.purpose for c in dialog.controls] == ["decline-all", "save", "accept-all"]


def test_buttons_that_were_glued_to_prose_or_to_each_other():
    for text, known in (
        (
            "We use cookies on this website to count its readers. Cookie SettingsACCEPT",
            {"Cookie Settings": "settings", "ACCEPT": "accept-all"},
        ),
        (
            "We use cookies on this website.\nAccept Deny View preferences Save preferences",
            {"Accept": "accept-all", "Deny": "decline-all", "View preferences": "settings", "Save preferences": "save"},
        ),
        (
            "We use cookies on this website.\nCustomise Reject All Accept All",
            {"Customise": "settings", "Reject All": "decline-all", "Accept All": "accept-all"},
        ),
        (
            "We and our partners use cookies on this website.\nLearn More →Disagree and closeAgree and close",
            {"Learn More →": "policy", "Disagree and close": "decline-all", "Agree and close": "accept-all"},
        ),
    ):
        assert {c.text: c.purpose for d in read_text(text) for c in d.controls} == known


def test_a_heading_and_its_switchs_label_in_one_run_are_one_name():
    (dialog,) = read_text(
        "We use cookies on this website.\nFunctional Functional Always active\nThe storage is needed for the service asked for.\n"
        "Marketing Marketing\nThe storage is used to choose advertising.\nAccept\nDeny"
    )
    assert [(c.name, c.always_active) for c in dialog.categories] == [("Functional", True), ("Marketing", False)]


def test_a_text_of_endless_dialogs_gives_the_first_of_them() -> None:
    text = "Accept All\nStrictly Necessary Cookies\nAlways Active\nYou may opt out of the sale.\n" * 200
    dialogs = read_text(text)
    assert len(dialogs) == MOST_DIALOGS
    assert dialogs[0].controls[0].where.line == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use cookies. Reject All Cookie Preferences", ["Reject All", "Cookie Preferences"]),
        ("We bake. Save Do Not Sell My Personal Information", ["Save", "Do Not Sell My Personal Information"]),
        ("We bake. Continue to SiteOpt-Out Preferences", ["Continue to Site", "Opt-Out Preferences"]),
        ("We use cookies for ads. I'm OK with that Not now", ["I'm OK with that", "Not now"]),
        ("We like it. Analytics Analytical cookies count visits.", ["Analytics", "Analytical cookies count visits."]),
        ("We like it. Social networking These cookies share.", ["Social networking", "These cookies share."]),
    ],
)
def test_a_label_ends_where_the_next_begins(text: str, expected: list[str]) -> None:
    assert [p.text for p in pieces(text)][1:] == expected


def test_a_count_of_cookies_may_stand_between_a_name_and_its_text() -> None:
    text = "We use cookies. Statistics  9  Statistic cookies help us. Marketing  30  Marketing cookies track visitors. Deny  Allow all"
    (dialog,) = read_text(text)
    assert [c.name for c in dialog.categories] == ["Statistics", "Marketing"]


def test_short_words_that_begin_with_i_accept_nothing_of_themselves() -> None:
    assert purpose_of("I want to choose") == "settings"
    assert purpose_of("I'm OK with cookies") == "accept-all"


def test_two_words_for_saving_are_one_button() -> None:
    assert purpose_of("Save and Submit") == "save"


def test_the_name_of_a_managers_own_cookie_is_no_button():
    said = (
        "We use cookies on this site.\nNecessary\nThey keep the site running, so they are needed.\nCookieConsent\n"
        "Keeps your answer for this site.\n1 year\nMarketing\nThey show what you may like.\nDeny\nAllow selection\nAllow all"
    )
    assert [c.text for d in read_text(said) for c in d.controls] == ["Deny", "Allow selection", "Allow all"]


def test_a_text_of_nothing_but_answers_titles_and_names_takes_no_more_than_its_length():
    rows = (
        "Accept\ncookies\nsale\nalways active\nPerformance Cookies {}\nThey count visits to the pages of this site.\n"
    )
    times = []
    for count in (500, 4000):
        text = "".join(rows.format(n) for n in range(count))
        began = time.process_time()
        read_text(text)
        times.append(time.process_time() - began)
    assert times[1] < 24 * times[0] + 0.5
