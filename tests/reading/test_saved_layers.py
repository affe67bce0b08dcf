"""Layers of saved pages, of which no layout tells what is shown: what is read of them all the same."""

from __future__ import annotations

import pytest

from consentcheck.model.evidence import Document
from consentcheck.model.facts import Dialog
from consentcheck.model.words import Purpose
from consentcheck.reading.dialogs import read_document

INTRO = "<p>We use cookies on this website for the purposes below.</p>"
SWITCHES = (
    "<label><input type='checkbox' checked disabled> Necessary</label><label><input type='checkbox'> Statistics</label>"
)


def dialogs(inside: str, attributes: str = 'role="dialog"') -> tuple[Dialog, ...]:
    html = f"<html><body><main><p>News of the day.</p></main><div {attributes}>{inside}</div></body></html>"
    return read_document(Document(url="https://paper.test/", html=html))


def buttons(found: tuple[Dialog, ...], purpose: Purpose) -> list[str]:
    return [c.text for d in found for c in d.controls if c.purpose == purpose and c.visible is not False]


def test_what_hides_a_whole_layer_hides_no_part_of_it() -> None:
    (found,) = dialogs(
        f"<div style='display: none'><div>{INTRO}<button>Accept all</button><button>Save</button></div></div>"
    )

    assert found.visible is False
    assert buttons((found,), "accept-all") == ["Accept all"]


def test_a_part_that_is_hidden_in_a_layer_is() -> None:
    (found,) = dialogs(
        f"{INTRO}<button>Accept all</button><div style='display: none'><button>Reject all</button></div>"
    )

    assert buttons((found,), "decline-all") == []
    assert [c.visible for c in found.controls] == [None, False]


def test_a_button_that_saves_may_wait_for_the_settings() -> None:
    waiting = "<button class='hidden'>Allow selection</button>"
    opened = dialogs(f"{INTRO}{SWITCHES}<button>Customize</button>{waiting}<button>Allow all</button>")
    without_settings = dialogs(f"{INTRO}{SWITCHES}{waiting}<button>Allow all</button>")

    in_a_hidden_part = dialogs(
        f"{INTRO}{SWITCHES}<button>Show details</button><div style='display: none'>{waiting}</div>"
    )

    assert buttons(opened, "save") == ["Allow selection"]
    assert buttons(without_settings, "save") == []
    assert buttons(in_a_hidden_part, "save") == []


def test_a_title_that_is_said_twice_is_read_once() -> None:
    title = "<h2 id='t'>Cookie choices <span class='sr-only'>Cookie choices</span></h2>"
    (found,) = dialogs(f"{title}{INTRO}<button>Accept all</button>", "role='dialog' aria-labelledby='t'")

    assert found.title == "Cookie choices"


def switch(name: str) -> str:
    return f"<div><h4>{name}</h4><input type='checkbox' aria-label='{name}'></div>"


def test_a_category_that_is_worded_like_a_purpose_of_the_framework_is_one_unless_its_purposes_are_listed() -> None:
    own = switch("Analytics") + switch("Personalized Ads and Content")
    alone = dialogs(INTRO + own + "<button>Save</button>")
    listed = dialogs(INTRO + own + switch("Measure content performance") + "<button>Save</button>")

    assert [c.name for d in alone for c in d.categories] == ["Analytics", "Personalized Ads and Content"]
    assert [c.name for d in listed for c in d.categories] == ["Analytics"]


def test_a_list_of_nothing_but_kinds_names_the_categories() -> None:
    bullets = "".join(f"<span><i></i><span>{n}</span></span>" for n in ("Essential", "Functional", "Statistics"))
    found = dialogs(f"{INTRO}<div>{bullets}</div><button>Accept all</button><button>Reject all</button>")
    two = dialogs(f"{INTRO}<div><span>Functional</span><div>Statistics</div></div><button>Accept all</button>")

    assert [(c.name, c.toggle) for d in found for c in d.categories] == [
        ("Essential", "none"),
        ("Functional", "none"),
        ("Statistics", "none"),
    ]
    assert [c.name for d in two for c in d.categories] == []


@pytest.mark.parametrize(
    "inside",
    [
        "<h2>News about our terms</h2><p>We have updated our terms and tell you how we use cookies.</p><button>Continue</button>",
        "<h2>Help us</h2><p>Will you take a short survey about cookies and more?</p><button>Yes</button><button>No thanks</button>",
        "<p>Please allow ads on this site: they keep it free, as do cookies.</p><button>Continue</button>",
    ],
)
def test_a_dialog_about_something_else_that_mentions_cookies_is_none(inside: str) -> None:
    assert dialogs(inside) == ()


def test_new_terms_do_not_hide_a_choice_about_cookies() -> None:
    told = "<p>We have updated our terms. We use cookies to count visits, and our partners use cookies for ads.</p>"
    found = dialogs(f"{told}<button>Accept all</button><button>Reject all</button>")

    assert buttons(found, "accept-all") == ["Accept all"]


def names(found: tuple[Dialog, ...]) -> list[str]:
    return [c.name for d in found for c in d.categories]


def test_vendors_with_switches_of_their_own_under_a_category_are_none() -> None:
    vendors = "".join(f"<li>{switch(name)}</li>" for name in ("Countmore", "Heatwave"))
    found = dialogs(
        f"{INTRO}{switch('Analytics')}<div class='ot-vnd-serv'><ul>{vendors}</ul></div><button>Save</button>"
    )

    assert names(found) == ["Analytics"]


def test_a_button_that_opens_its_category_names_it_whatever_else_it_could_say() -> None:
    part = (
        "<div><button aria-expanded='false'>{}</button><span>{}</span></div><p>It is told here what they are for.</p>"
    )
    found = dialogs(
        f"{INTRO}{part.format('Required', 'Always on')}"
        f"{part.format('Preferences', '<input type=checkbox checked>')}<button>Save</button>"
    )

    assert [(c.name, c.always_active, c.toggle) for d in found for c in d.categories] == [
        ("Required", True, "none"),
        ("Preferences", False, "on"),
    ]
    assert buttons(found, "settings") == []


def test_a_layer_in_which_vendors_may_be_searched_is_no_form() -> None:
    told = "<p>You can opt out of the selling or sharing of your data here.</p>"
    choice = "<label><input type='checkbox' checked> Selling and sharing</label><button>Confirm</button>"

    assert names(dialogs(f"{told}{choice}<input type='text' id='vendor-search'>")) == ["Selling and sharing"]
    assert dialogs(f"{told}{choice}<input type='text' name='your-name'>") == ()


def test_purposes_told_in_a_list_and_titles_with_a_picture_are_no_categories() -> None:
    uses = (
        "<ul><li>Necessary functions of the site</li><li>Analytics to improve it</li><li>Ads on other sites</li></ul>"
    )
    found = dialogs(
        f"<h2>Cookie usage \U0001f36a</h2>{INTRO}{uses}<button>Accept all</button><button>Pick and choose</button>"
    )

    assert names(found) == []
    assert buttons(found, "settings") == ["Pick and choose"]


def test_a_switch_that_is_called_by_what_it_does_is_named_by_the_first_words_of_its_part() -> None:
    told = "They tell us which pages are read, how long each is open, where readers come from, and what they were looking for there."
    part = "<div><span>{}</span><p>{}</p><label>Enable or Disable Cookies <input type='checkbox' {}></label></div>"
    found = dialogs(
        INTRO
        + part.format("Reader figures", told, "checked")
        + part.format("Keep the site running", "Sign-in and security", "checked disabled")
        + "<div><label>Enable or disable all cookies <input type='checkbox'></label></div><button>Save</button>"
    )

    assert [(c.name, c.always_active, c.toggle) for d in found for c in d.categories] == [
        ("Reader figures", False, "on"),
        ("Keep the site running", True, "none"),
    ]
