from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentcheck.model.evidence import Evidence
from consentcheck.reading.dates import dates_in
from consentcheck.reading.policy import is_policy_title, read_policy
from tests.reading.pages import evidence, page, snapshot, visit

FILL = "We explain here what we collect, why we collect it and with whom we share it, in plain words. " * 12


def policy(body: str, tail: str = ""):
    head = "<title>Privacy Policy</title><main><h1>Privacy Policy</h1>"
    return read_policy(page(f"{head}{body}<p>{FILL * 4}</p>{tail}</main>"))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("January 16, 2024", dt.date(2024, 1, 16)),
        ("Jan. 16 2024", dt.date(2024, 1, 16)),
        ("Sept. 3rd, 2025", dt.date(2025, 9, 3)),
        ("16 January 2024", dt.date(2024, 1, 16)),
        ("1st of May 2024", dt.date(2024, 5, 1)),
        ("2024-01-16", dt.date(2024, 1, 16)),
        ("01/16/2024", dt.date(2024, 1, 16)),
        ("3/4/24", dt.date(2024, 3, 4)),
        ("16/01/2024", dt.date(2024, 1, 16)),
        ("16.01.2024", dt.date(2024, 1, 16)),
        ("February 2024", dt.date(2024, 2, 29)),
    ],
)
def test_reads_a_date(text: str, date: dt.date):
    assert [found[0] for found in dates_in(f"Last updated: {text}.")] == [date]


@pytest.mark.parametrize(
    "text",
    ["© 2024", "2024", "31/31/2024", "call 555-123-2024", "version 1.2.3", "May contain 2024 nuts", "0000-01-01"],
)
def test_reads_no_date(text: str):
    assert list(dates_in(text)) == []


@pytest.mark.parametrize(
    ("line", "kind", "date"),
    [
        ("<p>Last Updated: January 16, 2024</p>", "updated", dt.date(2024, 1, 16)),
        ("<p>This policy was last revised on 2025-03-01.</p>", "updated", dt.date(2025, 3, 1)),
        ("<p>Effective Date: 07/01/2025</p>", "effective", dt.date(2025, 7, 1)),
        ("<p>Effective as of July 1, 2025</p>", "effective", dt.date(2025, 7, 1)),
        ("<p>Version of 12 February 2026</p>", "updated", dt.date(2026, 2, 12)),
        ("<p>Date of last update: 2025/11/30</p>", "updated", dt.date(2025, 11, 30)),
        ("<p>Posted on March 1, 2026</p>", "effective", dt.date(2026, 3, 1)),
        ("<p>Last reviewed: 3 March 2026</p>", "reviewed", dt.date(2026, 3, 3)),
        ("<p>Last updated</p><p>January 16, 2024</p>", "updated", dt.date(2024, 1, 16)),
        ("<p><strong>Last Updated:</strong> January 16, 2024</p>", "updated", dt.date(2024, 1, 16)),
        ("<p>(January 16, 2024, last updated)</p>", "updated", dt.date(2024, 1, 16)),
    ],
)
def test_date_of_the_policy(line: str, kind: str, date: dt.date):
    assert [(found.kind, found.date) for found in policy(line).dates] == [(kind, date)]


def test_date_at_the_end_counts_too():
    assert [found.date for found in policy("", "<p>Last updated May 2, 2025</p>").dates] == [dt.date(2025, 5, 2)]


@pytest.mark.parametrize(
    "line",
    [
        "<p>© 2021 The Paper</p>",
        "<p>The California Consumer Privacy Act, effective January 1, 2020, gives you rights.</p>",
        "<p>In March 2021 we moved our offices.</p>",
    ],
)
def test_date_of_something_else(line: str):
    assert policy(line).dates == ()


def test_date_of_a_section_in_the_middle_is_not_the_policys():
    middle = f"<p>{FILL * 4}</p><p>Children's data (updated March 1, 2019)</p><p>{FILL * 4}</p>"
    assert policy("<p>Last updated: May 2, 2025</p>" + middle).dates[-1].date == dt.date(2025, 5, 2)
    named = f"<p>{FILL * 4}</p><p>This privacy policy was last updated on March 1, 2019.</p><p>{FILL * 4}</p>"
    assert [found.date for found in policy(named).dates] == [dt.date(2019, 3, 1)]


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("<p>Write to <a href='mailto:privacy@paper.test'>our privacy desk</a>.</p>", "our privacy desk"),
        ("<p>Mail privacy@paper.test.</p>", "privacy@paper.test"),
        ("<p>Call (555) 123-4567.</p>", "(555) 123-4567"),
        ("<p>The Paper, 1 Main Street, Oakland, CA 94601</p>", "CA 94601"),
        ("<p>Please <a href=/c>contact us</a>.</p>", "contact us"),
        ("<p>The Paper, 12 Elm St, Fresno</p>", "12 Elm St"),
        ("<p>Get in touch with our privacy desk.</p>", "Get in touch with"),
        ("<p>privacy [at] paper [dot] test</p>", "[at]"),
    ],
)
def test_contact(line: str, quote: str):
    assert [where.quote for where in policy(line).contact] == [quote]


def test_policy_without_contact_has_none():
    assert policy("").contact == ()


def test_policy_that_a_visit_opened():
    home = snapshot("<title>The Paper</title><p>News</p>")
    html = f"<title>Legal</title><main><p>{FILL}</p></main>"
    opened = snapshot(html, id="1", moment="opened", opened="policy", url="https://p.test/x")
    found = read_policy(evidence(visit(home, opened)))
    assert found is not None
    assert found.url == "https://p.test/x"
    assert found.passages[0].where.surface == "policy"


def test_page_that_only_links_to_a_policy_is_none():
    assert read_policy(page("<title>Privacy Policy</title><main><a href=/p>Privacy Policy</a></main>")) is None
    assert read_policy(page(f"<title>News</title><main><p>{FILL * 4}</p></main>")) is None


def test_footer_and_menu_are_no_part_of_a_policy_without_a_main_part():
    html = f"<title>Privacy Policy</title><nav>Menu</nav><div><p>{FILL}</p></div><footer>Updated: May 1, 2019</footer>"
    found = read_policy(page(html))
    assert found is not None
    assert found.dates == ()
    assert all("Menu" not in passage.text for passage in found.passages)


def test_policy_in_a_text_has_lines():
    text = f"The Paper\nPrivacy Policy\n\nLast updated: January 16, 2024\n{FILL}\nMail privacy@paper.test\n"
    found = read_policy(Evidence(target="p.txt", kind="text", text=text))
    assert found is not None
    assert [(date.date, date.where.line) for date in found.dates] == [(dt.date(2024, 1, 16), 4)]
    assert [where.line for where in found.contact] == [6]


def opened_as_policy(content: str):
    html = f"<title>Privacy Policy</title><main><h1>Privacy Policy</h1>{content}</main><footer><a href=/p>Privacy Policy</a></footer>"
    return read_policy(evidence(visit(snapshot(html, opened="policy", moment="opened"))))


def test_a_short_policy_is_one_if_it_was_opened_as_such_and_links_to_no_other():
    said = "<p>We do not sell or share personal information with anyone at all.</p>"
    assert opened_as_policy(said) is not None
    assert opened_as_policy(f"{said}<p>See our <a href=/full.pdf>Privacy Policy</a>.</p>") is None


def test_other_texts_are_no_policy():
    assert read_policy(Evidence(target="p.txt", kind="text", text=f"Article\n{FILL * 3} privacy policy")) is None
    assert read_policy(Evidence(target="p.txt", kind="text")) is None


def test_a_dialog_that_links_to_the_policy_is_none():
    dialog = f"Your privacy\nPrivacy Policy\nAccept All\n{FILL}\n"
    assert read_policy(Evidence(target="p.txt", kind="text", text=dialog)) is None
    article = f"{FILL[:100]}\nPrivacy Policy\nAccept All\n{FILL}\nThis policy tells how the city sells land.\n"
    assert read_policy(Evidence(target="p.txt", kind="text", text=article)) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Privacy Policy", True), ("The Paper | Privacy Notice", True), ("Privacy", True), ("Your Privacy Rights", True),
     ("Privacy Preference Center", False), ("Privacy settings", False),
     ("Terms of Use", False), ("Why privacy matters to our readers", False)],
)  # fmt: skip
def test_title_of_a_policy(title: str, expected: bool):
    assert is_policy_title(title) is expected


@settings(deadline=None)
@given(st.text(max_size=400))
def test_never_raises(text: str):
    list(dates_in(text))
    read_policy(Evidence(target="p.txt", kind="text", text="Privacy Policy\n" + text + FILL))
    policy(f"<p>{text}</p>")
