"""Outcomes and what they rest on. Reports render these and compute nothing of their own."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from consentcheck.model.base import Model, Where
from consentcheck.model.evidence import Problem, Provenance
from consentcheck.model.facts import Facts
from consentcheck.model.rule import Citation, Means, Profile
from consentcheck.model.words import Basis, Outcome, Severity


class Observation(Model):
    """What a check says: one outcome, where it saw it, and the values that the rule's message names."""

    outcome: Outcome
    where: tuple[Where, ...] = ()
    data: dict[str, str] = {}
    variant: str | None = None
    """Chooses the message ``outcome/variant`` where the rule has one."""
    severity: Severity | None = None
    """Overrides the rule's."""
    key: str = ""
    """What makes this finding the same one next time (names, quoted words; never selectors or positions)."""


class Finding(Model):
    """One defect, or one thing that a person must look at."""

    message: str
    remedy: str
    severity: Severity
    fingerprint: str
    where: tuple[Where, ...] = ()
    waived: Waiver | None = None
    baseline: Literal["new", "known"] | None = None


class Waiver(Model):
    """An accepted finding: who answers for it, why, and until when."""

    rule: str
    target: str = "*"
    """Shell pattern of targets."""
    owner: str
    reason: str
    expires: dt.date


class RuleResult(Model):
    """One rule and one target."""

    rule: str
    title: str
    pack: str
    outcome: Outcome
    severity: Severity
    basis: Basis
    citation: Citation
    also: tuple[Citation, ...] = ()
    enforcement: tuple[str, ...] = ()
    why: str = ""
    means: Means
    reason: str
    advisory: bool = False
    """Failed a rule that is not yet in force on the day: worth knowing, gates nothing."""
    asked: bool = True
    """Whether what it needs was asked for: an ``untested`` result that was asked for makes the run exit 3."""
    findings: tuple[Finding, ...] = ()


class TargetResult(Model):
    """All results of one target, with the facts they rest on."""

    target: str
    status: Literal["complete", "partial", "failed"]
    problems: tuple[Problem, ...] = ()
    facts: Facts
    results: tuple[RuleResult, ...] = ()
    provenance: Provenance = Provenance()
    started: str = ""
    ended: str = ""
    evidence_dir: str | None = None
    """Folder of the evidence, relative to the report."""
    evidence_sha256: str | None = None


class RulesVersion(Model):
    """Which rules judged."""

    count: int
    sha256: str


class AuditResult(Model):
    """What a run found. Every report is made of this."""

    version: str
    rules: RulesVersion
    knowledge: str = ""
    """Version of the knowledge tables."""
    as_of: dt.date
    profile: Profile
    targets: tuple[TargetResult, ...] = ()
    unused_waivers: tuple[Waiver, ...] = ()
    expired_waivers: tuple[Waiver, ...] = ()


Finding.model_rebuild()
