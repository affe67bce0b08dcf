"""Whether each category has a description of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

from consentcheck.checks.disclosed import (
    DATA_SELLING,
    Disclosed,
    always_active,
    disclosed,
    known_kinds,
    name_key,
    named,
)
from consentcheck.checks.prose import and_list, joined, opening, shingles
from consentcheck.checks.registry import Case, Params, check
from consentcheck.knowledge.terms import plain, sentences, terms
from consentcheck.model.facts import Facts
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome, Surface


class DuplicateParams(Params):
    """``words``: the shortest description that is judged; ``alike``: likeness from which two are near-copies."""

    words: int = 12
    alike: float = 0.9
    fallbacks: tuple[str, ...] = ()
    """Phrases of texts that stand in for a missing description."""


@check("descriptions-differ", DuplicateParams)
def descriptions_differ(case: Case, params: DuplicateParams) -> Iterator[Observation]:
    """Differently named categories of one surface with one text. Sentences that every category carries are left out first."""
    judged = False
    clean = True
    for surface in ("preferences", "opt-out-page", "cookie-list", "banner"):
        texts = _own_texts(disclosed(case.facts, surface), params)
        judged = judged or len(texts) > 1
        for copies in _clusters(texts):
            clean = False
            yield _duplicate(case.facts, surface, copies, "failed")
        for near in _near_clusters([group[0] for group in _groups(texts)], params.alike):
            clean = False
            yield _duplicate(case.facts, surface, [text[0] for text in near], "cantTell")
    if judged and clean:
        yield Observation(outcome="passed")


Text = tuple[Disclosed, tuple[str, ...]]


def _own_texts(categories: Sequence[Disclosed], params: DuplicateParams) -> list[Text]:
    """Each described category with its words, less the sentences that all carry, if every one keeps enough words of its own."""
    split = [
        (item, [plain(s) for s in sentences(joined(item.category.prose()))])
        for item in categories
        if item.category.prose()
    ]
    shared = set.intersection(*(set(lines) for _item, lines in split)) if len(split) > 1 else set()
    texts = [(item, tuple(chain.from_iterable(line for line in lines if line not in shared))) for item, lines in split]
    if any(len(words) < params.words for _item, words in texts):
        texts = [(item, tuple(chain.from_iterable(lines))) for item, lines in split]
    parents = {name_key(item.category.name): words for item, words in texts}
    fallbacks = terms(params.fallbacks)
    return [
        (item, words)
        for item, words in texts
        if len(words) >= params.words
        and not (item.category.parent and parents.get(name_key(item.category.parent)) == words)
        and joined(item.category.prose()) not in fallbacks
    ]


def _groups(texts: Sequence[Text]) -> list[list[Text]]:
    by_words: dict[tuple[str, ...], list[Text]] = defaultdict(list)
    for text in texts:
        by_words[text[1]].append(text)
    return list(by_words.values())


def _clusters(texts: Sequence[Text]) -> list[list[Disclosed]]:
    groups = ([item for item, _words in group] for group in _groups(texts))
    return [group for group in groups if len({name_key(item.category.name) for item in group}) > 1]


def _near_clusters(texts: Sequence[Text], alike: float) -> list[list[Text]]:
    """Texts that are nearly another's copy, each with the first that it is like.

    Two sets that are so alike share one of the few least shingles of each, so only such pairs are compared.
    """
    sets = [shingles(words) for _item, words in texts]
    least: dict[tuple[str, ...], list[int]] = defaultdict(list)
    head: dict[int, int] = {}
    clusters: dict[int, list[Text]] = {}
    for index, runs in enumerate(sets):
        prefix = sorted(runs)[: len(runs) - ceil(alike * len(runs)) + 1]
        for other in dict.fromkeys(i for run in prefix for i in least[run]):
            different = name_key(texts[index][0].category.name) != name_key(texts[other][0].category.name)
            if different and len(runs & sets[other]) >= alike * len(runs | sets[other]):
                first = head.setdefault(index, head.get(other, other))
                clusters.setdefault(first, [texts[first]]).append(texts[index])
                break
        for run in prefix:
            if len(least[run]) < 20:
                least[run].append(index)
    return list(clusters.values())


def _duplicate(facts: Facts, surface: Surface, cluster: Sequence[Disclosed], outcome: Outcome) -> Observation:
    categories = [item.category for item in cluster]
    everywhere = disclosed(facts)
    locked = {always_active(category, everywhere) for category in categories}
    selling = any(DATA_SELLING & known_kinds(category) for category in categories)
    names = list(named(categories))
    why = " They mix always active with optional." if len(locked) > 1 else ""
    return Observation(
        outcome=outcome,
        where=tuple(opening(category.prose()[0]) for category in categories),
        data={
            "count": str(len(names)),
            "names": and_list(names),
            "words": str(len(joined(categories[0].prose()).split())),
            "why": why or (" They cover data that is sold or shared." if selling else ""),
        },
        severity="high" if len(locked) > 1 or selling else None,
        key=f"{surface} {' '.join(names)}",
    )
