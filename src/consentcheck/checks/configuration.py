"""Whether a consent manager's own configuration says what its dialog says."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.disclosed import DATA_SELLING, known_kinds, name_key
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, CategoryDisagreement
from consentcheck.model.result import Observation


@check("configuration-agrees", NoParams)
def configuration_agrees(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where the configuration is read: it agrees with the dialog, and it switches sale off on the browser's signal."""
    configured = [
        category
        for dialog in case.facts.dialogs
        for category in dialog.categories
        if category.source == "configuration"
    ]
    deaf = [c for c in configured if known_kinds(c) & DATA_SELLING and c.stopped_by_gpc is False]
    for disagreement in case.facts.disagreements:
        yield _disagreement(disagreement)
    for category in {name_key(c.name): c for c in deaf}.values():
        yield _deaf(category)
    if configured and not deaf and not case.facts.disagreements:
        yield Observation(outcome="passed")


def _disagreement(found: CategoryDisagreement) -> Observation:
    return Observation(
        outcome="cantTell",
        variant="missing" if found.field == "missing" else "differs",
        where=() if found.where == Where() else (found.where,),
        data={
            "category": found.category,
            "field": found.field.replace("_", " "),
            "document": found.document[:120] or "nothing",
            "configuration": found.configuration[:120] or "nothing",
        },
        key=f"{found.category} {found.field}",
    )


def _deaf(category: Category) -> Observation:
    return Observation(
        outcome="cantTell",
        variant="gpc",
        where=() if category.where == Where() else (category.where,),
        data={"category": category.name},
        key=f"{category.name} gpc",
    )
