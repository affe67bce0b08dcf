"""The lexicon's form, and the words that look like a purpose and are none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.knowledge.purpose_terms import kinds_named, mentions, purpose_terms
from consentcheck.knowledge.terms import Terms, plain


def test_every_term_is_written_as_it_is_searched() -> None:
    table = purpose_terms()
    phrases = [*table.site_measurement, *table.fraud_measurement, *table.ignored]
    for terms in table.kinds.values():
        phrases += [*terms.strong, *terms.weak]
    for phrase in phrases:
        bare = phrase.replace("*", "").replace("~", "")
        assert " ".join(plain(bare)) == " ".join(bare.split()), phrase
        assert Terms([phrase])


def test_every_kind_with_a_purpose_has_strong_terms() -> None:
    assert set(purpose_terms().kinds) == {"necessary", "functional", "analytics", "advertising", "social", "sale"}
    assert all(terms.strong for terms in purpose_terms().kinds.values())


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("They monitor site performance.", {"analytics"}),
        ("Needed for the proper functioning of our website.", {"necessary"}),
        ("The proper functioning and performance of our pages.", {"necessary"}),
        ("Such as remembering your privacy choices.", set()),
        ("Look in the Options or Preferences menu of your browser.", set()),
        ("We remember your language.", {"functional"}),
        ("Readers with antisocial hours.", set()),
        ("Never used for advertising, analytics or social media.", set()),
        ("We do not use it for ads, but for statistics.", {"analytics"}),
        ("If you do not accept, you see advertising that fits you less.", {"advertising"}),
        ("Not only for advertising.", {"advertising"}),
        ("Buttons of social networks.", {"social"}),
        ("You may opt out of the sale of your data.", {"sale"}),
    ],
)
def test_names_the_purpose(text: str, kinds: set[str]) -> None:
    assert kinds_named(text) == kinds


@given(st.text(max_size=400))
def test_any_text_has_mentions_in_itself(text: str) -> None:
    assert all(mention.sentence in text for mention in mentions(text))


def test_a_long_sentence_of_terms_is_read_in_time() -> None:
    began = time.process_time()
    assert mentions("not remembering your privacy choices or advertising " * 5_000)
    assert time.process_time() - began < 10
