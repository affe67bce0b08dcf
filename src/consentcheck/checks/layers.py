"""What checks share: the layers that speak of choices, their controls, and the places of what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from consentcheck.knowledge import statements
from consentcheck.knowledge.phrases import is_negated
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Facts, OptOutLink, Passage
from consentcheck.model.result import Observation
from consentcheck.model.words import Kind, Purpose, Surface, Toggle

CHOICE_SURFACES: tuple[Surface, ...] = ("banner", "preferences", "cookie-list", "opt-out-page")

SOLD: frozenset[Kind] = frozenset({"sale", "advertising", "social"})
"""Kinds of category through which information is sold or shared."""


class Saying(NamedTuple):
    """A statement found on a surface, and where."""

    words: str
    where: Where


def layers(facts: Facts, *surfaces: Surface) -> tuple[Dialog, ...]:
    """The layers of the first visit that can be judged, in order; all that offer choices if no surface is named.

    On a live page a hidden layer counts once it was opened. In a saved page a hidden layer is one that is closed, or that a script has
    yet to show: its words and controls count.
    """
    live = facts.kind == "live"
    return tuple(d for d in facts.on(*(surfaces or CHOICE_SURFACES)) if d.visible is not False or not live)


def controls_of(dialog: Dialog) -> tuple[Control, ...]:
    """All controls of a layer, its categories' own included."""
    return dialog.controls + tuple(control for category in dialog.categories for control in category.controls)


def shown(control: Control) -> bool:
    """Whether a person can find it, as far as is known: a hidden control is no control."""
    return control.visible is not False


def stands(category: Category) -> Toggle:
    """How a category's toggle stands: ``on`` while what the category is about goes on, also where the toggle is named for the opt-out."""
    if category.toggle in ("on", "off") and is_negated(category.name):
        return "off" if category.toggle == "on" else "on"
    return category.toggle


def with_purpose(dialog: Dialog, *purposes: Purpose) -> tuple[Control, ...]:
    """The layer's shown controls that serve one of these purposes, in order."""
    return tuple(control for control in dialog.controls if control.purpose in purposes and shown(control))


def opt_out_links(facts: Facts) -> tuple[OptOutLink, ...]:
    """Links of the first visit that may offer the opt-out of sale; hidden ones left out, but for those in a saved page's layers.

    One that was followed only in a later scenario has what it led to there.
    """
    followed = {link.text.casefold(): link.target for link in reversed(facts.opt_out_links) if link.target}
    return tuple(
        link if link.target else link.model_copy(update={"target": followed.get(link.text.casefold())})
        for link in facts.opt_out_links
        if link.scenario == "first-visit" and link.title_kind != "limit" and _can_be_found(link, facts)
    )


def _can_be_found(link: OptOutLink, facts: Facts) -> bool:
    return link.visible is not False or (facts.kind != "live" and link.placement in ("banner", "dialog"))


def in_english(dialogs: Iterable[Dialog]) -> tuple[Dialog, ...]:
    """The layers whose sentences are read: statements are known in English only."""
    return tuple(dialog for dialog in dialogs if dialog.language == "en")


def unread(dialogs: Sequence[Dialog]) -> Iterator[Observation]:
    """What to say where no layer's sentences are read: never a pass."""
    if dialogs:
        language = dialogs[0].language
        yield Observation(
            outcome="cantTell", variant="language", data={"language": language}, key=f"language {language}"
        )


def place(where: Where, quote: str, surface: str | None = None) -> Where:
    """The same place with a quotation, and a surface where it has none."""
    return where.model_copy(update={"quote": quote or where.quote, "surface": where.surface or surface})


def at(control: Control, dialog: Dialog) -> Where:
    """A control's place."""
    return place(control.where, control.text, dialog.surface)


def at_link(link: OptOutLink) -> Where:
    """A link's place."""
    return place(link.where, link.text)


def sayings(dialogs: Iterable[Dialog], kind: str, *, whole: bool = False) -> tuple[Saying, ...]:
    """Statements of a kind in the prose of layers: one a passage, a repeated sentence only once on a surface.

    ``whole``: quote the sentence, not only the words that tell it. A layer's title is no prose, even where it stands as a passage too.
    """
    found: dict[tuple[str, str], Saying] = {}
    for dialog in dialogs:
        for passage in dialog.prose():
            said = None if passage.text == dialog.title else statements.find(kind, passage.text)
            if said:
                words = said.sentence if whole else said.words
                found.setdefault(
                    (dialog.surface, said.sentence.casefold()),
                    Saying(words, place(passage.where, words, dialog.surface)),
                )
    return tuple(found.values())


def every_saying(passages: Iterable[tuple[Passage, str]], kind: str) -> tuple[Saying, ...]:
    """Statements of a kind, one a passage, repeated sentences too. ``passages``: each with the surface it stands on."""
    return tuple(
        Saying(said.words, place(passage.where, said.words, surface))
        for passage, surface in passages
        if (said := statements.find(kind, passage.text))
    )


def prose_of(dialogs: Iterable[Dialog]) -> Iterator[tuple[Passage, str]]:
    """All prose of layers, with the surface it stands on."""
    return ((passage, dialog.surface) for dialog in dialogs for passage in dialog.prose())


def unique(places: Iterable[Where]) -> tuple[Where, ...]:
    """The same places, each once, in order."""
    return tuple(dict.fromkeys(places))


def listed(items: Iterable[str]) -> str:
    """Names in quotation marks, each once, for a message."""
    return ", ".join(f"“{item}”" for item in dict.fromkeys(items) if item)
