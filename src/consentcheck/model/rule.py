"""A rule as data. One YAML file under ``rules/<pack>/`` is one `Rule`; ``rulebook`` reads it, ``engine`` applies it."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from consentcheck.model.base import Model
from consentcheck.model.words import KINDS_OF_EVIDENCE, SCENARIOS, Basis, Evidence, Outcome, Scenario, Severity

YesNo = Literal["yes", "no", "unknown"]

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$")]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Profile(Model):
    """What the user says of the business. ``auto`` is worked out from the evidence."""

    regimes: tuple[str, ...] = ("us-ca",)
    sells_or_shares: Literal["auto", "yes", "no"] = "auto"
    sensitive_pi: YesNo = "unknown"
    has_accounts: Literal["auto", "yes", "no"] = "auto"
    under16: YesNo = "unknown"
    frictionless: Literal["yes", "no"] = "no"
    """Claims the exception for frictionless processing of signals (11 CCR 7025(f)-(g))."""
    sensitive_paths: tuple[str, ...] = ()
    """Path prefixes of pages on sensitive subjects (health, for one)."""


class Citation(Model):
    """Where the law or the specification says it. ``verified``: read in the place that ``url`` names, or in a copy of it."""

    law: Sentence
    section: Sentence
    url: str | None = None
    in_force: dt.date | None = None
    verified: bool


class Example(Model):
    """A case that the rule must decide as it says. ``facts`` are those that matter; the rest are defaults."""

    name: Sentence
    expect: Outcome
    facts: dict[str, Any] = {}
    profile: Profile | None = None
    """None: a business to which the rule applies."""
    as_of: dt.date = dt.date(2026, 6, 1)
    quotes: tuple[str, ...] = ()
    """Quotations that the findings must point at, in order."""
    severity: Severity | None = None


class Means(Model):
    """What an outcome says about the law; passing never means more than that further review is needed."""

    failed: Sentence
    passed: Sentence = "further review is still needed"


class Rule(Model):
    """One rule. ``messages`` names every outcome that can occur (``outcome`` or ``outcome/variant``)."""

    id: RuleId
    title: Sentence
    """Says the passing condition."""
    basis: Basis
    severity: Severity
    severity_when: dict[Literal["failed", "cantTell"], Severity] = {}
    citation: Citation
    also: tuple[Citation, ...] = ()
    enforcement: tuple[str, ...] = ()
    """Names of enforcement cases that faulted this."""
    why: Sentence
    """Why it matters to a consumer or a court, in a sentence or two."""
    means: Means
    needs: tuple[Scenario | Evidence, ...] = ("words",)
    """Scenarios and kinds of evidence without which the rule is ``untested``."""
    before: Literal["inapplicable", "advisory"] = "inapplicable"
    """What the rule is before ``citation.in_force``."""
    applies_to: Literal["everyone", "sellers", "businesses-with-accounts", "under-16", "sensitive"] = "everyone"
    regimes: tuple[str, ...] = ()
    """Applies only if the profile names one of these; empty: always."""
    check: str
    params: dict[str, Any] = {}
    messages: dict[str, Sentence]
    remedy: Sentence
    examples: tuple[Example, ...] = Field(min_length=1)

    @field_validator("messages")
    @classmethod
    def _known_outcomes(cls, value: dict[str, str]) -> dict[str, str]:
        for key in value:
            if not re.fullmatch(r"(passed|failed|cantTell|inapplicable|untested)(/[a-z0-9-]+)?", key):
                raise ValueError(f"{key!r} is neither an outcome nor outcome/variant")
        return value

    @model_validator(mode="after")
    def _every_outcome_has_an_example(self) -> Rule:
        shown = {example.expect for example in self.examples}
        missing = sorted(self.outcomes() - shown)
        if missing:
            raise ValueError(f"no example expects {', '.join(missing)}")
        return self

    @property
    def pack(self) -> str:
        """The first word of the id, and the folder the rule lies in."""
        return self.id.split("-", 1)[0]

    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios it needs."""
        return _scenarios_among(self.needs)

    def evidence(self) -> frozenset[Evidence]:
        """The kinds of evidence it needs in each of its scenarios."""
        return _evidence_among(self.needs)

    def outcomes(self) -> set[Outcome]:
        """Outcomes that can occur: those it has words for, and those that its conditions bring about."""
        found: set[Outcome] = {key.split("/")[0] for key in self.messages}  # type: ignore[misc]
        if self.evidence() != {"words"} or self.scenarios() not in ((), ("first-visit",)):
            found.add("untested")
        if self.applies_to != "everyone":
            found.add("inapplicable")
        return found


@cache
def _scenarios_among(needs: tuple[Scenario | Evidence, ...]) -> tuple[Scenario, ...]:
    return tuple(name for name in SCENARIOS if name in needs)


@cache
def _evidence_among(needs: tuple[Scenario | Evidence, ...]) -> frozenset[Evidence]:
    return frozenset(need for need in KINDS_OF_EVIDENCE if need in needs) or frozenset({"words"})
