"""The CCPA pack: its traps, its dates, and what a static capture may not say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consentcheck.engine import judge
from consentcheck.model.facts import Facts, ScenarioStatus
from consentcheck.model.rule import Profile, Rule
from consentcheck.model.words import EVIDENCE_OF, SCENARIOS
from tests.checks.cases import TODAY, judged, pack

CCPA = pack("ccpa")
ACCEPT = {"text": "Accept", "purpose": "accept-all"}
DECLINE = {"text": "Decline", "purpose": "decline-all"}


def banner(*controls: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"dialogs": [{"surface": "banner", "controls": list(controls), **more}]}


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"text": "X", "purpose": "close"}, "failed"),
        ({"text": "Do Not Sell My Personal Information", "role": "link", "purpose": "opt-out"}, "failed"),
        ({"text": "Settings", "purpose": "settings"}, "failed"),
        ({"text": "Decline", "purpose": "decline-all", "visible": False}, "failed"),
        ({"text": "Decline", "purpose": "decline-all", "role": "link"}, "cantTell"),
        (DECLINE, "passed"),
    ],
)
def test_what_declines_and_what_does_not(extra: dict[str, Any], expected: str) -> None:
    assert judged("ccpa-symmetry-banner", banner(ACCEPT, extra)).outcome == expected


def test_a_decline_link_filled_like_the_accept_button_is_a_button() -> None:
    look = {"background": "rgb(0, 60, 160)"}
    facts = banner(ACCEPT | {"look": look}, DECLINE | {"role": "link", "look": look})
    assert judged("ccpa-symmetry-banner", facts).outcome == "passed"


def test_accept_and_decline_as_links_alike() -> None:
    facts = banner(ACCEPT | {"role": "link"}, DECLINE | {"role": "link"})
    assert judged("ccpa-symmetry-banner", facts).outcome == "passed"


def test_each_banner_is_judged() -> None:
    facts = {
        "dialogs": [
            {"surface": "banner", "controls": [ACCEPT, DECLINE]},
            {"surface": "banner", "controls": [ACCEPT | {"text": "Allow"}]},
            {"surface": "banner", "controls": [ACCEPT], "visible": False},
            {"surface": "banner", "controls": [ACCEPT], "scenario": "gpc"},
        ]
    }
    result = judged("ccpa-symmetry-banner", facts)
    assert (result.outcome, [w.quote for f in result.findings for w in f.where]) == ("failed", ["Allow"])


def test_a_bundle_under_one_opt_out_toggle_is_no_finding() -> None:
    bundle = {
        "name": "Sale, targeting and social",
        "kind": "sale",
        "kinds": ["sale", "advertising", "social"],
        "toggle": "on",
    }
    facts = {"dialogs": [{"surface": "preferences", "categories": [bundle]}]}
    assert judged("ccpa-bundling", facts).outcome == "inapplicable"


def test_toggles_on_by_default_are_lawful() -> None:
    switch = {
        "text": "Targeted ads",
        "label": "On",
        "role": "switch",
        "purpose": "toggle",
        "state": "on",
        "category": "Ads",
    }
    ads = {"name": "Ads", "kind": "advertising", "toggle": "on", "controls": [switch]}
    facts = Facts.model_validate(
        {
            "dialogs": [
                {"surface": "preferences", "categories": [ads], "controls": [{"text": "Save", "purpose": "save"}]}
            ],
            "scenarios": [{"scenario": "first-visit", "has": sorted(EVIDENCE_OF["live"])}],
            "opt_out_links": [
                {
                    "text": "Do Not Sell or Share My Personal Information",
                    "title_kind": "statutory",
                    "placement": "footer",
                    "target": {"opened": "dialog", "sale_control": True},
                }
            ],
        }
    )
    results = judge(CCPA, facts, Profile(), TODAY, ["first-visit"], strict=True)
    assert {r.rule for r in results if r.outcome == "failed"} <= {"ccpa-cookie-tool-alone"}


def test_the_same_title_in_header_and_footer_is_one_finding() -> None:
    links = [
        {
            "text": "Do Not Sell My Info",
            "title_kind": "outdated",
            "placement": "header",
            "where": {"selector": "header a"},
        },
        {
            "text": "DO NOT SELL MY INFO.",
            "title_kind": "outdated",
            "placement": "footer",
            "where": {"selector": "footer a"},
        },
    ]
    result = judged("ccpa-optout-link-title", {"opt_out_links": links})
    assert [len(f.where) for f in result.findings] == [2]


def test_links_of_other_scenarios_do_not_count() -> None:
    link = {"text": "Your Privacy Choices", "title_kind": "alternative", "placement": "footer", "scenario": "opt-out"}
    assert judged("ccpa-optout-link", {"opt_out_links": [link]}).outcome == "failed"


def test_a_finding_keeps_its_fingerprint_when_places_change() -> None:
    def finding(selector: str) -> str:
        link = {"text": "Do Not Sell My Info", "title_kind": "outdated", "where": {"selector": selector}}
        return judged("ccpa-optout-link-title", {"opt_out_links": [link]}).findings[0].fingerprint

    assert finding("#a-1") == finding("#b-2")


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("ccpa-symmetry-banner", dt.date(2023, 3, 28), dt.date(2023, 3, 29)),
        ("ccpa-limit-link", dt.date(2022, 12, 31), dt.date(2023, 1, 1)),
        ("ccpa-optout-link-title", dt.date(2022, 12, 31), dt.date(2023, 1, 1)),
    ],
)
def test_the_day_moves_the_outcome(rule: str, before: dt.date, after: dt.date) -> None:
    facts = banner(ACCEPT) | {"opt_out_links": [{"text": "Do Not Sell My Info", "title_kind": "outdated"}]}
    profile = Profile(sells_or_shares="yes", sensitive_pi="yes")
    assert judged(rule, facts, profile=profile, as_of=before).outcome == "inapplicable"
    assert judged(rule, facts, profile=profile, as_of=after).outcome == "failed"


def test_confirmation_is_advice_before_2026_and_a_duty_since() -> None:
    facts = {"choices": [{"scenario": "opt-out", "completed": True, "shown_off_on_reopen": False}]}
    before = judged("ccpa-optout-confirm", facts, as_of=dt.date(2025, 12, 31), scenarios=("opt-out",))
    since = judged("ccpa-optout-confirm", facts, as_of=dt.date(2026, 1, 1), scenarios=("opt-out",))
    assert (before.outcome, before.advisory, since.outcome, since.advisory) == ("cantTell", True, "failed", False)


@pytest.mark.parametrize("kind", ["text", "page"])
@pytest.mark.parametrize("rule", CCPA, ids=[rule.id for rule in CCPA])
def test_a_static_capture_never_judges_what_needs_a_browser(rule: Rule, kind: str) -> None:
    runtime = rule.evidence() & {"rendering", "traffic", "interaction"} or set(rule.scenarios()) - {"first-visit"}
    if not runtime:
        return
    worst = {
        **banner(ACCEPT, blocks_page=True),
        "kind": kind,
        "opt_out_links": [
            {"text": "Your Privacy Choices", "title_kind": "alternative", "target": {"opened": "nothing"}}
        ],
        "choices": [{"scenario": name, "completed": True, "record_says_accepted": True} for name in SCENARIOS],
    }
    assert judged(rule.id, worst).outcome == "untested"


@pytest.mark.parametrize("rule", CCPA, ids=[rule.id for rule in CCPA])
def test_a_page_with_nothing_on_it_fails_nothing_but_the_missing_link(rule: Rule) -> None:
    result = judged(rule.id, {})
    assert result.outcome != "passed"
    assert result.outcome != "failed" or rule.id == "ccpa-optout-link"


TEXT = st.text(max_size=40) | st.sampled_from(
    [
        "Do not sell or share",
        "opt out",
        "X",
        "uncheck to not opt out",
        "our certain",
        "ads on other sites",
        "rgb(0,0,0)",
        "\u202e",
    ]
)
PURPOSE = st.sampled_from(
    ["accept-all", "decline-all", "settings", "save", "close", "opt-out", "later", "toggle", "other"]
)
CONTROL = st.fixed_dictionaries(
    {"text": TEXT, "label": TEXT, "purpose": PURPOSE, "visible": st.sampled_from([True, False, None])},
    optional={
        "look": st.fixed_dictionaries({"background": TEXT, "box": st.just((0, 0, 0, 0)), "font_size": st.just(0)})
    },
)
CATEGORY = st.fixed_dictionaries(
    {
        "name": TEXT,
        "kind": st.sampled_from(["necessary", "sale", "advertising"]),
        "description": TEXT,
        "toggle": st.sampled_from(["on", "off", "unknown", "none"]),
        "controls": st.lists(CONTROL, max_size=2),
    }
)
DIALOG = st.fixed_dictionaries(
    {
        "surface": st.sampled_from(["banner", "preferences", "cookie-list", "opt-out-page"]),
        "title": TEXT,
        "passages": st.lists(st.fixed_dictionaries({"text": TEXT}), max_size=2),
        "controls": st.lists(CONTROL, max_size=4),
        "categories": st.lists(CATEGORY, max_size=2),
        "blocks_page": st.sampled_from([True, False, None]),
    }
)
LINK = st.fixed_dictionaries(
    {
        "text": TEXT,
        "title_kind": st.sampled_from(["statutory", "alternative", "outdated", "variant", "near-synonym", "limit"]),
        "placement": st.sampled_from(["header", "banner", "policy", "floating", "unknown"]),
    },
    optional={
        "look": st.fixed_dictionaries({"color": TEXT, "background": TEXT, "font_size": st.just(0)}),
        "target": st.fixed_dictionaries(
            {"opened": st.sampled_from(["dialog", "page", "nothing", "mail"]), "text": TEXT}
        ),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DIALOG, max_size=2), st.lists(LINK, max_size=2), st.lists(TEXT, max_size=2))
def test_no_facts_make_a_check_raise(dialogs: list[Any], links: list[Any], policy: list[str]) -> None:
    facts = Facts.model_validate(
        {"dialogs": dialogs, "opt_out_links": links, "policy": {"passages": [{"text": text} for text in policy]}}
    )
    statuses = tuple(ScenarioStatus(scenario=name, has=EVIDENCE_OF["live"]) for name in SCENARIOS)
    facts = facts.model_copy(update={"scenarios": statuses})
    profile = Profile(sells_or_shares="yes", sensitive_pi="yes", under16="yes", has_accounts="yes")
    for result in judge(CCPA, facts, profile, TODAY, SCENARIOS, strict=True):
        assert "${" not in result.reason
