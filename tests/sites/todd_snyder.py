"""Todd Snyder (California Privacy Protection Agency, 2025): a dialog that went away at once, a photo of one's ID."""

from __future__ import annotations

from tests.sites.building import IGNORES_GPC, MENDED, Case, Shop, form
from tests.sites.honda import FORM_LINK, HEADING

CASES = (
    Case(
        name="todd-snyder",
        about="The opt-out dialog disappears as soon as it is opened, and the same fault loses the signal.",
        faulty=Shop(ways=Shop().ways.but(gpc=False, vanishes=True)).sites,
        corrected=MENDED,
        fails=("ccpa-dialog-persist", "gpc-honored-trackers"),
        scenarios=("first-visit", "gpc", "opt-out"),
    ),
    Case(
        name="todd-snyder-identity",
        about="The opt-out form asks for a photograph of an identity document.",
        faulty=Shop(
            ways=IGNORES_GPC,
            links=FORM_LINK,
            dialogs="",
            pages={
                "/opt-out": HEADING
                + "<p>To verify your identity, attach a photo of your driver's license or passport.</p>"
                + form("/opt-out", {"E-mail address": "email", "Photo of your identity document": "file"})
            },
        ).sites,
        corrected=Shop(
            links=FORM_LINK,
            dialogs="",
            pages={"/opt-out": HEADING + form("/opt-out", {"E-mail (optional)": "email"}, required=False)},
        ).sites,
        fails=("ccpa-optout-no-verify",),
    ),
)
