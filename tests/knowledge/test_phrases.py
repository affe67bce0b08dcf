"""What the words of controls, categories and marks mean; and the form of the table they come from."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

import pytest
import yaml

from consentcheck.knowledge.patterns import parse_pattern
from consentcheck.knowledge.phrases import (
    is_always_active,
    is_iab_purpose,
    is_no_category,
    is_tab_row,
    kinds_of,
    plain,
    purpose_of,
)
from consentcheck.model.words import Kind, Purpose

TABLE = yaml.safe_load(files("consentcheck.knowledge").joinpath("phrases.yaml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("purpose", "labels"),
    [
        (
            "accept-all",
            "Accept|Accept All|Allow all cookies|I Accept|Got it|OK|Agree & Proceed|Yes, I agree|Continue|"
            "That's ok|Aceptar todas",
        ),
        (
            "accept-all",
            "Accept Recommended Settings|Enable all|Accept and continue to site|I understand|Allow all services",
        ),
        (
            "decline-all",
            "Decline|Reject All|Deny|Only necessary|Use necessary cookies only|Continue without accepting|"
            "I decline|No, thanks",
        ),
        (
            "decline-all",
            "Accept only essential cookies|Do not accept|Functional only|Reject non-essential|Rechazar todo|Disagree",
        ),
        (
            "decline-all",
            "Continue with technically required cookies only|Only accept technically necessary cookies|"
            "Technically necessary only",
        ),
        (
            "settings",
            "Cookie settings|Manage preferences|Customize|Show purposes|More options|Let me choose|"
            "Choose Cookies|Configurar",
        ),
        (
            "save",
            "Confirm My Choices|Save & Exit|Save settings|Accept selected|Allow selection|Save|Guardar preferencias",
        ),
        ("close", "X|×|Close|Close this dialog|Dismiss"),
        ("opt-out", "Do Not Sell or Share My Personal Information|Your Privacy Choices|Opt out|Do Not Sell My Info"),
        ("decline-all", "Nope|No to all|Only what is required|Turn all off|Skip optional cookies"),
        ("accept-all", "Sure, go ahead|That works for me|Unlock all cookies"),
        ("opt-in", "Undo opt-out|Withdraw my opt-out request|Cancel opt out"),
        ("opt-out", "Yes, opt me out|Opt out without an account|Confirm my opt-out"),
        ("later", "Continue without opting out|No, do not opt me out|Don't opt out"),
        ("other", "How to opt out|Why opt out?"),
        ("later", "Not now|Remind me later|Remind me tomorrow|Ask me next time"),
        ("policy", "Privacy Policy|Learn more|Cookie Policy|More information|Cookies Details"),
        ("other", "Subscribe|Buy now|Chocolate cookies|Your Opt Out Preference Signal is Honored|Back"),
        ("accept-all", "Count me in|Alle Cookies akzeptieren|Ich stimme zu|Tout autoriser|Accepter et fermer"),
        ("decline-all", "Not interested|Count me out|No, essential only|No, I do not agree|Opt Out of All"),
        ("decline-all", "Ablehnen|Weiter ohne Einwilligung|Nur technisch notwendige Cookies|Je refuse|Non merci"),
        ("settings", "Cookie-Einstellungen|Mehr Optionen|Paramètres des cookies|Personnaliser mes choix"),
        ("save", "Auswahl erlauben|Einstellungen speichern & schließen|Valider mes choix"),
        ("save", "Confirm & Close|Save Opt-Out Preferences|Save all|Update preferences and close"),
        ("settings", "Cookie Controls|Manage Data Preferences"),
        ("accept-all", "Accept analytics cookies|All good!|Accept them all|Godta alle|Aceitar todos os cookies"),
        ("decline-all", "Reject marketing cookies|No to optional cookies|No cookies, please|Reject all but essential"),
        ("decline-all", "Opt out of cookies|Disable tracking|Continua senza accettare|Alles weigeren"),
        ("settings", "No, let me choose|I want to choose|Choose what you share|Take me to settings|Fine-tune"),
        ("save", "Agree & Save|Keep my choices|Set preferences and close|Conferma le mie scelte"),
        ("other", "Continue with Google|Continue to checkout|Accept the terms and conditions"),
        ("other", "Not interested in this offer|Count me in for the draw|Opt-Out Request Honored"),
    ],
)
def test_purposes(purpose, labels):
    assert {label: purpose_of(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), purpose)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Strictly Necessary Cookies", ("necessary",)),
        ("Sale of Personal Data, Targeting & Social Media Cookies", ("sale", "advertising", "social")),
        ("Performance (or Analytics) Cookies", ("analytics",)),
        ("Functional/Performance Cookies", ("functional", "analytics")),
        ("Non-necessary", ()),
        ("Preferences", ("functional",)),
        ("Cookies publicitarias", ("advertising",)),
        ("Unclassified", ("unclassified",)),
        ("Communications", ()),
        ("Targeted Advertising, Sale and Sharing", ("sale", "advertising")),
        ("Targeted Advertising & Data Sharing", ("sale", "advertising")),
        ("Advertising & Social Sharing", ("advertising", "social")),
        ("Data Sales and Sharing", ("sale",)),
        ("Core Functionality", ("necessary",)),
        ("Fraud Prevention", ("necessary",)),
        ("Session Replay", ("analytics",)),
        ("Advertising Cookies (Sale/Share)", ("advertising", "sale")),
        ("Funktionelle Cookies", ("functional",)),
        ("Publicité ciblée", ("advertising",)),
        ("Share on social networks", ("social",)),
        ("Load Balancing", ("necessary",)),
        ("Affiliate", ("advertising",)),
        ("External Media", ()),
        ("Not categorised", ("unclassified",)),
    ],
)
def test_kinds_of_category_names(name, kinds):
    assert kinds_of(name) == kinds


def test_marks_titles_tabs_and_iab_purposes():
    assert is_always_active("Always Active")
    assert is_always_active("Siempre activas")
    assert not is_always_active("Active")
    assert is_no_category("Manage Consent Preferences")
    assert is_no_category("Switch Label label")
    assert not is_no_category("Targeting Cookies")
    assert not is_no_category("Use of Sensitive Personal Information")
    assert is_no_category("Use this switch to turn it off")
    assert is_tab_row("Cookie Preferences Cookie List")
    assert not is_tab_row("Cookie Preferences")
    assert is_iab_purpose("Store and/or access information on a device")
    assert not is_iab_purpose("Analytics cookies")


def test_words_without_punctuation():
    assert plain("  “Don’t” sell/share — my Info! ") == ("don't", "sell", "share", "my", "info")


@pytest.mark.parametrize("text", ["", "(only) (options)", "(*)", "a||b", "broken(", "(a b"])
def test_patterns_that_cannot_be_read(text):
    with pytest.raises(ValueError, match=r"."):
        parse_pattern(text)


def test_the_table_is_well_formed():
    assert set(TABLE["purposes"]) <= set(get_args(Purpose))
    assert set(TABLE["kinds"]) <= set(get_args(Kind))
    for lines in [*TABLE["purposes"].values(), TABLE["not_categories"], TABLE["always_active"]]:
        for line in lines:
            assert parse_pattern(line)
            assert line == line.lower() or "|" in line
    names = [name for names in TABLE["kinds"].values() for name in names]
    assert all(plain(name) for name in names)
    assert all(words == words.lower() for words in TABLE["consent_words"]["strong"] + TABLE["consent_words"]["context"])


def test_a_remark_in_parentheses_may_be_left_out_of_a_buttons_words() -> None:
    assert purpose_of("Accept all (the whole experience)") == "accept-all"
    assert purpose_of("Reject (non-essential)") == "decline-all"
    assert purpose_of("Don’t enable") == "decline-all"
    assert purpose_of("Newsletter (weekly)") == "other"
    assert purpose_of("(Accept all)" * 2_000) == "other"


def test_no_key_of_the_table_stands_twice():
    def keys(node):
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            assert sorted(names) == sorted(set(names))
            for _, value in node.value:
                keys(value)

    keys(yaml.compose(files("consentcheck.knowledge").joinpath("phrases.yaml").read_text("utf-8")))
