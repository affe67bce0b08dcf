"""Rows of "Yes" and "No" are named by what they answer: choosing wrongly would opt a person in."""

from __future__ import annotations

import pytest

from consentcheck.checks.layers import stands
from consentcheck.model.evidence import Document, Snapshot
from consentcheck.model.facts import Category
from consentcheck.reading.dialogs import read_document, read_opened

ANSWERS = (
    """<label><input type="radio" name="c" {yes}> Yes</label> <label><input type="radio" name="c" {no}> No</label>"""
)
LEGEND = "<fieldset><legend>{question}</legend>{answers}</fieldset>"
GROUP = '<div role="radiogroup" aria-labelledby="q"><p>Choose one.</p><b id="q">{question}</b><p>All right.</p>{answers}</div>'
PARAGRAPH = "<p>{question}</p>{answers}"


def asked(form: str, question: str, chosen: str) -> Category:
    answers = ANSWERS.format(yes="checked" if chosen == "yes" else "", no="checked" if chosen == "no" else "")
    title = "Do Not Sell or Share My Personal Information"
    inside = form.format(question=question, answers=answers)
    html = f"<title>{title}</title><main><h1>{title}</h1><form>{inside}<button>Save</button></form></main>"
    document = Document(url="https://paper.test/dns", html=html)
    page = Snapshot(id="1", moment="opened", opened="opt-out-page", url="https://paper.test/dns", documents=(document,))
    (category,) = (c for d in read_opened(page, "https://paper.test/", scenario="opt-out") for c in d.categories)
    return category


@pytest.mark.parametrize("form", [LEGEND, GROUP, PARAGRAPH])
@pytest.mark.parametrize(
    ("question", "stop"),
    [
        ("Do not sell or share my personal information?", "yes"),
        ("Do you want to opt out of the sale of your personal information?", "yes"),
        ("Would you like us not to sell or share your personal information?", "yes"),
        ("Should we stop selling your data?", "yes"),
        ("May we sell or share your personal information?", "no"),
        ("Do you want us to sell your personal information to partners?", "no"),
    ],
)
def test_the_question_says_what_yes_means_and_not_the_title_of_its_page(form: str, question: str, stop: str) -> None:
    go_on = "no" if stop == "yes" else "yes"
    assert asked(form, question, stop).name == question.rstrip("?")
    assert [stands(asked(form, question, answer)) for answer in (stop, go_on)] == ["off", "on"]


def test_a_legend_that_asks_nothing_leaves_the_title_to_say_it() -> None:
    category = asked(LEGEND, "Your choice", "yes")
    assert (category.name, stands(category)) == ("Do Not Sell or Share My Personal Information", "off")


@pytest.mark.parametrize("form", [LEGEND, GROUP, PARAGRAPH])
@pytest.mark.parametrize(
    ("question", "told", "dialogs"),
    [
        ("Do not sell my data?", "We sell personal information to those who advertise with us.", 1),
        ("Do you take sugar?", "We brew personal coffee for those who stop by.", 0),
        ("Shall we send you our newsletter?", "We send personal information on our offers.", 0),
    ],
)
def test_a_question_about_the_sale_makes_a_layer_one_of_consent(
    form: str, question: str, told: str, dialogs: int
) -> None:
    row = form.format(question=question, answers=ANSWERS.format(yes="", no="checked"))
    html = f"<h1>Paper</h1><div role=dialog aria-modal=true><h2>Your privacy</h2><p>{told}</p>{row}<button>Save</button></div>"
    found = read_document(Document(url="https://paper.test/", html=html))
    assert [len(dialog.categories) for dialog in found] == [1] * dialogs
