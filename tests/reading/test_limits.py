"""What is refused by name because no page with a dialog holds so much, and what is still read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from consentcheck.model.evidence import Document
from consentcheck.reading import limits
from consentcheck.reading.dialogs import read_document
from consentcheck.reading.limits import too_much
from consentcheck.reading.links import read_links
from consentcheck.reading.saved import read_saved
from consentcheck.reading.statuses import read_statuses
from consentcheck.reading.text import read_text
from tests.reading.pages import page

BANNER = "<div role=dialog class=cookie-note><p>We use cookies.</p><button>Accept all</button><button>Save</button>"


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<i>x</i>" * 230_000, "450000 tags"),
        ("<p " + " ".join(f"a{n}=1" for n in range(6000)) + ">", "5000 attributes"),
        ("<p " + " ".join(f"a{n}" for n in range(6000)) + ">", "5000 attributes"),
        ("<p " + " ".join(f'a{n}="> x"' for n in range(6000)) + ">", "5000 attributes"),
        ("<SELECT>" + "<Option>Ohio" * 6000 + "</select>", "5000 options"),
        ("".join(f"<p data-{n}=1>{'x' * 20}</p>" for n in range(50_000)), "40000 names"),
        ("".join(f"<x-{n}>{'x' * 20}" for n in range(50_000)), "40000 names"),
        ("x" * 24_000_001, "24000000 characters"),
    ],
    ids=["tags", "attributes", "bare attributes", "quoted attributes", "options", "names", "elements", "characters"],
)
def test_too_much_is_named(html: str, says: str) -> None:
    assert says in (too_much([html]) or "")


@pytest.mark.parametrize(
    "html",
    [
        "<p class=a>Plenty of words here.</p>" * 200_000,
        "<script>" + "if (a < b && c) { d = 'e' } " * 100_000 + "</script>",
        ("<select>" + "<option>Ohio" * 4000 + "</select>") * 10,
        "".join(f"<p data-{n % 1000}=1>{'x' * 60}</p>" for n in range(50_000)),
        "<p title='" + "a=1 " * 100_000 + "'>",
    ],
    ids=["paragraphs", "script", "lists", "few names", "one long attribute"],
)
def test_a_large_page_is_read(html: str) -> None:
    assert too_much([html]) is None


def test_a_page_and_its_frames_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_TAGS", 5)
    assert too_much(["<p><p>", "<p><p>"]) is None
    assert too_much(["<p><p>", "<p><p>", "<p><p>"]) == "more than 5 tags"


def test_a_saved_page_with_too_much_ends_in_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "rows.html"
    path.write_text(BANNER + "<i>x</i>" * 230_000)
    evidence = read_saved(path)
    assert [(p.code, p.fatal) for p in evidence.problems] == [("too-large", True)]
    assert "450000 tags" in evidence.problems[0].message
    assert evidence.visits == ()


def test_a_tag_without_end_takes_no_time() -> None:
    began = time.process_time()
    for html in ("<a " + "x=" * 700_000, "<a " + "x='" * 500_000, "<a x='" * 200_000, "<a x='y" + '<a x="' * 200_000):
        too_much([html])
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<a role=tab aria-controls=p{n}>Ads</a><div role=tabpanel id=p{n}>Ads</div>" for n in range(20_000)),
        "<label>Targeting <input type=checkbox></label>" * 80_000,
        "<div class=consent>" * 500 + "<div class='x consent'>We use cookies</div>" * 60_000,
        "<div class=ot-fltr><h3>Cookie List</h3></div>" * 20_000,
    ],
    ids=["tabs", "one name", "inside each other", "foreign lists"],
)
def test_a_dialog_of_many_parts_ends_soon(html: str) -> None:
    began = time.process_time()
    assert read_document(Document(url="https://paper.test/", html=f"{BANNER}{html}</div>"))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        "We use cookies.\n" + "Accept All\nReject All\nCookie Settings\n" * 16_000,
        "We use cookies. Accept All\n" + "Cookie Settings " * 90_000,
        "".join(f"### Cookie Settings\nTargeting {n}\nAccept All\n" for n in range(16_000)),
    ],
    ids=["buttons", "one line", "sections"],
)
def test_a_text_of_many_parts_ends_soon(text: str) -> None:
    began = time.process_time()
    read_text(text)
    assert time.process_time() - began < 15


def test_controls_and_categories_of_a_text_are_bounded() -> None:
    text = "We use cookies.\nAccept All\nReject All\n" + "".join(
        f"Targeting {n} Cookies\nAlways Active\nSave\n" for n in range(400)
    )
    (dialog,) = read_text(text)
    assert len(dialog.controls) == 200
    assert len(dialog.categories) == 200


def test_repeated_statuses_and_links_are_said_once() -> None:
    many = page(
        "<p>Your opt-out request was honored.</p>" * 3000 + "<footer><a href=/p>Privacy Policy</a></footer>" * 3000
    )
    assert [status.text for status in read_statuses(many)] == ["Your opt-out request was honored."]
    assert [link.text for link in read_links(many, ())] == ["Privacy Policy"]


def test_a_hidden_status_does_not_stand_for_a_shown_one() -> None:
    said = "Opt-out request honored."
    (status,) = read_statuses(page(f"<p hidden>{said}</p><p>{said}</p>"))
    assert status.visible is None
