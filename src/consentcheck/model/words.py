"""The closed vocabularies. These names are used everywhere: in rules, in evidence, in reports."""

from __future__ import annotations

from typing import Literal, get_args

Scenario = Literal[
    "first-visit",
    "gpc",
    "opt-out",
    "accept-all",
    "close",
    "revisit-after-opt-out",
    "revisit-after-gpc",
    "accept-then-gpc",
    "opt-back-in",
    "logged-in",
    "every-opt-out",
]
SCENARIOS: tuple[Scenario, ...] = get_args(Scenario)

Surface = Literal["banner", "preferences", "cookie-list", "opt-out-page", "page", "policy"]

Purpose = Literal[
    "accept-all", "decline-all", "settings", "save", "close", "opt-out", "opt-in", "later", "policy", "toggle", "other"
]

Kind = Literal["necessary", "functional", "analytics", "advertising", "social", "sale", "unclassified", "other"]

Toggle = Literal["on", "off", "unknown", "none"]

SignalName = Literal[
    "gpc", "usp", "gpp", "tcf", "google-consent-mode", "meta-ldu", "microsoft-uet", "well-known-gpc",
    "onetrust", "cookiebot", "didomi", "sourcepoint", "trustarc", "osano", "usercentrics", "consent-record",
]  # fmt: skip

TitleKind = Literal["statutory", "alternative", "outdated", "variant", "near-synonym", "limit", "other-language"]
"""How an opt-out link is worded.

statutory: "Do Not Sell or Share My Personal Information"; alternative: "Your (California) Privacy Choices";
outdated: the pre-2023 title, without "or Share"; variant: an opt-out of sale in words of the site's own;
near-synonym: may be one ("Opt out", "Data Privacy"), says nothing of sale; limit: "Limit the Use of My Sensitive ...".
"""

Placement = Literal["header", "footer", "navigation", "banner", "dialog", "floating", "body", "policy", "unknown"]

Evidence = Literal["words", "structure", "rendering", "traffic", "interaction"]
"""What a capture can show.

words: what is written (every capture); structure: elements, links and controls (saved pages, live pages);
rendering: visibility, boxes and colours; traffic: requests, cookies and signals; interaction: what controls do.
"""

KINDS_OF_EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)

TargetKind = Literal["live", "page", "text"]
EVIDENCE_OF: dict[TargetKind, frozenset[Evidence]] = {
    "text": frozenset({"words"}),
    "page": frozenset({"words", "structure"}),
    "live": frozenset(KINDS_OF_EVIDENCE),
}

Outcome = Literal["passed", "failed", "cantTell", "inapplicable", "untested"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

Severity = Literal["critical", "high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""Gravest first."""

Basis = Literal["statute", "regulation", "enforcement-position", "state-law", "industry-spec", "disclosure-quality"]


def graver(one: Severity, other: Severity) -> Severity:
    """The graver of two severities."""
    return min(one, other, key=SEVERITIES.index)
