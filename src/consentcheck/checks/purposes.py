"""Whether a category's description says what the category is for, and nothing that its name denies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from consentcheck.checks.disclosed import DATA_SELLING, Disclosed, disclosed, known_kinds, name_key, named
from consentcheck.checks.prose import and_list, joined, opening, quoted
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge.purpose_terms import Mention, mentions, purpose_terms
from consentcheck.knowledge.terms import plain, terms
from consentcheck.model.base import Where
from consentcheck.model.result import Observation
from consentcheck.model.words import Kind


class MismatchParams(Params):
    """``words``: the shortest description that is judged."""

    words: int = 12


@check("description-names-purpose", MismatchParams, reads_words=True, languages=ENGLISH)
def description_names_purpose(case: Case, params: MismatchParams) -> Iterator[Observation]:
    """A description must show the purpose that its category is named after; one that shows only others does not."""
    judged = [
        item
        for item in disclosed(case.facts)
        if known_kinds(item.category) and len(plain(joined(item.category.prose()))) >= params.words
    ]
    clean = True
    for item in judged:
        found = _mismatch(item)
        if found:
            clean = False
            yield found
    if judged and clean:
        yield Observation(outcome="passed")


def _mismatch(item: Disclosed) -> Observation | None:
    category = item.category
    said = [(passage, mention) for passage in category.prose() for mention in mentions(passage.text)]
    missing = known_kinds(category) - {mention.kind for _passage, mention in said}
    others = [
        (passage, mention)
        for passage, mention in said
        if mention.strength == "strong" and not mention.negated and mention.kind not in known_kinds(category)
    ]
    if not missing:
        return None
    whole = missing == known_kinds(category)
    passage, quote = (others[0][0], others[0][1].sentence) if others else (category.prose()[0], "")
    return Observation(
        outcome="failed" if whole and others else "cantTell",
        variant=None if whole and others else "weak",
        where=(item.heading, quoted(passage.where, quote) if quote else opening(passage)),
        data={
            "name": category.name,
            "missing": and_list(sorted(_PURPOSE_WORDS[kind] for kind in missing)),
            "others": and_list(dict.fromkeys(_PURPOSE_WORDS[mention.kind] for _passage, mention in others)) or "none",
        },
        key=f"{item.dialog.surface} {category.name}",
    )


_PURPOSE_WORDS: Mapping[Kind, str] = {
    "necessary": "running the site",
    "functional": "functions or personalisation",
    "analytics": "analytics",
    "advertising": "advertising",
    "social": "social media",
    "sale": "sale or sharing",
    "unclassified": "an unknown purpose",
    "other": "another purpose",
}


class AlwaysActiveParams(Params):
    """``kinds``: purposes that contradict the label."""

    kinds: tuple[Kind, ...] = ("analytics", "advertising", "social")


@check("always-active-is-necessary", AlwaysActiveParams, reads_words=True, languages=ENGLISH)
def always_active_is_necessary(case: Case, params: AlwaysActiveParams) -> Iterator[Observation]:
    """What is always active must not admit to analytics, advertising or social media."""
    categories = disclosed(case.facts)
    locked: dict[str, list[Disclosed]] = defaultdict(list)
    for item in categories:
        if item.category.always_active:
            locked[name_key(item.category.name)].append(item)
    clean = True
    for key, items in locked.items():
        kin = [i for i in categories if i not in items and name_key(i.category.name) == key]
        admitted = [found for i in (*items, *kin) for found in _admissions(i, params.kinds)]
        if not admitted:
            continue
        clean = False
        surely = [found for found in admitted if not _against_fraud(found[1])]
        named_kinds = dict.fromkeys(_PURPOSE_WORDS[mention.kind] for _where, mention in surely or admitted)
        yield Observation(
            outcome="failed" if surely else "cantTell",
            variant=None if surely else "security",
            where=(items[0].heading, *dict.fromkeys(where for where, _mention in surely or admitted)),
            data={"name": items[0].category.name, "purposes": and_list(named_kinds)},
            key=key,
        )
    if locked and clean:
        yield Observation(outcome="passed")


def _admissions(item: Disclosed, kinds: Iterable[Kind]) -> list[tuple[Where, Mention]]:
    found: dict[Where, Mention] = {}
    for passage in item.category.prose():
        for mention in mentions(passage.text):
            if mention.kind in kinds and mention.strength == "strong" and not mention.negated:
                found.setdefault(quoted(passage.where, mention.sentence), mention)
    return list(found.items())


def _against_fraud(mention: Mention) -> bool:
    """Measurement in a sentence about security; nobody advertises for the sake of security."""
    return mention.kind == "analytics" and mention.sentence in terms(purpose_terms().fraud_measurement)


@check("one-purpose-a-category", NoParams, reads_words=True, languages=ENGLISH)
def one_purpose_a_category(case: Case, _params: NoParams) -> Iterator[Observation]:
    """An advertising, social or sale category that also measures the site. A bundle may name several purposes: not judged."""
    plain_ones = [
        i for i in disclosed(case.facts) if len(i.category.all_kinds()) == 1 and known_kinds(i.category) & DATA_SELLING
    ]
    measured = terms(purpose_terms().site_measurement)
    spilled = [
        (item, quoted(passage.where, sentence))
        for item in plain_ones
        for passage in item.category.prose()
        if (sentence := measured.first(passage.text)) is not None
    ]
    if spilled:
        names = list(named(item.category for item, _where in spilled))
        yield Observation(
            outcome="cantTell",
            where=tuple(where for _item, where in spilled),
            data={"names": and_list(names)},
            key=" ".join(names),
        )
    elif plain_ones:
        yield Observation(outcome="passed")
