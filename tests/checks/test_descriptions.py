"""Near-copies are found without comparing every pair."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from consentcheck.checks.descriptions import DuplicateParams, descriptions_differ
from consentcheck.checks.prose import likeness
from consentcheck.checks.registry import Case
from consentcheck.model.facts import Category, Dialog, Facts
from consentcheck.model.result import Observation
from consentcheck.model.rule import Profile

LONG = " ".join(f"word{number}" for number in range(60))


def _judge(*descriptions: str) -> list[Observation]:
    categories = tuple(Category(name=f"Group {n}", description=text) for n, text in enumerate(descriptions))
    facts = Facts(dialogs=(Dialog(surface="preferences", categories=categories),))
    return list(descriptions_differ(Case(facts, Profile(), dt.date(2026, 6, 1)), DuplicateParams()))


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        (LONG.upper() + " .", "failed"),
        (LONG.replace("word59", "last"), "cantTell"),
        (LONG.replace("word30", "middle"), "passed"),
        (" ".join(reversed(LONG.split())), "passed"),
    ],
)
def test_copies_and_near_copies(other: str, outcome: str) -> None:
    assert [found.outcome for found in _judge(LONG, other)] == [outcome]


def test_finds_the_same_pairs_as_comparing_all() -> None:
    chooser = random.Random(7)  # noqa: S311 - a fixed sequence for a test
    base = LONG.split()
    texts = []
    for number in range(40):
        words = [f"{word}x{number % 8}" for word in base]
        for _change in range(chooser.choice((0, 1, 3))):
            words[chooser.choice((0, 1, 58, 59))] = f"changed{chooser.randrange(10_000)}"
        texts.append(" ".join(words))
    named = " ".join(found.key + " " for found in _judge(*texts) if found.outcome != "passed")
    alike = {n for n, one in enumerate(texts) if any(n != m and likeness(one, texts[m]) >= 0.9 for m in range(40))}
    assert {n for n in range(40) if f"Group {n} " in named} == alike
    assert 10 < len(alike) < 40


def test_a_long_common_tail_is_no_copy() -> None:
    tail = LONG.capitalize() + "."
    own = (
        "We count which of our pages are read, by how many readers, and on which days.",
        "Partners choose what you are shown here and on the pages of many other sites.",
    )
    assert [found.outcome for found in _judge(*(f"{text} {tail}" for text in own))] == ["passed"]
