"""Where a dialog's categories are named.

A name is what a switch is called, what stands before an "Always active" mark, or a heading that names a kind.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from consentcheck.knowledge.phrases import (
    is_no_category,
    kinds_of,
    plain,
    purpose_of,
)
from consentcheck.reading.headings import bare_list, below_the_first
from consentcheck.reading.items import Item
from consentcheck.reading.name_parts import is_marked, name_of, split_name, without_noun, without_state
from consentcheck.reading.near_names import NearNames
from consentcheck.reading.questions import question_of
from consentcheck.reading.roots import Root
from consentcheck.reading.services import Services
from consentcheck.reading.titles import named_as_title, title_items
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import is_toggle

_SHORT = 3
"""Words of the longest entry of a list that names a category by itself: longer ones tell of something."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Found:
    """A name, the items where it stands, and its switches (index in the row)."""

    key: Key
    name: str
    at: list[int] = field(default_factory=list)
    toggles: list[int] = field(default_factory=list)
    marked: bool = False
    own: int = 0
    """The item of ``at`` that the description follows."""
    scope: Node | None = None


def find_names(root: Root, foreign: frozenset[int], services: tuple[Services, ...] = ()) -> dict[Key, Found]:
    """The names in a dialog, each with the items where it stands; ``foreign`` items are left out."""
    return _Names(root, foreign, services).find()


class _Names:
    def __init__(self, root: Root, foreign: frozenset[int], services: tuple[Services, ...]) -> None:
        self.page = root.page
        self.services = services
        self.row = root.items
        self.foreign = foreign
        self.alone = 1 if root.surface == "cookie-list" else 2
        """Headings that make categories by themselves, without a switch or a mark."""
        self.titles = title_items(root)
        self.switched = {plain(i.text) for i in self.row if i.kind == "toggle"}
        self.near = NearNames(root)
        self.spoken = self.near.spoken

    def find(self) -> dict[Key, Found]:
        found: dict[Key, Found] = {}
        for number, item in enumerate(self.row):
            if number in self.foreign:
                continue
            if item.kind == "toggle":
                self._take_toggle(found, number, item)
            elif (not item.table and (item.kind == "text" or is_marked(item.text))) or self.near.marks_row(
                number, item
            ):
                self._take_mark(found, number, item)
        self._take_services(found)
        listed = bare_list(self.row, self.foreign)
        headings = [
            n
            for n, item in enumerate(self.row)
            if n not in self.foreign and n not in self.titles and self._is_heading_of_kind(item, listed=n in listed)
        ]
        headings = below_the_first(self.row, headings, found)
        keys = {plain(name_of(self.row[n].text)) for n in headings}
        if found or len(keys) >= self.alone:
            for number in headings:
                name = name_of(self.row[number].text)
                found.setdefault(plain(name), Found(plain(name), name))
        for number, item in enumerate(self.row):
            if item.kind != "toggle" and item.role != "inline" and (entry := found.get(plain(name_of(item.text)))):
                entry.at.append(number)
                if is_marked(item.text):
                    entry.marked = True
        return {key: entry for key, entry in found.items() if entry.at or entry.toggles}

    def _take_toggle(self, found: dict[Key, Found], number: int, item: Item) -> None:
        if asked := question_of(self.page, self.row, number):
            found.setdefault(plain(asked), Found(plain(asked), asked)).toggles.append(number)
            return
        name = self._of_heading(
            number, without_noun(without_state(name_of(self._title(number, item.text)), self.spoken), self.spoken)
        )
        if self.near.is_framework(name):
            return
        if not self.near.may_name(name, switched=True):
            if len(plain(name)) > 3 and is_no_category(name) and "all" in plain(name):
                return
            near = self.near.name_near(number)
            if near is None:
                return
            name = near
        elif is_marked(item.text):
            found.setdefault(plain(name), Found(plain(name), name)).marked = True
        entry = found.setdefault(plain(name), Found(plain(name), name))
        entry.toggles.append(number)

    def _take_services(self, found: dict[Key, Found]) -> None:
        """Give a category without a switch those of its services."""
        for each in self.services:
            name = without_state(name_of(self.row[each.owner].text), self.spoken)
            toggles = [number for number in each.inside if self.row[number].kind == "toggle"]
            if toggles and self.near.may_name(name):
                entry = found.setdefault(plain(name), Found(plain(name), name))
                entry.toggles = entry.toggles or toggles

    def _title(self, number: int, text: str) -> str:
        """A switch's words; where its label holds a title and a description, the title."""
        head, colon, _ = text.partition(": ")
        if colon and kinds_of(head) and self.near.may_name(head) and not self.near.may_name(text):
            return head
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        if after is None or after.kind != "text" or after.role != "heading" or not self.near.may_name(after.text):
            return text
        joined, title = "".join(text.split()), "".join(after.text.split())
        return after.text if len(joined) > len(title) + 20 and joined.startswith(title) else text

    def _of_heading(self, number: int, name: str) -> str:
        """The name of the heading before a switch that is called by a word of it alone ("essential")."""
        if plain(name) in self.spoken or not kinds_of(name):
            return name
        near = self.near.name_near(number)
        same = near is not None and kinds_of(near) == kinds_of(name) and set(plain(name)) < set(plain(near))
        return near if near is not None and same else name

    def _take_mark(self, found: dict[Key, Found], number: int, item: Item) -> None:
        if plain(item.text) in self.switched:
            return
        name, marked = split_name(item.text)
        if marked and self.near.may_name(name):
            found.setdefault(plain(name), Found(plain(name), name)).marked = True
        elif self.near.is_mark(item):
            near = self.near.name_near(number)
            if near is not None:
                found.setdefault(plain(near), Found(plain(near), near)).marked = True

    def _names_a_switch(self, label: Node) -> bool:
        """Whether a label belongs to a switch, which then gives the name, or to a radio button, which is one answer of several."""
        target = self.page.by_id(self.page.attribute(label, "for")) if self.page.has(label, "for") else None
        own = target is not None and (is_toggle(target) or self.page.attribute(target, "type") == "radio")
        return own or bool(label.css("input[type=checkbox], input[type=radio], [role=switch]"))

    def _is_heading_of_kind(self, item: Item, *, listed: bool) -> bool:
        name = name_of(item.text)
        if item.table or not kinds_of(name) or not self.near.may_name(name) or len(plain(name)) > 10:
            return False
        if without_state(name, self.spoken) != name or (item.node.tag == "label" and self._names_a_switch(item.node)):
            return False
        if item.kind == "control":
            listed = item.role == "link" and name != item.text
            return (listed or item.role in {"tab", "button"}) and purpose_of(name) == "other"
        return item.kind == "text" and (
            listed
            or item.role in {"heading", "label"}
            or (item.role == "item" and (len(plain(name)) <= _SHORT or "cookies" in plain(name)))
            or named_as_title(self.page, item.node)
        )
