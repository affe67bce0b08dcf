"""report.json, version 1: what other programs may rely on. The JSON Schema is made of these models.

A key may be added; none changes its meaning or goes without a new version in ``schema``.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from consentcheck.model.base import Model, Where
from consentcheck.model.evidence import ProblemCode
from consentcheck.model.facts import Cmp
from consentcheck.model.rule import Citation, Profile
from consentcheck.model.words import (
    Basis,
    Kind,
    Outcome,
    Placement,
    Purpose,
    Scenario,
    Severity,
    SignalName,
    Surface,
    TitleKind,
    Toggle,
)

SCHEMA: Literal["consentcheck/report/1"] = "consentcheck/report/1"


class RulesRead(Model):
    """Which rules judged."""

    count: int = Field(description="How many rules.")
    sha256: str = Field(description="Hash over the rule files.")


class Tool(Model):
    """Which program made the report."""

    name: Literal["consentcheck"] = "consentcheck"
    version: str
    rules: RulesRead


class ReportProblem(Model):
    """Something that kept evidence from being taken."""

    scenario: Scenario | None = Field(None, description="Null where it concerns the whole target.")
    code: ProblemCode
    message: str


class ReportControl(Model):
    """A thing a person can act on, in a dialog."""

    text: str = Field(description="Accessible name, or the words on it.")
    role: str
    purpose: Purpose
    visible: bool | None = Field(description="Null where rendering was not captured.")
    state: Toggle = Field(description="Of a toggle; none for what has no state.")
    where: Where


class ReportCategory(Model):
    """A cookie category as disclosed on one surface."""

    name: str
    kind: Kind
    description: str
    always_active: bool
    toggle: Toggle
    cookies: tuple[str, ...] = Field(description="Names of the cookies listed under it.")
    where: Where


class ReportDialog(Model):
    """One layer of consent words and controls."""

    surface: Surface
    scenario: Scenario
    title: str
    text: str = Field(description="The layer's own prose, one passage a line; a category's prose is its description.")
    controls: tuple[ReportControl, ...]
    categories: tuple[ReportCategory, ...]


class ReportOptOutLink(Model):
    """A link or button that offers the opt-out, or might."""

    text: str
    href: str | None
    title_kind: TitleKind
    placement: Placement
    visible: bool | None
    where: Where


class ReportTracker(Model):
    """Requests to one tracking host under one scenario."""

    scenario: Scenario
    host: str
    owner: str | None
    purpose: str
    identifiers: tuple[str, ...] = Field(description="What can single out a person, e.g. cookie:uid; no values.")
    restricted_by: tuple[str, ...] = Field(description="What tells the receiver to restrict use.")
    initiator: str | None


class ReportCookie(Model):
    """A cookie as observed under one scenario. Values are not reported."""

    scenario: Scenario
    name: str
    domain: str
    party: Literal["first", "third"]
    purpose: str | None = Field(description="From the knowledge tables; null when unknown.")
    declared_as: str | None = Field(description="Name of the category that lists it.")
    lifetime_days: float | None = Field(description="0 for a session cookie.")


class ReportSignal(Model):
    """A consent signal as read at one moment."""

    scenario: Scenario
    signal: SignalName
    raw: str
    says_opted_out: bool | None = Field(description="Null: silent, malformed or not about sale or sharing.")


class ReportSteps(Model):
    """Steps that a person needs; null where the path was not walked to its end."""

    accept: int | None
    opt_out: int | None


class ReportFacts(Model):
    """What was seen, as read."""

    cmp: Cmp | None = Field(description="The consent manager.")
    dialogs: tuple[ReportDialog, ...]
    opt_out_links: tuple[ReportOptOutLink, ...]
    trackers: tuple[ReportTracker, ...]
    cookies: tuple[ReportCookie, ...]
    signals: tuple[ReportSignal, ...]
    steps: ReportSteps


class ReportWaiver(Model):
    """Why a finding is accepted for now."""

    owner: str
    reason: str
    expires: dt.date


class ReportFinding(Model):
    """One defect, or one thing that a person must look at."""

    message: str
    remedy: str
    fingerprint: str = Field(description="Stays the same from run to run, while the finding is the same.")
    where: tuple[Where, ...]
    severity: Severity | None = Field(None, description="Where it differs from that of its rule.")
    waived: ReportWaiver | None = Field(None, description="Present if a waiver accepts it.")
    baseline: Literal["new", "known"] | None = Field(None, description="Present if a baseline was given.")


class ReportResult(Model):
    """One rule's outcome on one target."""

    rule: str
    title: str
    outcome: Outcome
    severity: Severity
    basis: Basis
    citation: Citation
    reason: str
    advisory: bool | None = Field(
        None, description="True: failed a rule that is not in force on the day; gates nothing."
    )
    asked: bool | None = Field(None, description="False: not tested because it was not asked for.")
    findings: tuple[ReportFinding, ...]


class ReportTarget(Model):
    """One target."""

    target: str
    status: Literal["complete", "partial", "failed"]
    problems: tuple[ReportProblem, ...]
    facts: ReportFacts
    results: tuple[ReportResult, ...]


class Report(Model):
    """The whole report."""

    schema_: Literal["consentcheck/report/1"] = Field(SCHEMA, alias="schema")
    tool: Tool
    as_of: dt.date = Field(description="The day whose law was applied.")
    profile: Profile
    targets: tuple[ReportTarget, ...]
