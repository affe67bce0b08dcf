"""Shapes that dialogs take in the wild: switches of every make, buttons that are none, layers within layers."""

from __future__ import annotations

import pytest

from consentcheck.knowledge.phrases import purpose_of
from consentcheck.model.evidence import Document
from consentcheck.model.facts import Category, Dialog
from consentcheck.model.words import Purpose
from consentcheck.reading.dialogs import read_document
from consentcheck.reading.links import read_opt_out_links_of
from tests.reading.pages import snapshot

INTRO = "<p>We use cookies on this website for the purposes below.</p>"
SAVE = "<button>Save choices</button>"


def dialogs(inside: str, attributes: str = 'role="dialog"') -> tuple[Dialog, ...]:
    html = f"<html><body><main><p>News of the day.</p></main><div {attributes}>{inside}</div></body></html>"
    return read_document(Document(url="https://paper.test/", html=html))


def states(found: tuple[Dialog, ...]) -> dict[str, str]:
    return {c.name: _state(c) for dialog in found for c in dialog.categories}


def _state(category: Category) -> str:
    return "locked" if category.always_active else category.toggle


def buttons(found: tuple[Dialog, ...], purpose: Purpose) -> list[str]:
    return [c.text for d in found for c in d.controls if c.purpose == purpose and c.visible is not False]


def radios(name: str, group: str, chosen: str) -> str:
    options = "".join(
        f'<label><input type="radio" name="{group}"{" checked" if answer == chosen else ""}> {answer}</label>'
        for answer in ("On", "Off")
    )
    return f"<fieldset><legend>{name}</legend>{options}</fieldset>"


def test_radio_buttons_that_say_on_and_off_are_a_switch() -> None:
    found = dialogs(
        INTRO + radios("Analytics", "a", "Off") + radios("Advertising", "b", "On") + radios("Social", "c", "") + SAVE
    )

    assert states(found) == {"Analytics": "off", "Advertising": "on", "Social": "unknown"}


def pair(name: str, pressed: str) -> str:
    answers = "".join(
        f'<button aria-pressed="{str(a == pressed).lower()}" aria-label="{a}: {name}">{a}</button>'
        for a in ("Disagree", "Agree")
    )
    return f"<div><button aria-expanded='false'>{name}</button><div>{answers}</div><p>What {name} is for.</p></div>"


def test_a_pair_of_buttons_named_after_their_category_is_its_switch() -> None:
    found = dialogs(INTRO + pair("Analytics", "Disagree") + pair("Marketing", "Agree") + SAVE)

    assert states(found) == {"Analytics": "off", "Marketing": "on"}


def test_pairs_of_bare_yes_and_no_buttons_are_switches_and_decide_nothing_for_all() -> None:
    row = "<div><h3>{}</h3><p>What it is for.</p><div><button>Allow</button><button>Deny</button></div></div>"
    found = dialogs(INTRO + row.format("Analytics") + row.format("Marketing") + SAVE)

    assert states(found) == {"Analytics": "unknown", "Marketing": "unknown"}
    assert not buttons(found, "accept-all")
    assert not buttons(found, "decline-all")


def test_one_pair_of_bare_buttons_decides_for_the_banner() -> None:
    found = dialogs(INTRO + "<div><button>Allow</button><button>Deny</button></div>")

    assert (buttons(found, "accept-all"), buttons(found, "decline-all")) == (["Allow"], ["Deny"])


def test_a_button_that_can_be_pressed_for_everything_at_once_is_no_switch() -> None:
    found = dialogs(
        INTRO + '<button aria-pressed="false">✓ OK, accept all</button>'
        '<button aria-pressed="false">✗ Deny all cookies</button><button>Personalize</button>'
    )

    assert not states(found)
    assert buttons(found, "accept-all") == ["✓ OK, accept all"]
    assert buttons(found, "decline-all") == ["✗ Deny all cookies"]


def test_one_pair_of_bare_buttons_that_can_be_pressed_decides_for_the_banner() -> None:
    found = dialogs(
        INTRO + '<button aria-pressed="false">×</button><div><button aria-pressed="false">Accept</button>'
        '<button aria-pressed="false">Reject</button><button aria-pressed="false">Customize</button></div>'
    )

    assert not states(found)
    assert (buttons(found, "accept-all"), buttons(found, "decline-all")) == (["Accept"], ["Reject"])
    assert (buttons(found, "settings"), buttons(found, "close")) == (["Customize"], ["×"])


def test_positions_printed_beside_a_switch_are_no_name() -> None:
    row = "<div><h3>{}</h3><label><input type='checkbox'{}><span>On</span><span>Off</span></label></div>"
    found = dialogs(INTRO + row.format("Analytics cookies", "") + row.format("Social media", " checked") + SAVE)

    assert states(found) == {"Analytics cookies": "off", "Social media": "on"}


@pytest.mark.parametrize(
    "button",
    [
        '<div id="closeBanner">Accept all</div>',
        '<span class="btn-primary">Accept all</span>',
        '<div tabindex="0">Accept all</div>',
        '<div onclick="go()">Accept all</div>',
    ],
)
def test_an_element_drawn_as_a_button_is_one(button: str) -> None:
    assert buttons(dialogs(f"{INTRO}{button}<button>Reject all</button>"), "accept-all") == ["Accept all"]


@pytest.mark.parametrize(
    "words",
    [
        '<div class="accept-text">Press one of the buttons to go on.</div>',
        '<div class="buttons"><button>Accept all</button></div>',
        '<a href="/x"><span class="btn-text">Accept all</span></a>',
    ],
)
def test_what_holds_prose_or_a_real_control_is_not_drawn_as_a_button(words: str) -> None:
    texts = [c.text for d in dialogs(f"{INTRO}<button>Reject all</button>{words}") for c in d.controls]

    assert len(texts) == len(set(texts)) <= 2


def test_preferences_that_a_dialog_hides_until_asked_are_a_layer_of_their_own() -> None:
    found = dialogs(
        INTRO + "<div><button>Accept all</button><button>Manage cookies</button></div>"
        '<div style="display:none"><label><input type="checkbox">Statistics</label>'
        '<label><input type="checkbox">Marketing</label><button>Update consent</button></div>'
    )

    assert [d.surface for d in found] == ["banner", "preferences"]
    assert [bool(d.categories) for d in found] == [False, True]
    assert [d.visible for d in found] == [None, False]
    assert buttons(found, "save") == ["Update consent"]


def test_a_layer_without_prose_is_known_by_its_heading_or_its_switches() -> None:
    switches = "".join(f"<label><input type='checkbox'>{n} cookies</label>" for n in ("Functional", "Targeting"))
    titled = (
        "<h2>Cookie preferences</h2><label><input type='checkbox'>Analytics</label><label><input type='checkbox'>"
        "Advertising</label>"
    )

    assert list(states(dialogs(switches + SAVE))) == ["Functional cookies", "Targeting cookies"]
    assert list(states(dialogs(titled + SAVE))) == ["Analytics", "Advertising"]


def test_filters_of_a_shop_are_no_dialog() -> None:
    filters = "<h2>Filter</h2>" + "".join(
        f"<label><input type='checkbox'>{n}</label>" for n in ("Performance", "Functional")
    )

    assert not dialogs(filters + "<button>Apply</button>")


def test_a_tab_leads_to_the_settings_only_where_no_button_does() -> None:
    tabs = '<ul role="tablist"><li><a role="tab" href="#">Details</a></li></ul>'

    assert buttons(dialogs(tabs + INTRO + "<button>Accept</button><button>Customize</button>"), "settings") == [
        "Customize"
    ]
    assert buttons(dialogs(tabs + INTRO + "<button>Accept</button>"), "settings") == ["Details"]


def test_a_button_that_only_promises_more_is_the_way_on_where_nothing_else_is() -> None:
    more = "<button>Find out more</button>"

    assert buttons(dialogs(INTRO + "<button>Accept</button>" + more), "settings") == ["Find out more"]
    assert buttons(dialogs(INTRO + "<button>Accept</button><button>Decline</button>" + more), "settings")
    told = "<button>Decline</button><button>Settings</button><button>More information</button>"
    assert buttons(dialogs(INTRO + "<button>Accept</button>" + told), "settings") == ["Settings"]
    assert not buttons(dialogs(INTRO + "<button>Accept</button><a href='/more'>Find out more</a>"), "settings")
    assert not buttons(dialogs(INTRO + "<button>Accept</button><button>Privacy policy</button>"), "settings")


def test_a_button_is_what_its_accessible_name_adds() -> None:
    named = '<button aria-label="Learn more: configure your consents">Learn more</button><button>Decline</button>'

    assert buttons(dialogs(INTRO + "<button>Agree</button>" + named), "settings") == ["Learn more"]


def test_switches_of_iab_purposes_name_no_category() -> None:
    purposes = "".join(
        f"<div><h2>{p}</h2><input type='checkbox' aria-label='Consent to {p}'></div>"
        for p in ("Store and/or access information on a device", "Use limited data to select advertising")
    )

    assert not states(dialogs("<h1>Manage your data</h1>" + INTRO + purposes + "<button>Confirm choices</button>"))


def test_tabs_of_a_list_are_counted_links() -> None:
    links = "".join(f'<a href="#">{n} ({i})</a>' for i, n in enumerate(("Statistics", "Marketing", "Unclassified")))
    found = dialogs(INTRO + f"<label><input type='checkbox'>Statistics</label>{SAVE}<div>{links}</div>")

    assert list(states(found)) == ["Statistics", "Marketing", "Unclassified"]


def test_the_only_locked_category_is_the_necessary_one_if_its_name_says_no_kind() -> None:
    row = (
        '<label><input type="checkbox" checked disabled>Session cookies</label><label><input type="checkbox">{}</label>'
    )

    kinds = [c.kind for d in dialogs(INTRO + row.format("Statistics") + SAVE) for c in d.categories]
    assert kinds == ["necessary", "analytics"]
    kinds = [c.kind for d in dialogs(INTRO + row.format("Essential cookies") + SAVE) for c in d.categories]
    assert kinds == ["other", "necessary"]


def test_the_opt_outs_title_is_no_category_though_no_heading() -> None:
    found = dialogs(
        '<p class="title">Do Not Sell or Share My Personal Information</p>' + INTRO + "<div><p>Opt out of sale</p>"
        '<button role="switch" aria-checked="false" aria-label="Opt out of sale"></button></div><button>Confirm</button>'
    )

    assert list(states(found)) == ["Opt out of sale"]


def test_a_link_not_to_share_is_an_opt_out_link() -> None:
    page = snapshot('<footer><a href="/x">Do not share my personal information</a></footer>')

    assert [link.title_kind for link in read_opt_out_links_of(page)] == ["variant"]


def test_radio_buttons_named_after_their_category_are_its_switch() -> None:
    row = (
        '<h3>{0}</h3><input type="radio" name="{0}" id="{0}y"{1} aria-label="{0} Yes"><label for="{0}y">Yes</label>'
        '<input type="radio" name="{0}" id="{0}n"{2} aria-label="{0} No"><label for="{0}n">No</label>'
    )
    found = dialogs(INTRO + row.format("Functional", " checked", "") + row.format("Advertising", "", " checked") + SAVE)

    assert states(found) == {"Functional": "on", "Advertising": "off"}


def test_a_heading_of_one_word_may_be_a_name_and_a_mark_otherwise() -> None:
    found = dialogs(
        INTRO + "<h4>Required</h4><div>Always Active</div><p>The site needs them.</p>"
        "<h4>Analytics</h4><input type='checkbox' aria-label='Analytics'>" + SAVE
    )

    assert states(found) == {"Required": "locked", "Analytics": "off"}


def test_a_switch_without_a_label_is_named_by_the_link_that_opens_its_part() -> None:
    row = (
        '<div><a data-toggle="collapse" href="#x">{}</a><input type="checkbox" id="{}"><label for="{}"></label></div>'
        "<div><p>What it is for.</p><table><tr><td>_id</td><td>1 day</td></tr></table></div>"
    )
    found = dialogs(INTRO + row.format("Analytics", "a", "a") + row.format("Social networks", "b", "b") + SAVE)

    assert states(found) == {"Analytics": "off", "Social networks": "off"}


def test_inline_elements_that_the_eye_sees_apart_are_read_apart() -> None:
    row = (
        "<div><label><span>{0}</span><span>What it is for.</span></label>"
        '<button aria-pressed="false"><span>Toggle {0}</span></button></div>'
    )
    found = dialogs(
        INTRO + "<div><span>Strictly necessary</span><em>Always active</em></div>" + row.format("Analytics") + SAVE
    )

    assert states(found) == {"Strictly necessary": "locked", "Analytics": "off"}


def test_a_word_with_a_part_set_apart_is_read_as_one() -> None:
    found = dialogs(INTRO + "<p>Powered by Cookie<b>Bar</b> and <i>Co</i><b>okie</b></p><button>Accept</button>")

    assert "Powered by CookieBar and Cookie" in [p.text for d in found for p in d.passages]


def test_a_form_to_fill_in_is_no_dialog_though_it_asks_for_consent() -> None:
    form = (
        "<form><p>Write to us about anything you like.</p><input type='text'><label><input type='checkbox'>I consent to"
        " the use of my personal data</label><label><input type='checkbox'>Send me marketing</label>"
        "<button>Submit</button></form>"
    )

    assert not dialogs(form)


def test_a_banner_whose_buttons_opt_in_and_out_is_found_by_them() -> None:
    banner = f"<div>{INTRO}<p>You may opt out.</p><button>Opt out</button><button>Opt in</button></div>"

    assert buttons(dialogs(banner, 'class="f-bar"'), "opt-in") == ["Opt in"]


def test_names_that_begin_with_cookies_are_names() -> None:
    rows = "".join(
        f"<div><h3>{n}</h3><input type='checkbox'></div>" for n in ("Cookies for analytics", "Cookies dirigidas")
    )

    assert list(states(dialogs(INTRO + rows + SAVE))) == ["Cookies for analytics", "Cookies dirigidas"]


def test_wordings_of_buttons() -> None:
    words: dict[str, Purpose] = {
        "Set preferences": "settings",
        "Tailor preferences": "settings",
        "Configuration": "settings",
        "Cookie manager": "settings",
        "Only technically required": "decline-all",
        "No, I don’t consent": "decline-all",
        "Save selected": "save",
        "OK for me": "accept-all",
        "Opt in to all": "accept-all",
        "Opt out of all": "decline-all",
        "Opt out of the sale of all data": "opt-out",
        "Cookies estrictamente necesarias": "other",
    }

    assert {text: purpose_of(text) for text in words} == words


def test_links_among_words_that_lead_nowhere_are_buttons_where_they_decide() -> None:
    prose = (
        "<p>We use cookies on this website. <a href='#'>Accept</a> or <a href='javascript:no()'>Decline</a>. "
        "<a href='/policy'>Cookie policy</a></p>"
    )
    found = dialogs(prose, 'class="cookie-bar"')

    assert (buttons(found, "accept-all"), buttons(found, "decline-all")) == (["Accept"], ["Decline"])
    assert not buttons(dialogs(prose.replace("'#'", "'/terms'"), 'class="cookie-bar"'), "accept-all")


def test_links_drawn_as_buttons_are_buttons_beside_words() -> None:
    found = dialogs(
        "<span>This website uses cookies for advertising.</span> <a class='btn' href='?ok=1'>Accept all</a> "
        "<a class='btn' href='?ok=0'>Reject all</a>"
    )

    assert (buttons(found, "accept-all"), buttons(found, "decline-all")) == (["Accept all"], ["Reject all"])


@pytest.mark.parametrize(
    "intro",
    [
        "<p>A site may store something in your browser. Strictly necessary cookies are always active.</p>",
        "<p>On this website necessary cookies are always active.</p>",
    ],
)
def test_a_sentence_that_ends_in_a_mark_is_no_name(intro: str) -> None:
    found = dialogs(intro + "<h3>Analytics</h3><input type='checkbox' aria-label='Analytics'>" + SAVE)

    assert list(states(found)) == ["Analytics"]


def test_a_list_of_cookies_in_the_page_is_no_dialog() -> None:
    html = (
        '<main><div class="CookieTable"><p>This website uses cookies for these purposes.</p><a href="#">Change your consent</a>'
        "<h3>Necessary (4)</h3><p>They help.</p><h3>Marketing (14)</h3><p>They follow you.</p></div></main>"
    )

    assert not read_document(Document(url="https://paper.test/", html=f"<html><body>{html}</body></html>"))


def test_a_layer_without_prose_is_known_by_a_title_that_is_no_heading() -> None:
    found = dialogs(
        "<div><span>Cookie Preferences</span></div><div><p>Necessary</p><div>Always active</div></div>"
        "<div><label for='a'><p>Analytics</p></label><input type='checkbox' id='a' role='switch'></div>" + SAVE
    )

    assert states(found) == {"Necessary": "locked", "Analytics": "off"}


def test_a_hidden_list_of_vendors_is_no_layer_of_the_sites_choices() -> None:
    found = dialogs(
        INTRO
        + "<button>Accept all</button><label><input type='checkbox'>Statistics</label>"
        + SAVE
        + "<div id='vendor-list' "
        "hidden><label><input type='checkbox'>All vendors</label><button>Apply</button></div>"
    )

    assert len(found) == 1


def test_a_switch_that_stands_before_its_name_is_named_by_what_follows() -> None:
    row = "<li><div>{}</div><a href='#' class='head'>{}</a><p>What it is for, in a sentence.</p></li>"
    found = dialogs(INTRO + "<ul>" + row.format("Always Active", "Necessary") + "</ul>" + SAVE)

    assert states(found) == {"Necessary": "locked"}


def test_preferences_of_an_account_in_the_page_are_no_dialog() -> None:
    html = (
        "<main><section><p>Choose how we use your personal information to write to you.</p><label><input type='checkbox'>"
        "Marketing emails</label><label><input type='checkbox'>Research</label><button>Save preferences</button>"
        "</section></main>"
    )

    assert not read_document(Document(url="https://paper.test/", html=f"<html><body>{html}</body></html>"))
    asks = html.replace("to write to you", "and sale of it")
    assert read_document(Document(url="https://paper.test/", html=f"<html><body>{asks}</body></html>"))


def test_a_list_of_yes_and_no_is_a_switch() -> None:
    def row(name: str, options: str, more: str = "") -> str:
        return f"<div><p>{name}</p><p>It serves {name}.</p><select aria-label='{name}'{more}>{options}</select></div>"

    yes, no = (
        "<option>Allow</option><option>Do not allow</option>",
        "<option>Allow</option><option selected>Block</option>",
    )
    rows = row("Strictly necessary", yes, " disabled") + row("Analytics", yes) + row("Advertising", no)
    found = dialogs(INTRO + rows + row("Language", "<option>Yes</option><option>English</option>") + SAVE)

    assert states(found) == {"Strictly necessary": "locked", "Analytics": "on", "Advertising": "off"}


def test_a_pair_of_drawn_radio_buttons_is_a_switch() -> None:
    def row(name: str, on: str, off: str) -> str:
        said = f"<div role='radio' aria-checked='{off}'>No</div><div role='radio' aria-checked='{on}'>Yes</div>"
        return f"<div><h2>{name}</h2><div>{said}</div><p>They serve a purpose here.</p></div>"

    rows = (
        row("Analytics", "true", "false") + row("Advertising", "false", "true") + row("Social media", "false", "false")
    )

    assert states(dialogs(INTRO + rows + SAVE)) == {"Analytics": "on", "Advertising": "off", "Social media": "unknown"}


def test_a_template_s_hole_and_a_cookie_s_term_name_no_category() -> None:
    switch = "<input type='checkbox' aria-label='Analytics'>"
    holes = "<p>[close_label]</p><input type='checkbox'><p>Expiry: 2 years Type: HTTP</p><input type='checkbox'>"

    assert list(states(dialogs(INTRO + switch + holes + SAVE))) == ["Analytics"]


def test_a_mark_or_count_right_against_a_name_is_no_part_of_it() -> None:
    marked = "<details><summary>Functional<span>Always active</span></summary><p>They are needed here.</p></details>"
    counted = "<div><a href='#'>Marketing31</a><input type='checkbox'></div>"

    answers = "<button>Accept all</button>"

    assert states(dialogs(INTRO + marked + counted + answers + SAVE)) == {"Functional": "locked", "Marketing": "off"}


def test_a_mark_before_a_position_and_words_only_for_the_eye_are_no_part_of_a_name() -> None:
    found = dialogs(
        INTRO
        + "<button aria-expanded='false'>Strictly Necessary <span>Always Enabled</span></button>"
        + "<input type='checkbox' id='m'><label for='m'><span>Audience figures</span> <span aria-hidden='true'>partial</span></label>"
        + "<p>Who reads what.</p>"
        + "<div><h4>Ads that fit</h4><span>Opt Out</span><button role='switch' aria-checked='true' aria-label=''></button>"
        + "<span>Opt In</span></div><p>Ads after what you read.</p>"
        + "<label><input type='checkbox' checked> Service Provision</label><p>The shop's own needs.</p>"
        + SAVE
    )

    assert states(found) == {
        "Strictly Necessary": "locked",
        "Audience figures": "off",
        "Ads that fit": "on",
        "Service Provision": "on",
    }


def service(name: str) -> str:
    return f"<li><label><input type='checkbox' checked> {name}</label><p>What {name} does.</p></li>"


def test_services_are_parts_of_the_category_that_has_the_switch() -> None:
    listed = f"<div class='x-services'><ul>{service('Tallyho Analytics')}{service('Clipstream')}</ul></div>"
    found = dialogs(
        INTRO
        + f"<ul><li><label><input type='checkbox'> Marketing</label><p>Ads after your taste.</p>{listed}</li>"
        + "<li><label><input type='checkbox' checked> Statistics</label><p>We count.</p></li></ul>"
        + SAVE
    )

    assert states(found) == {"Marketing": "off", "Statistics": "on"}


def answers(name: str, *, allowed: bool) -> str:
    return (
        f"<li><h4>{name}</h4><button aria-pressed='{str(allowed).lower()}' aria-label='Allow {name}'>Allow</button>"
        f"<button aria-pressed='{str(not allowed).lower()}' aria-label='Deny {name}'>Deny</button></li>"
    )


def group(name: str, *services: str, style: str = "display: block") -> str:
    return (
        f"<li class='tarteaucitronHidden' style='{style}'><div role='heading' aria-level='3'><button aria-expanded='false'>"
        f"{name}</button></div><p>What such services are for.</p><ul id='xServices_{name[:3]}'>{''.join(services)}</ul></li>"
    )


def test_a_category_without_a_switch_has_that_of_its_services_and_one_without_services_is_none() -> None:
    found = dialogs(
        INTRO
        + "<ul><li><div><button>Mandatory cookies</button></div><ul id='xServices_man'><li><b>The site needs them.</b>"
        + "<button disabled>Allow</button><button>Deny</button></li></ul></li>"
        + group("APIs", answers("Mapmaker", allowed=False))
        + group("Videos", answers("Clipstream", allowed=True), answers("Reelhouse", allowed=True))
        + group("Support", style="")
        + "</ul>"
        + SAVE
    )

    assert states(found) == {"Mandatory cookies": "locked", "APIs": "off", "Videos": "on"}
    assert buttons(found, "accept-all") == []


def test_services_that_stand_under_no_category_are_the_choices() -> None:
    found = dialogs(
        INTRO + f"<div class='x-services'><ul>{service('Tallyho')}{service('Clipstream')}</ul></div>" + SAVE
    )

    assert states(found) == {"Tallyho": "on", "Clipstream": "on"}


def test_a_row_of_a_table_is_named_by_its_first_cell() -> None:
    def line(name: str, use: str, choice: str) -> str:
        return f"<tr><th scope='row'>{name}</th><td>{use}</td><td>{choice}</td></tr>"

    found = dialogs(
        INTRO
        + "<table><tr><th>Type</th><th>What for</th><th>Choice</th></tr>"
        + line("Necessary", "Sign-in and basket", "Always on")
        + line("Statistics", "Visitor figures", "<input type='checkbox' checked>")
        + "</table><table><tr><th>Cookie</th><th>Needed</th></tr><tr><td>sid</td><td>Required</td></tr></table>"
        + SAVE
    )

    assert states(found) == {"Necessary": "locked", "Statistics": "on"}


def test_a_name_that_only_says_whose_cookies_they_are_leaves_their_kind_to_the_description() -> None:
    def switch(name: str, told: str) -> str:
        return f"<div><h4>{name}</h4><input type='checkbox' aria-label='{name}'><p>{told}</p></div>"

    found = dialogs(
        INTRO
        + switch("3rd Party Cookies", "We use an analytics service to count visits to each page.")
        + switch("Additional Cookies", "The following are used: none.")
        + switch("Others", "They are being analyzed and belong to no category yet.")
        + SAVE
    )

    assert [(c.name, c.kind) for d in found for c in d.categories] == [
        ("3rd Party Cookies", "analytics"),
        ("Additional Cookies", "other"),
        ("Others", "other"),
    ]


def test_a_category_that_is_called_services_in_its_id_is_no_list_of_services() -> None:
    def switch(own: str, name: str, state: str) -> str:
        return f"<section id='{own}'><h4>{name}</h4><input type='checkbox' aria-label='{name}' {state}></section>"

    found = dialogs(
        "<h2>Choose how we use your data</h2>"
        + INTRO
        + "<div>"
        + switch("essential_services", "Essential Services", "checked disabled")
        + switch("measuring", "Analytics", "checked")
        + switch("ad_services", "Advertising", "")
        + "</div>"
        + SAVE
    )

    assert states(found) == {"Essential Services": "locked", "Analytics": "on", "Advertising": "off"}
