"""Whether the privacy policy can be found, is current, and tells what it must."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from consentcheck.checks.disclosed import DATA_SELLING
from consentcheck.checks.partners import kind_of, tracker_where, unrestricted
from consentcheck.checks.prose import and_list, joined, quoted, unique
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge.terms import sentences, terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Link, PolicyDate
from consentcheck.model.result import Observation

_YEAR = dt.timedelta(days=366)
_NOT_READ = Observation(outcome="untested", variant="not-read")


def link_where(link: Link) -> Where:
    """Where a link stands, quoting its words."""
    return link.where if link.where.quote else quoted(link.where, link.text)


@check("policy-is-linked", NoParams)
def policy_is_linked(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A link to the privacy policy that can be seen, and that stays when the dialog is closed."""
    links = [link for link in case.facts.links if link.kind == "privacy-policy"]
    shown = [link for link in links if link.visible is not False]
    lasting = [link for link in shown if link.placement not in ("banner", "dialog")]
    if lasting:
        yield Observation(outcome="passed", data={"text": lasting[0].text})
    elif shown:
        yield Observation(outcome="cantTell", where=(link_where(shown[0]),), key="dialog only")
    else:
        where = tuple(link_where(link) for link in links[:3])
        yield Observation(outcome="failed", variant="hidden" if links else "none", where=where, key="no policy link")


@check("policy-is-current", NoParams)
def policy_is_current(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The policy says when it was last updated, and that is at most twelve months before the day of judging."""
    policy = case.facts.policy
    if policy is None:
        yield _NOT_READ
        return
    updated = [date for date in policy.dates if date.kind == "updated"]
    if not policy.dates:
        yield Observation(outcome="failed", variant="none", where=_place(policy.where), key="no date")
    elif not updated:
        yield _dated("cantTell", f"only-{policy.dates[0].kind}", policy.dates)
    elif any(date.date > case.as_of for date in updated):
        yield _dated("cantTell", "future", [date for date in updated if date.date > case.as_of])
    else:
        yield _by_age(case.as_of, updated)


def _by_age(day: dt.date, updated: Sequence[PolicyDate]) -> Observation:
    current = [date for date in updated if day - date.date <= _YEAR]
    if len(current) == len(updated):
        return Observation(outcome="passed", data={"date": max(d.date for d in updated).isoformat()})
    if current:
        return _dated("cantTell", "several", updated)
    newest = max(date.date for date in updated)
    found = _dated("failed", "old", updated)
    return found.model_copy(update={"severity": "high"}) if day - newest > 2 * _YEAR else found


def _dated(outcome: str, variant: str, dates: Sequence[PolicyDate]) -> Observation:
    return Observation(
        outcome="failed" if outcome == "failed" else "cantTell",
        variant=variant,
        where=tuple(date.where for date in dates if date.where != Where()),
        data={"date": and_list(dict.fromkeys(date.date.isoformat() for date in dates))},
        key="policy date",
    )


def _place(where: Where) -> tuple[Where, ...]:
    return () if where == Where() else (where,)


@check("policy-has-contact", NoParams)
def policy_has_contact(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The policy names a way to ask: an address, a form, a number."""
    policy = case.facts.policy
    if policy is None:
        yield _NOT_READ
    elif policy.contact:
        yield Observation(outcome="passed")
    else:
        yield Observation(outcome="failed", where=_place(policy.where), key="no contact")


class NoSaleParams(Params):
    """``denials`` of sale or sharing; ``conditions`` that make one no general denial; ``qualifiers`` that narrow it (``for money``)."""

    denials: tuple[str, ...]
    conditions: tuple[str, ...]
    qualifiers: tuple[str, ...]


@check("no-sale-is-true", NoSaleParams, reads_words=True, languages=ENGLISH)
def no_sale_is_true(case: Case, params: NoSaleParams) -> Iterator[Observation]:
    """A policy that denies sale or sharing, on a site that sends identifiers to advertisers without restriction."""
    policy = case.facts.policy
    if policy is None:
        yield _NOT_READ
        return
    denials = [
        quoted(passage.where, sentence)
        for passage in policy.passages
        for sentence in sentences(passage.text)
        if sentence in terms(params.denials) and sentence not in terms(params.conditions)
    ]
    if not denials:
        return
    qualified = [where for where in denials if (where.quote or "") in terms(params.qualifiers)]
    sent = [t for t in unrestricted(case.facts, "first-visit") if kind_of(t) in DATA_SELLING]
    data = {"claim": denials[0].quote or "", "hosts": and_list(dict.fromkeys(t.host for t in sent[:6]))}
    where = unique((*denials[:3], *(tracker_where(t) for t in sent[:5])))
    if not sent:
        yield Observation(outcome="passed", data=data)
    elif len(qualified) == len(denials):
        yield Observation(outcome="cantTell", where=where, data=data, key="qualified denial")
    else:
        yield Observation(outcome="failed", where=where, data=data, key="denial of sale")


class TopicParams(Params):
    """``topics``: by name, phrases of which the text must hold one; a topic in ``when_sensitive`` only matters with sensitive data."""

    topics: dict[str, tuple[str, ...]]
    when_sensitive: tuple[str, ...] = ()


@check("policy-covers", TopicParams, reads_words=True, languages=ENGLISH)
def policy_covers(case: Case, params: TopicParams) -> Iterator[Observation]:
    """The policy speaks of each topic."""
    policy = case.facts.policy
    if policy is None:
        yield _NOT_READ
        return
    text = joined(policy.passages)
    missing = [name for name, phrases in params.topics.items() if text not in terms(phrases)]
    if case.profile.sensitive_pi == "no":
        missing = [name for name in missing if name not in params.when_sensitive]
    doubtful = case.profile.sensitive_pi == "unknown" and set(missing) <= set(params.when_sensitive)
    if missing:
        yield Observation(
            outcome="cantTell" if doubtful else "failed",
            where=_place(policy.where),
            data={"missing": and_list(missing)},
            key=" ".join(missing),
        )
    else:
        yield Observation(outcome="passed")
