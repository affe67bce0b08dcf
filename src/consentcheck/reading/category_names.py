"""Where a dialog's categories are named.

A name is what a switch is called, what stands before an "Always active" mark, or a heading that names a kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_iab_purpose,
    is_no_category,
    kinds_of,
    plain,
    purpose_of,
)
from consentcheck.reading.flatten import wordset
from consentcheck.reading.items import Item
from consentcheck.reading.questions import question_of
from consentcheck.reading.roots import Root
from consentcheck.reading.titles import named_as_title, title_items
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import POSITIONS, is_toggle

LONGEST_NAME = 20
"""Words of the longest name."""
ENDS = frozenset({"accept-all", "decline-all", "save"})
"""Purposes of the buttons that no category goes beyond."""
_COUNT = re.compile(
    r"\s{0,3}(?:\(\d{1,4}\)|\d{1,4} ?(?:services?|cookies?|vendors?|partners?|providers?|items?))$", re.IGNORECASE
)

_GLUED = re.compile(r"(?<=[a-z])(?=Always |\d{1,3}$)")
"""Where a mark or a count stands right against a name: each was an element of its own."""
_PLACEHOLDER = re.compile(r"[\[{]{1,2}[^\[\]{}]{1,80}[\]}]{1,2}")

_VERBS = wordset("enable disable toggle accept allow reject deny agree disagree expand switch collapse select activate") | {
    "agree to", "disagree to", "consent to", "turn on", "turn off", "object to", "opt in to", "opt out of", "switch for", "toggle for",
}  # fmt: skip
"""What a switch may say that it does, before its name."""
_NO_NAMES = frozenset({"toggle", "enable", "disable", "switch for", "toggle for"})
"""Those of them with which no category's name begins."""

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
    text = _GLUED.sub(" ", _COUNT.sub("", text) or text)
    words = text.split()
    if 1 < len(words) <= 4 and words[-1].isdigit() and kinds_of(" ".join(words[:-1])):
        words = words[:-1]
        text = " ".join(words)
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
            and words[-last - 1].lower() not in {"is", "are", "be", "being", "remain", "stay"}
        ):
            return " ".join(words[:-last]).strip(" -–:"), True
    return text, False


def name_of(text: str) -> str:
    """A category's name without what stands at its end; a heading and its switch's label run together are said once."""
    name = split_name(text)[0]
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] and kinds_of(name) else name


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
        self.alone = 1 if root.surface == "cookie-list" else 2
        """Headings that make categories by themselves, without a switch or a mark."""
        self.titles = title_items(root)
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
            elif not item.table and (item.kind == "text" or is_marked(item.text)):
                self._take_mark(found, number, item)
        headings = [
            n
            for n, item in enumerate(self.row)
            if n not in self.foreign and n not in self.titles and self._is_heading_of_kind(item)
        ]
        headings = _below_the_first(self.row, headings, found)
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
        name = self._of_heading(number, self._without_state(name_of(item.text)))
        if is_iab_purpose(name):
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

    def _without_state(self, name: str) -> str:
        """A switch's name without its position or what it does, where the rest stands in the dialog as a heading does."""
        words = name.split()
        for count in (1, 2, 3):
            rest, verb = " ".join(words[count:]), " ".join(words[:count]).lower().rstrip(":")
            if verb in _VERBS and (plain(rest) in self.spoken or (verb in _NO_NAMES and kinds_of(rest))):
                return rest
        for count in (1, 2):
            rest = " ".join(words[:-count])
            if " ".join(words[-count:]).lower().strip(".:()") in POSITIONS and plain(rest) in self.spoken:
                return rest.rstrip(" -–:,")
        return name

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
        """The nearest short text before an item that may be a name; else the one right after it."""
        for back in range(number - 1, max(-1, number - 5), -1):
            item = self.row[back]
            if item.kind == "toggle":
                name = self._without_state(name_of(item.text))
                if self._may_name(name):
                    return name
                continue
            if self._is_mark(item) or (item.table and not self.row[number].table):
                continue
            if item.kind == "control" and not self._opens_part(item):
                continue
            if is_iab_purpose(item.text):
                return None
            if self._may_name(name_of(item.text), switched=item.role == "heading"):
                return name_of(item.text)
            if len(plain(item.text)) > LONGEST_NAME:
                break
        after = self.row[number + 1] if number + 1 < len(self.row) else None
        named = after is not None and (
            after.kind == "text" or (after.kind == "control" and bool(kinds_of(after.text)) and self._opens_part(after))
        )
        if after is not None and named and self._may_name(after.text):
            return name_of(after.text)
        return None

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
            and not is_iab_purpose(text)
            and not (is_always_active(text) and not (switched and kinds_of(text)))
            and purpose_of(text) not in ENDS
        )

    def _names_a_switch(self, label: Node) -> bool:
        """Whether a label belongs to a switch, which then gives the name, or to a radio button, which is one answer of several."""
        target = self.page.by_id(self.page.attribute(label, "for")) if self.page.has(label, "for") else None
        own = target is not None and (is_toggle(target) or self.page.attribute(target, "type") == "radio")
        return own or bool(label.css("input[type=checkbox], input[type=radio], [role=switch]"))

    def _is_heading_of_kind(self, item: Item) -> bool:
        name = name_of(item.text)
        if item.table or not kinds_of(name) or not self._may_name(name) or len(plain(name)) > 10:
            return False
        if self._without_state(name) != name or (item.node.tag == "label" and self._names_a_switch(item.node)):
            return False
        if item.kind == "control":
            listed = item.role == "link" and name != item.text
            return (listed or item.role in {"tab", "button"}) and purpose_of(name) == "other"
        return item.kind == "text" and (
            item.role in {"heading", "item", "label"} or named_as_title(self.page, item.node)
        )


def _below_the_first(row: Sequence[Item], headings: list[int], found: dict[Key, Found]) -> list[int]:
    """The headings without a first one that stands above all others in rank and has no switch: the dialog's title."""
    if len(headings) < 2 or plain(name_of(row[headings[0]].text)) in found:
        return headings
    first, *others = (_rank(row[number]) for number in headings)
    spoken = any(item.kind == "text" and item.role == "heading" for item in row[: headings[0]])
    return headings[1:] if not spoken and all(first < other for other in others) else headings


def _rank(item: Item) -> int:
    """Level of a heading; what has none ranks below all."""
    tag = item.node.tag or ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 9
