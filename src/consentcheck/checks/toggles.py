"""Whether a category can be switched, and how it stands at first."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.disclosed import DATA_SELLING, Disclosed, disclosed, known_kinds, name_key, named
from consentcheck.checks.layers import stands
from consentcheck.checks.prose import and_list
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.model.facts import Category
from consentcheck.model.result import Observation


def _switchable(case: Case) -> list[Disclosed]:
    found = disclosed(case.facts, "preferences", "opt-out-page", "banner")
    return [item for item in found if item.category.source == "document"]


@check("sale-has-control", NoParams)
def sale_has_control(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A category of sale or sharing has a control that works: its own, its parent's or its children's."""
    categories = _switchable(case)
    selling = [item for item in categories if "sale" in item.category.all_kinds()]
    states = [(item, _control(item.category, [i.category for i in categories])) for item in selling]
    for item, state in states:
        if state in ("none", "locked", "disabled", "unknown"):
            yield Observation(
                outcome="cantTell" if state == "unknown" else "failed",
                variant=state,
                where=(item.heading,),
                data={"name": item.category.name},
                key=name_key(item.category.name),
            )
    if states and all(state == "works" for _item, state in states):
        yield Observation(outcome="passed")


def _control(category: Category, others: list[Category]) -> str:
    """``works``, or what is the matter with the category's control: ``none``, ``locked``, ``disabled``, ``unknown``."""
    key = name_key(category.name)
    family = [c for c in others if c.parent and name_key(c.parent) == key]
    family += [c for c in others if category.parent and name_key(c.name) == name_key(category.parent)]
    states = [_own_control(c) for c in (category, *family)]
    return "works" if "works" in states else states[0]


def _own_control(category: Category) -> str:
    enabled = category.toggle_enabled is not False
    if category.toggle in ("on", "off") and enabled:
        return "works"
    if any(c.purpose in ("toggle", "opt-out") and c.enabled and c.visible is not False for c in category.controls):
        return "works"
    if category.toggle in ("on", "off"):
        return "disabled"
    if category.always_active:
        return "locked"
    return category.toggle if category.toggle == "unknown" else "none"


@check("toggles-at-first", NoParams)
def toggles_at_first(case: Case, _params: NoParams) -> Iterator[Observation]:
    """How the toggles of advertising, social media and sale stand before any choice.

    On is lawful in an opt-out regime; it is not for a site directed to consumers under 16, who must opt in.
    """
    known = [
        item
        for item in _switchable(case)
        if known_kinds(item.category) & DATA_SELLING and item.category.toggle in ("on", "off")
    ]
    on = [item for item in known if stands(item.category) == "on"]
    names = and_list(named(item.category for item in on))
    if on and case.profile.under16 == "yes":
        where = tuple(item.heading for item in on)
        yield Observation(outcome="failed", where=where, data={"names": names}, severity="high", key=names)
    elif known:
        yield Observation(outcome="passed", variant="on" if on else "off", data={"names": names})
