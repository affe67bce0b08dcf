"""What all places of a dialog share, written into each of them."""

from __future__ import annotations

from collections.abc import Callable

from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Passage
from consentcheck.reading.language import language_of


def in_its_language(dialog: Dialog, hint: str | None = None) -> Dialog:
    """The dialog with the language of its words; ``hint`` is what the document says of itself."""
    words = [dialog.title, *(p.text for p in dialog.prose()), *(c.text for c in dialog.controls)]
    return dialog.model_copy(
        update={"language": language_of("\n".join([*words, *(c.name for c in dialog.categories)]), hint)}
    )


def stamped(dialog: Dialog) -> Dialog:
    """The dialog, each of its places naming its surface and scenario."""

    return placed(
        dialog, lambda where: where.model_copy(update={"surface": dialog.surface, "scenario": dialog.scenario})
    )


def placed(dialog: Dialog, at: Callable[[Where], Where]) -> Dialog:
    """The dialog with each of its places changed."""

    def passage(one: Passage) -> Passage:
        return one.model_copy(update={"where": at(one.where)})

    def control(one: Control) -> Control:
        return one.model_copy(update={"where": at(one.where)})

    def category(one: Category) -> Category:
        return one.model_copy(
            update={
                "where": at(one.where),
                "passages": tuple(map(passage, one.passages)),
                "controls": tuple(map(control, one.controls)),
                "cookies": tuple(c.model_copy(update={"where": at(c.where)}) for c in one.cookies),
            }
        )

    return dialog.model_copy(
        update={
            "where": at(dialog.where),
            "title_where": at(dialog.title_where),
            "passages": tuple(map(passage, dialog.passages)),
            "controls": tuple(map(control, dialog.controls)),
            "categories": tuple(map(category, dialog.categories)),
        }
    )
