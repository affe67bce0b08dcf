"""What became of a scenario's choice, and what a person must do to make it.

Steps are counted as 11 CCR 7004(a)(2)(A) has it: to opt out, from the click on the opt-out link to completion; to opt in, from the first
indication of interest to completion. The click on a link that stands on the page is therefore where the count of an opt-out begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Literal

from consentcheck.knowledge.phrases import is_negated
from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Step, Visit
from consentcheck.model.facts import Choice, Dialog, Passage, Path, StepFact
from consentcheck.model.words import Kind, Scenario
from consentcheck.reading.flatten import wordset
from consentcheck.reading.moments import CHOOSING, choice_step, is_choosing
from consentcheck.reading.records_kept import consent_records, is_consent_record, says_accepted
from consentcheck.reading.records_unnamed import kept_by_choice
from consentcheck.reading.statuses import read_statuses

__all__ = ["read_choices", "read_paths", "read_statuses"]

Goal = Literal["accept", "opt-out", "opt-in"]

_GOALS: Mapping[Scenario, Goal] = {"accept-all": "accept", "opt-out": "opt-out", "opt-back-in": "opt-in"}
_REVISITS: frozenset[Scenario] = frozenset({"revisit-after-opt-out", "revisit-after-gpc"})
_SALE_KINDS: frozenset[Kind] = frozenset({"sale", "advertising", "social"})
_SALE_WORDS = wordset(
    "sale sell selling share sharing shared advertising ads advertisement marketing targeted targeting social"
)
_DAY = 86_400.0


def read_paths(evidence: Evidence) -> tuple[Path, ...]:
    """The way to accept, to opt out and to opt back in, one each scenario that was visited."""
    return tuple(
        _path(visit, goal)
        for visit in _first_looks(evidence).values()
        if (goal := _GOALS.get(visit.scenario)) is not None and visit.steps
    )


def read_choices(evidence: Evidence, dialogs: Sequence[Dialog]) -> tuple[Choice, ...]:
    """What became of each scenario's choice; revisits tell whether it lasted."""
    looks = _first_looks(evidence)
    return tuple(_choice(visit, looks, dialogs) for visit in looks.values() if visit.scenario in CHOOSING | _REVISITS)


def _first_looks(evidence: Evidence) -> dict[Scenario, Visit]:
    """The first usable look of each scenario; of several, one that completed its choice."""
    found: dict[Scenario, Visit] = {}
    for visit in sorted(evidence.visits, key=lambda visit: (visit.completed is False, visit.round)):
        if not visit.failed:
            found.setdefault(visit.scenario, visit)
    order = list(dict.fromkeys(visit.scenario for visit in evidence.visits))
    return {scenario: found[scenario] for scenario in order if scenario in found}


def _path(visit: Visit, goal: Goal) -> Path:
    last = choice_step(visit)
    steps = [step for step in visit.steps[: len(visit.steps) if last is None else last + 1] if step.ok]
    facts = tuple(
        StepFact(
            text=step.text,
            action=step.action,
            counts=step.counts and not (goal == "opt-out" and _opens_link(step, index)),
            screenshot=step.before,
            box=step.box,
        )
        for index, step in enumerate(steps)
    )
    return Path(
        goal=goal,
        scenario=visit.scenario,
        steps=facts,
        completed=visit.completed is not False and last is not None,
        verified=_verified(visit),
        where=_where(visit, last),
    )


def _opens_link(step: Step, index: int) -> bool:
    """Whether a step is the click on the opt-out link with which the counting of an opt-out begins."""
    return index == 0 and step.action == "click" and step.purpose == "opt-out" and step.surface in (None, "page")


def _verified(visit: Visit) -> bool | None:
    if visit.readback is None:
        return None
    wants_on = visit.scenario in ("accept-all", "opt-back-in")
    toggles = _allowing(visit.readback.toggles)
    if visit.scenario == "opt-out" and (sale := _named_for_sale(toggles)):
        return not any(sale.values())
    if wants_on and toggles:
        return all(toggles.values())
    return visit.readback.record_changed


def _where(visit: Visit, step: int | None) -> Where:
    if step is None:
        return Where(scenario=visit.scenario)
    done = visit.steps[step]
    return Where(
        scenario=visit.scenario,
        surface=done.surface,
        quote=done.text or None,
        selector=done.selector or None,
        screenshot=done.after or done.before,
        box=done.box,
    )


def _choice(visit: Visit, looks: Mapping[Scenario, Visit], dialogs: Sequence[Dialog]) -> Choice:
    readback = visit.readback
    shown = [dialog for dialog in dialogs if dialog.scenario == visit.scenario]
    sale = _sale_toggles(readback.toggles, dialogs) if readback else {}
    last = choice_step(visit)
    lifetime = _record_lifetime(visit)
    unnamed = kept_by_choice(visit, looks.get("first-visit")) if lifetime is None else None
    return Choice(
        scenario=visit.scenario,
        completed=visit.completed is True,
        stopped_because=visit.stopped_because,
        sale_toggles=sale,
        dialog_gone=readback.dialog_gone if readback else None,
        confirmation=readback.message if readback else "",
        confirmation_seconds=readback.message_seconds if readback else None,
        shown_off_on_reopen=not any(sale.values()) if readback and readback.reopened and sale else None,
        record_changed=readback.record_changed if readback else None,
        record_says_accepted=_close_accepts(looks) if visit.scenario == "close" else None,
        prompted_again=any(_asks(dialog) for dialog in shown) if visit.scenario in _REVISITS else None,
        record_lifetime_days=lifetime,
        may_be_record=unnamed.name if unnamed and isfinite(unnamed.days) else "",
        may_last_days=round(unnamed.days, 1) if unnamed and isfinite(unnamed.days) else None,
        two_step=_two_step(visit) if visit.scenario == "opt-back-in" else None,
        wait_seconds=readback.wait_seconds if readback else None,
        interstitials=_interstitials(visit, last),
        where=_where(visit, last),
    )


def _sale_toggles(toggles: Mapping[str, bool], dialogs: Sequence[Dialog]) -> dict[str, bool]:
    """The toggles of sale, sharing and advertising: those of categories of such a kind, else those named so.

    True means that selling goes on: a toggle that opts out when it is on is turned round.
    """
    toggles = _allowing(toggles)
    kinds = {category.name.casefold(): category.all_kinds() for dialog in dialogs for category in dialog.categories}
    by_kind = {name: on for name, on in toggles.items() if _SALE_KINDS & set(kinds.get(name.casefold(), ()))}
    return by_kind or _named_for_sale(toggles)


def _named_for_sale(toggles: Mapping[str, bool]) -> dict[str, bool]:
    return {name: on for name, on in toggles.items() if _SALE_WORDS & set(name.casefold().replace("-", " ").split())}


def _allowing(toggles: Mapping[str, bool]) -> dict[str, bool]:
    return {name: on != is_negated(name) for name, on in toggles.items()}


def _close_accepts(looks: Mapping[Scenario, Visit]) -> bool | None:
    """Whether closing left the record of an acceptance. Needs accept-all to compare with."""
    if "close" not in looks or "accept-all" not in looks:
        return None
    records = {name: consent_records(looks[name], choice_step(looks[name])) for name in looks}
    others = tuple(records[name] for name in ("first-visit", "opt-out") if name in records)
    return says_accepted(records["close"], records["accept-all"], others)


def _asks(dialog: Dialog) -> bool:
    """Whether a dialog is a banner that can be seen and asks to accept."""
    return (
        dialog.surface == "banner"
        and dialog.visible is not False
        and any(control.purpose == "accept-all" and control.visible is not False for control in dialog.controls)
    )


def _record_lifetime(visit: Visit) -> float | None:
    """Days that the longest-lived consent record has to go."""
    lifetimes = [
        (cookie.expires - jar.time) / _DAY if cookie.expires is not None else 0.0
        for jar in visit.jars[-1:]
        for cookie in jar.cookies
        if is_consent_record(cookie.name)
    ]
    return round(max(lifetimes), 1) if lifetimes else None


def _two_step(visit: Visit) -> bool | None:
    """Whether opting back in took a second, confirming action; None for toggle and save, which are arguably two."""
    choosing = [step for step in visit.steps if is_choosing(step) and step.purpose != "opt-out"]
    toggled = [step for step in choosing if step.action == "toggle" or step.purpose == "toggle"]
    if len(choosing) - len(toggled) > 1:
        return True
    return None if toggled else False


def _interstitials(visit: Visit, last: int | None) -> tuple[Passage, ...]:
    """Screens that had to be got past before the choice could be made."""
    before = visit.steps[: last or 0]
    return tuple(
        Passage(text=step.text, where=Where(scenario=visit.scenario, quote=step.text, screenshot=step.before))
        for step in before
        if step.counts and step.action == "click" and step.purpose in ("later", "other") and step.text
    )
