"""Sephora (California attorney general, 2022): denied selling, offered no opt-out, and did not hear the signal."""

from __future__ import annotations

from tests.sites.building import IGNORES_GPC, MENDED, Case, Shop, policy

CASES = (
    Case(
        name="sephora",
        about="The policy denies any sale, trackers run, no link offers an opt-out, and GPC changes nothing.",
        faulty=Shop(
            ways=IGNORES_GPC, links="", dialogs="", policy=policy(sale="We do not sell personal information.")
        ).sites,
        corrected=MENDED,
        fails=("policy-no-sale-claim", "ccpa-optout-link", "gpc-honored-trackers", "gpc-honored-signals"),
        scenarios=("first-visit", "gpc"),
    ),
)
