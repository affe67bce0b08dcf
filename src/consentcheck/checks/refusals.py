"""Categories that deny an opt-out, and who receives their data all the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from consentcheck.checks.disclosed import DATA_SELLING, Disclosed, disclosed, known_kinds, named
from consentcheck.checks.partners import kind_of, said_to_share, tracker_where, unrestricted
from consentcheck.checks.prose import and_list, joined, quoted, unique
from consentcheck.checks.registry import ENGLISH, Case, NoParams, check
from consentcheck.knowledge import statements
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts
from consentcheck.model.result import Observation
from consentcheck.model.words import Kind

Refusal = tuple[Disclosed, Where]


def _refusals(facts: Facts) -> list[Refusal]:
    """Categories beyond the necessary that deny an opt-out in words or by their label, with where."""
    found: list[Refusal] = []
    for item in disclosed(facts):
        if not known_kinds(item.category) or known_kinds(item.category) == {"necessary"}:
            continue
        said = _denial(item)
        if said:
            found.append((item, said))
        elif item.category.always_active:
            found.append((item, item.heading))
    return found


def _denial(item: Disclosed) -> Where | None:
    for passage in item.category.prose():
        denied = statements.find("denies-opt-out", passage.text)
        if denied:
            return quoted(passage.where, denied.sentence)
    return None


@check("optional-categories-can-be-refused", NoParams, reads_words=True, languages=ENGLISH)
def optional_categories_can_be_refused(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Advertising, social media and sale must be refusable; for the rest the law gives no right unless data is sold or shared."""
    refusals = _refusals(case.facts)
    selling = [(item, where) for item, where in refusals if known_kinds(item.category) & DATA_SELLING]
    others = [refusal for refusal in refusals if refusal not in selling]
    if selling:
        yield _about(selling, "failed")
    if others:
        yield _about(others, "cantTell")
    if not refusals and any(known_kinds(item.category) - {"necessary"} for item in disclosed(case.facts)):
        yield Observation(outcome="passed")


def _about(refusals: list[Refusal], outcome: str) -> Observation:
    names = list(named(item.category for item, _where in refusals))
    return Observation(
        outcome="failed" if outcome == "failed" else "cantTell",
        where=tuple(where for _item, where in refusals),
        data={"names": and_list(names)},
        key=" ".join(names),
    )


@check("partners-can-be-refused", NoParams, reads_words=True, languages=ENGLISH)
def partners_can_be_refused(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where data is said to go to partners of a kind, the category of that kind can be opted out of."""
    sharing = said_to_share(case.facts)
    kinds: frozenset[Kind] = reduce(frozenset.union, (s.kinds for s in sharing), frozenset())
    if not kinds or not disclosed(case.facts):
        return
    refusals = [(item, where) for item, where in _refusals(case.facts) if known_kinds(item.category) & kinds]
    if not refusals:
        yield Observation(outcome="passed")
        return
    denied = {kind for item, _where in refusals for kind in known_kinds(item.category)} & kinds
    seen = [tracker for tracker in unrestricted(case.facts) if kind_of(tracker) in denied]
    names = list(named(item.category for item, _where in refusals))
    yield Observation(
        outcome="failed" if seen else "cantTell",
        where=unique(
            (
                *(s.where for s in sharing if s.kinds & denied),
                *(where for _item, where in refusals),
                *(tracker_where(tracker) for tracker in seen[:5]),
            )
        ),
        data={
            "names": and_list(names),
            "kinds": and_list(sorted(denied)),
            "hosts": and_list(dict.fromkeys(tracker.host for tracker in seen)),
        },
        key=" ".join(names),
    )


@check("no-sale-claims-hold", NoParams, reads_words=True, languages=ENGLISH)
def no_sale_claims_hold(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A category that denies a sale, while partners of its kind are said, or were seen, to receive data."""
    claiming = [
        (item, quoted(passage.where, denied.sentence))
        for item in disclosed(case.facts)
        for passage in item.category.prose()
        if (denied := statements.find("denies-sale", passage.text))
    ]
    doubted: list[Refusal] = []
    places: list[Where] = []
    seen_any = False
    for item, where in claiming:
        kinds = known_kinds(item.category) - {"necessary"}
        said = [s.where for s in said_to_share(case.facts) if s.kinds & kinds]
        seen = [t for t in unrestricted(case.facts) if kind_of(t) in kinds & DATA_SELLING]
        if said or seen:
            doubted.append((item, where))
            places += [where, *said, *(tracker_where(t) for t in seen[:3])]
            seen_any = seen_any or bool(seen)
    if doubted:
        names = list(named(item.category for item, _where in doubted))
        yield Observation(
            outcome="failed" if seen_any else "cantTell",
            where=unique(places),
            data={"names": and_list(names)},
            key=" ".join(names),
        )
    elif claiming:
        yield Observation(outcome="passed", data={"names": joined(())})
