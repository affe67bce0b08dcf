"""What checks share about prose: quotations, comparable texts, and how alike two texts are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consentcheck.knowledge.terms import Terms, plain, sentences
from consentcheck.model.base import Where
from consentcheck.model.facts import Passage

_LONGEST_QUOTE = 300
_SHINGLE = 5


def quoted(where: Where, text: str) -> Where:
    """The place with these words as its quotation, cut at a word if they are long."""
    if len(text) > _LONGEST_QUOTE:
        text = text[:_LONGEST_QUOTE].rsplit(None, 1)[0]
    return where.model_copy(update={"quote": text})


def opening(passage: Passage) -> Where:
    """A passage's place, quoting its first sentence."""
    return quoted(passage.where, next(iter(sentences(passage.text)), passage.text))


def first_match(passages: Iterable[Passage], terms: Terms) -> Where | None:
    """The first sentence that holds one of the terms."""
    return next(iter(matches(passages, terms)), None)


def matches(passages: Iterable[Passage], terms: Terms) -> list[Where]:
    """Each passage that holds one of the terms, quoting its first such sentence."""
    return [
        quoted(passage.where, sentence) for passage in passages if (sentence := terms.first(passage.text)) is not None
    ]


def joined(passages: Iterable[Passage]) -> str:
    """The passages as one text."""
    return "\n".join(passage.text for passage in passages)


def shingles(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Every run of five words; the whole text if it is shorter."""
    if len(words) <= _SHINGLE:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def likeness(one: str, other: str) -> float:
    """Jaccard likeness of two texts over runs of five words, 0 to 1."""
    left, right = shingles(plain(one)), shingles(plain(other))
    union = len(left | right)
    return len(left & right) / union if union else 1.0


def and_list(names: Iterable[str]) -> str:
    """``a, b and c``."""
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def unique(places: Iterable[Where]) -> tuple[Where, ...]:
    """The places in order, each once."""
    return tuple(dict.fromkeys(places))
