"""What the site's consent signals say of one state: whether all say opted out, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal, NamedTuple

from consentcheck.checks.layers import stands
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.checks.sharing import SELLING, by_party, places, told, unfinished, verdict
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, SignalFact
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario, SignalName

STATES: frozenset[SignalName] = frozenset(
    {
        "usp",
        "gpp",
        "onetrust",
        "cookiebot",
        "didomi",
        "sourcepoint",
        "trustarc",
        "osano",
        "usercentrics",
        "consent-record",
    }
)
"""Signals that say whether there is an opt-out of sale or sharing."""

_FLAGS = ("isGpcEnabled", "browserGpcFlag")
_AGREEING: tuple[Scenario, ...] = (
    "first-visit",
    "gpc",
    "opt-out",
    "accept-all",
    "close",
    "revisit-after-opt-out",
    "revisit-after-gpc",
)


def states(facts: Facts, scenario: Scenario) -> tuple[SignalFact, ...]:
    """The site's own signals in a scenario, after its choice, each source as it was last read. Requests' parameters are not among them."""
    last: dict[tuple[str, str], SignalFact] = {}
    for fact in facts.signals:
        own = fact.signal in STATES and not fact.source.startswith("request ")
        if fact.scenario == scenario and fact.after_choice and own:
            last[fact.signal, fact.source] = fact
    return tuple(last.values())


def signal_where(fact: SignalFact) -> Where:
    """Where a signal was read, with its raw value as the quotation."""
    quote = fact.where.quote or f"{fact.source or fact.signal}: {fact.raw}"[:200]
    return fact.where.model_copy(update={"quote": quote, "scenario": fact.scenario})


def named(*facts: SignalFact) -> str:
    """One signal and all the places where it was read, for a message."""
    sources = ", ".join(fact.source for fact in facts if fact.source)
    return f"{facts[0].signal} ({sources})" if sources else facts[0].signal


class StateParams(Params):
    """``scenario`` in which every signal has to say that the visitor opted out."""

    scenario: Scenario


@check("signals-say-opted-out", StateParams)
def signals_say_opted_out(case: Case, params: StateParams) -> Iterator[Observation]:
    """Every signal that the site has says that the visitor opted out. A consent manager's flag that GPC was seen is no effect."""
    if stopped := unfinished(case, params.scenario):
        yield stopped
        return
    found = states(case.facts, params.scenario)
    remain = [fact for fact in found if fact.says_opted_out is False]
    for fact in remain:
        variant = "flag-only" if any(str(fact.fields.get(flag)) == "1" for flag in _FLAGS) else None
        data = {"signal": named(fact), "raw": fact.raw[:80], "meaning": fact.meaning}
        yield Observation(outcome="failed", variant=variant, where=(signal_where(fact),), data=data, key=named(fact))
    if remain:
        return
    for fact in found:
        if fact.says_opted_out is None and any(str(fact.fields.get(flag)) == "1" for flag in _FLAGS):
            data = {"signal": named(fact), "raw": fact.raw[:80], "meaning": fact.meaning}
            yield Observation(outcome="cantTell", where=(signal_where(fact),), data=data, key=named(fact))
    told_so = [fact for fact in found if fact.says_opted_out]
    if told_so:
        data = {"signals": ", ".join(named(fact) for fact in told_so)}
        yield Observation(outcome="passed", where=tuple(signal_where(fact) for fact in told_so), data=data)


@check("signals-agree", NoParams)
def signals_agree(case: Case, _params: NoParams) -> Iterator[Observation]:
    """In each state, all signals, records and toggles say the same of the opt-out."""
    compared = False
    for scenario in _AGREEING:
        voices = _voices(case.facts, scenario)
        compared = compared or len(voices) > 1
        for one, other in combinations(voices, 2):
            if one.opted_out != other.opted_out:
                yes, no = (one.name, other.name) if one.opted_out else (other.name, one.name)
                yield Observation(
                    outcome="failed",
                    where=(*one.where, *other.where),
                    data={"scenario": scenario, "yes": yes, "no": no},
                    key=f"{scenario} {yes} {no}",
                )
    if compared:
        yield Observation(outcome="passed")


class _Voice(NamedTuple):
    """What says whether there is an opt-out, and all places where it says so."""

    name: str
    opted_out: bool
    where: tuple[Where, ...]


def _voices(facts: Facts, scenario: Scenario) -> list[_Voice]:
    """All that say anything; a signal is one voice over all its sources that say the same."""
    saying: dict[tuple[SignalName, bool], list[SignalFact]] = {}
    for fact in states(facts, scenario):
        if fact.says_opted_out is not None:
            saying.setdefault((fact.signal, fact.says_opted_out), []).append(fact)
    voices = [
        _Voice(named(*found), opted_out, tuple(signal_where(fact) for fact in found))
        for (_, opted_out), found in saying.items()
    ]
    choice = facts.choice(scenario)
    if choice and choice.completed and choice.sale_toggles:
        names = ", ".join(choice.sale_toggles)
        voices.append(_Voice(f"the toggle {names}", not any(choice.sale_toggles.values()), (choice.where,)))
        return voices
    for dialog in facts.dialogs:
        for category in dialog.categories:
            shown = dialog.scenario == scenario and dialog.visible is not False and scenario in ("first-visit", "gpc")
            if shown and "sale" in category.all_kinds() and category.toggle in ("on", "off"):
                where = category.where.model_copy(update={"quote": category.where.quote or category.name})
                voices.append(_Voice(f"the toggle {category.name}", stands(category) == "off", (where,)))
    return voices


@check("opt-out-persists", NoParams)
def opt_out_persists(case: Case, _params: NoParams) -> Iterator[Observation]:
    """On the next visit the signals still say opted out, and what had stopped has not started again."""
    if stopped := unfinished(case, "opt-out"):
        yield stopped
        return
    yield from _lasted(case, "opt-out", "revisit-after-opt-out", "failed")
    choice = case.facts.choice("opt-out")
    later = case.facts.choice("revisit-after-opt-out")
    back = [
        name
        for name, on in (later.sale_toggles if later else {}).items()
        if on and choice and choice.sale_toggles.get(name) is False
    ]
    if back and later:
        data = {"signal": f"the toggle {', '.join(back)}"}
        yield Observation(outcome="failed", variant="signal", where=(later.where,), data=data, key="toggle")
    days = choice.record_lifetime_days if choice else None
    if days is not None and days < 365:
        where = (choice.where,) if choice else ()
        yield Observation(outcome="cantTell", variant="short", where=where, data={"days": f"{days:g}"}, key="short")
    elif choice and choice.may_last_days is not None and choice.may_last_days < 365:
        data = {"days": f"{choice.may_last_days:g}", "name": choice.may_be_record}
        yield Observation(outcome="cantTell", variant="unnamed", where=(choice.where,), data=data, key="short")


@check("absence-is-no-opt-in", NoParams)
def absence_is_no_opt_in(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Without the signal on the next visit, the state that the signal brought about stays.

    A browser that is not known to the site may be treated afresh: a person has to say whether this one is known.
    """
    known = case.accounts == "yes" and case.facts.scenario("logged-in") is not None
    yield from _lasted(case, "gpc", "revisit-after-gpc", "failed" if known else "cantTell")


def _lasted(case: Case, first: Scenario, later: Scenario, lost: Literal["failed", "cantTell"]) -> Iterator[Observation]:
    """Whether what a first scenario brought about still holds in a later one."""
    before = {(fact.signal, fact.source): fact for fact in states(case.facts, first) if fact.says_opted_out}
    after = {(fact.signal, fact.source): fact for fact in states(case.facts, later)}
    held = False
    for key, fact in before.items():
        now = after.get(key)
        if now is None:
            continue
        if now.says_opted_out is False:
            where = (signal_where(fact), signal_where(now))
            yield Observation(outcome=lost, variant="signal", where=where, data={"signal": named(now)}, key=named(now))
        elif now.says_opted_out:
            held = True
    stopped, started = verdict(case.facts, first), verdict(case.facts, later)
    if stopped.stopped is True:
        held = held or started.stopped is True
        for party, trackers in by_party(started.open):
            yield Observation(
                outcome=lost, variant="trackers", where=places(trackers), data=told(party, trackers), key=party
            )
    if held:
        yield Observation(outcome="passed")


class VendorParams(Params):
    """``scenarios`` that are judged as far as they were visited."""

    scenarios: tuple[Scenario, ...]


@check("google-is-told", VendorParams)
def google_is_told(case: Case, params: VendorParams) -> Iterator[Observation]:
    """Google's consent parameters deny storage and use for ads; its tags without such parameters are for a person to judge."""
    for scenario in _visited(case, params):
        facts = [
            fact
            for fact in case.facts.signals
            if fact.scenario == scenario and fact.signal == "google-consent-mode" and fact.after_choice
        ]
        modes = [fact for fact in facts if fact.source not in ("request npa", "request rdp")]
        softened = [fact for fact in facts if fact not in modes and fact.says_opted_out]
        last = {fact.source: fact for fact in modes if not fact.source.startswith("request ")}
        sent = [fact for fact in modes if fact.source.startswith("request ")]
        granted = [fact for fact in (*sent, *last.values()) if fact.says_opted_out is False]
        data = {"scenario": scenario}
        for fact in granted:
            outcome: Literal["failed", "cantTell"] = "cantTell" if softened else "failed"
            said = data | {"raw": _short(fact), "meaning": fact.meaning}
            key = f"{scenario} {fact.source}"
            yield Observation(outcome=outcome, variant="granted", where=(signal_where(fact),), data=said, key=key)
        tags = [
            t
            for t in case.facts.trackers
            if t.scenario == scenario
            and t.owner == "Google"
            and t.after_choice
            and t.purpose in SELLING | {"analytics"}
        ]
        if not modes and tags:
            yield Observation(
                outcome="cantTell", variant="silent", where=places(tags), data=data, key=f"{scenario} none"
            )
        elif any(fact.says_opted_out for fact in modes) and not granted:
            yield Observation(outcome="passed", data=data)


class ReceiverParams(VendorParams):
    """``host`` and the beginning of the ``path`` of the events; ``flag`` is what they have to carry."""

    host: str
    path: str
    flag: str


@check("receiver-is-told", ReceiverParams)
def receiver_is_told(case: Case, params: ReceiverParams) -> Iterator[Observation]:
    """Every event to the receiver carries its own flag of restriction."""
    for scenario in _visited(case, params):
        events = [
            t
            for t in case.facts.trackers
            if t.scenario == scenario and t.after_choice and _is_event(t.host, t.url, params) and t.type != "script"
        ]
        without = [tracker for tracker in events if params.flag not in tracker.restricted_by]
        data = {"scenario": scenario, "flag": params.flag, "count": str(sum(t.count for t in without or events))}
        if without:
            flags = sorted({flag for tracker in without for flag in tracker.contradicted_by})
            said = data | {"said": ", ".join(flags) or "nothing of the kind"}
            yield Observation(outcome="failed", where=places(without), data=said, key=scenario)
        elif events:
            yield Observation(outcome="passed", where=places(events), data=data)


def _short(fact: SignalFact) -> str:
    """A parameter with its value, or the name of a longer source."""
    name = fact.source.removeprefix("request ")
    return f"{name}={fact.raw}" if len(fact.raw) < 40 else name


def _visited(case: Case, params: VendorParams) -> list[Scenario]:
    return [name for name in params.scenarios if not unfinished(case, name)]


def _is_event(host: str, url: str, params: ReceiverParams) -> bool:
    path = "/" + url.partition("://")[2].partition("/")[2]
    return f".{host}".endswith(f".{params.host}") and path.startswith(params.path)
