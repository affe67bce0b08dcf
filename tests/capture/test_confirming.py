"""What may be pressed where a site asks again, from literal dialogs and snapshots."""

from __future__ import annotations

import pytest

from consentcheck.capture.confirming import button_that_came, yes_to_opting_out
from consentcheck.model.evidence import Document, Layout, Snapshot
from consentcheck.model.facts import Control, Dialog, Passage


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("Are you sure you want to opt out of the sale of your data?", True),
        ("We show ads. Do you want to opt out?", True),
        ("Do you agree to the sale of your data?", False),
        ("Do you want to opt out? Or shall we go on?", False),
        ("You can opt out at any time.", False),
    ],
)
def test_yes_is_said_to_a_question_on_opting_out_and_to_no_other(words: str, answered: bool) -> None:
    controls = (
        Control(text="No", role="button", node="main/1"),
        Control(text="Yes, please", role="button", node="main/2"),
    )
    dialog = Dialog(surface="banner", passages=(Passage(text=words),), controls=controls)
    found = yes_to_opting_out([dialog])
    assert (found[1].node if found else None) == ("main/2" if answered else None)


def page(*names: tuple[str, str], url: str = "https://larch.example/") -> Snapshot:
    layout = {
        str(number): Layout(visible=True, role=role, name=name) for number, (role, name) in enumerate(names, start=1)
    }
    return Snapshot(id="0", moment="page", url=url, documents=(Document(url=url, html="", layout=layout),))


BEFORE = page(("link", "Home"), ("button", "Opt out"))


@pytest.mark.parametrize(
    ("after", "pressed"),
    [
        (page(("link", "Home"), ("button", "Opt out"), ("button", "Yes, opt me out")), "main/3"),
        (page(("link", "Home"), ("button", "Opt out"), ("link", "Opt out")), None),
        (page(("link", "Home"), ("button", "Opt out"), ("button", "Continue without opting out")), None),
        (page(("link", "Home"), ("button", "Opt out"), ("button", "Solved")), None),
        (page(("link", "Home"), ("button", "Opt out"), ("button", "Opt out"), url="https://larch.example/done"), None),
        (BEFORE, None),
    ],
)
def test_a_button_that_came_with_the_choice_opts_out_by_its_words(after: Snapshot, pressed: str | None) -> None:
    found = button_that_came(BEFORE, after)
    assert (found[1].node if found else None) == pressed
