"""What checks share about categories: which are disclosed where, and which of two surfaces' categories are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from consentcheck.checks.prose import quoted
from consentcheck.knowledge.terms import plain
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Dialog, Facts
from consentcheck.model.words import Kind, Surface

DATA_SELLING: frozenset[Kind] = frozenset({"advertising", "social", "sale"})
"""Kinds that hand data to others for their own ends."""
UNKNOWN_KINDS: frozenset[Kind] = frozenset({"other", "unclassified"})
LAYERS: tuple[Surface, ...] = ("preferences", "opt-out-page", "banner", "cookie-list")
_MOST = 200
_NAME_FILLERS = frozenset({"cookie", "cookies", "always", "active", "and", "the", "our", "strictly", "these"})


@dataclass(frozen=True)
class Disclosed:
    """A category and the layer it stands on."""

    category: Category
    dialog: Dialog

    @property
    def heading(self) -> Where:
        """Where its name stands."""
        where = self.category.where
        return where if where.quote else quoted(where, self.category.name)


def disclosed(facts: Facts, *surfaces: Surface) -> tuple[Disclosed, ...]:
    """The categories of these surfaces (all layers if none is named), each once, in reading order, at most 200 a surface.

    What a consent manager's configuration says counts only for a surface on which the page itself shows no category.
    """
    found: list[Disclosed] = []
    seen: set[tuple[str, str, str]] = set()
    for surface in surfaces or LAYERS:
        of_surface = [Disclosed(category, dialog) for dialog in facts.on(surface) for category in dialog.categories]
        shown = [d for d in of_surface if d.category.source != "configuration"]
        for item in (shown or of_surface)[:_MOST]:
            same = (surface, name_key(item.category.name), item.category.description)
            if same not in seen:
                seen.add(same)
                found.append(item)
    return tuple(found)


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """A category's name without the words that say nothing (``Cookies``, ``- Always Active``)."""
    words = [word for word in plain(name) if word not in _NAME_FILLERS]
    return " ".join(words) or " ".join(plain(name))


def known_kinds(category: Category) -> frozenset[Kind]:
    """Its kinds, without those that say nothing."""
    return frozenset(category.all_kinds()) - UNKNOWN_KINDS


def same_category(one: Category, other: Category) -> bool:
    """Whether two plain categories are one: of one kind, or, where the kinds say nothing, nearly of one name."""
    if name_key(one.name) == name_key(other.name):
        return True
    kinds, others = known_kinds(one), known_kinds(other)
    if kinds and others:
        return len(kinds) == len(others) == 1 and kinds == others
    return fuzz.ratio(name_key(one.name)[:200], name_key(other.name)[:200]) >= 90


def always_active(category: Category, everywhere: Iterable[Disclosed]) -> bool:
    """Whether it, or the same category anywhere, is said to be always active; a necessary one is taken to be."""
    if category.always_active or category.all_kinds() == ("necessary",):
        return True
    return any(item.category.always_active and same_category(item.category, category) for item in everywhere)


def named(categories: Iterable[Category]) -> Iterator[str]:
    """The names, each once."""
    yield from dict.fromkeys(category.name for category in categories)
