"""No text and no HTML makes the reader raise, hang, or point outside its input."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consentcheck.model.evidence import Document
from consentcheck.reading.dialogs import read_document
from consentcheck.reading.document import Page
from consentcheck.reading.text import read_text
from consentcheck.reading.tree import tidy

WORDS = st.sampled_from(
    [
        "We use cookies on this website",
        "Accept All",
        "Reject All",
        "Always Active",
        "Strictly Necessary Cookies",
        "Analytics",
        "Do Not Sell My Personal Information",
        "Save",
        "X",
        "Cookie Preferences Cookie List",
        "Switch Label label",
        "Back Button",
        "(12)",
        "<b>",
        "</div>",
        "<div>",
        "<p>",
        "<input type=checkbox>",
        "<button>",
        "<table><tr><td>",
        "<a href=#>",
        "<div role=dialog>",
        "\xa0\xa0",
        "\n",
        "\u200b",
        "é",
        "{title}",
        "<cc-shadow>",
        "\ud800",
        "\x00",
    ]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=40).map("".join) | st.lists(WORDS, max_size=40).map(
    " ".join
)


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text(text):
    lines = text.split("\n")
    for dialog in read_text(text):
        places = [
            dialog.where,
            dialog.title_where,
            *(p.where for p in dialog.prose()),
            *(c.where for c in dialog.controls),
        ]
        for where in [*places, *(c.where for c in dialog.categories)]:
            if where.quote is not None:
                assert where.line is not None
                assert where.quote in lines[where.line - 1]


@settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_html(html):
    document = Document(url="https://a.test/", html=html)
    page = Page(document)
    everything = page.text(page.root) if page.root is not None else ""
    for dialog in read_document(document):
        for passage in dialog.prose():
            assert tidy(passage.text).replace(" ", "") in everything.replace(" ", "")
        for where in [dialog.where, *(c.where for c in dialog.controls), *(c.where for c in dialog.categories)]:
            assert where.selector
            if " >>> " not in where.selector:
                assert page.css(where.selector), where.selector


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "We use cookies <button>Accept</button>",
        "<p>We use cookies on this site.</p>" + "<div><button>Accept</button></div>" * 60_000,
        "<div class=cookie><p>We use cookies on this site.</p><button>Accept</button></div>" * 40_000,
        "<div role=dialog>" * 500 + "<p>We use cookies for all things.</p><button>Accept</button>" * 2000,
        "<div id=cookie><p>We use cookies here</p>" + "<a href=#>Cookie settings</a>" * 60_000,
        "<p>" + "Cookies are tasty and we share them. " * 550_000,
    ],
    ids=["deep", "buttons", "banners", "nested dialogs", "links", "20 MB"],
)
def test_large_pages_end_soon(html):
    began = time.process_time()
    read_document(Document(url="https://a.test/", html=html))
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    ["Accept Cookies\n" * 100_000, "Accept " * 300_000, "aB" * 700_000, "  x" * 500_000, "We use cookies. " * 600_000],
    ids=["lines", "row", "glue", "spaces", "sentences"],
)
def test_large_texts_end_soon(text):
    began = time.process_time()
    read_text(text)
    assert time.process_time() - began < 10
