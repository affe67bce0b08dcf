"""Rule x Facts -> RuleResult.

A check is asked only when the rule applies, is in force and has the evidence that it needs; whatever is missing makes it ``untested``,
a crash makes it ``cantTell``, and nothing but an explicit pass makes it ``passed``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from string import Template
from typing import Literal

from consentcheck.checks import Case, Check, all_checks
from consentcheck.model.facts import Facts, ScenarioStatus
from consentcheck.model.result import Finding, Observation, RuleResult
from consentcheck.model.rule import Example, Profile, Rule
from consentcheck.model.words import EVIDENCE_OF, Outcome, Scenario, Severity, graver
from consentcheck.reading.business import has_accounts, sells_or_shares

_WORST_FIRST: tuple[Outcome, ...] = ("failed", "cantTell", "untested", "passed", "inapplicable")


def judge(
    rules: Iterable[Rule],
    facts: Facts,
    profile: Profile,
    as_of: dt.date,
    asked: Collection[Scenario],
    *,
    strict: bool = False,
) -> tuple[RuleResult, ...]:
    """Every rule's result for one target, in the order of the rules.

    ``asked``: scenarios that the user asked for; what was not asked for is ``untested`` without being a gap of the run.
    ``strict``: let a check's exception through (for tests) instead of recording ``cantTell``.
    """
    checks = all_checks()
    case = Case(
        facts=facts,
        profile=profile,
        as_of=as_of,
        seller=sells_or_shares(facts, profile),
        accounts=has_accounts(facts, profile),
    )
    return tuple(_judge_one(rule, checks[rule.check], case, frozenset(asked), strict) for rule in rules)


def run_example(rule: Rule, example: Example) -> RuleResult:
    """The rule's result on its own example; an exception of the check comes through."""
    facts = Facts.model_validate(example.facts)
    scenarios: tuple[Scenario, ...] = tuple(dict.fromkeys(("first-visit", *rule.scenarios())))
    if "scenarios" not in example.facts:
        has = EVIDENCE_OF[facts.kind]
        captured = scenarios if facts.kind == "live" else scenarios[:1]
        statuses = tuple(ScenarioStatus(scenario=name, has=has, completed=True) for name in captured)
        facts = facts.model_copy(update={"scenarios": statuses})
    profile = example.profile or _profile_that_fits(rule)
    return judge([rule], facts, profile, example.as_of, scenarios, strict=True)[0]


def _profile_that_fits(rule: Rule) -> Profile:
    kind = rule.applies_to
    return Profile(
        regimes=rule.regimes or ("us-ca",),
        sells_or_shares="yes" if kind == "sellers" else "auto",
        has_accounts="yes" if kind == "businesses-with-accounts" else "auto",
        under16="yes" if kind == "under-16" else "unknown",
        sensitive_pi="yes" if kind == "sensitive" else "unknown",
    )


def _judge_one(rule: Rule, check: Check, case: Case, asked: frozenset[Scenario], strict: bool) -> RuleResult:
    in_force = rule.citation.in_force is None or rule.citation.in_force <= case.as_of
    if rule.regimes and not set(rule.regimes) & set(case.profile.regimes):
        return _result(rule, "inapplicable", f"The profile names none of {', '.join(rule.regimes)}.")
    if not in_force and rule.before == "inapplicable":
        return _result(
            rule, "inapplicable", f"Not in force on {case.as_of}: it came into force on {rule.citation.in_force}."
        )
    gap = None if rule.pack == "capture" else _gap(rule, case.facts, case.profile)
    if gap:
        wanted = case.facts.kind == "live" and asked.issuperset(rule.scenarios())
        return _result(rule, "untested", gap, asked=wanted)
    applies = _applies(rule, case)
    if applies == "no":
        return _result(rule, "inapplicable", _NOT_APPLICABLE[rule.applies_to])
    if check.reads_words and not _readable(case.facts, check.languages):
        return _result(rule, "cantTell", f"The dialogs' language ({case.facts.language}) is not one that is read here.")
    try:
        observations = list(check.run(case, check.params.model_validate(rule.params)))
    except Exception as error:
        if strict:
            raise
        return _result(rule, "cantTell", f"The check itself failed ({type(error).__name__}); please report it.")
    if not in_force or applies == "unknown":
        observations = [_softened(observation) for observation in observations]
    unheard = sorted({w for s in case.facts.scenarios if s.scenario in rule.scenarios() for w in s.gpc_missing})
    if unheard and any(observation.outcome == "failed" for observation in observations):
        observations = [_doubted(observation) for observation in observations]
    else:
        unheard = []
    result = _concluded(rule, observations, case, advisory=not in_force, unsure=applies == "unknown")
    if not unheard:
        return result
    said = f"The browser has no opt-out preference signal of its own, and its stand-in was not seen in every {' and '.join(unheard)}."
    return result.model_copy(update={"reason": f"{result.reason} {said}"})


def _gap(rule: Rule, facts: Facts, profile: Profile) -> str | None:
    """Why the rule cannot be tested, None if it can."""
    region, wanted = facts.region, set(rule.regimes or profile.regimes) & set(profile.regimes)
    if facts.kind == "live" and region is not None and region not in wanted:
        return f"The site took the visitor for {region}; what it shows a visitor of {', '.join(sorted(wanted))} was not seen."
    evidence = rule.evidence()
    for name in rule.scenarios() or ("first-visit",):
        status = facts.scenario(name)
        if status is None:
            return (
                f"The scenario {name} was not visited."
                if facts.kind == "live"
                else f"Needs a browser: a saved {facts.kind} cannot show the scenario {name}."
            )
        if status.status == "failed":
            said = "; ".join(problem.message for problem in status.problems if problem.fatal)
            return f"The scenario {name} failed: {said or 'nothing was captured'}"
        if unheard := [where for where in status.gpc_missing if where in ("header", "page")]:
            return f"In the scenario {name} the opt-out preference signal did not reach: {', '.join(unheard)}."
        missing = sorted(evidence - status.has)
        if missing and facts.kind == "live":
            return f"The scenario {name} has no {', '.join(missing)}."
        if missing:
            return f"Needs a browser: a saved {facts.kind} shows no {', '.join(missing)}."
    return None


_NOT_APPLICABLE = {
    "everyone": "Does not apply.",
    "sellers": "Nothing shows that the business sells or shares personal information, or the profile says that it does not.",
    "businesses-with-accounts": "Nothing shows that the site has accounts, or the profile says that it has none.",
    "under-16": "The profile does not say that the site is directed to consumers under 16.",
    "sensitive": "The profile does not say that sensitive personal information is used.",
}


def _applies(rule: Rule, case: Case) -> Literal["yes", "no", "unknown"]:
    match rule.applies_to:
        case "sellers":
            return case.seller
        case "businesses-with-accounts":
            return case.accounts
        case "under-16":
            return "yes" if case.profile.under16 == "yes" else "no"
        case "sensitive":
            return "yes" if case.profile.sensitive_pi == "yes" else "no"
        case _:
            return "yes"


def _readable(facts: Facts, readable: frozenset[str]) -> bool:
    languages = {dialog.language for dialog in facts.dialogs} or {facts.language}
    return bool(languages & readable)


def _softened(observation: Observation) -> Observation:
    """A failure that cannot stand as one: the duty is not in force, or may not apply."""
    if observation.outcome != "failed":
        return observation
    return observation.model_copy(update={"outcome": "cantTell", "severity": "info"})


def _doubted(observation: Observation) -> Observation:
    """What may have come from where the signal could not be heard is for a person to judge."""
    return observation.model_copy(update={"outcome": "cantTell"}) if observation.outcome == "failed" else observation


def _concluded(rule: Rule, observations: list[Observation], case: Case, *, advisory: bool, unsure: bool) -> RuleResult:
    if not observations:
        return _result(rule, "inapplicable", _message(rule, Observation(outcome="inapplicable")))
    outcome = min((o.outcome for o in observations), key=_WORST_FIRST.index)
    worst = [o for o in observations if o.outcome == outcome]
    if outcome not in ("failed", "cantTell"):
        asked = outcome != "untested" or case.facts.kind == "live"
        return _result(rule, outcome, _message(rule, worst[0]), asked=asked)
    findings = _findings(rule, worst)
    severity = findings[0].severity
    for finding in findings[1:]:
        severity = graver(severity, finding.severity)
    reason = findings[0].message
    if len(findings) > 1:
        reason += f" (and {len(findings) - 1} more)"
    if outcome == "failed" and (others := sum(o.outcome == "cantTell" for o in observations)):
        reason += f" Besides, {others} to review."
    if advisory:
        reason += f" The rule comes into force on {rule.citation.in_force}: advice only on {case.as_of}."
    elif unsure:
        reason += " Whether the rule applies to this business is not known."
    return _result(rule, outcome, reason, severity=severity, findings=findings, advisory=advisory)


def _findings(rule: Rule, observations: list[Observation]) -> tuple[Finding, ...]:
    findings = []
    seen: dict[str, int] = {}
    for observation in observations:
        outcome: Literal["failed", "cantTell"] = "failed" if observation.outcome == "failed" else "cantTell"
        key = _normalised(observation.key or " | ".join(where.quote or "" for where in observation.where))
        number = seen[key] = seen.get(key, 0) + 1
        findings.append(
            Finding(
                message=_message(rule, observation),
                remedy=rule.remedy,
                severity=observation.severity or rule.severity_when.get(outcome, rule.severity),
                fingerprint=hashlib.sha256(f"{rule.id}\0{key}\0{number}".encode()).hexdigest()[:20],
                where=observation.where,
            )
        )
    return tuple(findings)


def _normalised(key: str) -> str:
    return re.sub(r"\W+", " ", key.casefold()).strip()


_DEFAULT_MESSAGES: Mapping[str, str] = {
    "passed": "Nothing wrong was found; further review is still needed.",
    "cantTell": "This needs a person's review.",
    "inapplicable": "There is nothing here that the rule is about.",
}


def _message(rule: Rule, observation: Observation) -> str:
    """The rule's words for an observation: its variant's, its outcome's, or a plain sentence."""
    outcome = observation.outcome
    template = (
        rule.messages.get(f"{outcome}/{observation.variant}")
        or rule.messages.get(outcome)
        or (rule.messages.get("failed") if outcome == "cantTell" else None)
        or _DEFAULT_MESSAGES.get(outcome, rule.title)
    )
    return Template(template).safe_substitute(observation.data)


def _result(
    rule: Rule,
    outcome: Outcome,
    reason: str,
    *,
    severity: Severity | None = None,
    findings: tuple[Finding, ...] = (),
    advisory: bool = False,
    asked: bool = True,
) -> RuleResult:
    return RuleResult(
        rule=rule.id,
        title=rule.title,
        pack=rule.pack,
        outcome=outcome,
        severity=severity or rule.severity,
        basis=rule.basis,
        citation=rule.citation,
        also=rule.also,
        enforcement=rule.enforcement,
        why=rule.why,
        means=rule.means,
        reason=reason,
        advisory=advisory,
        asked=asked,
        findings=findings,
    )
