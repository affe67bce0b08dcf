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

    name: Literal["consentcheck"] = Field("consentcheck", description="Always consentcheck.")
    version: str = Field(description="Version of the program.")
    rules: RulesRead = Field(description="The rules it judged by.")


class ReportProblem(Model):
    """Something that kept evidence from being taken."""

    scenario: Scenario | None = Field(None, description="Null where it concerns the whole target.")
    code: ProblemCode = Field(description="One of a closed list; programs may rely on it.")
    message: str = Field(description="The same for people.")


class ReportControl(Model):
    """A thing a person can act on, in a dialog."""

    text: str = Field(description="Accessible name, or the words on it.")
    role: str = Field(description="Accessible role.")
    purpose: Purpose = Field(description="What acting on it does, as its words say.")
    visible: bool | None = Field(description="Null where rendering was not captured.")
    state: Toggle = Field(description="Of a toggle; none for what has no state.")
    where: Where = Field(description="Where it stands.")


class ReportCategory(Model):
    """A cookie category as disclosed on one surface."""

    name: str = Field(description="As the surface names it.")
    kind: Kind = Field(description="What the name says it is.")
    description: str = Field(description="All its prose.")
    always_active: bool = Field(description="Whether it is said to be always on.")
    toggle: Toggle = Field(
        description="State of its toggle; unknown: there is one, or may be; none: looked for and absent."
    )
    cookies: tuple[str, ...] = Field(description="Names of the cookies listed under it.")
    where: Where = Field(description="Where it stands.")


class ReportDialog(Model):
    """One layer of consent words and controls."""

    surface: Surface = Field(description="Which layer it is.")
    scenario: Scenario = Field(description="The consent state it was seen in.")
    title: str = Field(description="Its heading, empty if it has none.")
    text: str = Field(description="The layer's own prose, one passage a line; a category's prose is its description.")
    controls: tuple[ReportControl, ...] = Field(description="In reading order, without the toggles of categories.")
    categories: tuple[ReportCategory, ...] = Field(description="In reading order.")


class ReportOptOutLink(Model):
    """A link or button that offers the opt-out, or might."""

    text: str = Field(description="Its words.")
    href: str | None = Field(description="As written in the page.")
    title_kind: TitleKind = Field(description="How it is worded, against the titles that the statute names.")
    placement: Placement = Field(description="The part of the page it stands in.")
    visible: bool | None = Field(description="Null where rendering was not captured.")
    where: Where = Field(description="Where it stands.")


class ReportTracker(Model):
    """Requests to one tracking host under one scenario."""

    scenario: Scenario = Field(description="The consent state of the visit.")
    host: str = Field(description="Host that was asked.")
    owner: str | None = Field(description="Who runs it; null when unknown.")
    purpose: str = Field(description="What it is known for.")
    identifiers: tuple[str, ...] = Field(description="What can single out a person, e.g. cookie:uid; no values.")
    restricted_by: tuple[str, ...] = Field(description="What tells the receiver to restrict use.")
    initiator: str | None = Field(description="URL of what caused the request, where known.")


class ReportSetter(Model):
    """Who set a cookie."""

    how: Literal["response", "script"] = Field(description="Whether a response set it or a script wrote it.")
    url: str = Field(description="Of the response or script; of the document for a script that stands in it.")
    owner: str | None = Field(description="Whose that host is; null when unknown.")


class ReportCookie(Model):
    """A cookie as observed under one scenario. Values are not reported."""

    scenario: Scenario = Field(description="The consent state of the visit.")
    name: str = Field(description="Its name.")
    domain: str = Field(description="The domain it is kept for.")
    party: Literal["first", "third"] = Field(description="Whether that is the site’s own.")
    purpose: str | None = Field(description="From the knowledge tables; null when unknown.")
    declared_as: str | None = Field(description="Name of the category that lists it.")
    lifetime_days: float | None = Field(description="0 for a session cookie.")
    set_by: ReportSetter | None = Field(default=None, description="Who set it; null when that was not seen.")


class ReportSignal(Model):
    """A consent signal as read at one moment."""

    scenario: Scenario = Field(description="The consent state of the visit.")
    signal: SignalName = Field(description="Which signal.")
    raw: str = Field(description="As it was read.")
    says_opted_out: bool | None = Field(description="Null: silent, malformed or not about sale or sharing.")


class ReportSteps(Model):
    """Steps that a person needs; null where the path was not walked to its end."""

    accept: int | None = Field(description="To accept everything.")
    opt_out: int | None = Field(description="To opt out of sale and sharing.")


class ReportFacts(Model):
    """What was seen, as read."""

    cmp: Cmp | None = Field(description="The consent manager.")
    dialogs: tuple[ReportDialog, ...] = Field(description="Layers of consent words and controls, by scenario.")
    opt_out_links: tuple[ReportOptOutLink, ...] = Field(
        description="Links and buttons that offer the opt-out, or might."
    )
    trackers: tuple[ReportTracker, ...] = Field(description="Tracking requests, by scenario.")
    cookies: tuple[ReportCookie, ...] = Field(description="Cookies, by scenario.")
    signals: tuple[ReportSignal, ...] = Field(description="Consent signals, by scenario.")
    steps: ReportSteps = Field(description="How many steps each choice takes.")


class ReportWaiver(Model):
    """Why a finding is accepted for now."""

    owner: str = Field(description="Who answers for it.")
    reason: str = Field(description="Why it is accepted.")
    expires: dt.date = Field(description="Last day on which it holds.")


class ReportFinding(Model):
    """One defect, or one thing that a person must look at."""

    message: str = Field(description="What the site does.")
    remedy: str = Field(description="How to mend it.")
    fingerprint: str = Field(description="Stays the same from run to run, while the finding is the same.")
    where: tuple[Where, ...] = Field(description="Its proof.")
    severity: Severity | None = Field(None, description="Where it differs from that of its rule.")
    waived: ReportWaiver | None = Field(None, description="Present if a waiver accepts it.")
    baseline: Literal["new", "known"] | None = Field(None, description="Present if a baseline was given.")


class ReportResult(Model):
    """One rule's outcome on one target."""

    rule: str = Field(description="Id of the rule; permanent.")
    title: str = Field(description="The condition under which it passes.")
    outcome: Outcome = Field(description="cantTell: a person must decide; untested: no evidence, good or bad.")
    severity: Severity = Field(description="Of the rule.")
    basis: Basis = Field(description="What kind of source asks for it.")
    citation: Citation = Field(description="Where that source says so.")
    reason: str = Field(description="Why this outcome.")
    advisory: bool | None = Field(
        None, description="True: failed a rule that is not in force on the day; gates nothing."
    )
    asked: bool | None = Field(None, description="False: not tested because it was not asked for.")
    findings: tuple[ReportFinding, ...] = Field(description="One for each defect, or each thing to be looked at.")


class ReportTarget(Model):
    """One target."""

    target: str = Field(description="URL or path, as it was given.")
    status: Literal["complete", "partial", "failed"] = Field(
        description="failed: nothing of it could be tested; partial: something could not."
    )
    problems: tuple[ReportProblem, ...] = Field(description="What kept evidence from being taken.")
    facts: ReportFacts = Field(description="What was seen.")
    results: tuple[ReportResult, ...] = Field(description="One for each rule.")


class Report(Model):
    """The whole report."""

    schema_: Literal["consentcheck/report/1"] = Field(
        SCHEMA, alias="schema", description="Name and version of this contract."
    )
    tool: Tool = Field(description="The program that made it.")
    as_of: dt.date = Field(description="The day whose law was applied.")
    profile: Profile = Field(description="What was said of the business.")
    targets: tuple[ReportTarget, ...] = Field(description="One for each target.")
