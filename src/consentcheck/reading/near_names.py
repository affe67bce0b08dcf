"""What a switch or a mark that does not say its category stands beside, and whether words can be a category's name."""

from __future__ import annotations

import re

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_iab_purpose,
    is_no_category,
    kinds_of,
    plain,
    purpose_of,
)
from consentcheck.reading.items import Item
from consentcheck.reading.name_parts import POSITIONS, name_of, without_state
from consentcheck.reading.roots import Root
from consentcheck.reading.tree import Node

ENDS = frozenset({"accept-all", "decline-all", "save"})
"""Purposes of the buttons that no category goes beyond."""
LONGEST_NAME = 20
"""Words of the longest name."""
_PLACEHOLDER = re.compile(r"[\[{]{1,2}[^\[\]{}]{1,80}[\]}]{1,2}")
_TITLES = frozenset({"heading", "button", "tab"})
"""Roles of what may be called as a mark is: what names a part, or opens it."""
_OPENING = {"aria-expanded": ("true", "false"), "data-toggle": ("collapse",), "data-bs-toggle": ("collapse",)}
"""Attributes, and their values, of a button that opens a part of the dialog, whatever it says."""
_FEW = 8
"""Words of the longest name that is told by standing first alone."""
_NEAR = 12
"""Items around a switch among which its part's other switches are looked for."""
_ROWS = frozenset({"tr"})


class NearNames:
    """The names that stand near the items of one dialog."""

    def __init__(self, root: Root) -> None:
        self.page = root.page
        self.root = root
        self.row = root.items
        self.framework = len({plain(i.text) for i in self.row if is_iab_purpose(i.text)}) > 1
        """Whether purposes of the IAB's framework are listed: a single name like one of them is a category's own."""
        self.spoken = {
            plain(i.text)
            for i in self.row
            if (i.kind == "text" or i.role in {"button", "tab"})
            and i.kind != "toggle"
            and not i.table
            and len(i.text) < 200
        }

    def name_near(self, number: int) -> str | None:
        """The nearest short text before an item that may be a name, or the heading above that; else the one right after it.

        In a row of a table it is what the row's first cell says.
        """
        if self.row[number].table and (first := self._first_cell(number)):
            return first
        nearest: str | None = None
        for back in range(number - 1, max(-1, number - 5), -1):
            item = self.row[back]
            if item.kind == "toggle":
                name = without_state(name_of(item.text), self.spoken)
                if nearest is None and self.may_name(name):
                    return name
                if nearest is not None:
                    break
                continue
            if self.is_mark(item) or (item.table and not self.row[number].table):
                continue
            if item.kind == "control" and not self.opens_part(item):
                continue
            if self.is_framework(item.text):
                break
            name = name_of(item.text)
            if self.may_name(name, switched=item.role in _TITLES):
                if nearest is None and item.role != "heading":
                    nearest = name
                elif nearest is None or (
                    item.role == "heading" and kinds_of(name) and len(plain(name)) < len(plain(nearest))
                ):
                    return name
            elif len(plain(item.text)) > LONGEST_NAME:
                break
        nearest = self._first_of_part(number) or nearest
        if nearest is not None:
            return nearest
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        named = after is not None and (
            after.kind == "text" or (after.kind == "control" and bool(kinds_of(after.text)) and self.opens_part(after))
        )
        if after is not None and named and self.may_name(after.text):
            return name_of(after.text)
        return None

    def _first_of_part(self, number: int) -> str | None:
        """The first words, if few, of the outermost element around an item that holds no other switch or mark."""
        around = range(max(0, number - _NEAR), min(len(self.row), number + _NEAR))
        chosen = [n for n in around if self.row[n].kind == "toggle" or self.is_mark(self.row[n])]
        others = [n for n in chosen if n != number]
        part: Node | None = None
        above = self.row[number].node.parent
        while above is not None and above.mem_id != self.root.node.mem_id:
            if any(self.page.contains(above, self.row[n].node) for n in others):
                break
            part, above = above, above.parent
        begun = max((n for n in others if n < number), default=around.start - 1) + 1
        inside = (self.row[n] for n in range(begun, number) if part and self.page.contains(part, self.row[n].node))
        first = next((item for item in inside if item.text), None)
        if first is None or first.kind == "toggle" or (first.kind == "control" and not self.opens_part(first)):
            return None
        name = name_of(first.text)
        return name if len(plain(name)) <= _FEW and self.may_name(name, switched=first.role in _TITLES) else None

    def marks_row(self, number: int, item: Item) -> bool:
        """Whether an item of a table is the mark of a row that begins with a category's name."""
        return item.table and item.kind == "text" and self.is_mark(item) and bool(kinds_of(self._first_cell(number)))

    def _first_cell(self, number: int) -> str:
        """The words in the first cell of an item's row, where it is not that cell and they may be a name."""
        line = self.page.closest(self.row[number].node, _ROWS, 6)
        cells = self.page.css("td, th", line)[:1] if line is not None else []
        if not cells or self.page.contains(cells[0], self.row[number].node):
            return ""
        name = name_of(self.page.text(cells[0]))
        return name if self.may_name(name) else ""

    def is_mark(self, item: Item) -> bool:
        """Whether an item is an "Always active" mark: a heading or a button may be a category called "Required"."""
        return is_always_active(item.text) and not (item.role in _TITLES and bool(kinds_of(item.text)))

    def opens_part(self, item: Item) -> bool:
        """Whether a control may stand for its category: a button, or a link that leads nowhere, which opens its part."""
        if item.role == "link":
            href = self.page.attribute(item.node, "href")
            return bool(kinds_of(name_of(item.text))) and (not href or href.startswith(("#", "javascript:")))
        opens = any(self.page.attribute(item.node, key) in said for key, said in _OPENING.items())
        return item.role != "inline" and (purpose_of(item.text) == "other" or (opens and bool(kinds_of(item.text))))

    def may_name(self, text: str, *, switched: bool = False) -> bool:
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
            and not self.is_framework(text)
            and not (is_always_active(text) and not (switched and kinds_of(text)))
            and purpose_of(text) not in ENDS
        )

    def is_framework(self, text: str) -> bool:
        """Whether words are a purpose of the IAB's framework, and no kind of the site's own that is worded like one."""
        return is_iab_purpose(text) and (self.framework or not kinds_of(text))
