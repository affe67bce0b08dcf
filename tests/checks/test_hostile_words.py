"""No text makes a check raise, point outside its input, or take longer than the text is long."""

from __future__ import annotations

import datetime as dt
import time
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentcheck.engine import judge
from consentcheck.model.base import Where
from consentcheck.model.facts import (
    Category,
    Control,
    CookieFact,
    DeclaredCookie,
    Dialog,
    Facts,
    Passage,
    ScenarioStatus,
    Tracker,
)
from consentcheck.model.rule import Profile
from consentcheck.model.words import KINDS_OF_EVIDENCE, SCENARIOS, Kind, Surface, Toggle
from consentcheck.rulebook import load_rulebook

PACKS = frozenset({"category", "notice", "policy", "state", "capture"})
RULES = [rule for rule in load_rulebook().rules.values() if rule.pack in PACKS]
EVERYWHERE = Profile(regimes=("us-ca", "us-co", "us-tx", "us-ny"), sensitive_pi="yes", under16="yes")
PIECES = st.sampled_from(
    [
        "share ",
        "not sell ",
        "partners. ",
        "opt out ",
        "this toggle ",
        "track you across ",
        "necessary ",
        "ads ",
        "{{",
        "\n",
    ]
)
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join)
DECLARED = st.builds(
    DeclaredCookie, name=st.text(max_size=8), lifetime_days=st.none() | st.floats(0, 900), wildcard=st.booleans()
)


def categories(surface: Surface) -> st.SearchStrategy[Category]:
    return st.builds(
        Category,
        name=st.text(max_size=12),
        kind=st.sampled_from(get_args(Kind)),
        kinds=st.lists(st.sampled_from(get_args(Kind)), max_size=3).map(tuple),
        passages=st.lists(st.builds(Passage, text=TEXT, where=st.just(Where(surface=surface, line=1))), max_size=3).map(
            tuple
        ),
        always_active=st.booleans(),
        toggle=st.sampled_from(get_args(Toggle)),
        cookies=st.lists(DECLARED, max_size=3).map(tuple),
        controls=st.lists(st.builds(Control, text=TEXT, visible=st.just(True)), max_size=2).map(tuple),
        parent=st.none() | st.text(max_size=3),
    )


DIALOGS = st.sampled_from(("banner", "preferences", "cookie-list", "opt-out-page")).flatmap(
    lambda surface: st.builds(
        Dialog,
        surface=st.just(surface),
        passages=st.lists(st.builds(Passage, text=TEXT), max_size=2).map(tuple),
        categories=st.lists(categories(surface), max_size=4).map(tuple),
    )
)
FACTS = st.builds(
    Facts,
    dialogs=st.lists(DIALOGS, max_size=3).map(tuple),
    trackers=st.lists(
        st.builds(
            Tracker,
            host=st.just("ads.example"),
            purpose=st.just("advertising"),
            scenario=st.sampled_from(SCENARIOS),
            identifiers=st.just(("cookie:uid",)),
        ),
        max_size=2,
    ).map(tuple),
    cookies=st.lists(
        st.builds(CookieFact, name=st.text(max_size=8), lifetime_days=st.none() | st.floats(0, 900)), max_size=3
    ).map(tuple),
    scenarios=st.just(tuple(ScenarioStatus(scenario=name, has=frozenset(KINDS_OF_EVIDENCE)) for name in SCENARIOS)),
)


@settings(max_examples=30, deadline=None)
@given(FACTS)
def test_checks_are_total_and_quote_their_input(facts: Facts) -> None:
    texts = [passage.text for dialog in facts.dialogs for passage in dialog.prose()]
    for dialog in facts.dialogs:
        for category in dialog.categories:
            texts += [category.name, *(c.text for c in category.controls), *(c.name for c in category.cookies)]
    texts += [cookie.name for cookie in facts.cookies]
    for result in judge(RULES, facts, EVERYWHERE, dt.date(2026, 6, 1), SCENARIOS, strict=True):
        quotes = [where.quote for finding in result.findings for where in finding.where if where.quote]
        assert all(any(quote in text for text in texts) for quote in quotes), (result.rule, quotes)


def test_other_languages_are_not_judged_by_english_words() -> None:
    category = Category(name="Esenciales", kind="necessary", always_active=True, description="Medimos las visitas.")
    status = ScenarioStatus(scenario="first-visit", has=frozenset(KINDS_OF_EVIDENCE))
    facts = Facts(dialogs=(Dialog(surface="preferences", language="es", categories=(category,)),), scenarios=(status,))
    results = {r.rule: r.outcome for r in judge(RULES, facts, EVERYWHERE, dt.date(2026, 6, 1), SCENARIOS)}
    assert results["category-always-active-purpose"] == "cantTell"
    assert results["category-description-name-mismatch"] == "cantTell"


def _many(count: int, text: str) -> Facts:
    kinds: tuple[Kind, ...] = ("analytics", "advertising", "other")
    dialogs = tuple(
        Dialog(
            surface=surface,
            categories=tuple(
                Category(
                    name=f"Category {number}",
                    kind=kinds[number % 3],
                    description=f"{text} {number}",
                    cookies=tuple(DeclaredCookie(name=f"c{number}_{i}*") for i in range(3)),
                )
                for number in range(count)
            ),
        )
        for surface in ("preferences", "cookie-list")
    )
    seen = tuple(CookieFact(name=f"c{number}_0x", purpose="advertising") for number in range(count))
    statuses = tuple(ScenarioStatus(scenario=name, has=frozenset(KINDS_OF_EVIDENCE)) for name in SCENARIOS)
    return Facts(dialogs=dialogs, cookies=seen, scenarios=statuses)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            _many(2_000, "We share what you read with partners and monitor site traffic on all our pages."), id="many"
        ),
        pytest.param(_many(2, "We share what you read with advertising partners and not " * 4_000), id="long"),
    ],
)
def test_much_is_judged_in_time(facts: Facts) -> None:
    began = time.process_time()
    judge(RULES, facts, EVERYWHERE, dt.date(2026, 6, 1), SCENARIOS, strict=True)
    assert time.process_time() - began < 20
