"""PlayOn (California Privacy Protection Agency, 2026): agree or leave, and an industry page as the opt-out."""

from __future__ import annotations

from consentcheck.demo.server import Reply, Site
from tests.sites.building import APPEARANCE_ONLY, CHOICES, Case, Shop, button

WALL = (
    '<section class="wall" data-banner role="dialog" aria-modal="true" aria-label="Before you enter"><h2>Before '
    "you enter</h2>"
    "<p>By continuing you agree to our use of cookies and to the sale and sharing of your personal "
    "information.</p>{}</section><script>document.body.style.overflow = 'hidden'</script>"
)
INDUSTRY = '<a href="https://optout.aboutads.info/">Do Not Sell or Share My Personal Information</a>'


def _wall() -> dict[str, Site]:
    shop = Shop(ways=APPEARANCE_ONLY, links=INDUSTRY, dialogs=WALL.format(button("Agree", "accept")))
    return {
        "optout.aboutads.info": lambda _: Reply("<h1>WebChoices</h1><p>Opt out of participating companies.</p>")
    } | (shop.sites())


CASES = (
    Case(
        name="playon",
        about="A wall with nothing but Agree, an opt-out link that leads to an industry tool, and GPC ignored.",
        faulty=_wall,
        corrected=Shop(
            dialogs=WALL.replace("</p>{}", "</p>{}{}").format(button("Agree", "accept"), button("Decline", "opt-out"))
            + CHOICES
        ).sites,
        fails=("ccpa-consent-wall", "ccpa-optout-third-party-tools", "gpc-honored-trackers"),
        scenarios=("first-visit", "gpc"),
    ),
)
