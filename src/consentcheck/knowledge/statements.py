"""What sentences say: kinds of statement that privacy dialogs make, told by the words they hold.

``statements.yaml`` names each kind and its patterns. A pattern is a list of groups under ``all``: a sentence makes the statement when
each group has one of its phrases in it. ``none`` names phrases that rule it out, ``near`` is the greatest distance, in words, of each
group's phrase from the first group's, and with ``ordered`` the groups' phrases follow one another. A phrase is words in a row; ``advert*``
stands for every word that begins so. Hyphens count as spaces, capitals do not count, and ``don't`` and ``cannot`` read as ``do not`` and
``can not``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from consentcheck.knowledge import table

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SENTENCE_END = re.compile(r"[.!?]+[\"”’')\]]{0,3}(?=\s|$)|\n")
_NOT_WORDS = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall", "dont": "do"}
_Place = tuple[int, int]
"""Indices of a phrase's first and last word."""
LONGEST_QUOTE = 400
_LONGEST_SENTENCE = 2_000


class Said(NamedTuple):
    """A sentence that makes a statement. Offsets into the text; ``sentence`` and ``words`` are exact parts of it."""

    sentence: str
    words: str
    """From the first to the last word that told the statement."""
    start: int


class Sentence(NamedTuple):
    """A sentence, trimmed: an exact part of a text, ``start`` characters into it."""

    text: str
    start: int
    words: tuple[str, ...]
    known: frozenset[str]
    """Each of its words once."""
    line: str
    """All its words, each with a blank before it, so that a word's beginning is found without looking at each."""


class Group:
    """Phrases that mean the same, told from most sentences by their first words alone."""

    def __init__(self, phrases: Sequence[tuple[str, ...]]) -> None:
        self._by_word: dict[str, list[tuple[str, ...]]] = {}
        self._by_beginning: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            first = phrase[0]
            if first.endswith("*"):
                self._by_beginning.setdefault(f" {first[:-1]}", []).append(phrase)
            else:
                self._by_word.setdefault(first, []).append(phrase)

    def may_stand_in(self, sentence: Sentence) -> bool:
        """Whether the first word of a phrase is there."""
        if not sentence.known.isdisjoint(self._by_word):
            return True
        return any(beginning in sentence.line for beginning in self._by_beginning)

    def places(self, sentence: Sentence) -> list[_Place]:
        """Where phrases stand, in order: indices of the first and last word of each."""
        likely = [self._by_word[word] for word in self._by_word.keys() & sentence.known]
        likely += [phrases for beginning, phrases in self._by_beginning.items() if beginning in sentence.line]
        return sorted(place for phrases in likely for phrase in phrases for place in _places(sentence.words, phrase))


@dataclass(frozen=True)
class Pattern:
    """One way of making a statement."""

    groups: tuple[Group, ...]
    none: Group
    near: int | None = None
    ordered: bool = False

    def find(self, sentence: Sentence) -> tuple[int, int] | None:
        """Indices of the first and last word that tell the statement, None if the sentence does not make it."""
        if not all(group.may_stand_in(sentence) for group in self.groups):
            return None
        groups = [group.places(sentence) for group in self.groups]
        if not all(groups) or self.none.places(sentence):
            return None
        for first in groups[0]:
            chosen = _in_order(groups, first) if self.ordered else _nearest(groups, first)
            if chosen and (self.near is None or all(abs(at[0] - first[0]) <= self.near for at in chosen)):
                return min(at[0] for at in chosen), max(at[1] for at in chosen)
        return None


def _nearest(groups: Sequence[Sequence[_Place]], first: _Place) -> list[_Place]:
    """Of each group the phrase that is nearest to the first group's."""
    return [first, *(min(places, key=lambda at: abs(at[0] - first[0])) for places in groups[1:])]


def _in_order(groups: Sequence[Sequence[_Place]], first: _Place) -> list[_Place] | None:
    """Of each group the first phrase after the one before; None where there is none."""
    chosen = [first]
    for places in groups[1:]:
        following = next((at for at in places if at[0] > chosen[-1][1]), None)
        if following is None:
            return None
        chosen.append(following)
    return chosen


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, in order: lower case, with straight apostrophes; a contraction of ``not`` gives two."""
    return tuple(part for word in _WORD.findall(text) for part in _apart(_lower(word)))


def _lower(word: str) -> str:
    return word.casefold().replace("’", "'")


def _apart(word: str) -> tuple[str, ...]:
    """``don't`` as ``do`` and ``not``."""
    if word in _NOT_WORDS:
        return _NOT_WORDS[word], "not"
    return (word[:-3], "not") if word.endswith("n't") else (word,)


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text. What runs on without an end is cut, so that one sentence stays cheap to look at."""
    found = []
    start = 0
    for end in _ends(text):
        piece = text[start:end]
        trimmed = piece.strip()
        if trimmed:
            begin = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(trimmed, begin, *_told(trimmed)))
        start = end
    return tuple(found)


@lru_cache(maxsize=4096)
def _told(sentence: str) -> tuple[tuple[str, ...], frozenset[str], str]:
    """What `Sentence` holds of a sentence's words: the same sentence is met in its passage and in its dialog's text."""
    words = words_of(sentence)
    return words, frozenset(words), "".join(f" {word}" for word in words)


def _ends(text: str) -> Iterator[int]:
    start = 0
    for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            start = cut if cut > 0 else start + _LONGEST_SENTENCE
            yield start
        yield end
        start = end


@lru_cache(maxsize=4096)
def find(kind: str, text: str) -> Said | None:
    """The first sentence of a text that makes a statement of this kind, None if none does. KeyError for an unknown kind."""
    return next(find_all(kind, text), None)


def find_all(kind: str, text: str) -> Iterator[Said]:
    """Every sentence of a text that makes a statement of this kind, in order."""
    patterns = statements()[kind]
    for sentence in sentences(text):
        span = next((span for pattern in patterns if (span := pattern.find(sentence))), None)
        if span:
            yield Said(_shortened(sentence.text), _shortened(_between(sentence.text, *span)), sentence.start)


def _between(text: str, first: int, last: int) -> str:
    """The part of a text from one of its words to another, both inclusive."""
    places = [match.span() for match in _WORD.finditer(text) for _ in _apart(_lower(match.group()))]
    return text[places[first][0] : places[last][1]]


def says(kind: str, text: str) -> bool:
    """Whether any sentence of the text makes a statement of this kind."""
    return find(kind, text) is not None


@cache
def statements() -> Mapping[str, tuple[Pattern, ...]]:
    """All kinds of statement by name."""
    data = table("statements.yaml")
    return {kind: tuple(_pattern(row, data["words"]) for row in rows) for kind, rows in data["statements"].items()}


def _pattern(row: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> Pattern:
    return Pattern(
        groups=tuple(Group(_phrases(group, words)) for group in row["all"]),
        none=Group(_phrases(row.get("none", ()), words)),
        near=row.get("near"),
        ordered=row.get("ordered", False),
    )


def _phrases(group: str | Sequence[str], words: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """A group's phrases as words. A list of phrases is named instead of a group, or with ``=`` before its name among other phrases."""
    given = [f"={group}"] if isinstance(group, str) else group
    phrases = [phrase for item in given for phrase in (words[item[1:]] if item.startswith("=") else (item,))]
    return tuple(tuple(part for word in phrase.split() for part in _apart(word)) for phrase in phrases)


def _places(words: Sequence[str], phrase: tuple[str, ...]) -> list[_Place]:
    """Where a phrase stands among words: indices of its first and last word."""
    first, last = phrase[0], len(phrase) - 1
    if first.endswith("*"):
        starts = [at for at, word in enumerate(words) if word.startswith(first[:-1])]
    else:
        starts = [at for at, word in enumerate(words) if word == first]
    if last:
        starts = [at for at in starts if at + last < len(words)]
    for step in range(1, last + 1):
        starts = [at for at in starts if _same(words[at + step], phrase[step])]
    return [(at, at + last) for at in starts]


def _same(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _shortened(quote: str) -> str:
    """The quote itself, or its first words: still an exact part of the text."""
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE].rsplit(" ", 1)[0]
