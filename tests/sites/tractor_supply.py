"""Tractor Supply (California Privacy Protection Agency, 2025): an idle form, no signal, an old policy."""

from __future__ import annotations

import datetime as dt

from tests.sites.building import IGNORES_GPC, LIMIT_LINK, Case, Shop, form, policy
from tests.sites.honda import FORM_LINK, HEADING

PAGES = {"/opt-out": HEADING + form("/opt-out", {"E-mail (optional)": "email"}, required=False)}
LINKS = FORM_LINK + LIMIT_LINK

CASES = (
    Case(
        name="tractor-supply",
        about="The opt-out form stops no tracker, GPC is ignored, the policy is old and silent on signals.",
        faulty=Shop(
            ways=IGNORES_GPC.but(status=False),
            links=LINKS.replace("Sell or Share", "Sell"),
            dialogs="",
            pages=PAGES,
            form_works=False,
            policy=policy(updated=dt.date(2021, 6, 1), signals=False),
        ).sites,
        corrected=Shop(links=LINKS, dialogs="", pages=PAGES).sites,
        fails=(
            "optout-webform-effect",
            "gpc-honored-trackers",
            "gpc-policy-explain",
            "policy-age",
            "ccpa-optout-link-title",
        ),
        scenarios=("first-visit", "gpc", "opt-out", "every-opt-out"),
        submit=("email=reader@example.org",),
    ),
)
