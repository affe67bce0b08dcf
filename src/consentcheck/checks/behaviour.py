"""What became of a choice: read from what the scenarios did and saw."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.layers import at_link, listed
from consentcheck.checks.links import normalised
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.model.facts import Choice, OptOutLink
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome, Scenario


def _made(case: Case, scenario: Scenario) -> Choice | None:
    """The choice of a scenario if it was made to the end."""
    choice = case.facts.choice(scenario)
    return choice if choice and choice.completed else None


def _stopped(case: Case, scenario: Scenario) -> Iterator[Observation]:
    """A choice that could not be made is for a person to try; where the site offers none, there is nothing to try."""
    choice = case.facts.choice(scenario)
    status = case.facts.scenario(scenario)
    offered = status is None or status.completed is not None
    if choice and not choice.completed and offered:
        why = choice.stopped_because or "it did not come to an end"
        yield Observation(
            outcome="cantTell", variant="stopped", where=(choice.where,), data={"why": why}, key=f"stopped {scenario}"
        )


class ConfirmedParams(Params):
    """``seconds``: how long a message has to stay to count."""

    seconds: float = 3.0


@check("opt-out-confirmed", ConfirmedParams)
def opt_out_confirmed(case: Case, params: ConfirmedParams) -> Iterator[Observation]:
    """After the opt-out something shows that it was processed: a message that stays, or the toggle off when opened again."""
    choice = _made(case, "opt-out")
    if choice is None:
        yield from _stopped(case, "opt-out")
        return
    where = (choice.where,)
    words = choice.confirmation
    data = {"words": words, "seconds": f"{choice.confirmation_seconds or 0:g}"}
    told = [
        s for s in case.facts.statuses if s.scenario == "opt-out" and s.kind == "honoured" and s.visible is not False
    ]
    receipt = bool(words) and statements.says("receipt", words)
    brief = choice.confirmation_seconds is not None and choice.confirmation_seconds < params.seconds
    if choice.shown_off_on_reopen or told or (words and not receipt and not brief):
        yield Observation(outcome="passed", where=where, data=data)
    elif choice.shown_off_on_reopen is None and not words:
        yield Observation(outcome="cantTell", variant="not-reopened", where=where, key="not reopened")
    elif words and brief and not receipt:
        yield Observation(outcome="cantTell", variant="brief", where=where, data=data, key="brief")
    else:
        variant = "receipt" if receipt else None
        yield Observation(outcome="failed", variant=variant, where=where, data=data, key="no confirmation")


class WaitParams(Params):
    """``seconds``: the longest wait that passes."""

    seconds: float = 10.0


@check("opt-out-without-wait", WaitParams)
def opt_out_without_wait(case: Case, params: WaitParams) -> Iterator[Observation]:
    """No blocking wait before the opt-out is done."""
    choice = case.facts.choice("opt-out")
    if choice is None or choice.wait_seconds is None:
        return
    outcome: Outcome = "failed" if choice.wait_seconds > params.seconds else "passed"
    data = {"seconds": f"{choice.wait_seconds:g}"}
    yield Observation(outcome=outcome, where=(choice.where,), data=data, key="wait")


@check("opt-in-in-two-steps", NoParams)
def opt_in_in_two_steps(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Opting back in takes a second, confirming action."""
    choice = _made(case, "opt-back-in")
    if choice is None:
        yield from _stopped(case, "opt-back-in")
        return
    steps = max((path.count for path in case.facts.paths if path.scenario == "opt-back-in"), default=0)
    data = {"steps": str(steps)}
    where = (choice.where,)
    if choice.two_step:
        yield Observation(outcome="passed", where=where, data=data)
    elif steps > 1:
        yield Observation(outcome="cantTell", variant="toggle-and-save", where=where, data=data, key="toggle and save")
    elif choice.two_step is None:
        yield Observation(outcome="cantTell", variant="not-seen", where=where, key="not seen")
    else:
        yield Observation(outcome="failed", where=where, data=data, key="one step")


class AskAgainParams(Params):
    """``days``: how long the choice has to be remembered."""

    days: int = 365


@check("not-asked-again", AskAgainParams)
def not_asked_again(case: Case, params: AskAgainParams) -> Iterator[Observation]:
    """A visitor who opted out is not asked again, on the next visit or within a year."""
    choice = case.facts.choice("revisit-after-opt-out")
    if choice is None or choice.prompted_again is None:
        return
    first = case.facts.choice("opt-out")
    if first and not first.completed:
        yield from _stopped(case, "opt-out")
        return
    lifetime = choice.record_lifetime_days
    if lifetime is None and first:
        lifetime = first.record_lifetime_days
    days = lifetime if lifetime is not None or first is None else first.may_last_days
    data = {"days": f"{days:.0f}" if days is not None else "an unknown number of"}
    where = (choice.where,)
    if choice.prompted_again:
        yield Observation(outcome="failed", where=where, data=data, key="asked again")
    elif lifetime is not None and lifetime < params.days:
        yield Observation(outcome="cantTell", variant="expiry", where=where, data=data, key="expiry")
    elif first and days is not None and days < params.days:
        data |= {"name": first.may_be_record}
        yield Observation(outcome="cantTell", variant="unnamed", where=where, data=data, key="expiry")
    else:
        yield Observation(outcome="passed", where=where, data=data)


@check("close-is-not-consent", NoParams)
def close_is_not_consent(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Compares the consent record after closing with that of accept-all; trackers alone prove nothing under an opt-out law."""
    choice = _made(case, "close")
    if choice is None:
        yield from _stopped(case, "close")
        return
    where = (choice.where,)
    if choice.record_says_accepted:
        yield Observation(outcome="failed", where=where, key="record")
    elif choice.record_says_accepted is False or choice.record_changed is False:
        yield Observation(outcome="passed", where=where)
    else:
        yield Observation(outcome="cantTell", variant="no-record", where=where, key="no record")


@check("no-screens-before-opt-out", NoParams)
def no_screens_before_opt_out(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Nothing stands between the opt-out link and its control."""
    choice = case.facts.choice("opt-out")
    if choice is None:
        return
    if choice.interstitials:
        where = tuple(
            passage.where.model_copy(update={"quote": passage.text[:200]}) for passage in choice.interstitials
        )
        words = listed(passage.text[:120] for passage in choice.interstitials)
        yield Observation(outcome="failed", where=where, data={"words": words}, key=words)
    elif choice.completed:
        yield Observation(outcome="passed", where=(choice.where,))


class PersistsParams(Params):
    """``seconds``: how long what the link opened has to have been watched."""

    seconds: float = 5.0


@check("opened-dialog-persists", PersistsParams)
def opened_dialog_persists(case: Case, params: PersistsParams) -> Iterator[Observation]:
    """What the opt-out link opens stays there and can be used."""
    watched: dict[str, OptOutLink] = {}
    for link in case.facts.opt_out_links:
        if link.target and any(seen for _seconds, seen in link.target.persisted):
            watched.setdefault(normalised(link.text), link)
    for link in watched.values():
        looks = sorted(link.target.persisted) if link.target else []
        seconds, there = looks[-1]
        gone = [at for at, seen in looks if not seen]
        data = {"seconds": f"{(seconds if there else gone[-1]):g}", "title": link.text}
        where = (at_link(link),)
        if not there:
            yield Observation(outcome="failed", where=where, data=data, key=link.text)
        elif seconds < params.seconds:
            yield Observation(outcome="cantTell", variant="not-watched", where=where, data=data, key=link.text)
        else:
            yield Observation(outcome="passed", where=where, data=data)
