"""Phrases are found word by word, and nothing makes the search run away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.knowledge.terms import Terms, plain, sentences, words


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("opt out", "You may opt-out here", "opt-out"),
        ("analy*", "Our analytics partners", "analytics"),
        ("share ~ partners", "We share all of it with our partners.", "share all of it with our partners"),
        ("can not", "You cannot refuse", "cannot"),
        ("not store", "They don’t store it", "don’t store"),
        ("sale", "wholesale prices", None),
        ("share ~ partners", "share one two three four five six seven partners", None),
        ("our site", "This is ours. Site rules apply.", None),
    ],
)
def test_finds_a_term(term: str, text: str, found: str | None) -> None:
    hits = [text[m.start : m.end] for sentence in sentences(text) for m in Terms([term]).find(sentence)]
    assert hits == ([found] if found else [])


def test_takes_the_longest_term_at_a_place() -> None:
    assert [m.term for m in Terms(["site", "site traffic"]).find("our site traffic")] == ["site traffic"]


def test_a_term_stays_in_its_sentence() -> None:
    assert "We do not sell. Share it!" not in Terms(["sell share"])


def test_sentences_are_exact_parts_and_an_address_is_not_cut() -> None:
    text = "See www.example.test for more. (Or ask!) \nThank you."
    assert sentences(text) == ("See www.example.test for more.", "(Or ask!)", "Thank you.")


@pytest.mark.parametrize("term", ["", "a*", "ab*"])
def test_refuses_a_term_that_matches_nearly_everything(term: str) -> None:
    with pytest.raises(ValueError, match="too short"):
        Terms([term])


@given(st.text())
def test_words_and_sentences_point_into_their_text(text: str) -> None:
    assert all(0 <= word.start < word.end <= len(text) and word.text for word in words(text))
    assert all(sentence in text for sentence in sentences(text))
    assert len(plain(text)) == len(words(text))


@pytest.mark.parametrize("text", ["share " * 100_000, "n't" * 200_000, "! " * 300_000, "a" * 600_000])
def test_long_texts_take_no_more_than_their_length(text: str) -> None:
    began = time.process_time()
    assert "a * b" not in text
    assert text not in Terms(["share ~ partners ~ advert*", "not sell"])
    assert time.process_time() - began < 5
