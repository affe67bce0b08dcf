from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Layout, Persistence, Problem, Request, Step
from consentcheck.model.facts import Control, Dialog, OptOutLink, Passage
from consentcheck.reading.links import (
    read_accounts,
    read_links,
    read_opt_out_links,
    read_opt_out_links_of,
    read_page_passages,
)
from consentcheck.reading.urls import page_address
from tests.reading.pages import URL, evidence, live, page, snapshot, visit


def only(evidence: Evidence, dialogs: tuple[Dialog, ...] = ()) -> OptOutLink:
    (link,) = read_opt_out_links(evidence, dialogs)
    return link


@pytest.mark.parametrize(
    ("html", "placement"),
    [
        ("<footer><a href=/x>Your Privacy Choices</a></footer>", "footer"),
        ("<div role=contentinfo><a href=/x>Your Privacy Choices</a></div>", "footer"),
        ("<div class='site-footer'><nav><a href=/x>Your Privacy Choices</a></nav></div>", "footer"),
        ("<header><nav><a href=/x>Your Privacy Choices</a></nav></header>", "header"),
        ("<nav><button>Your Privacy Choices</button></nav>", "navigation"),
        ("<main><p>See <a href=/x>Your Privacy Choices</a>.</p></main>", "body"),
        ("<div role=dialog><a href=/x>Your Privacy Choices</a></div>", "dialog"),
        ("<div style='position: fixed; right: 0'><a href=/x>Your Privacy Choices</a></div>", "floating"),
        (
            "<div><a href=/1>One</a>" + "<a href=/n>News</a>" * 40 + "<a href=/x>Your Privacy Choices</a></div>",
            "footer",
        ),
        ("<div><a href=/x>Your Privacy Choices</a>" + "<a href=/n>News</a>" * 40 + "</div>", "body"),
    ],
)
def test_placement_of_a_saved_page(html: str, placement: str):
    assert only(page(html)).placement == placement


def test_placement_by_height_where_there_are_no_landmarks():
    html = "<div data-cc=1><p data-cc=2>News</p><a data-cc=3 href=/x>Your Privacy Choices</a></div>"
    layout = {
        "1": Layout(visible=True, box=(0, 0, 1280, 4000)),
        "3": Layout(visible=True, box=(20, 3900, 200, 20)),
    }
    assert only(live(html, layout)).placement == "footer"
    assert only(live(html, layout | {"3": Layout(visible=True, box=(20, 40, 200, 20))})).placement == "header"
    afloat = {"3": Layout(visible=True, box=(20, 800, 200, 20), fixed=True)}
    assert only(live(html, layout | afloat)).placement == "floating"


def test_link_in_a_dialog_that_was_read_stands_there():
    html = "<div id=bar><p>We use cookies.</p><a href=/x>Do Not Sell or Share My Personal Information</a></div>"
    banner = Dialog(surface="banner", snapshot="0-page", where=Where(selector="#bar"))
    assert only(page(html), (banner,)).placement == "banner"
    assert only(page(html), (banner.model_copy(update={"surface": "preferences"}),)).placement == "dialog"


def test_header_and_footer_each_count_once():
    link = "<a href=/x>Do Not Sell My Personal Information</a>"
    html = f"<header>{link}</header><footer>{link}{link.lower()}</footer>"
    links = read_opt_out_links(page(html), ())
    assert [(link.placement, link.title_kind) for link in links] == [("header", "outdated"), ("footer", "outdated")]


@pytest.mark.parametrize(
    ("control", "text"),
    [
        ("<button>Your Privacy Choices</button>", "Your Privacy Choices"),
        ("<span role=button>Your Privacy Choices</span>", "Your Privacy Choices"),
        ("<div role=link>Your Privacy Choices</div>", "Your Privacy Choices"),
        ("<input type=button value='Your Privacy Choices'>", "Your Privacy Choices"),
        ("<a class=ot-sdk-show-settings>Your Privacy Choices</a>", "Your Privacy Choices"),
        ("<a href=/x aria-label='Your Privacy Choices'><svg></svg></a>", "Your Privacy Choices"),
        ("<a href=/x title='Your Privacy Choices'></a>", "Your Privacy Choices"),
        ("<a href=/x><img alt='Your Privacy Choices' src=a.png></a>", "Your Privacy Choices"),
        ("<a href=/x aria-label=do-not-sell-link>Your Privacy Choices</a>", "Your Privacy Choices"),
        ("<a>Your Privacy Choices<span class=sr-only>opens a dialog</span></a>", "Your Privacy Choices opens a dialog"),
    ],
)
def test_name_of_a_link(control: str, text: str):
    assert only(page(f"<footer>{control}</footer>")).text == text


def test_an_opt_out_of_sharing_alone_is_looked_at():
    assert only(page("<footer><a href=/x>Do Not Share My Data</a></footer>")).title_kind == "variant"


def test_heading_and_prose_are_no_links():
    html = "<h2>Do Not Sell or Share My Personal Information</h2><p>We do not sell your personal information.</p>"
    assert read_opt_out_links(page(html), ()) == ()


def test_near_synonym_counts_where_notices_stand_only():
    assert only(page("<footer><a href=/p>Privacy settings</a></footer>")).title_kind == "near-synonym"
    assert read_opt_out_links(page("<main><a href=/p>Privacy settings</a></main>"), ()) == ()
    assert read_opt_out_links(page("<div role=dialog><button>Cookie settings</button></div>"), ()) == ()


def test_visibility_is_known_unknown_or_denied():
    hidden = "<footer><a style='display:none' href=/x>Your Privacy Choices</a></footer>"
    assert only(page(hidden)).visible is False
    assert only(page("<footer><a href=/x>Your Privacy Choices</a></footer>")).visible is None
    assert only(live("<footer><a href=/x>Your Privacy Choices</a></footer>")).visible is False, "it was not drawn"
    shown = {"1": Layout(visible=True)}
    assert only(live("<footer><a data-cc=1 href=/x>Your Privacy Choices</a></footer>", shown)).visible is True


@pytest.mark.parametrize(
    ("html", "icon"),
    [
        ("<a>Your Privacy Choices <img alt='California Consumer Privacy Act (CCPA) Opt-Out Icon'></a>", "official"),
        ("<a href=/x>Your Privacy Choices</a><img alt='' src=/assets/privacyoptions29x14.png>", "official"),
        ("<li><img alt='Privacy choices icon' src=i> <a href=/x>Your Privacy Choices</a></li>", "official"),
        ("<a href=/x><svg viewBox='0 0 30 14'><path d='M0'/></svg>Your Privacy Choices</a>", "official"),
        ("<a href=/x><svg viewBox='0 0 24 24'><path d='M0'/></svg>Your Privacy Choices</a>", "unidentified"),
        ("<a href=/x>Your Privacy Choices <i class=icon-toggle></i></a>", "unknown"),
        ("<ul><li><a href=/>Home</a><img src=i></li><li><a href=/x>Your Privacy Choices</a></li></ul>", "none"),
    ],
)
def test_icon_beside_the_link(html: str, icon: str):
    assert only(live(f"<footer>{html}</footer>")).icon == icon


def test_saved_page_may_draw_its_icon_by_style_sheet():
    assert only(page("<footer><a href=/x>Your Privacy Choices</a></footer>")).icon == "unknown"


def test_icon_is_measured_against_the_other_icons():
    html = (
        "<footer><a href=/x>Your Privacy Choices<img data-cc=1 src=privacyoptions.svg></a>"
        "<a href=/a>A<img data-cc=2 src=a></a><a href=/b>B<img data-cc=3 src=b></a></footer>"
    )
    layout = {key: Layout(visible=True, box=(0, 0, 30, height)) for key, height in (("1", 8), ("2", 16), ("3", 16))}
    assert only(live(html, layout)).icon_ratio == 0.5


def test_look_of_the_link_and_its_neighbours():
    html = "<footer><a data-cc=1>Your Privacy Choices</a><a data-cc=2>Terms</a><a data-cc=3>Help</a></footer>"
    layout = {
        "1": Layout(visible=True, font_size=9, color="rgb(200, 200, 200)"),
        "2": Layout(visible=True, font_size=14),
        "3": Layout(visible=True, font_size=14),
    }
    link = only(live(html, layout))
    assert link.look is not None
    assert link.look.font_size == 9
    assert [look.font_size for look in link.neighbours] == [14, 14]
    assert link.node == "main/1"


def test_driver_is_given_the_links_of_one_snapshot():
    links = read_opt_out_links_of(snapshot("<footer><a data-cc=7 href=/x>Your Privacy Choices</a></footer>", {}))
    assert [link.node for link in links] == ["main/7"]


def test_page_that_is_looked_at_twice_counts_once():
    banner = "<div id=bar class=cookie-banner><p>We use cookies to sell data.</p><button>Accept</button><a>Do Not Sell</a></div>"
    again = snapshot(banner, id="1-again", moment="page", after_step=0)
    links = read_opt_out_links(evidence(visit(snapshot(banner), again)), ())
    assert [(link.text, link.placement) for link in links] == [("Do Not Sell", "banner")]


def test_failed_visit_gives_no_links():
    failed = visit(
        snapshot("<footer><a href=/x>Your Privacy Choices</a></footer>"),
        problems=(Problem(code="bot-wall", message="a challenge page"),),
    )
    assert read_opt_out_links(evidence(failed), ()) == ()


def test_after_closing_the_page_counts_as_it_was_left():
    before = snapshot("<div id=bar><a href=/x>Your Privacy Choices</a></div>")
    after = snapshot("<p>News</p>", id="1-closed", moment="acted")
    assert read_opt_out_links(evidence(visit(before, after, scenario="close")), ()) == ()
    assert len(read_opt_out_links(evidence(visit(before, after, scenario="opt-out")), ())) == 1


FOOTER = "<footer><a href=/choices>Your Privacy Choices</a></footer>"
CLICK = Step(action="click", purpose="opt-out", text="Your Privacy Choices")


def target_of(*more: object, steps: tuple[Step, ...] = (CLICK,), **fields: object):
    return read_opt_out_links(evidence(visit(snapshot(FOOTER), *more, steps=steps, **fields)), ())[0].target


def test_link_that_nobody_followed_has_no_target():
    assert target_of(steps=()) is None


def test_link_that_opened_a_page():
    opened = snapshot(
        "<main><h1>Opt out of sale</h1><form><label>E-mail* <input type=email></label>"
        "<label>Name <input name=name></label><p>Do not sell my personal information</p></form></main>",
        id="1-opened", moment="opened", opened="opt-out-page", after_step=0, url=URL + "choices", title="Choices",
    )  # fmt: skip
    loaded = Request(id="9", url=URL + "choices", type="document", status=200)
    target = target_of(opened, requests=(loaded,))
    assert (target.opened, target.url, target.http_status, target.title) == ("page", URL + "choices", 200, "Choices")
    assert target.sale_control
    assert target.form.purposes == ("opt-out",)
    assert not target.off_domain
    assert not target.third_party_tool


def test_link_that_led_to_the_industrys_tool():
    away = snapshot("<p>Opt out</p>", id="1", moment="opened", after_step=0, url="https://optout.aboutads.info/?c=2")
    target = target_of(away)
    assert target.off_domain
    assert target.third_party_tool
    assert not target.sale_control


PREFERENCES = (
    "<div role=dialog id=prefs data-cc=5><h2 data-cc=6>Your choices</h2><p data-cc=7>We use cookies to sell and share personal"
    " data. You may limit the use of sensitive personal information.</p><h3 data-cc=8>Sale or sharing of personal data</h3>"
    "<label data-cc=9><input type=checkbox role=switch data-cc=10 checked> Sale or sharing of personal data</label>"
    "<button data-cc=11>Save choices</button></div>"
)


def test_link_that_opened_a_dialog():
    layout = {str(key): Layout(visible=True, box=(0, 0, 400, 40)) for key in range(5, 12)}
    opened = snapshot(FOOTER + PREFERENCES, layout, id="1", moment="opened", after_step=0)
    watched = Persistence(control="Your Privacy Choices", samples=((0.1, True), (5.0, False)))
    target = target_of(opened, persistence=(watched,))
    assert (target.opened, target.title) == ("dialog", "Your choices")
    assert target.sale_control
    assert target.limit_control
    assert target.persisted == ((0.1, True), (5.0, False))


def test_dialog_that_was_there_before_is_not_what_the_link_opened():
    layout = {str(key): Layout(visible=True, box=(0, 0, 400, 40)) for key in range(5, 12)}
    before = snapshot(FOOTER + PREFERENCES, layout)
    after = snapshot(FOOTER + PREFERENCES, layout, id="1", moment="opened", after_step=0)
    link = read_opt_out_links(evidence(visit(before, after, steps=(CLICK,))), ())[0]
    assert link.target.opened == "same-page"


def test_link_of_another_page_was_not_the_one_that_was_pressed():
    inner = snapshot(FOOTER, id="1", page=1, url=URL + "news", after_step=0)
    steps = (Step(action="navigate"), Step(action="navigate"), CLICK)
    again = snapshot(FOOTER, id="2", after_step=1)
    opened = snapshot("<p>Choices</p>", id="3", moment="opened", after_step=2, url=URL + "choices")
    links = read_opt_out_links(evidence(visit(snapshot(FOOTER), inner, again, opened, steps=steps)), ())
    assert [(link.page, link.target and link.target.opened) for link in links] == [(0, "page"), (1, None)]


def test_link_that_did_nothing_or_could_not_be_clicked():
    assert target_of().opened == "nothing"
    assert target_of(steps=(CLICK.model_copy(update={"ok": False}),)).opened == "unknown"
    same = snapshot(FOOTER, id="1", moment="opened", after_step=0, url=URL + "#")
    assert target_of(same).opened == "same-page"


def test_link_to_a_login():
    password = (
        "<main><h1>Sign in</h1><form><input type=email><input type=password><button>Sign in</button></form>%s</main>"
    )
    for more, login in (
        ("", True),
        ("<p>We sell data.</p><button>Do not sell my personal information</button>", False),
    ):
        opened = snapshot(password % more, id="1", moment="opened", opened="opt-out-page", after_step=0, url=URL + "in")
        assert target_of(opened).login is login


def test_link_to_a_file_that_the_browser_keeps():
    asked = Request(id="1", url=URL + "form.pdf", type="document", after_step=0, status=200, mime="application/pdf")
    same = snapshot(FOOTER, id="1", moment="opened", after_step=0)
    target = target_of(same, requests=(asked.model_copy(update={"failure": "net::ERR_ABORTED"}),))
    assert (target.opened, target.url) == ("file", URL + "form.pdf")
    for other in (asked, asked.model_copy(update={"failure": "net::ERR_ABORTED", "mime": "text/html"})):
        assert target_of(same, requests=(other,)).opened == "same-page"


def test_link_to_a_mailbox_needs_no_click():
    html = "<footer><a href='mailto:privacy@paper.test'>Do Not Sell My Info</a></footer>"
    assert only(page(html)).target.opened == "mail"


def test_titles_that_a_text_mentions():
    banner = Dialog(
        surface="banner",
        passages=(Passage(text="Cookies. Learn More / Do Not Sell My Personal Information", where=Where(line=3)),),
        controls=(
            Control(text="Accept", where=Where(line=4)),
            Control(text="Your Privacy Choices", where=Where(line=5)),
        ),
    )
    preferences = Dialog(
        surface="preferences",
        title="Do Not Sell or Share My Personal Information",
        title_where=Where(line=9),
        passages=(
            Passage(text="We do not sell your data. For lists, go to our Do Not Sell page.", where=Where(line=11)),
            Passage(text="You may also use this Exercise My Rights link.", where=Where(line=12)),
        ),
    )
    links = read_opt_out_links(Evidence(target="x.txt", kind="text", text="..."), (banner, preferences))
    assert [(link.text, link.title_kind, link.placement, link.where.line) for link in links] == [
        ("Your Privacy Choices", "alternative", "banner", 5),
        ("Do Not Sell My Personal Information", "outdated", "banner", 3),
        ("Do Not Sell or Share My Personal Information", "statutory", "dialog", 9),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Privacy Policy", "privacy-policy"),
        ("Privacy", "privacy-policy"),
        ("Privacy & Cookies", "privacy-policy"),
        ("Privacy Notice", "privacy-policy"),
        ("Cookie Policy", "cookie-policy"),
        ("CA Notice at Collection", "notice-at-collection"),
        ("Notice of Collection", "notice-at-collection"),
        ("Your California Privacy Rights", "california-rights"),
        ("California Privacy Notice", "california-rights"),
        ("Limit the Use of My Sensitive Personal Information", "limit"),
        ("Log in", "account"),
        ("My Account", "account"),
    ],
)
def test_other_links(text: str, kind: str):
    (link,) = read_links(page(f"<footer><a href=/somewhere#part>{text}</a></footer>"), ())
    assert (link.kind, link.placement, link.anchor) == (kind, "footer", True)


@pytest.mark.parametrize(
    "text", ["Your Privacy Choices", "Peanut Butter Cookies", "Terms of Use", "Sign up", "Savings Accounts"]
)
def test_no_such_link(text: str):
    assert read_links(page(f"<footer><a href=/x>{text}</a></footer>"), ()) == ()


def test_accounts_show_in_links_and_in_what_dialogs_say():
    html = "<header><a href=/in>Log in</a></header><main><p>the band's twitter <a href=/t>account</a></p></main>"
    prose = Dialog(surface="banner", passages=(Passage(text="Needed to log into your account.", where=Where(line=8)),))
    links = read_links(page(html), (prose,))
    assert [where.quote for where in read_accounts(links, (prose,))] == ["Log in", "log into your account"]
    assert read_accounts(read_links(page("<p>On account of the rain.</p>"), ()), ()) == ()


def test_footers_speak_of_choices_and_articles_do_not():
    notice = "We share personal information with partners. You may opt out of this at any time."
    html = (
        f"<article><p>The firm will sell its data. {notice}</p></article>"
        f"<div class=cookie-bar><footer><p>{notice} Accept.</p></footer></div>"
        f"<footer><p>{notice}</p><p>All rights reserved, we say.</p><a href=/x>Do Not Sell My Info</a></footer>"
    )
    assert [passage.text for passage in read_page_passages(page(html))] == [notice]


HOSTILE = [
    "<", ">", "</", "=", '"', " ", "a", "\x00", "<footer>", "<a href=", "Do Not Sell", "<button>", "role=link", "<svg",
    "<cc-shadow>",
    "aria-labelledby=x ", "id=x ", "class=footer", "\ud7ff", "&nbsp;", "<!--", "<template>", "<form>", "<input ",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE), max_size=60).map("".join))
def test_hostile_html_is_read_or_ignored(html: str):
    for captured in (page(html), live(html)):
        read_opt_out_links(captured, ())
        read_accounts(read_links(captured, ()), ())
        read_page_passages(captured)


def test_scores_on_the_development_corpus():
    root = Path(__file__).resolve().parents[2]
    corpus = root / "../shared/corpus"
    if not (corpus / "links.jsonl").is_file():
        pytest.skip("the development corpus is not here")
    sys.path.insert(0, str(root))
    from bench.links import bench_links

    score = bench_links(corpus)
    assert score is not None
    assert score.page_f1 >= 0.97
    assert score.wording >= 0.95


def test_a_route_of_the_site_is_a_page_and_an_anchor_is_none():
    assert page_address("https://a.test/#top") == page_address("https://a.test/")
    assert page_address("https://a.test/#/opt-out") != page_address("https://a.test/")
