"""What the page says, read from its source; how it behaves is in test_html_browser.py."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from consentcheck.model.result import AuditResult
from consentcheck.report import html
from tests.report.hostile import HOSTILE
from tests.report.renew_samples import FOLDER
from tests.report.sample import BROKEN, RESULT, SEVERAL


def _page(result: AuditResult = RESULT, evidence: Path | None = FOLDER / "evidence") -> LexborHTMLParser:
    return LexborHTMLParser(html.render_target(result, result.targets[0], evidence))


def _text(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    assert node is not None, selector
    return _flat(node)


def _flat(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def test_the_verdict_and_the_gravest_come_first() -> None:
    page = _page()
    assert _text(page, "h1").replace(". ", ".") == "morningledger.example"
    assert _text(page, "#verdict h2") == "3 rules failed; 1 rule needs a person’s review; 2 rules were not tested."
    gravest = [_flat(item)[:30] for item in page.css(".gravest li")]
    assert gravest == [
        "critical With Global Privacy C",
        "high The banner offers “Accept",
        "medium “Performance” and “Audi",
    ]
    assert [_flat(item) for item in page.css(".tally li")] == [
        "3 ✕ Failed", "1 ? Needs review", "2 ○ Not tested", "2 ✓ Passed", "1 – Does not apply",
    ]  # fmt: skip


def test_every_result_stands_in_its_section_once() -> None:
    page = _page()
    found = {
        section: [node.attributes["id"] for node in page.css(f"#{section} .result")]
        for section in ("findings", "review", "untested", "passed", "inapplicable")
    }
    assert found == {
        "findings": [
            "r-gpc-trackers-stop", "r-ccpa-symmetry-banner", "r-category-description-duplicate",
            "r-gpc-display-status", "r-policy-updated-yearly",
        ],
        "review": ["r-category-always-active-purpose"],
        "untested": ["r-optout-account", "r-optout-persists"],
        "passed": ["r-category-sale-no-toggle", "r-ccpa-optout-link"],
        "inapplicable": ["r-notice-minors"],
    }  # fmt: skip


def test_a_finding_has_section_reason_remedy_and_proof() -> None:
    text = _text(_page(), "#r-ccpa-symmetry-banner")
    for part in (
        "California Code of Regulations, title 11, section 7004(a)(2) in force from 2023-03-29 wording not checked",
        "A choice that is harder to make than its opposite is not a free one",
        "To mend it: Put a button that declines beside",
        "1 Accept all cookies Banner First visit element div.bar > button.accept",
    ):
        assert part in text


def test_what_was_not_recorded_never_reads_as_absent() -> None:
    page = _page()
    row = next(row for row in page.css("#trackers tbody tr") if "adfathom" in row.text())
    assert [_flat(cell) for cell in row.css("td")] == [
        "● 4 requests carries cookie:uid",
        "● 3 requests carries cookie:uid ✕ told of no opt-out: us_privacy=1YNN",
        "not seen",
        "● 6 requests carries cookie:uid",
        "not tested",
    ]
    broken = _page(RESULT.model_copy(update={"targets": (BROKEN,)}))
    assert _text(broken, "#verdict h2") == "Could not be tested."
    assert "Traffic was not recorded, so nothing can be said of trackers." in _text(broken, "#trackers")
    assert "Nothing could be tested, so nothing can be said." in _text(broken, "#verdict")
    assert "No defect was seen" not in broken.html


def test_signals_that_disagree_are_marked_where_they_do() -> None:
    heads = [_flat(head) for head in _page().css("#signals thead th")]
    assert heads == [
        "Signal", "First visit", "With GPC ✕ signals disagree", "Opted out", "Accepted all", "Back after opt-out",
    ]  # fmt: skip


def test_cookies_as_set_stand_beside_cookies_as_disclosed() -> None:
    rows = [[_flat(c) for c in row.css("th, td")] for row in _page().css("#cookies tbody tr")]
    assert [(row[0].replace(". ", "."), row[2], row[4], row[5]) for row in rows] == [
        ("_cw", "set, not disclosed", "–", "395 d"),
        ("ledger_reader", "set, not disclosed", "–", "–"),
        (
            "uid set by a script of https://adfathom.example/tag.js (Adfathom)",
            "set and disclosed",
            "Advertising and sale of personal data",
            "390 d disclosed: 90 days",
        ),
        ("ledger_session", "set and disclosed", "Strictly necessary", "session disclosed: session"),
        ("seg_old", "disclosed, not seen", "Advertising and sale of personal data", "– disclosed: 30 days"),
    ]


def test_what_became_of_a_choice_is_told_as_far_as_it_is_known() -> None:
    rows = [[_flat(cell) for cell in row.css("th, td")] for row in _page().css("#paths tbody tr")]
    assert rows == [
        ["Opted out", "yes", "Advertising and sale of personal data : off", "changed lasts 365 d", "gone",
         "Your choices have been saved."],
        ["Back after opt-out", "no the page was not loaded", "not read", "not known", "not known", "–"],
        ["Opted out", "a status of the signal or request, honoured, not visible", "Opt-out request honoured"],
    ]  # fmt: skip
    assert "E-mail address email, required State state" in _text(_page(), "#paths")
    assert "Performance always active a toggle always active" in _text(_page(), "#categories")


def test_only_repeated_sentences_are_marked() -> None:
    marked = [mark.text() for mark in _page().css("#categories td mark")]
    assert marked == ["All information that these cookies collect is grouped and therefore anonymous."] * 2


def test_the_script_is_the_only_one_and_the_policy_names_it() -> None:
    page = _page()
    (script,) = page.css("script")
    policy = page.css_first("meta[http-equiv]").attributes["content"] or ""
    digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_nothing_is_fetched_and_only_rules_link_out() -> None:
    page = _page()
    for node in page.css("[src], link, object, iframe, [href]"):
        address = node.attributes.get("src") or node.attributes.get("href") or ""
        assert address.startswith(("#", "data:image/png;base64,", "https://cppa.ca.gov/")), address


def test_a_picture_is_embedded_once_and_a_missing_one_is_said(tmp_path: Path) -> None:
    assert len(_page().css("defs image")) == 3
    bare = _page(evidence=tmp_path)
    assert len(bare.css("defs image")) == 0
    assert "The picture is missing from the evidence." in _text(bare, "#r-ccpa-symmetry-banner")
    assert "The evidence folder was not given" in _text(_page(evidence=None), "#layers")


def test_hostile_text_is_inert_and_cut() -> None:
    source = html.render_target(HOSTILE, HOSTILE.targets[0], Path("/"))
    page = LexborHTMLParser(source)
    assert len(page.css("script")) == 1
    assert len(page.css("style")) == 1
    assert not page.css("img, iframe, object, [onerror], [onload]")
    assert not [n for n in page.css("[href]") if "javascript" in (n.attributes["href"] or "")]
    assert "root:x:" not in source
    assert "\u202e" not in source
    assert "⟦U+202E⟧gnp.exe⟦U+0000⟧" in source
    assert "{{ 7*7 }}" in source
    assert len(source) < 400_000
    assert "more characters]" in source


def test_the_word_is_never_used() -> None:
    for result in (RESULT, SEVERAL, HOSTILE):
        assert "complian" not in html.render_target(result, result.targets[-1], None).lower()
    assert "complian" not in html.render_index(SEVERAL).lower()


def test_several_targets_get_an_index_and_names_of_our_own(tmp_path: Path) -> None:
    odd = BROKEN.model_copy(update={"target": "https://x.example/../../<b>?q"})
    written = html.write(SEVERAL.model_copy(update={"targets": (*SEVERAL.targets, odd)}), tmp_path, FOLDER)
    assert [path.name for path in written] == [
        "index.html", "1-morningledger.example.html", "2-refused.example.html", "3-x.example.html",
    ]  # fmt: skip
    index = LexborHTMLParser(written[0].read_text())
    assert [row.css_first("a").attributes["href"] for row in index.css("tbody tr")] == [
        "1-morningledger.example.html", "2-refused.example.html", "3-x.example.html",
    ]  # fmt: skip
    assert "Capture failed." in index.css("tbody tr")[1].text()
    assert 'href="index.html"' in written[1].read_text()
    assert "data:image/png" in written[1].read_text()


@pytest.mark.parametrize("word", ["TODO", "None", "[]", "Undefined", "&lt;bound"])
def test_no_value_leaks_through_unwritten(word: str) -> None:
    page = _page()
    for node in page.css("script, style"):
        node.decompose()
    assert not re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", page.css_first("main").text())


def test_long_names_break_after_dots_and_stay_escaped() -> None:
    assert html.breaking("a.b_c") == "a.<wbr>b_<wbr>c"
    assert html.breaking("<i>.") == "&lt;i&gt;.<wbr>"
    assert html.breaking("a\u202eb") == "a⟦U+202E⟧b"
