"""Finds phrases in prose, word by word.

A term is words with single spaces: ``site traffic``. ``analy*`` stands for every word that begins so, and ``~`` for up to six words
between its neighbours: ``share ~ partners``. Case, punctuation, hyphens and the kind of quotation marks do not matter; ``can't`` and
``cannot`` read as ``can not``. A term never spans two sentences. No regular expression is made of a term, so none can run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]?(?=\s)|\n")
_NOT_WORDS = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}
_GAP = 6


class Word(NamedTuple):
    """A word in lower case, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where a term was found: indices of its words in the sentence, ``last`` inclusive, and offsets in the text."""

    term: str
    first: int
    last: int
    start: int
    end: int


@lru_cache(maxsize=1024)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, exactly as they stand in it."""
    found = []
    start = 0
    for end in _SENTENCE_END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text; contractions of ``not`` give two words at the same place."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        if word in _NOT_WORDS or word.endswith("n't"):
            found.append(Word(_NOT_WORDS.get(word, word[:-3]), match.start(), match.end()))
            word = "not"
        found.append(Word(word, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=1024)
def _beginnings(text: str) -> frozenset[str]:
    """The text's words and their first three letters: where none of a term's is among them, it does not stand."""
    found = frozenset(word.text for word in words(text))
    return found | {word[:3] for word in found}


def plain(text: str) -> tuple[str, ...]:
    """Just the words."""
    return tuple(word.text for word in words(text))


class Terms:
    """A set of terms, made once and looked for in many texts."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._exact: dict[str, list[tuple[str, ...]]] = {}
        self._prefix: dict[str, list[tuple[str, ...]]] = {}
        for term in terms:
            parts = tuple(term.split())
            if not parts or (parts[0].endswith("*") and len(parts[0]) < 4):
                raise ValueError(f"{term!r} is too short a term")
            if parts[0].endswith("*"):
                self._prefix.setdefault(parts[0][:3], []).append(parts)
            else:
                self._exact.setdefault(parts[0], []).append(parts)
        self._beginnings = frozenset((*self._exact, *self._prefix))

    def find(self, sentence: str) -> Iterator[Match]:
        """Every place in one sentence where a term begins, the longest term at each."""
        if self._beginnings.isdisjoint(_beginnings(sentence)):
            return
        line = words(sentence)
        for first, word in enumerate(line):
            best: Match | None = None
            for parts in (*self._exact.get(word.text, ()), *self._prefix.get(word.text[:3], ())):
                last = _end_of(parts, line, first)
                if last is not None and (best is None or last > best.last):
                    best = Match(" ".join(parts), first, last, word.start, line[last].end)
            if best:
                yield best

    def first(self, text: str) -> str | None:
        """The first sentence of a text that holds a term."""
        return next((sentence for sentence in sentences(text) if any(self.find(sentence))), None)

    def __contains__(self, text: str) -> bool:
        return self.first(text) is not None


@lru_cache(maxsize=256)
def terms(phrases: tuple[str, ...]) -> Terms:
    """`Terms` of these phrases, kept for the next call."""
    return Terms(phrases)


def _end_of(parts: tuple[str, ...], line: tuple[Word, ...], at: int) -> int | None:
    """Index of the last word of the term that begins at ``at``; the nearest word is taken after each gap."""
    reach = 0
    for part in parts:
        if part == "~":
            reach = _GAP
            continue
        window = range(at, min(at + reach + 1, len(line)))
        hit = next((i for i in window if _same(part, line[i].text)), None)
        if hit is None:
            return None
        at, reach = hit + 1, 0
    return at - 1


def _same(part: str, word: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part
