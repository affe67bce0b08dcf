"""Shapes that dialogs take in a flattened text: drawn lists, said titles, glued words of other languages."""

from __future__ import annotations

from consentcheck.reading.pieces import pieces
from consentcheck.reading.text import read_text


def states(text):
    return [
        (c.name, "locked" if c.always_active else c.toggle, c.description)
        for d in read_text(text)
        for c in d.categories
    ]


def test_boxes_drawn_with_characters_are_the_states_of_the_labels_they_stand_at():
    asked = "We use cookies on this website. Accept all Only essential Let me choose   Your cookies   "
    listed = "[x] Essential - you may not disable these  [ ] Statistics: how many people read us  [X] Marketing cookies   Save"
    assert states(asked + listed) == [
        ("Essential", "locked", "you may not disable these"),
        ("Statistics", "off", "how many people read us"),
        ("Marketing cookies", "on", ""),
    ]
    assert states(asked + "Strictly necessary ☒ Analytics ☐ Advertising ☐ Save") == [
        ("Strictly necessary", "on", ""),
        ("Analytics", "off", ""),
        ("Advertising", "off", ""),
    ]
    alone = read_text("[X] We use cookies on this website. Accept all Reject all")
    assert next((c.text, c.purpose) for d in alone for c in d.controls) == ("[X]", "close")


def test_a_title_after_a_banners_buttons_begins_the_layer_with_the_categories():
    banner, preferences = read_text(
        "We use cookies to run this shop. Reject all Accept all Preferences\nCookie choices\n[x] Necessary\n[ ] Marketing\nSave"
    )
    assert [c.purpose for c in banner.controls] == ["decline-all", "accept-all", "settings"]
    assert (banner.surface, preferences.surface, preferences.title) == ("banner", "preferences", "Cookie choices")


def test_a_necessary_category_is_locked_where_only_its_description_says_so():
    said = (
        "Storage Preferences Storage Preferences   We keep cookies for you.   Essential  Keeps the lights on. You may not "
        "disable these. View Cookies   Analytics  Counts the visits of the week. You may not disable the counter. View Cookies   Save"
    )
    assert [(name, state) for name, state, _ in states(said)] == [("Essential", "locked"), ("Analytics", "unknown")]
    assert [c.text for d in read_text(said) for c in d.controls] == ["Save"]
    opened = read_text(
        "We use cookies here. Accept all\nCookie Settings\nCookie Settings\nWe keep cookies for you.\nSave"
    )
    assert [[c.text for c in d.controls] for d in opened] == [["Accept all", "Cookie Settings"], ["Save"]]


def controls(text):
    return [(c.text, c.purpose) for d in read_text(text) for c in d.controls]


def test_what_promises_more_opens_the_settings_where_the_banner_says_so_or_has_another_link_to_its_policy():
    said = "We use cookies on this website. You may object at any time by clicking on “Learn More”. Learn More → Agree"
    assert controls(said) == [("Learn More →", "settings"), ("Agree", "accept-all")]
    beside = "We use cookies on this website.\nPrivacy Policy\nMore Information\nDeny\nAccept All"
    assert [purpose for _, purpose in controls(beside)] == ["policy", "settings", "decline-all", "accept-all"]
    assert ("Learn More", "policy") in controls("We use cookies on this website. Learn More\nDeny\nAccept All")
    assert ("Learn More", "policy") in controls("We use cookies on this website. See “Learn More”.\nLearn More\nAccept")


def test_counts_of_services_and_tabs_beside_names_are_none_of_them():
    text = (
        "Privacy SettingsHere you decide which cookies we may use.PurposesRequests Essential ServicesAlways ActiveRuns the "
        "page. 3 Services Functional  Lets you chat with us all day. 12 Services Save Services Accept All"
    )
    assert states(text) == [
        ("Essential Services", "locked", "Runs the page."),
        ("Functional", "unknown", "Lets you chat with us all day."),
    ]
    assert [d.title for d in read_text(text)] == ["Privacy Settings"]


def test_a_panel_of_vendors_in_any_language_is_no_category():
    text = (
        "Centro de preferencia de la privacidadAquí decide qué cookies usamos.Cookies necesariasActivas siempreSin ellas no hay "
        "sitio.Cookies dirigidas  Cookies dirigidas Siguen sus pasos.Botón AtrásLista de cookies Buscar iconoBorrar checkbox "
        "label labelAplicar CancelarConsentimiento Interés legítimo checkbox label labelConfirmar mis preferencias"
    )
    assert [name for name, _, _ in states(text)] == ["Cookies necesarias", "Cookies dirigidas"]


def test_a_status_is_neither_a_button_nor_a_title_cut_in_two():
    text = (
        "Your Opt-Out Request is HonoredNotice of Your U.S. Privacy RightsWe use cookies on this website. Opt-Out Request "
        "Honored\nAccept Cookies Manage Cookies"
    )
    assert [purpose for _, purpose in controls(text)] == ["accept-all", "settings"]
    assert [p.text for p in pieces(text)][:2] == [
        "Your Opt-Out Request is Honored",
        "Notice of Your U.S. Privacy Rights",
    ]


def test_names_before_colons_are_a_list_only_where_no_marks_show_another():
    listed = (
        "We use cookies on this website.   Strictly necessary: to sign in (cannot be disabled)   Preference: keeps your team ☐   "
        "Statistics: counts goals ☑   Accept all   Save settings"
    )
    assert states(listed) == [
        ("Strictly necessary", "locked", "to sign in (cannot be disabled)"),
        ("Preference", "off", "keeps your team"),
        ("Statistics", "on", "counts goals"),
    ]
    spoken = (
        "We use cookies of two sorts:\nNecessary cookies: to run the site\nAnalytics cookies: to count you\nManage "
        "PreferencesRequiredAlways ActiveRuns it all day.Measurement  Measurement Counts you all day. Save"
    )
    assert [name for name, _, _ in states(spoken)] == ["Required", "Measurement"]


def test_a_single_switch_for_the_sale_and_a_single_name_in_the_frameworks_words_are_categories():
    assert states(
        "Do Not Sell My Personal InformationWe sell personal information. Sale and Sharing On  Save & Exit Cancel"
    ) == [("Sale and Sharing", "on", "")]
    own = "Cookie settings\nWe use cookies.\n{}Personalized Ads and Content  Personalized Ads and Content Fits your taste.\nSave"
    assert [name for name, _, _ in states(own.format(""))] == ["Personalized Ads and Content"]
    other = "Store and/or access information on a device\nOur partners do so.\n"
    assert states(own.format(other)) == []


def test_french_layers_are_told_apart_though_their_words_are_glued():
    text = (
        "Ce site utilise des cookies.Tout refuser Tout autoriserCentre de préférences de la confidentialitéLorsque vous lisez "
        "ce site, des cookies sont utilisés.Tout autoriser Gérer les préférences de consentementCookies strictement "
        "nécessairesToujours actifIls font marcher le site.Cookies de performance  Cookies de performance Ils comptent.Bouton "
        "RetourFilter ButtonEffacer checkbox label labelAppliquer AnnulerConfirmer la sélection"
    )
    banner, preferences = read_text(text)
    assert [c.purpose for c in banner.controls] == ["decline-all", "accept-all"]
    assert [c.purpose for c in preferences.controls] == ["accept-all", "save"]
    assert [(c.name, c.kind, c.always_active) for c in preferences.categories] == [
        ("Cookies strictement nécessaires", "necessary", True),
        ("Cookies de performance", "analytics", False),
    ]


def test_a_necessary_category_is_not_locked_by_what_is_said_of_its_cookies_everywhere():
    said = (
        "Cookie Settings   We keep cookies for you.   Necessary Cookies  They keep the site running and cannot be switched "
        "off in our systems.   Analytics Cookies  They count the visits of the week.   Confirm My Choices"
    )
    assert [(name, state) for name, state, _ in states(said)] == [
        ("Necessary Cookies", "unknown"),
        ("Analytics Cookies", "unknown"),
    ]


def test_boxes_that_a_crawler_drew_at_a_templates_switches_tell_nothing():
    text = (
        "Cookie Settings\nHere you decide which cookies we use.\nNecessary Cookies\nAlways Active\nThey run it.\nTargeting "
        "Cookies\n- [x] Targeting Cookies\nThey follow you.\nCounting Cookies\n[-] Switch Label label\nThey count you.\n"
        "Cookie List\n- [x] checkbox label label\nApply Cancel\nConfirm"
    )
    assert [(name, state) for name, state, _ in states(text)] == [
        ("Necessary Cookies", "locked"),
        ("Targeting Cookies", "unknown"),
        ("Counting Cookies", "unknown"),
    ]


def test_a_title_over_a_layers_buttons_or_said_again_is_no_button():
    over = (
        "   Cookie preferences   Accept all  Decline all  Save   Required   It runs the shop.   Marketing   It follows you "
        "about.   Analytics   It counts you all day.   "
    )
    assert [purpose for _, purpose in controls(over)] == ["accept-all", "decline-all", "save"]
    again = (
        "We use cookies on this website. OK\nChange Settings\nConsent Manager\nYour opt out signal is honored.\n"
        "Consent Manager\nHere you decide.\nSave"
    )
    assert [text for text, _ in controls(again)] == ["OK", "Change Settings", "Save"]


def test_a_title_that_names_kinds_is_no_category():
    text = (
        "Opt-Out of Sale of Personal Information and Targeted AdvertisingYou decide which cookies we use here.Strictly "
        "NecessaryAlways ActiveIt runs.Cookie & Ad PreferencesHere you decide.Ads  Ads They follow you.Save"
    )
    assert [name for name, _, _ in states(text)] == ["Strictly Necessary", "Ads"]


def test_labels_that_say_no_kind_are_categories_where_they_stand_as_the_others_do():
    told = (
        "We use cookies here.   Necessary   They run the shop.   Partner Cookies   Set by friends of ours.   Statistics   They "
        "count you.   Do Not Sell or Share My Personal Information   Slide to say no.   Save   Accept All"
    )
    assert [name for name, _, _ in states(told)] == [
        "Necessary",
        "Partner Cookies",
        "Statistics",
        "Do Not Sell or Share My Personal Information",
    ]
    switched = "We use cookies here.   Necessary  Always on  Loyalty cookies  Off  Statistics  On  Save"
    assert states(switched)[1] == ("Loyalty cookies", "off", "")
    spoken = (
        "We use cookies here.   Necessary   They run the shop.   Statistics   They count you.   How it works   You choose, "
        "and we do so.   Questions   Write to us today.   Save"
    )
    assert [name for name, _, _ in states(spoken)] == ["Necessary", "Statistics"]


def test_names_of_two_kinds_words_are_one_where_they_say_one_kind():
    text = "We use cookies here. Strictly Required Always Active Social Media Features On Ad Personalization Off Save"
    assert [(name, state) for name, state, _ in states(text)] == [
        ("Strictly Required", "locked"),
        ("Social Media Features", "on"),
        ("Ad Personalization", "off"),
    ]


def test_states_in_brackets_and_marks_after_the_text():
    text = "We use cookies here.   Required (always on)   Analytics (on)   Marketing (off)   Update settings   Accept"
    assert [(name, state) for name, state, _ in states(text)] == [
        ("Required", "locked"),
        ("Analytics", "on"),
        ("Marketing", "off"),
    ]
    after = (
        "We use cookies here.\nEssential cookies\nThey open the pages.\nRequired\nExperience cookies\nThey keep your lists.\n"
        "Advertising cookies\nThey bring you ads.\nSave"
    )
    assert [(name, state) for name, state, _ in states(after)] == [
        ("Essential cookies", "locked"),
        ("Experience cookies", "unknown"),
        ("Advertising cookies", "unknown"),
    ]


def test_a_templates_switches_whose_two_labels_are_glued_are_a_template_all_the_same():
    text = (
        "Cookie SettingsHere you decide which cookies we use.Sale of Personal Data  Sale of Personal Data You may say no "
        "to it.Targeting Cookies  Switch LabellabelThey follow you.Back ButtonCookie List checkbox labellabelApplyCancel"
        "ConsentLeg.Interest checkbox labellabelReject allAllow all"
    )
    (dialog,) = read_text(text)
    assert [(c.name, c.parent) for c in dialog.categories] == [
        ("Sale of Personal Data", None),
        ("Targeting Cookies", "Sale of Personal Data"),
    ]
    assert [c.text for c in dialog.controls] == ["Reject all", "Allow all"]
