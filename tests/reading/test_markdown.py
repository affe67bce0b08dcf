"""Dialogs in texts that a crawler wrote as Markdown."""

from __future__ import annotations

import time

from consentcheck.reading.markdown import without_marks
from consentcheck.reading.text import read_text

CRAWLED = """We use cookies on this gazette. See our [Cookie Policy](https://gazette.example/cookies) to learn more.
Cookie Settings Reject All Accept All
![Logo](https://gazette.example/logo.svg)
## Privacy Centre
  * ### Strictly Necessary Cookies
  * ### Performance Cookies
#### Strictly Necessary Cookies
Always Active
They keep the gazette running and cannot be switched off.
**Performance Cookies**
Performance Cookies Inactive
They count how many people read a page of the gazette.
### Cookie List
Back Button
Filter Button
Consent Leg.Interest
checkbox label label
checkbox label label
checkbox label label
Clear
  * checkbox label label
Apply Cancel
[Confirm My Choices](#)
"""


def test_headings_lists_links_and_pictures_are_read_without_their_marks():
    dialogs = read_text(CRAWLED)
    assert [(c.name, c.always_active, c.toggle) for d in dialogs for c in d.categories] == [
        ("Strictly Necessary Cookies", True, "none"),
        ("Performance Cookies", False, "off"),
    ]
    assert [(c.text, c.purpose) for d in dialogs for c in d.controls if c.purpose != "policy"] == [
        ("Cookie Settings", "settings"),
        ("Reject All", "decline-all"),
        ("Accept All", "accept-all"),
        ("Confirm My Choices", "save"),
    ]
    lines = CRAWLED.split("\n")
    assert all(c.name in lines[c.where.line - 1] for d in dialogs for c in d.categories if c.where.line)


def test_tabs_that_are_links_are_no_buttons():
    text = without_marks(
        "# Cookies\n  * [Consent](#)\n  * [[#IABV2SETTINGS#]](#)\n1. [About](#)\nA [word](/w) in prose."
    )
    assert [line.strip() for line in text.split("\n")] == [
        "Cookies", "Consent", "[#IABV2SETTINGS#]", "About", "A [word](/w) in prose.",
    ]  # fmt: skip


def test_a_plain_text_stays_as_it_is():
    text = "### first layer\n- We use cookies * and more\n2. Accept\n### second layer"
    assert without_marks(text) == text


def test_apply_and_cancel_are_buttons_where_no_vendors_are_filtered():
    said = "We use cookies on this site. Accept all   Your cookie choices   Analytics cookies Always active   Marketing cookies Off"
    assert ("Apply", "save") in [(c.text, c.purpose) for d in read_text(f"{said}\nApply\nCancel") for c in d.controls]


def test_marks_without_end_take_no_time():
    began = time.process_time()
    for text in (
        "# x\n" + "[" * 100_000,
        "# x\n" + "![a](" * 50_000,
        "# x\n" + "**" * 100_000,
        "# x\n" + "* # " * 50_000,
    ):
        without_marks(text)
    assert time.process_time() - began < 5
