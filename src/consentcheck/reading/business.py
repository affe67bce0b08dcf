"""What the evidence says about the business: whether it sells or shares, whether it has accounts."""

from __future__ import annotations

from consentcheck.model.facts import Facts
from consentcheck.model.rule import Profile, YesNo

_SALE_LINKS = frozenset({"statutory", "alternative", "outdated", "variant", "other-language"})
_AD_PURPOSES = frozenset({"advertising", "social", "marketing"})


def sells_or_shares(facts: Facts, profile: Profile) -> YesNo:
    """As the profile says; else ``yes`` if the site says so or is seen to, ``no`` if a live first visit shows nothing of the kind.

    A site declares itself by an opt-out link or by a category of sale; it is seen to sell or share when identifiers go to an
    advertising or social third party, or such a party sets cookies. A saved page that shows neither proves nothing: ``unknown``.
    """
    if profile.sells_or_shares != "auto":
        return profile.sells_or_shares
    declared = any(link.title_kind in _SALE_LINKS for link in facts.opt_out_links) or any(
        "sale" in category.all_kinds() for dialog in facts.dialogs for category in dialog.categories
    )
    seen = any(tracker.purpose in _AD_PURPOSES and tracker.identifiers for tracker in facts.trackers) or any(
        cookie.party == "third" and cookie.purpose in ("advertising", "social") for cookie in facts.cookies
    )
    if declared or seen:
        return "yes"
    return "no" if _looked(facts) else "unknown"


def has_accounts(facts: Facts, profile: Profile) -> YesNo:
    """As the profile says; else ``yes`` if the site offers to log in, ``no`` if a live first visit shows no sign of it."""
    if profile.has_accounts != "auto":
        return profile.has_accounts
    if facts.accounts:
        return "yes"
    return "no" if _looked(facts) else "unknown"


def _looked(facts: Facts) -> bool:
    first = facts.scenario("first-visit")
    return first is not None and first.status == "complete" and "traffic" in first.has
