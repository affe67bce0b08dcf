"""What words tell of a cookie category's purpose. The terms are in ``purpose_terms.yaml``; their grammar is that of `terms`.

A ``strong`` term shows a purpose by itself; a ``weak`` one only agrees with a category that has the purpose already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import model_validator

from consentcheck.knowledge import table
from consentcheck.knowledge.terms import Match, Terms, Word, sentences, words
from consentcheck.model.base import Model
from consentcheck.model.words import Kind

_NEGATION_REACH = 12


class KindTerms(Model):
    """The terms of one kind."""

    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()


class PurposeTerms(Model):
    """The file as data. ``ignored`` phrases look like a purpose and are none; ``ends_negation`` words close a ``not``."""

    version: str
    kinds: dict[Kind, KindTerms]
    site_measurement: tuple[str, ...]
    fraud_measurement: tuple[str, ...]
    ignored: tuple[str, ...]
    negators: tuple[str, ...]
    conditions: tuple[str, ...]
    ends_negation: tuple[str, ...]
    ends_negation_after_comma: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_term_once(self) -> PurposeTerms:
        for kind, terms in self.kinds.items():
            both = (*terms.strong, *terms.weak)
            if len(set(both)) != len(both):
                raise ValueError(f"a term of {kind} is given twice")
        return self


@dataclass(frozen=True)
class Mention:
    """A purpose named in a text: its kind, the term, the sentence, and whether it is denied or only weak."""

    kind: Kind
    term: str
    sentence: str
    strength: Literal["strong", "weak"]
    negated: bool


@lru_cache(maxsize=1)
def purpose_terms() -> PurposeTerms:
    """The shipped table."""
    return PurposeTerms.model_validate(table("purpose_terms.yaml"))


@lru_cache(maxsize=1024)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every purpose that a text names, in the order of its sentences."""
    return tuple(mention for sentence in sentences(text) for mention in _in_sentence(sentence))


def kinds_named(text: str, *, weak: bool = False) -> frozenset[Kind]:
    """Kinds whose purpose a text names and does not deny."""
    return frozenset(m.kind for m in mentions(text) if not m.negated and (weak or m.strength == "strong"))


@lru_cache(maxsize=1)
def _ignored() -> Terms:
    return Terms(purpose_terms().ignored)


@lru_cache(maxsize=1)
def _by_kind() -> Mapping[tuple[Kind, Literal["strong", "weak"]], Terms]:
    table: dict[tuple[Kind, Literal["strong", "weak"]], Terms] = {}
    for kind, terms in purpose_terms().kinds.items():
        table[kind, "strong"] = Terms(terms.strong)
        table[kind, "weak"] = Terms(terms.weak)
    return table


def _in_sentence(sentence: str) -> list[Mention]:
    ignored = {index for match in _ignored().find(sentence) for index in range(match.first, match.last + 1)}
    found = []
    for (kind, strength), terms in _by_kind().items():
        for match in terms.find(sentence):
            if not (match.first in ignored and match.last in ignored):
                found.append(Mention(kind, match.term, sentence, strength, _negated(sentence, match)))
    return found


def _negated(sentence: str, match: Match) -> bool:
    """Whether a ``not`` before the term still holds at it: near, in no condition, and not closed by a new clause."""
    table = purpose_terms()
    before = words(sentence)[max(0, match.first - _NEGATION_REACH - 3) : match.first]
    for index in range(len(before) - 1, max(-1, len(before) - 1 - _NEGATION_REACH), -1):
        if _new_clause(sentence, before[index]):
            return False
        if before[index].text in table.negators:
            conditional = any(word.text in table.conditions for word in before[max(0, index - 3) : index])
            return not conditional and [word.text for word in before[index + 1 : index + 2]] != ["only"]
    return False


def _new_clause(sentence: str, word: Word) -> bool:
    """Whether a clause begins at the word, so that no ``not`` before it reaches beyond."""
    table = purpose_terms()
    mark = sentence[: word.start].rstrip()[-1:]
    return (
        mark == ";"
        or word.text in table.ends_negation
        or (mark in (",", "–", "—") and word.text in table.ends_negation_after_comma)
    )
