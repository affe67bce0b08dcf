"""Whether the preferences and the cookie list tell the same, and whether the controls that a text names are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consentcheck.checks.disclosed import Disclosed, disclosed, known_kinds, name_key, named, same_category
from consentcheck.checks.prose import and_list, first_match, joined, likeness, opening
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge.purpose_terms import mentions
from consentcheck.knowledge.terms import terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Facts, Passage
from consentcheck.model.result import Observation
from consentcheck.model.words import Kind, Surface

_PREFERENCES: tuple[Surface, ...] = ("preferences", "opt-out-page")


@check("surfaces-list-same-categories", NoParams)
def surfaces_list_same_categories(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Every category of the list is in the preferences and the other way round; a bundle may stand for several."""
    preferences, listed = disclosed(case.facts, *_PREFERENCES), disclosed(case.facts, "cookie-list")
    if not preferences or not listed:
        return
    only_list = [item for item in listed if not _answered(item, preferences, listed)]
    only_preferences = [item for item in preferences if not _answered(item, listed, preferences)]
    bundles = [item for item in preferences if sum(_stands_for(item.category, i.category) for i in listed) > 1]
    data = {
        "only_list": and_list(named(item.category for item in only_list)) or "none",
        "only_preferences": and_list(named(item.category for item in only_preferences)) or "none",
        "bundles": and_list(named(item.category for item in bundles)) or "none",
    }
    alone = (*only_preferences, *only_list)
    if alone:
        where = tuple(item.heading for item in (*bundles, *alone))
        yield Observation(outcome="failed", where=where, data=data, key=" ".join(named(i.category for i in alone)))
    elif bundles:
        where = tuple(item.heading for item in bundles)
        yield Observation(outcome="cantTell", where=where, data=data, key=data["bundles"])
    else:
        yield Observation(outcome="passed", data=data)


def _answered(item: Disclosed, others: tuple[Disclosed, ...], own: tuple[Disclosed, ...]) -> bool:
    """Whether the other surface has the category, its parent or one of its children."""
    key = name_key(item.category.name)
    family = [item.category]
    family += [i.category for i in own if i.category.parent and name_key(i.category.parent) == key]
    family += [
        i.category for i in own if item.category.parent and name_key(i.category.name) == name_key(item.category.parent)
    ]
    return any(_overlap(mine, other.category) for mine in family for other in others)


def _overlap(one: Category, other: Category) -> bool:
    return same_category(one, other) or bool(known_kinds(one) & known_kinds(other))


def _stands_for(bundle: Category, plain_one: Category) -> bool:
    return (
        len(bundle.all_kinds()) > 1
        and len(plain_one.all_kinds()) == 1
        and bool(known_kinds(bundle) & known_kinds(plain_one))
    )


class AgreeParams(Params):
    """``material``: by name, the phrases of each matter that changes what a consumer gets; ``alike``: likeness of one text."""

    material: dict[str, tuple[str, ...]]
    alike: float = 0.5


@dataclass(frozen=True)
class _Pair:
    """One category's descriptions on the two surfaces."""

    name: str
    preferences: tuple[Passage, ...]
    listed: tuple[Passage, ...]

    @property
    def likeness(self) -> float:
        return likeness(joined(self.preferences), joined(self.listed))

    def told_once(self, material: Mapping[str, tuple[str, ...]]) -> list[str]:
        """Material matters that only one of the two texts tells."""
        one, other = joined(self.preferences), joined(self.listed)
        return [name for name, phrases in material.items() if (one in terms(phrases)) != (other in terms(phrases))]

    def places(self, phrases: tuple[str, ...]) -> tuple[Where, Where]:
        """On each side, the sentence that tells a matter, else the opening."""
        return (
            first_match(self.preferences, terms(phrases)) or opening(self.preferences[0]),
            first_match(self.listed, terms(phrases)) or opening(self.listed[0]),
        )


@check("descriptions-agree", AgreeParams, reads_words=True, languages=ENGLISH)
def descriptions_agree(case: Case, params: AgreeParams) -> Iterator[Observation]:
    """One category, described on two surfaces: the texts must tell the same."""
    pairs = list(_pairs(case.facts))
    different = [pair for pair in pairs if pair.likeness < 1]
    broken = {pair: pair.told_once(params.material) for pair in different if pair.likeness < params.alike}
    broken = {pair: told for pair, told in broken.items() if told}
    shown = list(broken) or different
    if shown:
        told = list(dict.fromkeys(name for names in broken.values() for name in names))
        names = list(dict.fromkeys(pair.name for pair in shown))
        yield Observation(
            outcome="failed" if broken else "cantTell",
            where=tuple(
                place
                for pair in shown
                for place in pair.places(tuple(p for name in broken.get(pair, ()) for p in params.material[name]))
            ),
            data={"names": and_list(names), "matters": and_list(told)},
            key=" ".join(names),
        )
    elif pairs:
        yield Observation(outcome="passed")


def _pairs(facts: Facts) -> Iterator[_Pair]:
    listed = disclosed(facts, "cookie-list")
    by_name = {name_key(item.category.name): item for item in listed}
    for item in disclosed(facts, *_PREFERENCES):
        namesake = by_name.get(name_key(item.category.name))
        for other in (namesake,) if namesake else listed:
            mine = _passages_for(item.category, other.category)
            if mine and other.category.prose():
                yield _Pair(other.category.name, mine, other.category.prose())


def _passages_for(category: Category, other: Category) -> tuple[Passage, ...]:
    """The passages of the first that describe the second: all of a plain category's, those of one purpose of a bundle's."""
    if same_category(category, other):
        return category.prose()
    shared = known_kinds(category) & known_kinds(other)
    if len(category.all_kinds()) == 1 or len(other.all_kinds()) != 1 or not shared:
        return ()
    purpose = min(shared)
    first = category.all_kinds()[0]
    return tuple(p for p in category.prose() if (_opens_with(p, category.all_kinds()) or first) == purpose)


def _opens_with(passage: Passage, kinds: tuple[Kind, ...]) -> Kind | None:
    """The purpose that a bundle's passage names in its first words."""
    opening_words = " ".join(passage.text.split()[:4])
    return next((m.kind for m in mentions(opening_words) if m.kind in kinds and m.strength == "strong"), None)


class ReferenceParams(Params):
    """``toggles``, ``buttons``: phrases that speak of a control that must stand where the text stands."""

    toggles: tuple[str, ...]
    buttons: tuple[str, ...]


@check("named-controls-exist", ReferenceParams, reads_words=True, languages=ENGLISH)
def named_controls_exist(case: Case, params: ReferenceParams) -> Iterator[Observation]:
    """A text that says ``this toggle`` stands beside a toggle."""
    spoken = [
        item
        for item in disclosed(case.facts)
        if joined(item.category.prose()) in terms((*params.toggles, *params.buttons))
    ]
    missing = [item for item in spoken if not _has_control(item, params, case.facts.kind == "text")]
    if missing:
        names = list(named(item.category for item in missing))
        found = (first_match(item.category.prose(), terms((*params.toggles, *params.buttons))) for item in missing)
        yield Observation(
            outcome="cantTell" if case.facts.kind == "text" else "failed",
            where=tuple(where for where in found if where),
            data={"names": and_list(names)},
            key=" ".join(names),
        )
    elif spoken and case.facts.kind == "text":
        yield Observation(outcome="untested", variant="text")
    elif spoken:
        yield Observation(outcome="passed")


def _has_control(item: Disclosed, params: ReferenceParams, is_text: bool) -> bool:
    """Plain text shows no toggle; there the preferences may have one, and a list of cookies is not where one is expected."""
    category = item.category
    toggles = category.toggle != "none" or any(c.purpose == "toggle" for c in category.controls)
    if is_text and item.dialog.surface == "cookie-list":
        toggles = category.toggle in ("on", "off")
    if joined(category.prose()) in terms(params.toggles):
        return toggles
    return toggles or bool(category.controls) or bool(item.dialog.controls)
