"""A surface as it is gathered from plain text, and the dialog that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from consentcheck.knowledge.phrases import is_more, kinds_of, plain
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Passage
from consentcheck.model.words import Purpose, Surface, Toggle
from consentcheck.reading.category_kinds import rename_necessary
from consentcheck.reading.pieces import Piece
from consentcheck.reading.stamp import in_its_language, stamped

DECIDING = frozenset({"accept-all", "decline-all", "save", "close", "later"})
"""Purposes of the buttons that end a layer."""
MOST_PARTS = 200
"""Controls, and categories, that are kept of one layer: more than any has."""
_CANNOT = re.compile(
    r"\b(?:cannot|can't|can not|can’t) be (?:disabled|switched off|turned off|deactivated|rejected|refused)\b"
    r"|\b(?:may not|cannot|can't|can’t) (?:disable|turn off|switch off|opt[- ]out of|reject|deactivate)\b"
    r"|\balways (?:on|active|enabled)\b|\b(?:nicht|no|pas) (?:deaktiviert|abgewählt|se pueden desactivar|être désactivés)\b",
    re.IGNORECASE,
)
_YOU_CANNOT = re.compile(
    r"\byou (?:may not|cannot|can't|can’t|can not) (?:disable|turn off|switch off|opt[- ]out of|reject|deactivate)\b",
    re.I,
)
"""Said of the switch. That cookies "cannot be switched off in our systems" is said of them everywhere, switch or none."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_NAMED = re.compile(r"[\"“”‘']([^\"“”‘’']{2,40})[\"“”’']")
_CHOOSING = re.compile(r"\b(?:choices?|preferences|settings|withdraw|object|customi[sz]e|manage|opt[- ]out)\b", re.I)
"""What a sentence speaks of that tells which button opens the settings."""


@dataclass(slots=True)
class Layer:
    """One surface being gathered. What is asked again and again is kept: a layer of a hostile text has thousands of parts."""

    tabs: str = ""
    title: Piece | None = None
    switched: set[tuple[str, ...]] = field(default_factory=set)
    """Names beside which a switch's two positions are written."""
    start: Piece | None = None
    passages: list[Passage] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    purposes: set[Purpose] = field(default_factory=set)
    """Of its controls."""
    named: dict[tuple[str, ...], Category] = field(default_factory=dict)
    """Its categories, by the words of their names."""
    describes: bool = False
    """Whether any of them has a description."""
    group: str | None = None
    """Name of the last that is neither nested nor locked: a nested one stands under it."""

    @property
    def empty(self) -> bool:
        return not (self.passages or self.controls or self.named)

    @property
    def categories(self) -> list[Category]:
        return list(self.named.values())

    @property
    def decided(self) -> bool:
        return not self.purposes.isdisjoint(DECIDING)

    def add_control(self, control: Control) -> None:
        self.purposes.add(control.purpose)
        if len(self.controls) < MOST_PARTS:
            self.controls.append(control)

    def add_category(self, made: Category) -> None:
        """Add a category; one of the same name stays when it says more."""
        key = plain(made.name)
        known = self.named.get(key)
        if known is None and len(self.named) >= MOST_PARTS:
            return
        if known is not None and len(made.description) <= len(known.description) and not made.always_active:
            return
        self.named[key] = made
        self.describes = self.describes or bool(made.description)
        if made.parent is None and not made.always_active:
            self.group = made.name


def place(piece: Piece) -> Where:
    """Where a piece stands: its line, and its words as they are."""
    return Where(line=piece.line, quote=piece.text)


def category_of(
    name: str, piece: Piece, passages: tuple[Passage, ...], state: Toggle | Literal["locked"], parent: str | None
) -> Category:
    """A category as a text discloses it."""
    kinds = kinds_of(name) or ("other",)
    return Category(
        name=name,
        kind=kinds[0],
        kinds=kinds,
        description="\n".join(p.text for p in passages),
        passages=passages,
        always_active=state == "locked",
        toggle="none" if state == "locked" else state,
        parent=parent,
        source="text",
        where=place(piece),
    )


def dialog_of(layer: Layer) -> Dialog:
    """The dialog that a layer is."""
    surface = _surface(layer)
    controls = _told_by_prose(layer.controls, layer.passages) if surface == "banner" else layer.controls
    title = layer.title
    start = layer.start
    dialog = Dialog(
        surface=surface,
        title=title.text if title else "",
        title_where=place(title) if title else Where(),
        passages=tuple(layer.passages),
        controls=tuple(controls),
        categories=tuple(
            rename_necessary([_said_locked(_without_switch(c, layer), surface) for c in layer.categories])
        ),
        where=place(start) if start else Where(),
    )
    return stamped(in_its_language(dialog))


def _surface(layer: Layer) -> Surface:
    purposes = {c.purpose for c in layer.controls}
    if layer.categories:
        marked = any(c.always_active or c.toggle in {"on", "off"} or c.parent for c in layer.categories)
        return "preferences" if marked or purposes & {"save", "accept-all", "decline-all"} else "cookie-list"
    if "save" in purposes:
        return "preferences"
    return "banner"


def _without_switch(category: Category, layer: Layer) -> Category:
    """A category without a switch where its neighbours show theirs: locked when it says that it cannot be disabled."""
    if len(layer.switched) < 2 or plain(category.name) in layer.switched or category.toggle != "unknown":
        return category
    locked = _CANNOT.search(category.description) is not None
    return category.model_copy(update={"toggle": "none", "always_active": locked})


def _said_locked(category: Category, surface: Surface) -> Category:
    """A necessary category of a layer with choices is locked too where only its description says that it stays on."""
    open_to_choice = surface == "preferences" and category.toggle in {"unknown", "on"}
    if category.kind == "necessary" and open_to_choice and _YOU_CANNOT.search(category.description):
        return category.model_copy(update={"toggle": "none", "always_active": True})
    return category


def _told_by_prose(controls: list[Control], passages: list[Passage]) -> list[Control]:
    """The controls, where one that only promises more opens the settings of a banner that has no other way to them.

    Either the banner says so ("You can set your choices by clicking on “Learn more”"), or another link leads to the
    policy, and this one stands right beside a button that decides.
    """
    if any(c.purpose == "settings" for c in controls):
        return controls
    sentences = [said for p in passages for said in _SENTENCES.split(p.text) if _CHOOSING.search(said)]
    named = {plain(name) for said in sentences for name in _NAMED.findall(said)}
    policies = sum(c.purpose == "policy" and not is_more(c.text) for c in controls)
    beside = {n + m for n, c in enumerate(controls) if c.purpose in {"accept-all", "decline-all"} for m in (-1, 1)}
    return [
        c.model_copy(update={"purpose": "settings"})
        if c.purpose == "policy" and (plain(c.text) in named or (policies and n in beside and is_more(c.text)))
        else c
        for n, c in enumerate(controls)
    ]
