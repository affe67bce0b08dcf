"""Cookie tables and what their durations say."""

from __future__ import annotations

import pytest

from consentcheck.model.evidence import Document
from consentcheck.reading.cookie_tables import cookies_of, lifetime_days
from consentcheck.reading.document import Page


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Session", 0.0), ("1 day", 1.0),
        ("2 years", 730.5), ("13 months", 395.6875), ("30 minutes", 30 / 1440),
        ("1 year 1 month 4 days", 365.25 + 30.4375 + 4), ("a year", 365.25), ("90 días", 90.0),
        ("Persistent", None), ("", None),
        (None, None), ("1 hour", 1 / 24), ("3 meses", 3 * 30.4375),
    ],
)  # fmt: skip
def test_lifetimes(words, days):
    assert lifetime_days(words) == (None if days is None else pytest.approx(days, abs=1e-5))


def test_labelled_lists():
    html = """<ul><li><div><div>Name</div><div>_ab</div></div><div><div>Host</div><div>x.test</div></div>
    <div><div>Duration</div><div>1 week</div></div></li></ul>"""
    page = Page(Document(url="https://a.test/", html=html))
    assert [(c.name, c.host, c.lifetime_days) for c in cookies_of(page, page.css("ul")[0])] == [("_ab", "x.test", 7.0)]


def test_a_table_of_something_else():
    page = Page(
        Document(
            url="https://a.test/",
            html="<table><tr><th>Day</th><th>Price</th></tr><tr><td>1</td><td>2</td></tr></table>",
        )
    )
    assert cookies_of(page, page.css("table")[0]) == ()
