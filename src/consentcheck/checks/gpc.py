"""How a site treats the browser's opt-out preference signal: what it shows, asks and promises."""

from __future__ import annotations

from collections.abc import Iterator, Set

from consentcheck.checks.layers import stands, with_purpose
from consentcheck.checks.prose import quoted
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.checks.sharing import by_party, is_open, parties, places, told, unfinished, verdict
from consentcheck.checks.signal_states import signal_where, states
from consentcheck.knowledge.phrases import is_negated
from consentcheck.knowledge.terms import sentences, terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Facts, Status
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario, Surface

_MORE_ASKED = terms(
    (
        "confirm ~ opt out", "complete ~ opt out", "finish ~ opt out", "verify ~ opt out", "finalize ~ opt out",
        "opt out ~ confirm", "opt out ~ complete your", "opt out ~ click", "opt out ~ verify",
        "confirm ~ signal", "signal ~ confirm", "signal ~ click", "signal ~ verify", "check your email",
        "please confirm", "please click", "please verify", "please submit", "please complete", "must confirm",
    )
)  # fmt: skip
_SIGNAL = terms(("privacy signal", "preference signal", "global privacy control", "gpc"))
_ABOUT_SIGNAL = terms(
    (
        "opt out", "opted out", "privacy signal", "preference signal", "global privacy control", "gpc",
        "do not sell", "privacy choices",
    )
)  # fmt: skip
_EXTENDS = terms(("to your account", "across devices", "other devices", "log in", "sign in", "offline", "known to us"))
_ALREADY = terms(("have confirmed", "has been confirmed", "is confirmed", "been completed", "is complete"))


@check("signal-status-shown", NoParams, reads_words=True, languages=ENGLISH)
def signal_status_shown(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Under the signal, something that can be seen says that it was processed, and was not there without the signal."""
    always = {status.text.casefold() for status in _visible(case.facts, "first-visit") if not status.after_click}
    shown = [status for status in _visible(case.facts, "gpc") if status.text.casefold() not in always]
    at_once = [status for status in shown if not status.after_click and status.visible]
    if at_once:
        yield _status("passed", None, at_once[0])
        return
    if shown:
        variant = "after-click" if any(status.after_click for status in shown) else "unsure"
        yield _status("cantTell", variant, shown[0])
        return
    off = [category for dialog, category in _sale_categories(case.facts, "gpc") if stands(category) == "off"]
    before = [category for _, category in _sale_categories(case.facts, "first-visit")]
    was_off = {category.name for category in before if stands(category) == "off"}
    turned = [category for category in off if category.name not in was_off]
    if turned:
        where = _category_where(turned[0], "gpc")
        yield Observation(
            outcome="cantTell", variant="toggle", where=(where,), data={"text": turned[0].name}, key="toggle"
        )
        return
    others = [s for s in case.facts.statuses if s.scenario == "gpc" and (s.visible is False or s.kind != "honoured")]
    failing = "always" if always else None
    if others:
        failing = "hidden" if others[0].visible is False else others[0].kind
    where_found = tuple(_status_where(status) for status in others[:3])
    data = {"text": others[0].text if others else next(iter(always), "")}
    yield Observation(outcome="failed", variant=failing, where=where_found, data=data, key="no status")


@check("signal-status-true", NoParams, reads_words=True)
def signal_status_true(case: Case, _params: NoParams) -> Iterator[Observation]:
    """What says that the signal was honoured is not shown without one, nor while identifiers still go out."""
    for status in _visible(case.facts, "first-visit"):
        if status.visible and not status.after_click:  # what the opt-out link was answered with is no such claim
            yield _status("failed", "without-signal", status)
    shown = [status for status in _visible(case.facts, "gpc") if status.visible]
    if not shown:
        return
    found = verdict(case.facts, "gpc")
    against = [fact for fact in states(case.facts, "gpc") if fact.says_opted_out is False]
    if found.stopped is False:
        party = ", ".join(parties(found.open)[:5])
        where = (_status_where(shown[0]), *places(found.open))
        data = {"text": shown[0].text, "party": party}
        yield Observation(outcome="failed", variant="trackers", where=where, data=data, key=shown[0].text)
    elif against:
        where = (_status_where(shown[0]), signal_where(against[0]))
        data = {"text": shown[0].text, "signal": against[0].signal, "raw": against[0].raw[:60]}
        yield Observation(outcome="failed", variant="signals", where=where, data=data, key=shown[0].text)
    elif found.open or found.doubtful:
        yield _status("cantTell", None, shown[0])
    else:
        yield _status("passed", None, shown[0])


@check("signal-needs-nothing-more", NoParams, reads_words=True, languages=ENGLISH)
def signal_needs_nothing_more(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Under the signal nothing more is asked of the visitor for the opt-out to take effect. An offer to extend it may be made."""
    before = {
        passage.text for dialog in case.facts.dialogs if dialog.scenario == "first-visit" for passage in dialog.prose()
    }
    for dialog in case.facts.dialogs:
        if dialog.scenario != "gpc" or dialog.visible is False:
            continue
        for passage in dialog.prose():
            if passage.text in before:
                continue
            for sentence in sentences(passage.text):
                asks = _MORE_ASKED.first(sentence) and _ABOUT_SIGNAL.first(sentence) and not _ALREADY.first(sentence)
                if not asks:
                    continue
                where = quoted(passage.where.model_copy(update={"scenario": "gpc"}), sentence)
                extends = _EXTENDS.first(sentence) is not None
                yield Observation(
                    outcome="cantTell" if extends else "failed", where=(where,), data={"text": sentence}, key=sentence
                )
        for control in _asked_of(dialog, before):
            where = control.where.model_copy(update={"quote": control.where.quote or control.text, "scenario": "gpc"})
            data = {"text": control.text}
            yield Observation(outcome="cantTell", variant="button", where=(where,), data=data, key=control.text)
    yield Observation(outcome="passed")


def _asked_of(dialog: Dialog, before: Set[str]) -> Iterator[Control]:
    """Buttons that opt out, on a layer that came with the signal, of which it speaks."""
    if dialog.surface == "banner" and not before & {p.text for p in dialog.prose()} and _SIGNAL.first(dialog.text):
        yield from with_purpose(dialog, "opt-out", "decline-all")


@check("signal-not-contradicted", NoParams, reads_words=True)
def signal_not_contradicted(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Under the signal, the toggle of sale or sharing is not on, and no banner asks to accept without a way to decline."""
    sale = _sale_categories(case.facts, "gpc")
    for _dialog, category in sale:
        if stands(category) == "on":
            where = _category_where(category, "gpc")
            variant = "negated" if is_negated(category.name) else None
            data = {"name": category.name}
            yield Observation(outcome="failed", variant=variant, where=(where,), data=data, key=category.name)
    asking = [
        dialog
        for dialog in case.facts.on("banner", scenario="gpc")
        if dialog.visible is not False and _only_accepts(dialog)
    ]
    for dialog in asking[:1]:
        accept = next(control for control in dialog.controls if control.purpose == "accept-all")
        where = accept.where.model_copy(update={"quote": accept.where.quote or accept.text, "scenario": "gpc"})
        yield Observation(outcome="cantTell", where=(where,), data={"text": accept.text}, key="accept-only banner")
    if sale or case.facts.on("banner", scenario="gpc") or case.facts.on("banner"):
        yield Observation(outcome="passed")


@check("signal-after-accept", NoParams)
def signal_after_accept(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A signal after an earlier acceptance is processed, or the visitor is told of the conflict and given the choice."""
    accepted = case.facts.choice("accept-all")
    if accepted and not accepted.completed:
        # Where nothing could be accepted there is no acceptance for the signal to conflict with.
        status = case.facts.scenario("accept-all")
        if status and status.completed is False and (stopped := unfinished(case, "accept-all")):
            yield stopped
        return
    found = verdict(case.facts, "accept-then-gpc", "accept-all" if case.facts.scenario("accept-all") else "first-visit")
    signals = states(case.facts, "accept-then-gpc")
    against = [fact for fact in signals if fact.says_opted_out is False]
    notices = [
        status for status in case.facts.statuses if status.scenario == "accept-then-gpc" and status.visible is not False
    ]
    asked = [
        dialog
        for dialog in case.facts.dialogs
        if dialog.scenario == "accept-then-gpc" and dialog.visible and _ABOUT_SIGNAL.first(dialog.text)
    ]
    if found.stopped is False or against:
        told_of = (*places(found.open), *(signal_where(fact) for fact in against))[:6]
        party = ", ".join(parties(found.open)[:5]) or ", ".join(fact.signal for fact in against)
        if notices or asked:
            yield Observation(outcome="cantTell", variant="notice", where=told_of, data={"party": party}, key="notice")
        else:
            yield Observation(outcome="failed", where=told_of, data={"party": party}, key=party)
    elif found.open or found.doubtful:
        doubtful = [*found.open, *(tracker for tracker, _ in found.doubtful)]
        data = {"party": ", ".join(parties(doubtful)[:5])}
        yield Observation(outcome="cantTell", variant="flagged", where=places(doubtful), data=data, key="flagged")
    elif found.stopped or any(fact.says_opted_out for fact in signals):
        yield Observation(outcome="passed")


@check("known-consumer-opted-out", NoParams)
def known_consumer_opted_out(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Logged in and opted out, nothing goes on: not in this browser, and not in the next one with the same account.

    Every further look is a fresh browser that logs in to an account that opted out in the look before.
    """
    if stopped := unfinished(case, "logged-in"):
        yield stopped
        return
    found = verdict(case.facts, "logged-in")
    for party, trackers in by_party(found.open):
        yield Observation(outcome="failed", where=places(trackers), data=told(party, trackers), key=party)
    if found.open or not found.control:
        return
    if found.rounds < 2:
        yield Observation(outcome="cantTell", key="other browsers")
        return
    again = [
        tracker
        for tracker in case.facts.trackers
        if tracker.scenario == "logged-in" and not tracker.after_choice and max(tracker.rounds) > 0 and is_open(tracker)
    ]
    for party, trackers in by_party(again):
        data = told(party, trackers)
        yield Observation(outcome="failed", variant="next", where=places(trackers), data=data, key=f"next {party}")
    if not again:
        yield Observation(outcome="passed")


class StatementParams(Params):
    """``regimes`` whose law obliges a seller to process signals."""

    regimes: tuple[str, ...]


@check("signal-statement-true", StatementParams)
def signal_statement_true(case: Case, params: StatementParams) -> Iterator[Observation]:
    """``/.well-known/gpc.json``, where there is one, is well formed and says what the site does. It is optional."""
    statement = case.facts.well_known_gpc
    if statement is None or statement.status != 200:
        return
    where = (statement.where,)
    if not statement.valid:
        variant = "page" if statement.is_page else "malformed"
        yield Observation(outcome="failed", variant=variant, severity="low", where=where, key="malformed")
    elif not statement.gpc:
        obliged = case.seller == "yes" and bool(set(params.regimes) & set(case.profile.regimes))
        if obliged:
            yield Observation(outcome="failed", variant="refuses", severity="low", where=where, key="refuses")
        else:
            yield Observation(outcome="passed", variant="refuses")
    elif case.facts.scenario("gpc") and verdict(case.facts, "gpc").open:
        open_to = verdict(case.facts, "gpc").open
        data = {"party": ", ".join(parties(open_to)[:5])}
        yield Observation(
            outcome="cantTell", severity="high", where=where + places(open_to), data=data, key="misstatement"
        )
    else:
        yield Observation(outcome="passed")


def _visible(facts: Facts, scenario: Scenario) -> list[Status]:
    """Unconditional statements that the opt-out was honoured, not known to be hidden."""
    return [s for s in facts.statuses if s.scenario == scenario and s.kind == "honoured" and s.visible is not False]


def _status(outcome: str, variant: str | None, status: Status) -> Observation:
    return Observation.model_validate(
        {
            "outcome": outcome,
            "variant": variant,
            "where": (_status_where(status),),
            "data": {"text": status.text},
            "key": status.text,
        }
    )


def _status_where(status: Status) -> Where:
    where = status.where.model_copy(update={"scenario": status.scenario})
    return where if where.quote else quoted(where, status.text)


def _sale_categories(facts: Facts, scenario: Scenario) -> list[tuple[Dialog, Category]]:
    """Categories of sale or sharing on the layers shown in a scenario; those of advertising where there is none of sale."""
    surfaces: tuple[Surface, ...] = ("banner", "preferences", "opt-out-page")
    shown = [
        (dialog, category)
        for dialog in facts.on(*surfaces, scenario=scenario)
        for category in dialog.categories
        if category.source == "document" and category.toggle in ("on", "off")
    ]
    sale = [pair for pair in shown if "sale" in pair[1].all_kinds()]
    return sale or [pair for pair in shown if "advertising" in pair[1].all_kinds()]


def _category_where(category: Category, scenario: Scenario) -> Where:
    return category.where.model_copy(update={"quote": category.where.quote or category.name, "scenario": scenario})


def _only_accepts(dialog: Dialog) -> bool:
    purposes = {control.purpose for control in dialog.controls if control.visible is not False}
    return "accept-all" in purposes and not purposes & {"decline-all", "opt-out"}
