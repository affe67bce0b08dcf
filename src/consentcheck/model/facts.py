"""What the evidence means: everything that is known of one target. Checks see nothing else.

Pure functions in ``reading/`` make these. Every field has a default, so that a rule's example states only the facts that matter to it.
The parts stand in ``dialogs``, ``offers`` and ``behaviour``; they are named here too, where checks look for them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from pydantic import field_serializer

from consentcheck.model.base import Model, Where
from consentcheck.model.behaviour import Choice, CookieFact, Path, Setter, SignalFact, Status, StepFact, Tracker
from consentcheck.model.dialogs import (
    Category,
    CategoryDisagreement,
    Cmp,
    Control,
    DeclaredCookie,
    Dialog,
    Look,
    Passage,
)
from consentcheck.model.evidence import Problem
from consentcheck.model.offers import Field, Form, Link, LinkTarget, OptOutLink, Policy, PolicyDate, WellKnownGpc
from consentcheck.model.words import Evidence, Scenario, Surface, TargetKind

__all__ = [
    "Category",
    "CategoryDisagreement",
    "Choice",
    "Cmp",
    "Control",
    "CookieFact",
    "DeclaredCookie",
    "Dialog",
    "Facts",
    "Field",
    "Form",
    "Link",
    "LinkTarget",
    "Look",
    "OptOutLink",
    "Passage",
    "Path",
    "Policy",
    "PolicyDate",
    "ScenarioStatus",
    "Setter",
    "SignalFact",
    "Status",
    "StepFact",
    "Tracker",
    "WellKnownGpc",
]


class ScenarioStatus(Model):
    """What was captured of one scenario."""

    scenario: Scenario
    status: Literal["complete", "partial", "failed"] = "complete"
    has: frozenset[Evidence] = frozenset()
    rounds: int = 1
    watched: float | None = None
    """Seconds that each page of it was watched at least, once its choice was made; None where that was not recorded."""
    pages: tuple[str, ...] = ()
    gpc: str = "off"
    gpc_missing: tuple[str, ...] = ()
    """Where what stood in for the browser's own signal did not hold: header, page, frame, worker."""
    completed: bool | None = None
    """Whether the scenario's choice was made and read back."""
    problems: tuple[Problem, ...] = ()

    @field_serializer("has", when_used="json")
    def _in_order(self, has: Collection[Evidence]) -> list[Evidence]:
        """Sorted, so that what is written is the same to the byte in every run: a set has no order of its own."""
        return sorted(has)


class Facts(Model):
    """Everything that is known of one target."""

    target: str = "https://example.test/"
    kind: TargetKind = "live"
    scenarios: tuple[ScenarioStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    region: str | None = None
    cmp: Cmp | None = None
    dialogs: tuple[Dialog, ...] = ()
    opt_out_links: tuple[OptOutLink, ...] = ()
    links: tuple[Link, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    cookies: tuple[CookieFact, ...] = ()
    signals: tuple[SignalFact, ...] = ()
    paths: tuple[Path, ...] = ()
    choices: tuple[Choice, ...] = ()
    statuses: tuple[Status, ...] = ()
    forms: tuple[Form, ...] = ()
    policy: Policy | None = None
    well_known_gpc: WellKnownGpc | None = None
    disagreements: tuple[CategoryDisagreement, ...] = ()
    accounts: tuple[Where, ...] = ()
    """Places that show that the site has accounts."""
    page_passages: tuple[Passage, ...] = ()
    """Prose outside dialogs that speaks of privacy choices (footers, notices); never the article."""

    def on(self, *surfaces: Surface, scenario: Scenario = "first-visit") -> tuple[Dialog, ...]:
        """Dialogs of these surfaces seen in a scenario, in order."""
        return tuple(d for d in self.dialogs if d.surface in surfaces and d.scenario == scenario)

    def scenario(self, name: Scenario) -> ScenarioStatus | None:
        """Status of a scenario, None if it was not visited."""
        return next((s for s in self.scenarios if s.scenario == name), None)

    def choice(self, name: Scenario) -> Choice | None:
        """The choice made in a scenario, None if there was none."""
        return next((c for c in self.choices if c.scenario == name), None)
