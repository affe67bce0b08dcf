"""Surface and scenario written into every place of a dialog."""

from __future__ import annotations

from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Passage


def stamped(dialog: Dialog) -> Dialog:
    """The dialog, each of its places naming its surface and scenario."""

    def at(where: Where) -> Where:
        return where.model_copy(update={"surface": dialog.surface, "scenario": dialog.scenario})

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
