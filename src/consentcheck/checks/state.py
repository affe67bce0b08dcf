"""What other states ask: the signal, a clear way to opt out, and notices of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from consentcheck.checks.cookies_set import cookies_are_in_their_category
from consentcheck.checks.disclosed import DATA_SELLING
from consentcheck.checks.partners import kind_of, tracker_where
from consentcheck.checks.prose import and_list, first_match, quoted, unique
from consentcheck.checks.purposes import AlwaysActiveParams, always_active_is_necessary
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.checks.toggles import sale_has_control
from consentcheck.knowledge.terms import plain, terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, OptOutLink, Passage, Tracker
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome


class SignalParams(Params):
    """``regime``: the state, e.g. ``us-co``; ``reads_signal``: owners that read the browser's signal themselves."""

    regime: str
    reads_signal: tuple[str, ...] = ()


@check("signal-honoured-in-state", SignalParams)
def signal_honoured_in_state(case: Case, params: SignalParams) -> Iterator[Observation]:
    """Under the signal nothing goes to advertisers unrestricted that went on the first visit, seen from that state."""
    region = case.facts.region
    data = {"region": region or "unknown", "regime": params.regime}
    if region is not None and region != params.regime:
        yield Observation(outcome="untested", variant="elsewhere", data=data)
        return
    before, after = _advertisers(case.facts, "first-visit"), _advertisers(case.facts, "gpc")
    left = [tracker for tracker in after if not tracker.restricted_by]
    doubtful = [t for t in after if t.restricted_by or t.owner in params.reads_signal or t.first_party_proxy]
    sure = [tracker for tracker in left if tracker not in doubtful]
    hosts = and_list(dict.fromkeys(tracker.host for tracker in sure or doubtful))
    data["hosts"] = hosts
    if sure:
        outcome: Outcome = "failed" if region else "cantTell"
        where = unique(tracker_where(tracker) for tracker in sure[:10])
        yield Observation(
            outcome=outcome, variant=None if region else "region", where=where, data=data, key="unrestricted"
        )
    elif doubtful:
        where = unique(tracker_where(tracker) for tracker in doubtful[:10])
        yield Observation(outcome="cantTell", variant="restricted", where=where, data=data, key="restricted")
    elif before and region:
        yield Observation(outcome="passed", data=data)
    elif before:
        yield Observation(outcome="cantTell", variant="region", data={**data, "hosts": "none"}, key="region unknown")


def _advertisers(facts: Facts, scenario: str) -> list[Tracker]:
    return [
        tracker
        for tracker in facts.trackers
        if tracker.scenario == scenario and tracker.identifiers and kind_of(tracker) in DATA_SELLING
    ]


@check("opt-out-is-offered", NoParams)
def opt_out_is_offered(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A link or button that can be seen and says that it opts out of sale or targeted advertising."""
    links = [link for link in case.facts.opt_out_links if link.visible is not False and link.title_kind != "limit"]
    clear = [link for link in links if link.title_kind != "near-synonym"]
    if clear:
        yield Observation(outcome="passed", data={"text": clear[0].text})
    elif links:
        yield Observation(outcome="cantTell", where=(_link(links[0]),), data={"text": links[0].text}, key=links[0].text)
    else:
        yield Observation(outcome="failed", key="no opt-out")


def _link(link: OptOutLink) -> Where:
    return link.where if link.where.quote else quoted(link.where, link.text)


class OnlyParams(Params):
    """``only``: phrases that give the right to Californians; ``others``: phrases that give it to more."""

    only: tuple[str, ...]
    others: tuple[str, ...]


@check("rights-not-for-one-state", OnlyParams, reads_words=True, languages=ENGLISH)
def rights_not_for_one_state(case: Case, params: OnlyParams) -> Iterator[Observation]:
    """Words that offer the opt-out to Californians alone, though other states are in the profile."""
    prose = list(_prose(case.facts))
    told = first_match(prose, terms(params.only))
    if told and not any(passage.text in terms(params.others) for passage in prose):
        regimes = and_list(name for name in case.profile.regimes if name != "us-ca")
        yield Observation(outcome="cantTell", where=(told,), data={"regimes": regimes}, key=told.quote or "")
    elif prose:
        yield Observation(outcome="passed")


class SentenceParams(Params):
    """``sentence``: words that the law prescribes."""

    sentence: str


@check("prescribed-sentence-is-shown", SentenceParams)
def prescribed_sentence_is_shown(case: Case, params: SentenceParams) -> Iterator[Observation]:
    """The sentence stands on the page, in a dialog or in the policy."""
    policy = case.facts.policy.passages if case.facts.policy else ()
    wanted = terms((" ".join(plain(params.sentence)),))
    if first_match((*_prose(case.facts), *policy), wanted):
        yield Observation(outcome="passed")
    elif case.facts.policy is None:
        yield Observation(outcome="cantTell", key="policy not read")
    else:
        yield Observation(outcome="failed", key="sentence missing")


def _prose(facts: Facts) -> Iterator[Passage]:
    for dialog in facts.dialogs:
        yield from dialog.prose()
    yield from facts.page_passages


@check("consent-is-symmetric", NoParams)
def consent_is_symmetric(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where consent is asked for, refusing stands beside accepting. Only what needs consent is meant: sensitive data, for one."""
    sensitive = case.profile.sensitive_pi
    for dialog in case.facts.on("banner") if sensitive != "no" else ():
        shown = [control for control in dialog.controls if control.visible is not False]
        accept = next((control for control in shown if control.purpose == "accept-all"), None)
        if accept is None:
            continue
        if any(control.purpose == "decline-all" for control in shown):
            yield Observation(outcome="passed")
        else:
            where = accept.where if accept.where.quote else quoted(accept.where, accept.text)
            outcome: Outcome = "failed" if sensitive == "yes" else "cantTell"
            yield Observation(outcome=outcome, where=(where,), data={"accept": accept.text}, key=accept.text)


class AccuracyParams(AlwaysActiveParams):
    """Those of the label check, which is one of the three that are run."""


@check("controls-are-accurate", AccuracyParams, reads_words=True, languages=ENGLISH)
def controls_are_accurate(case: Case, params: AccuracyParams) -> Iterator[Observation]:
    """Labels, tags' categories and controls taken together: what a consumer is told is so."""
    parts: tuple[tuple[str, Callable[[], Iterable[Observation]]], ...] = (
        ("label", lambda: always_active_is_necessary(case, params)),
        ("cookie", lambda: cookies_are_in_their_category(case, NoParams())),
        ("control", lambda: sale_has_control(case, NoParams())),
    )
    for variant, run in parts:
        for observation in run():
            data = {"name": observation.data.get("cookie") or observation.data.get("name", "")}
            yield observation.model_copy(
                update={"variant": variant, "data": data, "key": f"{variant} {observation.key}", "severity": None}
            )
