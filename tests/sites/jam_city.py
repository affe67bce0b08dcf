"""Jam City (California attorney general, 2025): no opt-out link, and a control whose name says nothing of sale."""

from __future__ import annotations

from tests.sites.building import IGNORES_GPC, MENDED, Case, Shop, dialog, policy

BY_MAIL = policy(
    sale="We sell and share personal information. To opt out, send an e-mail to privacy@tallow-and-pine.example."
)
VAGUE = "<p>We care about your data. Write to privacy@tallow-and-pine.example with any question.</p>"

CASES = (
    Case(
        name="jam-city",
        about="No link offers an opt-out; the policy names an e-mail address.",
        faulty=Shop(ways=IGNORES_GPC, links="", dialogs="", policy=BY_MAIL).sites,
        corrected=MENDED,
        fails=("ccpa-optout-link",),
    ),
    Case(
        name="jam-city-label",
        about="The only control is called Data Privacy and never mentions sale or sharing.",
        faulty=Shop(
            ways=IGNORES_GPC,
            links='<a href="#choices" data-do="open choices">Data Privacy</a>',
            dialogs=dialog("Data Privacy", VAGUE),
            policy=BY_MAIL,
        ).sites,
        corrected=MENDED,
        fails=("ccpa-label-vague",),
        scenarios=("first-visit", "opt-out"),
    ),
)
