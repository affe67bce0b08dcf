from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from consentcheck.report.markdown import escape, render
from tests.report.hostile import HOSTILE
from tests.report.sample import BROKEN, RESULT, SEVERAL, finding, rule


def _page(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(MarkdownIt("gfm-like", {"linkify": False}).render(text))


def test_the_worst_comes_first_and_what_was_not_tested_is_said() -> None:
    items = [" ".join(item.text().split()) for item in _page(render(RESULT)).css("li")]
    assert [item[:26] for item in items] == [
        "○ revisit-after-opt-out: t",
        "✕ critical With Global Pri",
        "✕ high The banner offers “",
        "✕ medium “Performance” and",
        "? needs review “Audience m",
    ]
    assert "Asked for and not tested: `optout-persists`." in render(RESULT)
    assert "accepted" not in render(RESULT)


def test_several_targets_are_counted_in_a_table() -> None:
    rows = [[cell.text() for cell in row.css("td")] for row in _page(render(SEVERAL)).css("tbody tr")]
    assert rows == [
        ["https://\u200bmorningledger.example/", "3", "1", "2", "2", "1"],
        ["https://\u200brefused.example/ (could not be tested)", "0", "0", "11", "0", "0"],
    ]


def test_a_comment_stays_short() -> None:
    results = tuple(rule(f"ccpa-{n}", "t", "failed", "r", finding("m " * 300, "r", str(n))) for n in range(200))
    targets = tuple(
        BROKEN.model_copy(update={"target": f"https://{n}.example/", "results": results}) for n in range(300)
    )
    text = render(RESULT.model_copy(update={"targets": targets}))
    assert len(text) < 250_000
    assert "188 more findings in the full report." in text
    assert "280 more targets in the full report." in text


@pytest.mark.parametrize(
    "text",
    [
        "a | b", "<script>x</script>", "[a](https://b.example)", "`code`", "**bold** _it_ ~~no~~", "# head", "&lt;",
        "![i](x)", "a\\|b", "$x$",
    ],
)  # fmt: skip
def test_what_a_site_wrote_is_shown_as_it_is(text: str) -> None:
    page = _page(f"| h |\n|---|\n| {escape(text)} |\n")
    (cell,) = page.css("td")
    assert cell.text().replace("\u200b", "") == text
    assert not cell.css("*:not(td)")


def test_nobody_is_called_and_no_issue_is_linked() -> None:
    assert escape("@octocat see #12 at https://x.example and www.y.example") == (
        "@\u200boctocat see \\#\u200b12 at https://\u200bx.example and www.\u200by.example"
    )


def test_hostile_text_stays_text() -> None:
    page = _page(render(HOSTILE))
    assert not page.css("script, style, img, svg")
    assert {a.attributes.get("href") for a in page.css("a")} <= set()
    assert "@everyone" not in render(HOSTILE)
