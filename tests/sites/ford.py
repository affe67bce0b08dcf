"""Ford (California Privacy Protection Agency, 2026): an opt-out that waits for a confirmation by e-mail."""

from __future__ import annotations

from tests.sites.building import Case, Shop, form
from tests.sites.honda import FORM_LINK, HEADING

CONFIRM = "<p>We will e-mail you a link. Your request is processed only after you confirm it by following the link.</p>"

CASES = (
    Case(
        name="ford",
        about="The opt-out takes effect only once a link in an e-mail has been followed.",
        faulty=Shop(
            links=FORM_LINK,
            dialogs="",
            pages={"/opt-out": HEADING + CONFIRM + form("/opt-out", {"E-mail address": "email"})},
            form_works=False,
            thanks="<h1>Check your e-mail</h1><p>Follow the link that we sent you to confirm your request.</p>",
        ).sites,
        corrected=Shop(
            links=FORM_LINK,
            dialogs="",
            pages={"/opt-out": HEADING + form("/opt-out", {"E-mail (optional)": "email"}, required=False)},
        ).sites,
        fails=("ccpa-optout-no-verify",),
    ),
)
