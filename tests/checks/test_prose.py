"""Quotations stay inside their text, and likeness is what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.checks.prose import and_list, likeness, opening, quoted, shingles
from consentcheck.model.base import Where
from consentcheck.model.facts import Passage


def test_a_long_quotation_is_cut_at_a_word() -> None:
    where = quoted(Where(line=3), "word " * 200)
    assert where.quote is not None
    assert len(where.quote) <= 300
    assert where.quote.endswith("word")
    assert where.line == 3


def test_an_opening_is_the_first_sentence() -> None:
    assert opening(Passage(text="We count. You choose.", where=Where(line=2))) == Where(line=2, quote="We count.")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("We count who reads what and when.", "we count, who reads what – and when!", 1.0),
        ("a b c d e f", "u v w x y z", 0.0),
        ("a b c d e f", "a b c d e g", 1 / 3),
        ("", "", 1.0),
        ("few words", "", 0.0),
    ],
)
def test_likeness(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == pytest.approx(expected)


@given(st.text(), st.text())
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1


@pytest.mark.parametrize(("words", "count"), [((), 0), (("a",), 1), (tuple("abcde"), 1), (tuple("abcdefg"), 3)])
def test_shingles(words: tuple[str, ...], count: int) -> None:
    assert len(shingles(words)) == count


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_and_list(names: list[str], said: str) -> None:
    assert and_list(names) == said
