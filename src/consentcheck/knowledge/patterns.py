"""Patterns of words: what a label may say, one line of a table each.

A pattern is a row of slots: a word, a choice of words, one that may be left out, or any words. Fitting keeps the set of
places reached, so that no pattern can run away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")
_ANY = 4
_COMMON = frozenset((
    "a", "all", "and", "be", "do", "for", "i", "in", "is", "it", "me", "more", "my", "not", "of", "on", "or", "our", "that",
    "the", "this", "to", "use", "we", "with", "you", "your",
))  # fmt: skip
"""Words that stand in most prose: a pattern is looked up by another of its words where it can be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of a pattern: words that fit (None: any), and how many there may be."""

    words: frozenset[str] | None
    least: int
    most: int


Pattern = tuple[Slot, ...]


def parse_pattern(text: str) -> tuple[Pattern, ...]:
    """The alternatives of one line of patterns; ValueError when it cannot be read."""
    return tuple(_parse_one(part.strip()) for part in text.split(" | "))


def _parse_one(text: str) -> Pattern:
    slots: list[Slot] = []
    for token in text.split():
        optional = token.startswith("(") and token.endswith(")")
        bare = token[1:-1] if optional else token
        if not bare or "(" in bare or ")" in bare:
            raise ValueError(f"{text!r}: {token!r} is no word, list or option")
        if "*" in bare.split("|"):
            slots.append(Slot(None, 0 if optional else 1, _ANY))
            continue
        words: set[str] = set()
        for word in bare.split("|"):
            if not word:
                raise ValueError(f"{text!r}: {token!r} has an empty alternative")
            words |= {word[:-1], word[:-1].rstrip("s")} if word.endswith("?") else {word}
        slots.append(Slot(frozenset(words), 0 if optional else 1, 1))
    if not any(slot.words and slot.least for slot in slots):
        raise ValueError(f"{text!r}: no word of it must be there, so it would fit anything")
    return tuple(slots)


class Patterns(Generic[Meaning]):
    """Patterns and what each means, in order of precedence; found by a word that must be there."""

    def __init__(self, rows: Iterable[tuple[Meaning, Pattern]]) -> None:
        self._rows = tuple(rows)
        self._by_word: dict[str, list[int]] = {}
        for number, (_, pattern) in enumerate(self._rows):
            compulsory = [slot.words for slot in pattern if slot.words and slot.least]
            for word in min(compulsory, key=lambda words: (not words.isdisjoint(_COMMON), len(words))):
                self._by_word.setdefault(word, []).append(number)

    @property
    def words(self) -> frozenset[str]:
        """Words of which all that a pattern fits holds one."""
        return frozenset(self._by_word)

    def first(self, words: tuple[str, ...]) -> Meaning | None:
        """What the first pattern that fits means; None when none does."""
        numbers: set[int] = set()
        for word in words:
            if rows := self._by_word.get(word):
                numbers.update(rows)
        return next((self._rows[n][0] for n in sorted(numbers) if fits(self._rows[n][1], words)), None)


def fits(pattern: Pattern, words: tuple[str, ...]) -> bool:
    """Whether the pattern fits all of the words. Keeps the set of positions reached: no backtracking."""
    reached = {0}
    for slot in pattern:
        following = set(reached) if slot.least == 0 else set()
        front = reached
        for _ in range(slot.most):
            front = {at + 1 for at in front if at < len(words) and (slot.words is None or words[at] in slot.words)}
            if not front:
                break
            following |= front
        reached = following
        if not reached:
            return False
    return len(words) in reached
