"""Whether trackers that sell or share stop once the visitor opted out, by a choice or by a signal.

Every judgement is held against a control visit: a site that asked no such party on the first visit proves nothing by not asking one
later. A request that tells its receiver to restrict use, one to Google's advertising (which reads the browser's signal itself), one to a
marketing tool that may work for the site alone, and one to the site's own host that stands in for another's are for a person to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from consentcheck.checks.partners import tracker_where
from consentcheck.checks.registry import Case, Params, check
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, Tracker
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario

SELLING = frozenset({"advertising", "social", "marketing"})
"""Purposes of parties to which requests are taken for selling or sharing."""

_LOADS = frozenset({"script", "stylesheet", "font"})
"""Types that load something; without an identifier they report nothing."""

_CHOICES: frozenset[Scenario] = frozenset(
    {"opt-out", "every-opt-out", "opt-back-in", "accept-all", "close", "logged-in"}
)
_MOST_PLACES = 6
_PACE = 1.0
"""Seconds by which the same request may come later on one load of a page than on another."""

Reason = Literal["restricted", "google", "proxy", "no-identifier", "marketing"]


@dataclass(frozen=True)
class Verdict:
    """What a scenario's requests show.

    ``open``: requests that carry an identifier to a seller's partner without any restriction; ``doubtful``: those for a person to judge.
    ``late``: what the first visit sent only after more time than the scenario's pages were watched for, which proves nothing.
    ``steady``: whether what the first visit sent was seen in each of its looks; ``every_look``: whether ``open`` was, in the scenario's.
    """

    control: tuple[Tracker, ...]
    late: tuple[Tracker, ...]
    open: tuple[Tracker, ...]
    doubtful: tuple[tuple[Tracker, Reason], ...]
    rounds: int
    watched: float | None
    steady: bool
    every_look: bool

    @property
    def stopped(self) -> bool | None:
        """True: nothing of the first visit's was left; False: identifiers still go out; None: nothing to say, or not surely."""
        if self.open:
            return False if self.every_look else None
        return True if self.control and not self.doubtful and self.steady else None


def verdict(facts: Facts, scenario: Scenario, control: Scenario = "first-visit") -> Verdict:
    """What the scenario's requests show against the control's."""
    status = facts.scenario(scenario)
    watched = status.watched if status else None
    sold = [t for t in facts.trackers if t.scenario == control and t.purpose in SELLING]
    late = tuple(t for t in sold if watched is not None and t.late is not None and t.late > watched + _PACE)
    before = tuple(t for t in sold if t not in late)
    after = [t for t in facts.trackers if t.scenario == scenario and t.after_choice and t.purpose in SELLING]
    sent = [(tracker, _reason(tracker)) for tracker in after if not _only_loads(tracker)]
    carrying = tuple(tracker for tracker, reason in sent if reason is None)
    rounds = _rounds(facts, scenario)
    return Verdict(
        control=before,
        late=late,
        open=carrying,
        doubtful=tuple((tracker, reason) for tracker, reason in sent if reason is not None),
        rounds=rounds,
        watched=watched,
        steady=_looks(before) >= _rounds(facts, control),
        every_look=_looks(carrying) >= rounds,
    )


def is_open(tracker: Tracker) -> bool:
    """Whether a request carries an identifier to a seller's partner without any restriction."""
    return tracker.purpose in SELLING and not _only_loads(tracker) and _reason(tracker) is None


def unfinished(case: Case, scenario: Scenario) -> Observation | None:
    """That a scenario's choice was not made to the end, so that nothing after it can be judged."""
    choice = case.facts.choice(scenario)
    status = case.facts.scenario(scenario)
    if scenario not in _CHOICES or not ((choice and not choice.completed) or (status and status.completed is False)):
        return None
    why = (choice.stopped_because if choice else "") or "the choice was not seen to take effect"
    where = (choice.where,) if choice else ()
    return Observation(outcome="untested", variant="unfinished", where=where, data={"why": why})


class StopParams(Params):
    """``scenario`` is judged, and those of ``also`` as far as they were visited; ``form``: only if an opt-out form was sent in it."""

    scenario: Scenario
    also: tuple[Scenario, ...] = ()
    form: bool = False


_WHEN: dict[Scenario, str] = {
    "gpc": "under Global Privacy Control",
    "opt-out": "after the opt-out",
    "every-opt-out": "after opting out by every way at once, signal, dialog and form",
}


@check("trackers-stop", StopParams)
def trackers_stop(case: Case, params: StopParams) -> Iterator[Observation]:
    """No identifier goes to an advertising or social party in the scenario, unless a flag restricts its use."""
    if params.form and not _form_was_sent(case.facts, params.scenario):
        if any("opt-out" in form.purposes and form.asks_for_data for form in case.facts.forms):
            yield Observation(outcome="untested", variant="not-sent")
        return
    for scenario in (params.scenario, *(name for name in params.also if case.facts.scenario(name))):
        yield from _stop_in(case, scenario)


def _stop_in(case: Case, scenario: Scenario) -> Iterator[Observation]:
    found = verdict(case.facts, scenario)
    if not (found.control or found.late or found.open or found.doubtful):
        yield from _strangers(case, scenario)
        return
    if stopped := unfinished(case, scenario):
        yield stopped
        return
    when = _WHEN.get(scenario, f"in the scenario {scenario}")
    data = {"looks": looks(found.rounds, found.watched), "before": str(len(parties(found.control))), "when": when}
    again = "" if scenario in ("gpc", "opt-out") else f"{scenario} "
    for party, trackers in by_party(found.open):
        outcome: Literal["failed", "cantTell"] = "failed" if found.every_look else "cantTell"
        variant = None if found.every_look else "sporadic"
        said = data | told(party, trackers)
        yield Observation(outcome=outcome, variant=variant, where=places(trackers), data=said, key=again + party)
    for reason in get_args(Reason):
        for party, trackers in by_party([tracker for tracker, why in found.doubtful if why == reason]):
            said = data | told(party, trackers)
            key = f"{again}{reason} {party}"
            yield Observation(outcome="cantTell", variant=reason, where=places(trackers), data=said, key=key)
    if found.open or found.doubtful:
        return
    strangers = list(_strangers(case, scenario, partners=frozenset(t.host for t in found.control if not t.owner)))
    yield from strangers
    if not found.control:
        data |= {"party": ", ".join(parties(found.late)[:5]), "late": f"{min(t.late or 0 for t in found.late):g}"}
        yield Observation(outcome="cantTell", variant="late", where=places(found.late), data=data, key=f"{again}late")
    elif not found.steady:
        where = places(found.control)
        yield Observation(outcome="cantTell", variant="unsteady", where=where, data=data, key=f"{again}unsteady")
    elif not strangers:
        yield Observation(outcome="passed", where=places(found.control), data=data)


def _strangers(case: Case, scenario: Scenario, partners: frozenset[str] | None = None) -> Iterator[Observation]:
    """Parties that no table knows and that are sent an identifier all the same: what they are is for a person to find out.

    Where known parties have stopped, only ``partners`` are named: those that the first visit gave a known party's identifier.
    """
    unknown = [
        t
        for t in case.facts.trackers
        if t.purpose == "unknown" and t.identifiers and not _only_loads(t) and t.after_choice
    ]
    hosts = (
        partners if partners is not None else {tracker.host for tracker in unknown if tracker.scenario == "first-visit"}
    )
    left = [tracker for tracker in unknown if tracker.scenario == scenario and tracker.host in hosts]
    if left and (stopped := unfinished(case, scenario)):
        yield stopped
        return
    for party, trackers in by_party(left):
        data = {"when": _WHEN.get(scenario, f"in the scenario {scenario}")} | told(party, trackers)
        yield Observation(
            outcome="cantTell",
            variant="stranger",
            where=places(trackers),
            data=data,
            key=f"{scenario} stranger {party}",
        )


def _form_was_sent(facts: Facts, scenario: Scenario) -> bool:
    sent = any(form.submitted and "opt-out" in form.purposes for form in facts.forms)
    return sent or any(
        step.action == "submit" for path in facts.paths if path.scenario == scenario for step in path.steps
    )


@check("early-requests-wait", StopParams)
def early_requests_wait(case: Case, params: StopParams) -> Iterator[Observation]:
    """No identifier goes to an advertising or social party before the consent manager was even asked for."""
    found = verdict(case.facts, params.scenario)
    early = [tracker for tracker in found.open if tracker.before_cmp]
    for party, trackers in by_party(early):
        later = [tracker for tracker in trackers if tracker.page > 0]
        outcome: Literal["failed", "cantTell"] = "failed" if later else "cantTell"
        yield Observation(outcome=outcome, where=places(later or trackers), data=told(party, trackers), key=party)
    if found.control and not early:
        yield Observation(outcome="passed", data={"looks": looks(found.rounds)})


@check("flags-reach-receivers", StopParams)
def flags_reach_receivers(case: Case, params: StopParams) -> Iterator[Observation]:
    """No request to an advertising or social party says, in a consent string, that there is no opt-out."""
    if stopped := unfinished(case, params.scenario):
        yield stopped
        return
    sent = [t for t in case.facts.trackers if t.scenario == params.scenario and t.after_choice and t.purpose in SELLING]
    wrong = [tracker for tracker in sent if _strings(tracker.contradicted_by)]
    for party, trackers in by_party(wrong):
        flags = sorted({flag for tracker in trackers for flag in _strings(tracker.contradicted_by)})
        data = told(party, trackers) | {"flags": ", ".join(flags)}
        yield Observation(outcome="failed", where=places(trackers), data=data, key=f"{party} {' '.join(flags)}")
    right = [tracker for tracker in sent if _strings(tracker.restricted_by)]
    if right and not wrong:
        yield Observation(outcome="passed", where=places(right), data={"count": str(len(parties(right)))})


def by_party(trackers: Iterable[Tracker]) -> list[tuple[str, list[Tracker]]]:
    """Trackers by their owner, or by their host where that is not known; in order."""
    found: dict[str, list[Tracker]] = {}
    for tracker in trackers:
        found.setdefault(tracker.owner or tracker.host, []).append(tracker)
    return list(found.items())


def parties(trackers: Iterable[Tracker]) -> list[str]:
    """Who was asked, each once."""
    return [party for party, _ in by_party(trackers)]


def places(trackers: Sequence[Tracker]) -> tuple[Where, ...]:
    """Where the requests are found, those that say most first; not more than a reader can use."""
    ordered = sorted(trackers, key=lambda tracker: -len(tracker.identifiers))
    return tuple(dict.fromkeys(tracker_where(tracker) for tracker in ordered))[:_MOST_PLACES]


def told(party: str, trackers: Sequence[Tracker]) -> dict[str, str]:
    """What a message may say of a party's requests."""
    identifiers = list(dict.fromkeys(name for tracker in trackers for name in tracker.identifiers))
    flags = list(dict.fromkeys(flag for tracker in trackers for flag in tracker.restricted_by))
    contrary = list(dict.fromkeys(flag for tracker in trackers for flag in tracker.contradicted_by))
    shared = sorted({host for tracker in trackers for host in tracker.shared_ids})
    seen = len({look for tracker in trackers for look in tracker.rounds})
    return {
        "party": party,
        "hosts": ", ".join(dict.fromkeys(tracker.host for tracker in trackers)),
        "identifiers": ", ".join(identifiers[:6]) or "no identifier that is known as one",
        "flags": ", ".join((flags or contrary)[:4]) or "nothing",
        "seen": str(seen),
        "shared": f", the same as at {', '.join(shared[:3])}" if shared else "",
    }


def looks(rounds: int, watched: float | None = None) -> str:
    """How often it was looked, and how long: ``one look``, ``3 looks, each page watched for 6 s``."""
    often = "one look" if rounds <= 1 else f"{rounds} looks"
    return often if watched is None else f"{often}, each page watched for {watched:.0f} s"


def _reason(tracker: Tracker) -> Reason | None:
    """Why a request is for a person to judge; None if it plainly carries an identifier without restriction."""
    if tracker.restricted_by:
        return "restricted"
    if not (tracker.identifiers or tracker.shared_ids):
        return "no-identifier"
    if tracker.owner == "Google":
        return "google"
    if tracker.purpose == "marketing":
        return "marketing"
    return "proxy" if tracker.first_party_proxy else None


def _only_loads(tracker: Tracker) -> bool:
    return tracker.type in _LOADS and not tracker.identifiers and not tracker.shared_ids


def _strings(flags: Iterable[str]) -> list[str]:
    """The flags that are privacy strings, of which every receiver is to take notice."""
    return [flag for flag in flags if flag.startswith(("us_privacy=", "usp=", "ccpa=", "us_privacy_string=", "gpp:"))]


def _rounds(facts: Facts, scenario: Scenario) -> int:
    status = facts.scenario(scenario)
    return status.rounds if status else 1


def _looks(trackers: Iterable[Tracker]) -> int:
    return len({look for tracker in trackers for look in tracker.rounds})
