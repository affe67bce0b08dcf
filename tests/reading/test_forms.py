from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentcheck.model.evidence import Evidence, Step
from consentcheck.model.facts import Form
from consentcheck.reading.forms import read_forms
from tests.reading.pages import evidence, page, snapshot, visit


def only(evidence: Evidence) -> Form:
    (form,) = read_forms(evidence)
    return form


def opt_out(fields: str, words: str = "Do not sell or share my personal information") -> Form:
    return only(page(f"<h1>Privacy request</h1><form><p>{words}</p>{fields}<button>Send</button></form>"))


@pytest.mark.parametrize(
    ("field", "asks_for", "required"),
    [
        ("<label for=a>E-mail address *</label><input id=a type=email>", "email", True),
        ("<label>First name <input name=fn required></label>", "name", True),
        ("<label>Phone (optional) <input type=tel></label>", "phone", False),
        ("<input placeholder='Street address' aria-required=true>", "address", True),
        ("<label>State of residence <select><option>California</select></label>", "state", False),
        ("<label>Upload an ID <input type=file></label>", "identity-document", False),
        ("<label>Driver's license number <input></label>", "identity-document", False),
        ("<label>Verification code <input></label>", "one-time-code", False),
        ("<label>Date of birth <input type=date></label>", "birth-date", False),
        ("<label>Account number <input></label>", "account", False),
        ("<label>VIN <input></label>", "vehicle", False),
        ("<label>Anything else? <textarea></textarea></label>", "free-text", False),
        ("<label>Shoe size <input></label>", "other", False),
        ("<input name=emailAddress>", "email", False),
        (
            "<label>Request type <select><option>Delete my data<option>Opt out of sale</select></label>",
            "request-type",
            False,
        ),
        ("<div class=g-recaptcha></div>", "captcha", False),
    ],
)
def test_field(field: str, asks_for: str, required: bool):
    (read,) = opt_out(field).fields
    assert (read.asks_for, read.required) == (asks_for, required)


def test_label_comes_without_its_asterisk():
    assert opt_out("<label>E-mail: * <input type=email></label>").fields[0].label == "E-mail"


def test_radio_group_is_one_field_called_by_its_legend():
    fields = (
        "<fieldset><legend>Type of request</legend><label><input type=radio name=r> Delete my information</label>"
        "<label><input type=radio name=r> Opt out of sale</label></fieldset>"
    )
    form = opt_out(fields, "Choose one")
    assert [(field.label, field.asks_for) for field in form.fields] == [("Type of request", "request-type")]
    assert form.purposes == ("opt-out", "delete")


def test_hidden_fields_and_buttons_are_no_fields():
    hidden = "<input type=hidden name=csrf><input style='display:none' name=pot><input type=submit>"
    fields = f"{hidden}<label>Name <input></label>"
    assert [field.label for field in opt_out(fields).fields] == ["Name"]


@pytest.mark.parametrize(
    ("words", "purposes"),
    [
        ("Opt out of the sale of your personal information", ("opt-out",)),
        ("Delete my data, or request to know what you hold", ("delete", "know")),
        ("Right to correct inaccurate personal information", ("correct",)),
        ("Limit the use of my sensitive personal information", ("limit",)),
    ],
)
def test_purposes(words: str, purposes: tuple[str, ...]):
    form = only(page(f"<form><p>{words}</p><label>Name <input></label><label>E-mail <input type=email></label></form>"))
    assert form.purposes == purposes


def test_account_wall():
    assert opt_out(
        "<label>E-mail <input type=email></label>", "Opt out of sale. Please log in to submit."
    ).needs_account
    assert opt_out(
        "<label>E-mail <input type=email></label><label>Password <input type=password></label>"
    ).needs_account
    assert not opt_out("<label>E-mail <input type=email></label>").needs_account


@pytest.mark.parametrize(
    "html",
    [
        "<form><input type=search name=q><button>Search</button></form>",
        "<form><p>Subscribe to our newsletter; opt out any time.</p><input type=email></form>",
        "<form><label>Comment <textarea></textarea></label></form>",
        "<form hidden><p>Opt out of sale of personal information</p><input type=email></form>",
        "<form><p>Do not sell my personal information</p><button>Confirm</button></form>",
    ],
)
def test_other_forms(html: str):
    assert read_forms(page(html)) == ()


def test_form_on_the_page_that_the_link_opened_is_read_once():
    form = "<form><p>Opt out here</p><input type=email name=email></form>"
    opened = snapshot(form, id="1", moment="opened", opened="opt-out-page", url="https://paper.test/choices")
    again = snapshot(form, id="2", moment="acted", opened="opt-out-page", url="https://paper.test/choices")
    read = only(evidence(visit(snapshot("<p>News</p>"), opened, again)))
    assert read.where.surface == "opt-out-page"
    assert read.where.scenario == "first-visit"


PARTS = [
    "<form>", "<input ", "type=radio ", "name=a ", "<label>", ">", "opt out", "<select>", "<option>", "*", "</form>",
    "for=x ", "id=x ", "<fieldset>", "<legend>", "\x00",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_hostile_forms_never_raise(html: str):
    read_forms(page(f"<form>personal information {html}"))


def test_a_form_that_was_sent_is_told_with_its_answer() -> None:
    heading = "<h1>Do not sell or share my personal information</h1>"
    form = f"<main>{heading}<form><label>E-mail <input></label><button>Send</button></form></main>"
    before = snapshot(form).model_copy(update={"moment": "opened", "opened": "opt-out-page", "after_step": 0})
    after = snapshot("<header>Shop</header><main>Follow the link that we sent you.</main>").model_copy(
        update={"moment": "acted", "after_step": 1}
    )
    steps = (Step(action="click", purpose="opt-out"), Step(action="submit", purpose="opt-out"))
    sent = visit(before, after).model_copy(update={"steps": steps})
    found = only(evidence(sent))
    assert (found.submitted, found.answer) == (True, "Follow the link that we sent you.")
    refused = sent.model_copy(update={"steps": (steps[0], steps[1].model_copy(update={"ok": False}))})
    assert not only(evidence(refused)).submitted


def test_words_of_the_part_around_a_form_are_its_own():
    form = "<form><label>E-mail <input type=email required></label><button>Opt out of sale</button></form>"
    html = f"<main><h1>Do Not Sell or Share My Personal Information</h1><p>We will verify you first.</p>{form}</main>"
    assert "We will verify you first." in read_forms(page(html))[0].text
    two = html.replace("</main>", "<form><input name=q></form></main>")
    assert "We will verify you first." not in read_forms(page(two))[0].text
