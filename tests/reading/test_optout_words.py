from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.reading.optout_words import classify_opt_out, is_california_rights


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Do Not Sell or Share My Personal Information", "statutory"),
        ("DO NOT SELL OR SHARE MY PERSONAL INFORMATION", "statutory"),
        ("Do\u00a0Not Sell or\nShare My  Personal Information.", "statutory"),
        ("“Do Not Sell or Share My Personal Information”", "statutory"),
        ("Your Privacy Choices", "alternative"),
        ("YOUR PRIVACY CHOICES →", "alternative"),
        ("Your California Privacy Choices", "alternative"),
        ("Do Not Sell My Personal Information", "outdated"),
        ("Do not sell my personal information »", "outdated"),
        ("Do Not Sell/Share My Personal Information", "variant"),
        ("Do Not Sell or Share My Personal Information (CA)", "variant"),
        ("California residents: Do Not Sell or Share My Personal Information", "variant"),
        ("Do Not Sell or Share My Personal Data", "variant"),
        ("Do Not Sell/Do Not Share My Personal Information for Cross-Context Behavioral Advertising", "variant"),
        ("Do Not Sell My Personal Info", "variant"),
        ("Do Not Sell My Info (California)", "variant"),
        ("CA - Do Not Share Or Sell My Information", "variant"),
        ("Don’t Sell My Data", "variant"),
        ("Do Not Share My Personal Information", "variant"),
        ("DO NOT SELL/SHARE/TARGET", "variant"),
        ("California Do Not Sell", "variant"),
        ("Do Not Sell My Info | Acme", "variant"),
        ("Opt out of sale/sharing", "variant"),
        ("Opt-Out of the Sale or Sharing of Personal Information", "variant"),
        ("Targeted Advertising Opt-Out", "variant"),
        ("Stop selling my personal information", "variant"),
        ("Privacy Choices", "variant"),
        ("Your US Privacy Choices", "variant"),
        ("Your Privacy Choices: Opt Out of Sale/Targeted Ads", "variant"),
        ("Your Privacy Choices opens a dialog", "variant"),
        ("Your Privacy Choice", "variant"),
        ("Say No to the Sale of My Information", "variant"),
        ("I do not want my personal information sold", "variant"),
        ("Limit the Sale of My Personal Information", "variant"),
        ("Limit the Use of My Sensitive Personal Information", "limit"),
        ("Limit Use of My Sensitive Data", "limit"),
        ("Opt out", "near-synonym"),
        ("Privacy settings", "near-synonym"),
        ("Data Privacy", "near-synonym"),
        ("Cookie Settings", "near-synonym"),
        ("Manage Cookie Preferences", "near-synonym"),
        ("Exercise My Rights", "near-synonym"),
        ("Consumer privacy rights request", "near-synonym"),
        ("CCPA Opt-Out", "variant"),
        ("California Consumer Privacy Act (CCPA) Opt-Out", "variant"),
        ("Do Not Process My Personal Information", "variant"),
        ("Opt-out preferences", "near-synonym"),
        ("No vender ni compartir mi información personal", "other-language"),
        ("Sus opciones de privacidad", "other-language"),
        ("Ne pas vendre mes renseignements personnels", "other-language"),
    ],
)
def test_words_an_opt_out(text: str, kind: str):
    assert classify_opt_out(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "Your California Privacy Rights",
        "California Privacy Notice",
        "Your CA Privacy Rights/Shine the Light",
        "CA Notice at Collection",
        "Notice at Collection",
        "DAA Industry Opt Out",
        "Relevant Ads Opt-Out",
        "Digital Advertising Alliance’s opt-out tool",
        "AdChoices",
        "Ad Choices",
        "Privacy Policy",
        "Cookie Policy",
        "EU Privacy Preferences",
        "Smart Choices",
        "Best Sellers",
        "Peanut Butter Cookies",
        "Opt out of our newsletter",
        "Opt out of arbitration",
        "Do Not Sell Your House Before Reading This",
        "Please do not share your password",
        "How to share your data plan",
        "How to Put a Do Not Sell My Personal Information Link on a Bakery's Site",
        "Data Center",
        "Mi cuenta",
        "Do Not Sell My Personal Information " * 10,
    ],
)
def test_words_no_opt_out(text: str):
    assert classify_opt_out(text) is None


def test_industry_tool_is_told_by_where_it_leads():
    assert classify_opt_out("Opt out", "https://optout.aboutads.info/") is None
    assert classify_opt_out("Opt out", "https://www.networkadvertising.org/choices") is None
    assert classify_opt_out("Opt out", "https://news.example.com/opt-out") == "near-synonym"


def test_nameless_link_is_told_by_where_it_leads():
    assert classify_opt_out("here", "/do-not-sell") == "near-synonym"
    assert classify_opt_out("here", "/recipes") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Your California Privacy Rights", True),
        ("California Privacy Notice", True),
        ("Shine the Light", True),
        ("California AB1200 Information", False),
        ("California wildfire act", False),
        ("Privacy Policy", False),
    ],
)
def test_california_rights(text: str, expected: bool):
    assert is_california_rights(text) is expected


@given(st.text(max_size=300), st.none() | st.text(max_size=100))
def test_never_raises(text: str, href: str | None):
    classify_opt_out(text, href)
    is_california_rights(text)
