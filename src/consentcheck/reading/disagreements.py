"""Where a consent manager's configuration and the dialog that it rendered say different things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz

from consentcheck.model.facts import Category, CategoryDisagreement, Dialog
from consentcheck.reading.optout_words import words_of

_SAME = 90.0
"""Likeness of two descriptions, 0 to 100, from which they say the same: markup and line breaks cost a little."""
_LONGEST_QUOTE = 300


def disagreements_of(configuration: Dialog, shown: Sequence[Dialog]) -> tuple[CategoryDisagreement, ...]:
    """What differs between published and rendered categories of the same name, or of the same description.

    A published category that the dialog lacks is one only if it lists cookies: managers leave empty ones out.
    """
    rendered: dict[tuple[str, ...], Category] = {}
    for dialog in sorted(shown, key=lambda dialog: dialog.surface != "preferences"):
        for category in dialog.categories:
            rendered.setdefault(words_of(category.name), category)
    if not rendered:
        return ()
    published_names = {words_of(published.name) for published in configuration.categories}
    renamed = {
        words_of(category.description): category
        for words, category in rendered.items()
        if category.description and words not in published_names
    }
    return tuple(
        difference
        for published in configuration.categories
        for difference in _compare(published, rendered.get(words_of(published.name)), renamed)
    )


def _compare(
    published: Category, category: Category | None, renamed: dict[tuple[str, ...], Category]
) -> Iterator[CategoryDisagreement]:
    if category is not None:
        yield from _differences(published, category)
        return
    twin = renamed.get(words_of(published.description)) if published.description else None
    if twin is not None:
        yield _of(twin, "name", twin.name, published.name)
    elif published.cookies and published.parent is None:
        yield _of(published, "missing", "", published.name)


def _differences(published: Category, category: Category) -> Iterator[CategoryDisagreement]:
    if published.always_active != category.always_active and (published.always_active or published.toggle != "unknown"):
        yield _of(category, "always_active", _yes(category.always_active), _yes(published.always_active))
    if published.description and category.description:
        likeness = fuzz.ratio(words_of(published.description), words_of(category.description))
        if likeness < _SAME:
            yield _of(category, "description", category.description, published.description)
    listed, configured = _cookies(category), _cookies(published)
    if listed and configured and listed != configured:
        yield _of(category, "cookies", ", ".join(sorted(listed - configured)), ", ".join(sorted(configured - listed)))


def _cookies(category: Category) -> set[str]:
    return {cookie.name for cookie in category.cookies}


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_Field = Literal["name", "description", "always_active", "cookies", "missing"]


def _of(category: Category, field: _Field, document: str, configuration: str) -> CategoryDisagreement:
    return CategoryDisagreement(
        category=category.name,
        field=field,
        document=document[:_LONGEST_QUOTE],
        configuration=configuration[:_LONGEST_QUOTE],
        where=category.where,
    )
