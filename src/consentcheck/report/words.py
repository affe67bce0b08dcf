"""What the closed vocabularies are called in a report."""

from __future__ import annotations

from consentcheck.model.words import Outcome

OUTCOME: dict[str, str] = {
    "failed": "Failed",
    "cantTell": "Needs review",
    "passed": "Passed",
    "untested": "Not tested",
    "inapplicable": "Does not apply",
}

OUTCOME_MARK: dict[str, str] = {"failed": "✕", "cantTell": "?", "passed": "✓", "untested": "○", "inapplicable": "–"}
"""A sign beside each outcome's word, so that colour is never alone."""

WORST_FIRST: tuple[Outcome, ...] = ("failed", "cantTell", "untested", "passed", "inapplicable")

BASIS: dict[str, str] = {
    "statute": "statute",
    "regulation": "regulation",
    "enforcement-position": "position taken in enforcement",
    "state-law": "law of another state",
    "industry-spec": "industry specification",
    "disclosure-quality": "quality of disclosure",
}

PACK: dict[str, str] = {
    "ccpa": "Opt-out links and choices",
    "gpc": "Global Privacy Control",
    "optout": "What an opt-out does",
    "category": "Category disclosures",
    "signal": "Consent signals",
    "notice": "Notices",
    "policy": "Privacy policy",
    "state": "Laws of other states",
    "capture": "The capture itself",
}

SCENARIO: dict[str, str] = {
    "first-visit": "First visit",
    "gpc": "With GPC",
    "opt-out": "Opted out",
    "accept-all": "Accepted all",
    "close": "Banner closed",
    "revisit-after-opt-out": "Back after opt-out",
    "revisit-after-gpc": "Back after GPC",
    "accept-then-gpc": "Accepted, then GPC",
    "opt-back-in": "Opted back in",
    "logged-in": "Logged in",
    "every-opt-out": "Every opt-out at once",
}

SURFACE: dict[str, str] = {
    "banner": "Banner",
    "preferences": "Preferences",
    "cookie-list": "Cookie list",
    "opt-out-page": "Opt-out page",
    "page": "Page",
    "policy": "Privacy policy",
}

PURPOSE: dict[str, str] = {
    "accept-all": "accepts all",
    "decline-all": "declines all",
    "settings": "opens settings",
    "save": "saves the choice",
    "close": "closes",
    "opt-out": "opts out",
    "opt-in": "opts in",
    "later": "puts off",
    "policy": "leads to a policy",
    "toggle": "toggle",
    "other": "other",
}

SIGNAL: dict[str, str] = {
    "gpc": "Global Privacy Control",
    "usp": "US Privacy string",
    "gpp": "Global Privacy Platform",
    "tcf": "TCF",
    "google-consent-mode": "Google consent mode",
    "meta-ldu": "Meta limited data use",
    "microsoft-uet": "Microsoft UET consent",
    "well-known-gpc": "gpc.json",
    "consent-record": "Consent record",
}


def plural(count: int, one: str, many: str | None = None) -> str:
    """``1 rule``, ``2 rules``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    if not text:
        return text
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
