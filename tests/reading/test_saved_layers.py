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

    assert buttons(opened, "save") == ["Allow selection"]
    assert buttons(without_settings, "save") == []


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
