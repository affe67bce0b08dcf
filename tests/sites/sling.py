"""Sling TV (California attorney general, 2025): cookie settings for privacy choices, and a second form."""

from __future__ import annotations

from tests.sites.building import CHOICES, ICON, NECESSARY, Case, Shop, button, dialog, form
from tests.sites.honda import HEADING

LINK = f'<a href="#choices" data-do="open choices">Your Privacy Choices {ICON}</a>'
COOKIES = (
    "<p>Choose which cookies this browser keeps.</p>"
    + NECESSARY
    + '<div class=category><h3 id="sale-name">Performance Cookies</h3><button role="switch" type="button" '
    'data-do="toggle" aria-checked="true" aria-labelledby="sale-name">On</button><p>These count visits and show '
    "which pages are read.</p></div>"
    + button("Reject All", "opt-out")
    + button("Accept All", "accept")
    + button("Save", "save")
)
SECOND = (
    "<p>Turning cookies off does not opt you out of all sale and sharing of your personal information. To opt out "
    "of our other "
    'sales, also submit a separate request on the <a href="/opt-out">Do Not Sell form</a>.</p>'
)
FIELDS = {"Name": "text", "Street address": "text", "E-mail address": "email", "Phone number": "tel"}
FORM = {"/opt-out": HEADING + form("/opt-out", FIELDS)}
MENDED = CHOICES.replace(
    "</h2>", '</h2><p>You can also <a href="/limit">limit the use of your sensitive personal information</a>.</p>', 1
)

CASES = (
    Case(
        name="sling",
        about="The privacy choices stop some sales, and a second form with four fields the others.",
        faulty=Shop(links=LINK, dialogs=CHOICES.replace("<p>You have", SECOND + "<p>You have", 1), pages=FORM).sites,
        corrected=Shop(links=LINK, dialogs=MENDED).sites,
        fails=("ccpa-optout-split",),
        scenarios=("first-visit", "opt-out"),
    ),
    Case(
        name="sling-cookie-tool",
        about="The privacy choices are cookie settings that say nothing of sale or sharing; that is all.",
        faulty=Shop(links=LINK, dialogs=dialog("Cookie Preferences", COOKIES)).sites,
        corrected=Shop(links=LINK, dialogs=MENDED).sites,
        fails=("ccpa-cookie-tool-alone", "ccpa-altlink-covers-both"),
        scenarios=("first-visit", "opt-out"),
    ),
)
