"""Kinds of categories that their names alone do not say."""

from __future__ import annotations

from consentcheck.knowledge.phrases import phrases
from consentcheck.knowledge.purpose_terms import kinds_named
from consentcheck.model.facts import Category
from consentcheck.model.words import Kind

_LONGEST_TOLD = 2000
"""Characters of a description in which its kind is looked for."""


def described_kind(name: tuple[str, ...], description: str) -> Kind:
    """The kind of a category whose name only says whose cookies they are: the one kind that its description speaks of."""
    told = kinds_named(description[:_LONGEST_TOLD]) if phrases().label_words["whose"].issuperset(name) else ()
    return next(iter(told)) if len(told) == 1 else "other"


def rename_necessary(categories: list[Category]) -> list[Category]:
    """Where none is necessary, a locked "functional" category is, and the only locked one whose name says no kind."""
    if any(c.kind == "necessary" for c in categories):
        return categories
    kinds = (
        {"functional", "other"} if sum(c.always_active for c in categories) == 1 < len(categories) else {"functional"}
    )
    return [
        c.model_copy(update={"kind": "necessary", "kinds": ("necessary",)})
        if c.always_active and c.kind in kinds
        else c
        for c in categories
    ]
