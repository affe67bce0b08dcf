"""Parsing of documents: words, names, visibility, selectors, depth."""

from __future__ import annotations

import time

import pytest

from consentcheck.model.evidence import Document, Layout
from consentcheck.reading.dialogs import read_document
from consentcheck.reading.document import Page, parse


def page(html: str, **layout: Layout) -> Page:
    return Page(Document(url="https://a.test/", html=html, layout=layout or None))


def test_text_keeps_inline_words_together_and_blocks_apart():
    found = page("<div><p>one <b>tw</b>o</p><p>three</p><script>no</script><noscript>no</noscript></div>")
    assert found.text(found.css("div")[0]) == "one two three"
    assert [block.text for block in found.blocks(found.css("div")[0])] == ["one two", "three"]


def test_blocks_know_what_they_are():
    found = page("<section><h2>Title</h2>loose<br>words<ul><li>item</li></ul><button>Go</button></section>")
    assert [(b.text, b.role) for b in found.blocks(found.css("section")[0])] == [
        ("Title", "heading"), ("loose", "paragraph"), ("words", "paragraph"), ("item", "item"), ("Go", "label"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<button>Accept</button>", "Accept"),
        ("<button aria-label=' Close  it '>X</button>", "Close it"),
        ("<p id=t>Named</p><button aria-labelledby=t>X</button>", "Named"),
        ("<button><img alt='Opt out'></button>", "Opt out"),
        ("<input type=submit value=Save>", "Save"),
        ("<label for=c>Ads</label><input id=c type=checkbox>", "Ads"),
        ("<label>Ads <input type=checkbox></label>", "Ads"),
        ("<button title=Close></button>", "Close"),
    ],
)
def test_names(html, name):
    found = page(html)
    assert found.name(found.css("button, input")[0]) == name


@pytest.mark.parametrize(
    ("html", "visible"),
    [
        ("<i id=x>a</i>", None),
        ("<div hidden><i id=x>a</i></div>", False),
        ("<div style='color:red; DISPLAY : none'><i id=x>a</i></div>", False),
        ("<i id=x style='opacity: 0.5'>a</i>", None),
        ("<div class='ot-hide'><p><i id=x>a</i></p></div>", False),
        ("<div aria-hidden=true><i id=x>a</i></div>", False),
    ],
)
def test_what_markup_says_of_visibility(html, visible):
    found = page(html)
    assert found.visible(found.css("#x")[0]) is visible


def test_layout_decides_visibility_where_there_is_one():
    found = page(
        "<div hidden data-cc=1><i data-cc=2>a</i></div>", **{"1": Layout(visible=True), "2": Layout(visible=False)}
    )
    assert found.visible(found.css("div")[0]) is True
    assert found.visible(found.css("i")[0]) is False
    assert found.key(found.css("i")[0]) == "main/2"


def test_selectors_find_their_element():
    html = "<div id=a><p>x</p><p>y <a>1</a> <a>2</a></p></div><section><b>q</b></section><i id='1:x'>w</i>"
    found = page(html)
    for node in found.css("p, a, b, section, i, div"):
        assert [n.mem_id for n in found.css(found.selector(node))] == [node.mem_id], found.selector(node)


def test_selectors_cross_shadow_roots():
    found = page("<div id=host><cc-shadow mode=open><div><button>Go</button></div></cc-shadow></div>")
    assert found.selector(found.css("button")[0]) == "#host >>> div:nth-of-type(1) > button:nth-of-type(1)"


def test_landmarks():
    found = page(
        "<footer><div><a>1</a></div></footer><div class=site-header><a>2</a></div>"
        "<div role=dialog><a>3</a></div><a>4</a>"
    )
    assert [found.landmark(a) for a in found.css("a")] == ["footer", "header", "dialog", None]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 200_000 + "deep",
        "<b><div></b>" * 60_000 + "deep",
        "<span><div></span>" * 60_000 + "deep",
        "<a x>" * 200_000 + "deep",
    ],
    ids=["div", "misnested formatting", "misnested inline", "formatting"],
)
def test_depth_is_harmless(html):
    began = time.process_time()
    found = page(html)
    assert found.root is not None
    assert found.text(found.root) == "deep"
    assert time.process_time() - began < 8


def test_of_a_deep_page_the_outermost_and_the_innermost_stay():
    banner = "<div role=dialog><p>We use cookies on this site.</p><button>Accept</button><a href=/x>More</a></div>"
    found = page(f"<footer>{'<div class=wrap>' * 5_000}{banner}{'</div>' * 5_000}</footer><p>after</p>")
    (button,) = found.css("footer [role=dialog] button")
    depth, above = 0, button
    while above.parent is not None:
        depth, above = depth + 1, above.parent
    assert 256 < depth < 520
    assert found.css("[role=dialog] > a")
    assert found.css("body > p")


def test_a_dialog_deep_down_is_found():
    html = "<div>" * 5_000 + "<div role=dialog><p>This website uses cookies.</p><button>Accept all</button></div>"
    (dialog,) = read_document(Document(url="https://a.test/", html=html))
    assert [control.text for control in dialog.controls] == ["Accept all"]


def test_a_document_is_parsed_once():
    document = Document(url="https://a.test/", html="<p>a</p>")
    assert parse(document) is parse(document)


def test_lone_surrogates_and_nulls_are_read():
    found = page("<p>a\ud800b\x00c</p>")
    assert found.text(found.css("p")[0]).startswith("a")
