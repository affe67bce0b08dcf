"""Texts whose elements lost the edges between them, cut into labels and prose again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.reading.rows import cut_rows, unglued_words
from consentcheck.reading.text import read_text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "Baking needs crumbs. Privacy Policy Preferences Decline Accept",
            ["Baking needs crumbs.", "Privacy Policy", "Preferences", "Decline", "Accept"],
        ),
        (
            "Functional Cookies Remember the oven. Yes No Advertising Cookies Sell you flour. Submit Preferences Cancel",
            [
                "Functional Cookies",
                "Remember the oven.",
                "Yes No",
                "Advertising Cookies",
                "Sell you flour.",
                "Submit Preferences",
                "Cancel",
            ],
        ),
        (
            "Essential Services Always On Behavioral Advertising On Product Enhancement Off",
            ["Essential Services", "Always On", "Behavioral Advertising", "On", "Product Enhancement", "Off"],
        ),
        ("Yes, I Agree No, Thanks", ["Yes, I Agree", "No, Thanks"]),
        ("Aceptar todas Rechazar todas Configurar cookies", ["Aceptar todas", "Rechazar todas", "Configurar cookies"]),
        ("Social Media cookies are set by the bakery.", ["Social Media cookies are set by the bakery."]),
        ("Your Privacy Choices", ["Your Privacy Choices"]),
        ("Allow Sale of My Data for Targeted Advertising", ["Allow Sale of My Data for Targeted Advertising"]),
        (
            "You cannot refuse our Strictly Necessary Cookies as they run the oven.",
            ["You cannot refuse our Strictly Necessary Cookies as they run the oven."],
        ),
        (
            "Accept only essential cookies Individual Privacy Preferences",
            ["Accept only essential cookies", "Individual Privacy Preferences"],
        ),
    ],
)
def test_labels_are_cut_from_prose_and_from_each_other(text: str, pieces: list[str]):
    assert cut_rows(text) == pieces


def test_words_of_capitals_that_were_glued_together_are_cut():
    assert unglued_words("OPTIONSDISAGREEAGREE") == ["OPTIONS", "DISAGREE", "AGREE"]
    assert unglued_words("PREFERENCES") == ["PREFERENCES"]
    assert unglued_words("BAKERY") == ["BAKERY"]


def read(text: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Words of the controls by purpose, and each category's state."""
    dialogs = read_text(text)
    controls: dict[str, list[str]] = {}
    for control in (c for d in dialogs for c in d.controls):
        controls.setdefault(control.purpose, []).append(control.text)
    states = {c.name: "locked" if c.always_active else c.toggle for d in dialogs for c in d.categories}
    return controls, states


def test_a_list_of_switches_with_their_positions():
    controls, states = read(
        "Cookie Preferences We keep cookies for you. Essential Always On Keeps the oven lit. Analytics On Counts loaves."
        " Marketing Off Shows you buns elsewhere. Reject All Accept All Save Choices"
    )
    assert states == {"Essential": "locked", "Analytics": "on", "Marketing": "off"}
    assert controls == {"decline-all": ["Reject All"], "accept-all": ["Accept All"], "save": ["Save Choices"]}


def test_names_that_could_be_buttons_are_names_among_names():
    controls, states = read(
        "This bakery uses cookiesThey season the site.Consent SelectionNecessary Preferences Statistics Marketing Show details"
        "Deny Allow selection Allow all"
    )
    assert list(states) == ["Necessary", "Preferences", "Statistics", "Marketing"]
    assert controls["settings"] == ["Show details"]
    assert (controls["decline-all"], controls["save"], controls["accept-all"]) == (
        ["Deny"],
        ["Allow selection"],
        ["Allow all"],
    )


def test_a_switch_whose_positions_are_words_of_decision_is_no_button():
    controls, states = read(
        "Choose what the cookies may do. Analytics Agree Disagree Personalized advertising Agree Disagree Save Agree to all"
        " Disagree to all"
    )
    assert list(states) == ["Analytics", "Personalized advertising"]
    assert controls == {"save": ["Save"], "accept-all": ["Agree to all"], "decline-all": ["Disagree to all"]}


def test_places_that_a_template_left_unfilled_part_its_elements():
    controls, _ = read(
        "Manage Consent We use cookies to bake.  Manage {count} bakers Accept Deny View preferences {title}"
    )
    assert controls["accept-all"] == ["Accept"]
    assert controls["decline-all"] == ["Deny"]


def test_a_short_text_that_asks_is_a_dialog_without_the_usual_words():
    controls, _ = read(
        "May we count the loaves you look at? You can withdraw your consent. Let me choose I decline That's ok"
    )
    assert set(controls) == {"settings", "decline-all", "accept-all"}


def test_a_button_before_another_layers_title_is_no_title():
    controls, _ = read(
        "We use cookies to bake.Accept AllReject AllShow PurposesAbout Your PrivacyHere you choose what cookies we keep."
        "Strictly Necessary CookiesAlways ActiveThey light the oven.Confirm My Choices"
    )
    assert controls["settings"] == ["Show Purposes"]


def test_a_name_of_one_word_that_says_no_kind_is_known_by_its_repetition():
    _, states = read(
        "Privacy Preference CenterHere you choose what cookies we keep.Strictly Necessary CookiesAlways ActiveThey light the"
        " oven.Letters  Letters We write to you when a loaf is done.Confirm My Choices"
    )
    assert states == {"Strictly Necessary Cookies": "locked", "Letters": "unknown"}


def test_a_position_that_stands_behind_the_description():
    _, states = read(
        "Cookie Preferences We use cookies. Functional Cookies They remember your loaf. ON Advertising Cookies They show you"
        " buns. OFF Submit Preferences"
    )
    assert states == {"Functional Cookies": "on", "Advertising Cookies": "off"}


def test_settings_at_the_end_of_a_banner_are_a_button_though_prose_follows():
    controls, _ = read(
        "This bakery uses cookies for a better taste.\nACCEPT ALL COOKIES\nCOOKIE SETTINGS\n\nOur shop is open daily, says the sign."
    )
    assert controls["settings"] == ["COOKIE SETTINGS"]


def test_a_headline_glued_to_a_label_is_cut_from_it_and_a_brand_is_not():
    controls, _ = read("We use cookies. LegalZoom bakes too. Cookie PreferencesChoose your loafReject AllAccept All")
    assert controls == {"settings": ["Cookie Preferences"], "decline-all": ["Reject All"], "accept-all": ["Accept All"]}


def test_the_opt_out_on_a_banner_is_a_button_though_a_category_is_called_so_too():
    controls, states = read(
        "Some partners may share what you buy. Our cookies help them.  Do Not Sell or Share My Personal Information   I Agree"
        "Opt-out of cookiesHere you choose.Strictly Necessary CookiesAlways ActiveThey light the oven."
        "Do Not Sell or Share My Personal Information  Do Not Sell or Share My Personal Information You may opt out here."
        "Confirm My Choices"
    )
    assert "Do Not Sell or Share My Personal Information" in controls["opt-out"]
    assert "Do Not Sell or Share My Personal Information" in states


def test_a_button_that_ends_a_text_is_read_behind_a_name():
    controls, states = read("We use cookies to bake.DenyAllow allNecessaryStatisticsMarketingShow details")
    assert list(states) == ["Necessary", "Statistics", "Marketing"]
    assert controls["settings"] == ["Show details"]


WORDS = st.sampled_from(
    ["Accept", "All", "Reject", "we", "bake", "buns.", "Cookies", "Necessary", "/", "|", "→", "-", "On", "Off", "Your", "Privacy",
     "Choices", "(2)", "“", "About", "Do", "Not", "Sell", ":", "and", "Preferences", "Always", "Active"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=40))
def test_every_piece_is_a_part_of_the_text_in_its_order(words: list[str]):
    text = " ".join(words)
    at = 0
    for piece in cut_rows(text):
        at = text.index(piece, at) + len(piece)


@given(st.lists(WORDS, max_size=60), st.sampled_from([" ", "", "  ", "\n"]))
def test_a_text_of_labels_in_any_order_is_read(words: list[str], between: str):
    for dialog in read_text("We use cookies. " + between.join(words)):
        assert all(control.text for control in dialog.controls)
