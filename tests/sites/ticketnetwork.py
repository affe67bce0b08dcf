"""TicketNetwork (Connecticut attorney general, 2025): an opt-out link that did not work."""

from __future__ import annotations

from tests.sites.building import MENDED, OPT_OUT_LINK, Case, Shop

CASES = (
    Case(
        name="ticketnetwork",
        about="A click on the opt-out link does nothing.",
        faulty=Shop(links=OPT_OUT_LINK.replace(' data-do="open choices"', "")).sites,
        corrected=MENDED,
        fails=("ccpa-optout-link-target",),
        scenarios=("first-visit", "opt-out"),
    ),
    Case(
        name="ticketnetwork-missing",
        about="The opt-out link leads to a page that is not there.",
        faulty=Shop(links='<a href="/opt-out">Do Not Sell or Share My Personal Information</a>').sites,
        corrected=MENDED,
        fails=("ccpa-optout-link-target",),
        scenarios=("first-visit", "opt-out"),
    ),
)
