"""The dark patterns tip line's publisher (2022): a switch that does not say which way is which."""

from __future__ import annotations

from tests.sites.building import CHOICES, NECESSARY, Case, Shop, button, dialog

TITLE = "Sell My Personal Information On This Site Using Cookies"
BARE_SWITCH = (
    '<button role="switch" type="button" aria-checked="true" data-do="toggle" style="min-width: 60px">&nbsp;</button>'
)

CASES = (
    Case(
        name="tip-line",
        about="The opt-out link opens a dialog that offers to sell, with a bare switch and a further confirmation.",
        faulty=Shop(
            dialogs=dialog(TITLE, f"<h3>{TITLE}</h3>{BARE_SWITCH}{NECESSARY}{button('Confirm My Choices', 'save')}")
        ).sites,
        corrected=Shop(dialogs=CHOICES).sites,
        fails=("ccpa-toggle-label",),
        scenarios=("first-visit", "opt-out"),
    ),
)
