"""Honda (California Privacy Protection Agency, 2025): two steps out, one step in, and eight required fields."""

from __future__ import annotations

from tests.sites.building import NECESSARY, SALE, Case, Shop, button, dialog, form

BANNER = (
    '<section class="banner" data-banner aria-label="Cookies"><p>We use cookies, and sell and share personal '
    "information "
    "with advertising partners.</p>{}</section>"
)
SETTINGS = "<p>You can opt out of the sale and sharing of personal information here.</p>" + NECESSARY + SALE
FORM_LINK = '<a href="/opt-out">Do Not Sell or Share My Personal Information</a>'
FIELDS = {
    "First name": "text",
    "Last name": "text",
    "Street address": "text",
    "City": "text",
    "State": "text",
    "ZIP code": "text",
    "E-mail address": "email",
    "Phone number": "tel",
}
HEADING = "<h1>Do Not Sell or Share My Personal Information</h1><p>Use this form to opt out of sale and sharing.</p>"

CASES = (
    Case(
        name="honda",
        about="The cookie tool takes one click to allow all and two to opt out: a switch, then Confirm My Choices.",
        faulty=Shop(
            dialogs=BANNER.format(button("Allow All", "accept") + button("Manage Choices", "open choices"))
            + dialog(
                "Do Not Sell or Share My Personal Information",
                SETTINGS + button("Allow All", "accept") + button("Confirm My Choices", "save"),
            )
        ).sites,
        corrected=Shop(
            dialogs=BANNER.format(button("Allow All", "accept") + button("Reject All", "opt-out"))
            + dialog(
                "Do Not Sell or Share My Personal Information",
                SETTINGS
                + button("Allow All", "accept")
                + button("Reject All", "opt-out")
                + button("Confirm My Choices", "save"),
            )
        ).sites,
        fails=("ccpa-symmetry-banner", "ccpa-symmetry-preferences", "ccpa-symmetry-steps"),
        scenarios=("first-visit", "opt-out", "accept-all"),
    ),
    Case(
        name="honda-form",
        about="The opt-out form requires eight pieces of personal information.",
        faulty=Shop(links=FORM_LINK, dialogs="", pages={"/opt-out": HEADING + form("/opt-out", FIELDS)}).sites,
        corrected=Shop(
            links=FORM_LINK,
            dialogs="",
            pages={"/opt-out": HEADING + form("/opt-out", {"E-mail (optional)": "email"}, required=False)},
        ).sites,
        fails=("ccpa-optout-excess-data",),
    ),
)
