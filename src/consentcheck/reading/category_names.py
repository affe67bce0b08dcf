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
from consentcheck.reading.document import Node, Page
from consentcheck.reading.items import Item
from consentcheck.reading.roots import Root

LONGEST_NAME = 20
"""Words of the longest name."""
ENDS = frozenset({"accept-all", "decline-all", "save"})
"""Purposes of the buttons that no category goes beyond."""
_COUNT = re.compile(
    r"\s{0,3}(?:\(\d{1,4}\)|\d{1,4} ?(?:services?|cookies?|vendors?|partners?|providers?|items?))$", re.IGNORECASE
)

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


def split_name(text: str) -> tuple[str, bool]:
    """A category's name without what stands at its end, and whether that was an "Always active" mark.

    At the end stand a mark, a switch's position, or a count of services.
    """
    text = _COUNT.sub("", text) or text
    words = text.split()
    if len(words) > 1 and words[-1].lower() in {"enabled", "disabled"}:
        words = words[:-1]
        text = " ".join(words)
    for cut in (" - ", " – ", ": ", "("):
        head, found, tail = text.rpartition(cut)
        if found and is_always_active(tail) and len(plain(tail)) > 1 and head.strip() and not is_always_active(head):
            return head.strip(), True
    for last in (2, 3):
        if (
            len(words) > last
            and is_always_active(" ".join(words[-last:]))
            and words[-last].lower() in {"always", "siempre"}
        ):
            return " ".join(words[:-last]).strip(" -–:"), True
    return text, False


def name_of(text: str) -> str:
    """A category's name without what stands at its end."""
    return split_name(text)[0]


def is_marked(text: str) -> bool:
    """Whether a name ends in a mark that its category cannot be switched off."""
    return split_name(text)[1]


def find_names(root: Root, foreign: frozenset[int]) -> dict[Key, Found]:
    """The names in a dialog, each with the items where it stands; ``foreign`` items are left out."""
    return _Names(root, foreign).find()


class _Names:
    def __init__(self, root: Root, foreign: frozenset[int]) -> None:
        self.page = root.page
        self.row = root.items
        self.foreign = foreign

    def find(self) -> dict[Key, Found]:
        found: dict[Key, Found] = {}
        for number, item in enumerate(self.row):
            if number in self.foreign:
                continue
            if item.kind == "toggle":
                self._take_toggle(found, number, item)
            elif item.kind == "text" and not item.table:
                self._take_mark(found, number, item)
        headings = [n for n, item in enumerate(self.row) if n not in self.foreign and self._is_heading_of_kind(item)]
        keys = {plain(name_of(self.row[n].text)) for n in headings}
        if found or len(keys) >= 2:
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
        name = name_of(item.text)
        if not self._may_name(name):
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

    def _take_mark(self, found: dict[Key, Found], number: int, item: Item) -> None:
        name, marked = split_name(item.text)
        if marked and self._may_name(name):
            found.setdefault(plain(name), Found(plain(name), name)).marked = True
        elif is_always_active(item.text):
            near = self._name_near(number)
            if near is not None:
                found.setdefault(plain(near), Found(plain(near), near)).marked = True

    def _name_near(self, number: int) -> str | None:
        """The nearest short text before an item that may be a name; else the one right after it."""
        for back in range(number - 1, max(-1, number - 5), -1):
            item = self.row[back]
            if item.kind == "toggle":
                name = name_of(item.text)
                if self._may_name(name):
                    return name
                continue
            if is_always_active(item.text):
                continue
            if item.kind == "control" and (item.role in {"inline", "link"} or purpose_of(item.text) != "other"):
                continue
            if self._may_name(item.text):
                return name_of(item.text)
            if len(plain(item.text)) > LONGEST_NAME:
                break
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        if after is not None and after.kind == "text" and self._may_name(after.text):
            return name_of(after.text)
        return None

    def _may_name(self, text: str) -> bool:
        words = plain(text)
        return (
            0 < len(words) <= LONGEST_NAME
            and any(c.isalpha() for c in text)
            and not text.rstrip().endswith((".", ";", ","))
            and not is_no_category(text)
            and not is_iab_purpose(text)
            and not is_always_active(text)
            and purpose_of(text) not in ENDS
        )

    def _is_heading_of_kind(self, item: Item) -> bool:
        name = name_of(item.text)
        if item.table or not kinds_of(name) or not self._may_name(name) or len(plain(name)) > 10:
            return False
        if item.kind == "control":
            return item.role in {"tab", "button"} and purpose_of(name) == "other"
        return item.kind == "text" and (
            item.role in {"heading", "item", "label"} or _named_as_title(self.page, item.node)
        )


def _named_as_title(page: Page, node: Node) -> bool:
    for candidate in (node, node.parent):
        if candidate is None:
            return False
        own = f"{page.attribute(candidate, 'class')} {page.attribute(candidate, 'id')}".lower()
        if "desc" in own:
            return False
        if any(word in own for word in ("title", "header", "heading", "name")):
            return True
    return False
