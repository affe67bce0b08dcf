"""The dialog's layers, the click paths and the category disclosures, laid out to be looked at side by side."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass

from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Facts, Path, StepFact
from consentcheck.model.words import SCENARIOS, Scenario
from consentcheck.report.pictures import Album, Box, View

_SHORT = 5
"""Sentences of fewer words are not looked at for repetition."""


@dataclass(frozen=True)
class Layer:
    """A dialog as a picture with its controls numbered."""

    dialog: Dialog
    view: View | None
    controls: tuple[Control, ...]
    """Number n on the picture is ``controls[n - 1]``; those of categories come last."""
    also_in: tuple[Scenario, ...]
    """Other scenarios in which a dialog of the same surface was seen."""


@dataclass(frozen=True)
class PathView:
    """A click path in pictures. ``views`` has one for each step, None where no picture was taken."""

    path: Path
    views: tuple[View | None, ...]


@dataclass(frozen=True)
class Paths:
    """The way to accept beside the way to opt out; None where it was not walked."""

    accept: PathView | None
    opt_out: PathView | None


@dataclass(frozen=True)
class Segment:
    """A sentence of a description; ``repeated``: it stands under another category too."""

    text: str
    repeated: bool


@dataclass(frozen=True)
class Cell:
    """One category on one surface, its description cut into sentences."""

    category: Category
    paragraphs: tuple[tuple[Segment, ...], ...]


@dataclass(frozen=True)
class SideBySide:
    """Categories down, surfaces across."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]
    """(name, the cells of each column); a name can stand twice on one surface."""


def layers(facts: Facts, album: Album) -> tuple[Layer, ...]:
    """The layers seen on the first visit; those of other scenarios where it had none of that surface."""
    shown: dict[str, list[Dialog]] = {}
    for dialog in sorted(facts.dialogs, key=lambda d: SCENARIOS.index(d.scenario)):
        same = shown.setdefault(dialog.surface, [])
        if not same or same[0].scenario == dialog.scenario:
            same.append(dialog)
    return tuple(_layer(dialog, facts, album) for same in shown.values() for dialog in same)


def _layer(dialog: Dialog, facts: Facts, album: Album) -> Layer:
    controls = dialog.controls + tuple(control for category in dialog.categories for control in category.controls)
    picture = dialog.where.screenshot or next((c.where.screenshot for c in controls if c.where.screenshot), None)
    boxes = [
        (box, str(number))
        for number, control in enumerate(controls, 1)
        if control.visible is not False and (box := _box(control))
    ]
    also = {d.scenario for d in facts.dialogs if d.surface == dialog.surface and d.scenario != dialog.scenario}
    around = dialog.where.box or (dialog.look.box if dialog.look else None)
    return Layer(
        dialog,
        album.view(picture, boxes, margin=24, around=around) if boxes or around else None,
        controls,
        tuple(scenario for scenario in SCENARIOS if scenario in also),
    )


def _box(control: Control) -> Box | None:
    """Where it is seen in the picture; a control that was scrolled out of its dialog has a look, and no place."""
    return control.where.box or (control.look.box if control.look and not control.where.screenshot else None)


def paths(facts: Facts, album: Album) -> Paths:
    """For each goal the shortest way that was walked to its end, else the one that got furthest."""

    def best(goal: str) -> PathView | None:
        walked = [path for path in facts.paths if path.goal == goal]
        if not walked:
            return None
        path = min(walked, key=lambda p: (not p.completed, p.count if p.completed else -p.count))
        return PathView(path, tuple(_step(step, album) for step in path.steps))

    return Paths(best("accept"), best("opt-out"))


def _step(step: StepFact, album: Album) -> View | None:
    """The window's full width around what was acted on, so that a reader sees where on the page it stood."""
    if not step.box:
        return album.view(step.screenshot, [])
    return album.view(step.screenshot, [(step.box, "")], margin=0, around=(0, step.box[1] - 320, math.inf, 680))


def side_by_side(facts: Facts) -> SideBySide:
    """Category disclosures by surface. A sentence is repeated if categories of different names share it."""
    columns: dict[str, list[Category]] = {}
    first = next((d.scenario for d in facts.dialogs if d.categories), "first-visit")
    for dialog in facts.dialogs:
        for category in dialog.categories:
            if dialog.scenario == first:
                title = "configuration" if category.source == "configuration" else dialog.surface
                columns.setdefault(title, []).append(category)
    users: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for category in (c for found in columns.values() for c in found):
        names.setdefault(_folded(category.name), category.name)
        for sentence in _sentences(category):
            users[_folded(sentence)].add(_folded(category.name))
    rows = tuple(
        (
            name,
            tuple(tuple(_cell(c, users) for c in found if _folded(c.name) == key) for found in columns.values()),
        )
        for key, name in names.items()
    )
    return SideBySide(tuple(columns), rows)


def _cell(category: Category, users: dict[str, set[str]]) -> Cell:
    def segment(sentence: str) -> Segment:
        folded = _folded(sentence)
        return Segment(sentence, len(folded.split()) >= _SHORT and len(users[folded]) > 1)

    return Cell(category, tuple(tuple(map(segment, _split(passage.text))) for passage in category.prose()))


def _sentences(category: Category) -> list[str]:
    return [sentence for passage in category.prose() for sentence in _split(passage.text)]


def _split(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s", text) if sentence.strip()]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!?")


def proof(places: tuple[Where, ...], album: Album) -> list[tuple[View | None, list[tuple[str, Where]]]]:
    """A finding's places by screenshot, each group with its picture; boxes have numbers where there are several.

    An element that has no box is not to be seen in the picture, which is then left out; a moment is shown whole.
    """
    groups: dict[str | None, list[Where]] = {}
    for place in dict.fromkeys(places):
        groups.setdefault(place.screenshot, []).append(place)
    found: list[tuple[View | None, list[tuple[str, Where]]]] = []
    for name, group in groups.items():
        boxed = [place for place in group if place.box]
        numbers = {place: str(number) for number, place in enumerate(boxed, 1)} if len(boxed) > 1 else {}
        numbered = [(numbers.get(place, ""), place) for place in group]
        boxes = [(place.box, label) for label, place in numbered if place.box]
        to_be_seen = boxes or not any(place.selector for place in group)
        found.append((album.view(name, boxes) if to_be_seen else None, numbered))
    return found
