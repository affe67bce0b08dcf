"""A publisher's dialog as plain text, with the common defects together: each is found at its lines, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from consentcheck.engine import judge
from consentcheck.model.facts import Facts
from consentcheck.model.rule import Profile
from tests.checks.cases import TODAY, lines, pack


def _said(line: int, text: str) -> dict[str, Any]:
    return {"text": text, "where": {"line": line}}


def _control(line: int, text: str, purpose: str, role: str = "button") -> dict[str, Any]:
    return {"text": text, "purpose": purpose, "role": role, "where": {"line": line}}


LOCKED = (
    "Our certain cookies cannot be switched off, as the pages depend on them for their proper functioning and for remembering "
    "your privacy choices. They are not a “sale” of data. You can set your browser to block them, but then pages will not work as "
    "intended. See www.allaboutcookies.org for more."
)
SOLD = (
    "We use cookies to choose stories and advertisements. You may opt out of such use (and the “sale” of data that goes with it) by "
    "using this toggle. Your setting takes effect only on this browser and this website."
)
BANNER = {
    "surface": "banner",
    "passages": [
        _said(12, "We use cookies. We also share information on your visits with advertising and analytics partners.")
    ],
    "controls": [
        _control(11, "X", "close"),
        _control(12, "Do Not Sell My Personal Information", "opt-out", "link"),
        _control(13, "Accept Cookies", "accept-all"),
        _control(14, "X", "close"),
    ],
}
PREFERENCES = {
    "surface": "preferences",
    "title": "Do Not Sell My Personal Information",
    "title_where": {"line": 16},
    "passages": [
        _said(
            17,
            "Blocking cookies that keep you logged in may impact your experience. To read more, please follow this link.",
        )
    ],
    "controls": [_control(18, "Allow All Cookies", "accept-all"), _control(30, "Save Settings", "save")],
    "categories": [
        {"name": "Necessary", "kind": "necessary", "always_active": True, "passages": [_said(20, LOCKED)]},
        {
            "name": "Sale of Data, Targeting & Social Media",
            "kind": "sale",
            "kinds": ["sale", "advertising", "social"],
            "toggle": "unknown",
            "passages": [
                _said(22, "You have the right to opt-out of the sale of your data. Do so by using this toggle."),
                _said(
                    23,
                    "We have to take browser settings as a request. We would not be able to follow your interests then.",
                ),
                _said(24, "Companies may use them to show you adverts on other sites."),
                _said(25, "Social cookies let you share our content with your friends."),
                _said(26, "If you want to opt out of our subscriber lists, please submit a request at our other page."),
            ],
        },
    ],
}
COOKIE_LIST = {
    "surface": "cookie-list",
    "title": "Cookie List",
    "categories": [
        {"name": "Necessary", "kind": "necessary", "passages": [_said(40, LOCKED)]},
        {"name": "Functional", "kind": "functional", "passages": [_said(42, LOCKED)]},
        {"name": "Sale of Data", "kind": "sale", "passages": [_said(44, SOLD)]},
        {"name": "Social Media", "kind": "social", "passages": [_said(46, SOLD)]},
    ],
}
FACTS = Facts.model_validate(
    {
        "kind": "text",
        "scenarios": [{"scenario": "first-visit", "has": ["words"]}],
        "dialogs": [BANNER, PREFERENCES, COOKIE_LIST],
        "opt_out_links": [
            {
                "text": "Do Not Sell My Personal Information",
                "title_kind": "outdated",
                "placement": "banner",
                "where": {"line": 12, "surface": "banner"},
            }
        ],
        "accounts": [{"line": 17, "quote": "logged in"}],
        "page_passages": [
            _said(3, "The minister shared classified information with partners. No advertising on other sites.")
        ],
    }
)
EXPECTED: dict[str, tuple[str, str, list[int]]] = {
    "ccpa-optout-link-title": ("failed", "high", [12, 16]),
    "ccpa-optout-scope-sharing": ("failed", "high", [12, 24, 22, 44]),
    "ccpa-symmetry-banner": ("failed", "high", [13]),
    "ccpa-symmetry-preferences": ("failed", "high", [18, 30]),
    "ccpa-optout-split": ("failed", "high", [26]),
    "ccpa-symmetry-steps": ("cantTell", "high", [22, 30, 18]),
    "ccpa-optout-scope-account": ("cantTell", "high", [44, 17]),
    "ccpa-language-discourage": ("cantTell", "low", [17, 23]),
    "ccpa-language-plain": ("cantTell", "low", [20, 40, 42]),
    "ccpa-accessible": ("cantTell", "low", [17]),
    "ccpa-limit-link": ("cantTell", "info", []),
    "ccpa-cookie-tool-alone": ("cantTell", "medium", [16, 26]),
}
PASSED = {"ccpa-optout-link", "ccpa-optout-third-party-tools", "ccpa-language-double-neg", "ccpa-ask-later"}
RESULTS = {result.rule: result for result in judge(pack("ccpa"), FACTS, Profile(), TODAY, ["first-visit"], strict=True)}


@pytest.mark.parametrize("rule", EXPECTED)
def test_each_defect_is_found_at_its_lines(rule: str) -> None:
    outcome, severity, where = EXPECTED[rule]
    result = RESULTS[rule]
    assert (result.outcome, result.severity, lines(result)) == (outcome, severity, [where]), result.reason


@pytest.mark.parametrize("rule", sorted(PASSED))
def test_passes(rule: str) -> None:
    assert RESULTS[rule].outcome == "passed", RESULTS[rule].reason


@pytest.mark.parametrize("rule", sorted(set(RESULTS) - set(EXPECTED) - PASSED))
def test_nothing_else_is_found(rule: str) -> None:
    assert RESULTS[rule].outcome in ("untested", "inapplicable"), RESULTS[rule].reason


def test_every_quote_is_in_the_text_it_points_at() -> None:
    texts = {p.where.line: p.text for d in FACTS.dialogs for p in d.prose() if p.where.line != 12}
    quoted = [where for result in RESULTS.values() for finding in result.findings for where in finding.where]
    judged = [where for where in quoted if where.line in texts]
    assert len(judged) >= 10
    assert all(where.quote and where.quote in texts[where.line] for where in judged)
