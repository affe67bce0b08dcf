"""Layers that share one dialog, and the dialog's own title."""

from __future__ import annotations

from consentcheck.model.evidence import Document, Evidence, Layout, Snapshot, Visit
from consentcheck.model.facts import Dialog
from consentcheck.reading.dialogs import read_dialogs, read_document

TABS = """<section data-cc="1" id="panel" role="dialog" aria-labelledby="title">
<div data-cc="2" role="tablist"><button data-cc="3" role="tab" id="t1" aria-controls="one" aria-selected="true">Preferences</button>
  <button data-cc="4" role="tab" id="t2" aria-controls="two">Cookie List</button></div>
<div data-cc="5" id="one" role="tabpanel" aria-labelledby="t1"><h2 data-cc="6" id="title">Do Not Sell or Share My Personal Information</h2>
  <p data-cc="7">Say here which cookies this website may use.</p>
  <div data-cc="8"><h3 data-cc="9">Necessary cookies</h3><span data-cc="10">Always active</span>
    <p data-cc="11">They hold the basket.</p></div>
  <div data-cc="12"><h3 data-cc="13">Advertising cookies</h3><button data-cc="14" role="switch" aria-checked="true"
    aria-label="Advertising cookies"></button><p data-cc="15">They choose what is advertised.</p></div>
  <button data-cc="16">Reject all</button><button data-cc="17">Save choices</button></div>
<div data-cc="18" id="two" role="tabpanel" aria-labelledby="t2"><h2 data-cc="19">Cookie List</h2>
  <div data-cc="20"><h3 data-cc="21">Necessary cookies</h3><p data-cc="22">They hold the basket.</p><table data-cc="23">
    <tr><th>Name</th><th>Host</th></tr><tr><td>basket</td><td>shop.test</td></tr></table></div>
  <div data-cc="24"><h3 data-cc="25">Advertising cookies</h3><p data-cc="26">They choose what is advertised.</p><table data-cc="27">
    <tr><th>Name</th><th>Host</th></tr><tr><td>seen</td><td>ads.test</td></tr></table></div></div></section>"""


def read(html: str) -> tuple[Dialog, ...]:
    return read_document(Document(url="https://a.test/", html=html))


def rendered(hidden: set[str]) -> Document:
    layout = {
        str(n): Layout(visible=str(n) not in hidden, box=None if str(n) in hidden else (0, n, 100, 20))
        for n in range(1, 28)
    }
    return Document(url="https://a.test/", html=TABS, layout=layout)


def test_a_cookie_list_behind_a_tab_is_a_layer_of_its_own():
    preferences, listed = read(TABS)
    assert (preferences.surface, listed.surface) == ("preferences", "cookie-list")
    assert [(c.name, c.always_active, c.toggle, len(c.cookies)) for c in preferences.categories] == [
        ("Necessary cookies", True, "none", 0),
        ("Advertising cookies", False, "on", 0),
    ]
    assert [(c.name, [k.name for k in c.cookies]) for c in listed.categories] == [
        ("Necessary cookies", ["basket"]),
        ("Advertising cookies", ["seen"]),
    ]
    assert (preferences.title, listed.title) == ("Do Not Sell or Share My Personal Information", "Cookie List")
    assert [(c.text, c.purpose) for c in preferences.controls] == [
        ("Preferences", "other"),
        ("Cookie List", "other"),
        ("Reject all", "decline-all"),
        ("Save choices", "save"),
    ]
    assert {p.where.surface for p in listed.prose()} == {"cookie-list"}


def test_each_layer_comes_from_the_moment_at_which_its_tab_was_open():
    first, second = {str(n) for n in range(18, 28)}, {str(n) for n in range(5, 18)}
    every = {str(n) for n in range(1, 28)}
    snapshots = tuple(
        Snapshot(id=name, moment="opened", documents=(rendered(hidden),))
        for name, hidden in (("0-page", every), ("1-list", second), ("2-preferences", first))
    )
    visit = Visit(scenario="first-visit", snapshots=snapshots)
    preferences, listed = read_dialogs(Evidence(target="https://a.test/", kind="live", visits=(visit,)))
    assert [(d.surface, d.snapshot, d.visible) for d in (preferences, listed)] == [
        ("preferences", "2-preferences", True),
        ("cookie-list", "1-list", True),
    ]
    assert preferences.categories[0].where.box == (0, 9, 100, 20)
    assert listed.where.box == (0, 18, 100, 20)


def test_a_cookie_list_further_down_the_same_dialog():
    preferences, listed = read(
        """<div role="dialog"><h2>Privacy choices</h2><p>This website uses cookies and shares personal information.</p>
        <div><h3>Statistics</h3><input type="checkbox" aria-label="Statistics"><p>They count the visits here.</p></div>
        <button>Accept all</button><button>Save choices</button>
        <section><h2>Our cookie list</h2><div><h3>Statistics</h3><p>They count the visits here.</p></div></section></div>"""
    )
    assert [(d.surface, [c.name for c in d.categories]) for d in (preferences, listed)] == [
        ("preferences", ["Statistics"]),
        ("cookie-list", ["Statistics"]),
    ]


def test_tabs_of_single_categories_are_one_layer():
    (dialog,) = read(
        """<div role="dialog"><p>This website uses cookies.</p><div role="tablist">
        <button role="tab" id="a" aria-controls="pa">Statistics</button>
        <button role="tab" id="b" aria-controls="pb">Marketing</button></div>
        <div role="tabpanel" id="pa"><h3>Statistics</h3><input type="checkbox" aria-label="Statistics"><p>They count the visits.</p></div>
        <div role="tabpanel" id="pb" hidden><h3>Marketing</h3><input type="checkbox" aria-label="Marketing">
          <p>They choose advertisements.</p></div><button>Save choices</button></div>"""
    )
    assert [c.name for c in dialog.categories] == ["Statistics", "Marketing"]


def test_the_title_of_a_dialog_is_no_category():
    body = """<p>This website shares personal information through cookies.</p>
      <div><h3>Necessary cookies</h3><span>Always active</span><p>They hold the basket.</p></div>
      <div><h3>Sale and sharing</h3><input type="checkbox" aria-label="Sale and sharing"><p>We sell what you read.</p></div>
      <button>Save choices</button>"""
    for head in (
        '<div role="dialog"><h2>Do Not Sell or Share My Personal Information</h2>',
        '<div role="dialog"><h3>Your Opt-Out of Sale and Sharing</h3>',
        '<div role="dialog" aria-labelledby="t"><div><h3 id="t">Advertising and you</h3></div>',
        '<div role="dialog"><h2>Advertising and analytics on this site</h2>',
    ):
        (dialog,) = read(f"{head}{body}</div>")
        assert [c.name for c in dialog.categories] == ["Necessary cookies", "Sale and sharing"], head


def test_a_heading_of_the_same_rank_is_a_category_even_when_it_comes_first():
    (dialog,) = read(
        """<div role="dialog"><p>This website uses cookies.</p><div><h3>Necessary cookies</h3><p>They hold the basket.</p></div>
        <div><h3>Sale of data</h3><p>We sell what you read.</p></div><button>Reject all</button><button>Accept all</button></div>"""
    )
    assert [c.name for c in dialog.categories] == ["Necessary cookies", "Sale of data"]


def test_what_is_scrolled_out_of_the_dialog_has_no_place_in_its_picture():
    html = """<div data-cc="1" role="dialog"><p data-cc="2">This website uses cookies.</p><button data-cc="3">Accept all</button>
      <button data-cc="4">Reject all</button></div>"""
    layout = {
        "1": Layout(visible=True, fixed=True, box=(0, 100, 400, 300)),
        "2": Layout(visible=True, fixed=True, box=(10, 110, 380, 40)),
        "3": Layout(visible=True, fixed=True, box=(10, 300, 100, 40)),
        "4": Layout(visible=True, fixed=True, box=(10, 900, 100, 40)),
    }
    (dialog,) = read_document(Document(url="https://a.test/", html=html, layout=layout))
    assert [c.where.box for c in dialog.controls] == [(10, 300, 100, 40), None]
    assert dialog.passages[0].where.box == (10, 110, 380, 40)


def test_the_page_that_an_opt_out_link_leads_to_is_a_layer():
    start = Document(url="https://a.test/", html="<main><p>News of the day.</p></main>")
    page = Document(
        url="https://a.test/opt-out",
        html="""<body><header><a href="/">Home</a></header><main><h1>Do Not Sell or Share My Personal Information</h1>
        <p>You may opt out of the sale and sharing of your personal information.</p>
        <form><label>E-mail <input type="email" name="e"></label><button>Submit</button></form></main>
        <footer><p>Printed in the valley.</p></footer></body>""",
    )
    snapshots = (
        Snapshot(id="0-page", moment="page", url=start.url, documents=(start,)),
        Snapshot(id="1-out", moment="opened", opened="opt-out-page", page=1, url=page.url, documents=(page,)),
    )
    visit = Visit(scenario="first-visit", snapshots=snapshots)
    (dialog,) = read_dialogs(Evidence(target=start.url, kind="live", visits=(visit,)))
    assert (dialog.surface, dialog.title, dialog.snapshot) == (
        "opt-out-page",
        "Do Not Sell or Share My Personal Information",
        "1-out",
    )
    assert "opt out of the sale" in dialog.text
    assert "valley" not in dialog.text
    assert [(c.text, c.purpose) for c in dialog.controls] == [("Submit", "save")]
    assert {p.where.surface for p in dialog.passages} == {"opt-out-page"}


def test_a_page_that_says_nothing_of_the_opt_out_is_no_layer_of_it():
    start = Document(url="https://a.test/", html="<main><p>News of the day.</p></main>")
    page = Document(url="https://a.test/help", html="<main><h1>Help</h1><p>Ask us.</p><button>Send</button></main>")
    snapshots = (
        Snapshot(id="0-page", moment="page", url=start.url, documents=(start,)),
        Snapshot(id="1-out", moment="opened", opened="opt-out-page", page=1, url=page.url, documents=(page,)),
    )
    visit = Visit(scenario="first-visit", snapshots=snapshots)
    assert read_dialogs(Evidence(target=start.url, kind="live", visits=(visit,))) == ()


def test_a_hidden_copy_of_a_layer_that_is_shown_is_left_out():
    body = """<p>This website uses cookies.</p><div><h3>Statistics</h3><input type="checkbox" aria-label="Statistics">
      <p>They count the visits.</p></div><button>Save choices</button>"""
    html = f'<div id="a" role="dialog" data-cc="1">{body}</div><div id="b" role="dialog" data-cc="2">{body}</div>'
    layout = {"1": Layout(visible=False), "2": Layout(visible=True)}
    visit = Visit(
        scenario="first-visit",
        snapshots=(
            Snapshot(id="0", moment="page", documents=(Document(url="https://a.test/", html=html, layout=layout),)),
        ),
    )
    (dialog,) = read_dialogs(Evidence(target="https://a.test/", kind="live", visits=(visit,)))
    assert dialog.where.selector == "#b"
