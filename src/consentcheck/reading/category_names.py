"""Where a dialog's categories are named.

A name is what a switch is called, what stands before an "Always active" mark, or a heading that names a kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_iab_purpose,
    is_no_category,
    kinds_of,
    plain,
    purpose_of,
)
from consentcheck.reading.headings import bare_list, below_the_first
from consentcheck.reading.items import Item
from consentcheck.reading.name_parts import NO_NAMES, NOUNS, POSITIONS, VERBS, is_marked, name_of, split_name
from consentcheck.reading.questions import question_of
from consentcheck.reading.roots import Root
from consentcheck.reading.services import Services
from consentcheck.reading.titles import named_as_title, title_items
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import is_toggle

LONGEST_NAME = 20
"""Words of the longest name."""
ENDS = frozenset({"accept-all", "decline-all", "save"})
"""Purposes of the buttons that no category goes beyond."""
_ROWS = frozenset({"tr"})
_PLACEHOLDER = re.compile(r"[\[{]{1,2}[^\[\]{}]{1,80}[\]}]{1,2}")

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
        self.framework = len({plain(i.text) for i in self.row if is_iab_purpose(i.text)}) > 1
        """Whether purposes of the IAB's framework are listed: a single name like one of them is a category's own."""
        self.switched = {plain(i.text) for i in self.row if i.kind == "toggle"}
        self.spoken = {
            plain(i.text)
            for i in self.row
            if (i.kind == "text" or i.role in {"button", "tab"})
            and i.kind != "toggle"
            and not i.table
            and len(i.text) < 200
        }

    def find(self) -> dict[Key, Found]:
        found: dict[Key, Found] = {}
        for number, item in enumerate(self.row):
            if number in self.foreign:
                continue
            if item.kind == "toggle":
                self._take_toggle(found, number, item)
            elif (not item.table and (item.kind == "text" or is_marked(item.text))) or self._marks_row(number, item):
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
            number, self._without_noun(self._without_state(name_of(self._title(number, item.text))))
        )
        if self._is_framework(name):
            return
        if not self._may_name(name, switched=True):
            if len(plain(name)) > 3 and is_no_category(name):
                return
            near = self._name_near(number)
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
            name = self._without_state(name_of(self.row[each.owner].text))
            toggles = [number for number in each.inside if self.row[number].kind == "toggle"]
            if toggles and self._may_name(name):
                entry = found.setdefault(plain(name), Found(plain(name), name))
                entry.toggles = entry.toggles or toggles

    def _title(self, number: int, text: str) -> str:
        """A switch's words; where its label holds a title and a description, the title."""
        head, colon, _ = text.partition(": ")
        if colon and kinds_of(head) and self._may_name(head) and not self._may_name(text):
            return head
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        if after is None or after.kind != "text" or after.role != "heading" or not self._may_name(after.text):
            return text
        joined, title = "".join(text.split()), "".join(after.text.split())
        return after.text if len(joined) > len(title) + 20 and joined.startswith(title) else text

    def _without_state(self, name: str) -> str:
        """A switch's name without its position or what it does, where the rest stands in the dialog as a heading does."""
        words = name.split()
        for count in (1, 2, 3):
            rest, verb = " ".join(words[count:]), " ".join(words[:count]).lower().rstrip(":")
            if verb in VERBS and (plain(rest) in self.spoken or (verb in NO_NAMES and kinds_of(rest))):
                return rest
        for count in (1, 2):
            rest = " ".join(words[:-count])
            if " ".join(words[-count:]).lower().strip(".:()") in POSITIONS and plain(rest) in self.spoken:
                return rest.rstrip(" -–:,")
        return name

    def _without_noun(self, name: str) -> str:
        """A switch's name without "cookies", where the heading beside it does without that word."""
        *words, last = name.split() or [""]
        rest = " ".join(words)
        shorter = last.lower() in NOUNS and plain(rest) in self.spoken and plain(name) not in self.spoken
        return rest if shorter else name

    def _of_heading(self, number: int, name: str) -> str:
        """The name of the heading before a switch that is called by a word of it alone ("essential")."""
        if plain(name) in self.spoken or not kinds_of(name):
            return name
        near = self._name_near(number)
        same = near is not None and kinds_of(near) == kinds_of(name) and set(plain(name)) < set(plain(near))
        return near if near is not None and same else name

    def _take_mark(self, found: dict[Key, Found], number: int, item: Item) -> None:
        if plain(item.text) in self.switched:
            return
        name, marked = split_name(item.text)
        if marked and self._may_name(name):
            found.setdefault(plain(name), Found(plain(name), name)).marked = True
        elif self._is_mark(item):
            near = self._name_near(number)
            if near is not None:
                found.setdefault(plain(near), Found(plain(near), near)).marked = True

    def _name_near(self, number: int) -> str | None:
        """The nearest short text before an item that may be a name, or the heading above that; else the one right after it.

        In a row of a table it is what the row's first cell says.
        """
        if self.row[number].table and (first := self._first_cell(number)):
            return first
        nearest: str | None = None
        for back in range(number - 1, max(-1, number - 5), -1):
            item = self.row[back]
            if item.kind == "toggle":
                name = self._without_state(name_of(item.text))
                if nearest is None and self._may_name(name):
                    return name
                if nearest is not None:
                    break
                continue
            if self._is_mark(item) or (item.table and not self.row[number].table):
                continue
            if item.kind == "control" and not self._opens_part(item):
                continue
            if self._is_framework(item.text):
                break
            name = name_of(item.text)
            if self._may_name(name, switched=item.role == "heading"):
                if nearest is None and item.role != "heading":
                    nearest = name
                elif nearest is None or (
                    item.role == "heading" and kinds_of(name) and len(plain(name)) < len(plain(nearest))
                ):
                    return name
            elif len(plain(item.text)) > LONGEST_NAME:
                break
        if nearest is not None:
            return nearest
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        named = after is not None and (
            after.kind == "text" or (after.kind == "control" and bool(kinds_of(after.text)) and self._opens_part(after))
        )
        if after is not None and named and self._may_name(after.text):
            return name_of(after.text)
        return None

    def _marks_row(self, number: int, item: Item) -> bool:
        """Whether an item of a table is the mark of a row that begins with a category's name."""
        return item.table and item.kind == "text" and self._is_mark(item) and bool(kinds_of(self._first_cell(number)))

    def _first_cell(self, number: int) -> str:
        """The words in the first cell of an item's row, where it is not that cell and they may be a name."""
        line = self.page.closest(self.row[number].node, _ROWS, 6)
        cells = self.page.css("td, th", line)[:1] if line is not None else []
        if not cells or self.page.contains(cells[0], self.row[number].node):
            return ""
        name = name_of(self.page.text(cells[0]))
        return name if self._may_name(name) else ""

    def _is_mark(self, item: Item) -> bool:
        """Whether an item is an "Always active" mark: a heading may be a category called "Required"."""
        return is_always_active(item.text) and not (item.role == "heading" and bool(kinds_of(item.text)))

    def _opens_part(self, item: Item) -> bool:
        """Whether a control may stand for its category: a button, or a link that leads nowhere, which opens its part."""
        if item.role == "link":
            href = self.page.attribute(item.node, "href")
            return bool(kinds_of(name_of(item.text))) and (not href or href.startswith(("#", "javascript:")))
        return item.role != "inline" and purpose_of(item.text) == "other"

    def _may_name(self, text: str, *, switched: bool = False) -> bool:
        """Whether words can be a category's name; those of a switch can be a mark too ("Required")."""
        words = plain(text)
        return (
            0 < len(words) <= LONGEST_NAME
            and any(c.isalpha() for c in text)
            and not text.rstrip().endswith((".", ";", ",", "?"))
            and ". " not in text
            and text.lower() not in POSITIONS
            and not _PLACEHOLDER.fullmatch(text)
            and not is_no_category(text)
            and not self._is_framework(text)
            and not (is_always_active(text) and not (switched and kinds_of(text)))
            and purpose_of(text) not in ENDS
        )

    def _is_framework(self, text: str) -> bool:
        """Whether words are a purpose of the IAB's framework, and no kind of the site's own that is worded like one."""
        return is_iab_purpose(text) and (self.framework or not kinds_of(text))

    def _names_a_switch(self, label: Node) -> bool:
        """Whether a label belongs to a switch, which then gives the name, or to a radio button, which is one answer of several."""
        target = self.page.by_id(self.page.attribute(label, "for")) if self.page.has(label, "for") else None
        own = target is not None and (is_toggle(target) or self.page.attribute(target, "type") == "radio")
        return own or bool(label.css("input[type=checkbox], input[type=radio], [role=switch]"))

    def _is_heading_of_kind(self, item: Item, *, listed: bool) -> bool:
        name = name_of(item.text)
        if item.table or not kinds_of(name) or not self._may_name(name) or len(plain(name)) > 10:
            return False
        if self._without_state(name) != name or (item.node.tag == "label" and self._names_a_switch(item.node)):
            return False
        if item.kind == "control":
            listed = item.role == "link" and name != item.text
            return (listed or item.role in {"tab", "button"}) and purpose_of(name) == "other"
        return item.kind == "text" and (
            listed or item.role in {"heading", "item", "label"} or named_as_title(self.page, item.node)
        )
