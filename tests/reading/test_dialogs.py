"""Consent dialogs read from documents."""

from __future__ import annotations

from consentcheck.model.evidence import Document, Evidence, Layout, Snapshot, Visit
from consentcheck.model.facts import Dialog
from consentcheck.reading.dialogs import read_dialogs, read_document, read_opened, read_snapshot

BANNER = """<div id="bar"><p>Our website uses cookies to count visits and to choose advertisements.
See our <a href="/privacy">privacy policy</a>.</p>
<button>Accept all</button><button style="display:none">Reject all</button><a role="button">Cookie settings</a>
<button aria-label="Close">×</button></div>"""

PREFERENCES = """<div role="dialog" aria-labelledby="t"><h2 id="t">Cookie choices</h2>
  <p>Pick the cookies that this website may use.</p>
<ul role="tablist"><li role="tab">Essential cookies</li><li role="tab">Measurement cookies</li>
  <li role="tab">Advertising cookies</li></ul>
<section><h3>Essential cookies</h3><span>Always active</span><p>They keep the basket and the session.</p></section>
<section><h3>Measurement cookies</h3><input type="checkbox" checked aria-label="Measurement cookies">
  <p>They count who reads what.</p><p>The counts are ours alone.</p>
  <table><tr><th>Name</th><th>Host</th><th>Duration</th><th>Purpose</th></tr>
  <tr><td>_vis</td><td>stats.test</td><td>13 months</td><td>Counts</td></tr><tr><td>_s*</td><td>us</td>
    <td>Session</td><td>Visit</td></tr></table></section>
<section><h3>Advertising cookies</h3><button role="switch" aria-checked="false" aria-label="Advertising cookies">
  </button>
  <p>They choose what is advertised to you.</p></section>
<button>Reject all</button><button>Save my choices</button></div>"""


def read(html: str, **layout: Layout) -> tuple[Dialog, ...]:
    return read_document(Document(url="https://a.test/", html=html, layout=layout or None))


def test_a_banner_and_what_its_controls_do():
    (banner,) = read(f"<main><h1>News</h1><p>Long article.</p></main>{BANNER}")
    assert banner.surface == "banner"
    assert [(c.text, c.purpose, c.visible) for c in banner.controls] == [
        ("privacy policy", "policy", None),
        ("Accept all", "accept-all", None),
        ("Reject all", "decline-all", False),
        ("Cookie settings", "settings", None),
        ("×", "close", None),
    ]
    assert banner.where.selector == "#bar"
    assert banner.controls[0].href == "/privacy"
    assert "choose advertisements" in banner.text


def test_preferences_with_tabs_marks_switches_and_a_cookie_table():
    (dialog,) = read(PREFERENCES)
    assert (dialog.surface, dialog.title) == ("preferences", "Cookie choices")
    assert [(c.name, c.kind, c.always_active, c.toggle) for c in dialog.categories] == [
        ("Essential cookies", "necessary", True, "none"),
        ("Measurement cookies", "analytics", False, "on"),
        ("Advertising cookies", "advertising", False, "off"),
    ]
    measurement = dialog.categories[1]
    assert [p.text for p in measurement.passages] == ["They count who reads what.", "The counts are ours alone."]
    assert [(c.name, c.host, c.lifetime_days, c.wildcard) for c in measurement.cookies] == [
        ("_vis", "stats.test", 13 * 30.4375, False),
        ("_s*", "us", 0.0, True),
    ]
    assert [(c.text, c.purpose) for c in dialog.controls] == [
        ("Reject all", "decline-all"),
        ("Save my choices", "save"),
    ]


def test_a_bundle_and_what_stands_under_it():
    (dialog,) = read(
        """<div role="dialog"><h2>Privacy settings</h2><p>We use cookies and share personal information.</p>
        <div class="list"><div class="item"><div><h4>Required cookies</h4><span>Always active</span></div>
          <p>For the login.</p></div>
        <div class="item"><div class="head"><h4>Sale of personal data</h4>
          <input type="checkbox" aria-label="Sale of personal data" checked></div>
          <p>What we sell and to whom.</p>
          <ul><li><h5>Targeting cookies</h5><input type="checkbox" aria-label="Targeting cookies">
            <p>Advertisements elsewhere.</p></li>
          <li><h5>Social cookies</h5><input type="checkbox" aria-label="Social cookies"><p>Buttons of networks.</p>
            </li></ul></div></div>
        <button>Confirm my choices</button></div>"""
    )
    assert [(c.name, c.parent, c.description) for c in dialog.categories] == [
        ("Required cookies", None, "For the login."),
        ("Sale of personal data", None, "What we sell and to whom."),
        ("Targeting cookies", "Sale of personal data", "Advertisements elsewhere."),
        ("Social cookies", "Sale of personal data", "Buttons of networks."),
    ]


def test_iab_purposes_and_vendor_lists_are_no_categories():
    (dialog,) = read(
        """<div role="dialog"><p>We use cookies with our partners.</p>
        <div><h3>Statistics</h3><input type="checkbox" aria-label="Statistics"><p>Counting visits here.</p></div>
        <div><h3>Marketing</h3><input type="checkbox" aria-label="Marketing"><p>Advertising on the web.</p></div>
        <div><h3>Store and/or access information on a device</h3>
          <input type="checkbox" aria-label="Store and/or access information on a device"></div>
        <div class="vendor-list"><div><h3>Ad Analytics Inc</h3>
          <input type="checkbox" aria-label="Ad Analytics Inc"></div><button>Apply</button></div>
        <button>Allow all</button></div>"""
    )
    assert [c.name for c in dialog.categories] == ["Statistics", "Marketing"]
    assert [(c.text, c.purpose) for c in dialog.controls] == [("Apply", "other"), ("Allow all", "accept-all")]


def test_a_switch_that_cannot_be_moved_is_locked_and_one_without_a_state_is_unknown():
    (dialog,) = read(
        """<div role="dialog"><p>We use cookies on this website.</p>
        <div><label>Essential <input type="checkbox" checked disabled></label><p>Needed for the basket.</p></div>
        <div><span>Analytics</span><div role="switch" aria-label="Analytics"></div><p>Counts the readers.</p></div>
        <button>Accept</button></div>"""
    )
    assert [(c.name, c.always_active, c.toggle) for c in dialog.categories] == [
        ("Essential", True, "none"),
        ("Analytics", False, "unknown"),
    ]


def test_other_dialogs_and_articles_are_not_consent():
    dialog = "<div role=dialog><p>{}</p><button>{}</button></div>"
    assert not read(dialog.format("Join our newsletter: enter your email, and read our cookie policy.", "OK"))
    assert not read(dialog.format("Are you over 18 years old? By entering you accept our privacy policy.", "Yes"))
    assert not read(dialog.format("Chocolate cookies: bake the cookies for nine minutes.", "Save"))
    assert read(dialog.format("This website uses cookies to count its readers.", "OK"))
    assert not read("<article><p>Websites use cookies. The law asks for consent.</p><a>Continue</a></article>")
    assert not read("<footer><a>Privacy policy</a> <a>Cookie policy</a> <a>Cookie settings</a></footer>")


def test_two_dialogs_on_a_page_each_on_its_own():
    surfaces = [(d.surface, len(d.categories)) for d in read(f"<div id=cookie-wrapper>{BANNER}{PREFERENCES}</div>")]
    assert surfaces == [("banner", 0), ("preferences", 3)]


def test_layout_gives_visibility_looks_and_nodes():
    html = (
        '<div data-cc="1" role="dialog"><p data-cc="2">This website uses cookies.</p>'
        '<button data-cc="3">Accept</button>'
        '<button data-cc="4">Decline</button></div>'
    )
    shown, hidden = Layout(visible=True, box=(0, 0, 1280, 900), font_size=14), Layout(visible=False)
    document = Document(url="https://a.test/", html=html, layout={"1": shown, "2": shown, "3": shown, "4": hidden})
    (dialog,) = read_snapshot(Snapshot(id="0-page", moment="page", documents=(document,)), scenario="gpc")
    assert (dialog.visible, dialog.blocks_page, dialog.scenario, dialog.snapshot) == (True, True, "gpc", "0-page")
    assert [(c.text, c.visible, c.node) for c in dialog.controls] == [
        ("Accept", True, "main/3"),
        ("Decline", False, "main/4"),
    ]
    assert dialog.controls[0].look is not None
    assert dialog.controls[0].look.font_size == 14
    assert dialog.controls[0].where.scenario == "gpc"


def test_a_dialog_in_a_frame_or_a_shadow_root():
    frame = Document(
        url="https://cmp.test/", html="<body>" + BANNER.replace("<div id", "<div class") + "</body>", frame="frame-1"
    )
    shadow = Document(url="https://a.test/", html=f"<div id=host><cc-shadow mode=open>{BANNER}</cc-shadow></div>")
    snapshot = Snapshot(id="0-page", moment="page", documents=(shadow, frame))
    dialogs = read_snapshot(snapshot)
    assert len(dialogs) == 2
    assert dialogs[0].where.selector == "#host >>> #bar"


def test_a_visit_gives_the_fullest_copy_of_each_layer():
    closed = Document(
        url="https://a.test/", html=f"{BANNER}<div role=dialog hidden><p>Cookies on this website</p></div>"
    )
    opened = Document(url="https://a.test/", html=f"{BANNER}{PREFERENCES}")
    visit = Visit(
        scenario="first-visit",
        snapshots=(
            Snapshot(id="0-page", moment="page", documents=(closed,)),
            Snapshot(id="1-preferences", moment="opened", opened="preferences", documents=(opened,)),
        ),
    )
    later = visit.model_copy(update={"round": 1, "snapshots": ()})
    dialogs = read_dialogs(Evidence(target="https://a.test/", kind="live", visits=(visit, later)))
    assert [(d.surface, d.snapshot) for d in dialogs] == [("banner", "0-page"), ("preferences", "1-preferences")]


def test_the_language_of_a_dialog_is_that_of_its_words():
    prose = "Utilizamos cookies en este sitio para medir las visitas y mejorar nuestra web."
    (dialog,) = read(f"<div role=dialog><p>{prose}</p><button>Aceptar todas</button><button>Rechazar</button></div>")
    assert dialog.language == "es"
    assert [c.purpose for c in dialog.controls] == ["accept-all", "decline-all"]
    assert read(BANNER)[0].language == "en"


def test_a_switch_whose_name_ends_in_its_position_is_its_headings():
    (dialog,) = read(
        """<div role="dialog"><p>We sell and share personal information through cookies.</p>
        <div><h3 id="n">Sale and Sharing of Personal Information</h3>
          <button id="s" role="switch" aria-checked="true" aria-labelledby="n s">Allowed</button><p>We sell what you read here.</p></div>
        <div><h3>Statistics</h3><input type="checkbox" aria-label="Statistics Opted out"><p>They count the visits here.</p></div>
        <button>Save my choices</button></div>"""
    )
    assert [(c.name, c.toggle, c.description) for c in dialog.categories] == [
        ("Sale and Sharing of Personal Information", "on", "We sell what you read here."),
        ("Statistics", "off", "They count the visits here."),
    ]


def test_a_dialog_with_one_switch_named_by_a_sentence():
    (dialog,) = read(
        "<dialog open><p>You can opt out of the sale or sharing of your personal information.</p>"
        "<label><input type=checkbox checked> Allow the sale and sharing of my personal information</label>"
        "<button>Save</button></dialog>"
    )
    ((category, control),) = [(c, control) for c in dialog.categories for control in c.controls]
    assert (category.kind, category.toggle, control.purpose) == ("sale", "on", "toggle")


def opened(main: str) -> tuple[Dialog, ...]:
    html = f"<body><header><a href=/>Home</a></header><main><h1>Do Not Sell or Share</h1>{main}</main></body>"
    document = Document(url="https://a.test/optout", html=html)
    after = Snapshot(id="1", moment="opened", opened="opt-out-page", url="https://a.test/optout", documents=(document,))
    return read_opened(after, "https://a.test/")


def test_the_page_behind_the_opt_out_link_is_a_layer_with_its_one_button():
    (layer,) = opened(
        "<p>You may opt out of the sale and sharing of your personal information.</p><button>Opt me out</button>"
    )
    assert (layer.surface, [(c.text, c.purpose) for c in layer.controls]) == (
        "opt-out-page",
        [("Opt me out", "opt-out")],
    )


def test_radio_buttons_are_answers_and_no_categories():
    (layer,) = opened(
        "<p>Choose whether we may sell or share your personal information.</p><form><fieldset>"
        "<legend>Sale and sharing</legend>"
        "<label><input type=radio name=c checked> Allow the sale and sharing of my personal information</label>"
        "<label><input type=radio name=c> Do not sell or share my personal information</label></fieldset>"
        "<button>Save preference</button></form>"
    )
    assert [(c.role, c.purpose, c.state) for c in layer.controls] == [
        ("radio", "opt-in", "on"),
        ("radio", "opt-out", "off"),
        ("button", "save", "none"),
    ]
    assert layer.categories == ()
