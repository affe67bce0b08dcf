"""The cookie categories of a dialog: names, switches, descriptions, cookies, and which stands under which.

A category's description is what follows its name until the next name, a button that decides, or the end of the element
that holds this category alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from consentcheck.knowledge.phrases import is_always_active, is_no_category, kinds_of, plain, purpose_of
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Passage
from consentcheck.model.words import Kind, Toggle
from consentcheck.reading.category_kinds import described_kind, rename_necessary
from consentcheck.reading.category_names import Found, Key, find_names
from consentcheck.reading.controls import control_of, toggle_state
from consentcheck.reading.cookie_tables import cookies_of
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.near_names import ENDS
from consentcheck.reading.roots import Root
from consentcheck.reading.services import services_of
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import is_radio, refuses

_ONE_SERVICE = re.compile(r"(?:^|[-_])(?:service|vendor|app|provider|subgroup|subgrp)$")
_PART = re.compile(r"child|nested|(?:^|[-_])(?:services?|vendors?|sub-?\w{0,12})$")
_PLACEHOLDER = re.compile(r"\{[a-z_]{2,30}\}")
MOST_CATEGORIES = 200


def categories_of(root: Root, foreign: frozenset[int]) -> tuple[Category, ...]:
    """The categories that a dialog discloses, in reading order; ``foreign`` items are no part of them."""
    return _Reader(root, foreign).read()


class _Reader:
    def __init__(self, root: Root, foreign: frozenset[int]) -> None:
        self.page: Page = root.page
        self.root = root
        self.row = root.items
        self.services = services_of(root)
        self.foreign = foreign.union(*(each.inside for each in self.services))
        self.raw = any(_PLACEHOLDER.fullmatch(i.text) for i in self.row if i.kind == "control")
        """A template that its script has not filled in yet: what its switches will show is not known."""

    def read(self) -> tuple[Category, ...]:
        found = find_names(self.root, self.foreign, self.services)
        if not found:
            return ()
        self._locate(found)
        parents = self._parents(found)
        ordered = sorted(found.values(), key=lambda f: f.own)[:MOST_CATEGORIES]
        made = [self._category(f, found, parents) for f in ordered]
        return tuple(rename_necessary(made))

    def _locate(self, found: dict[Key, Found]) -> None:
        """Choose where each name's description follows: the place with most words before the next name."""
        names = sorted((number, entry.key) for entry in found.values() for number in entry.at)
        following: dict[int, int] = {}
        for position, (number, key) in enumerate(names):
            end = next((n for n, other in names[position + 1 : position + 12] if other != key), len(self.row))
            following[number] = end
        for entry in found.values():
            if not entry.at:
                entry.own = entry.toggles[0]
                continue
            entry.own = max(entry.at, key=lambda n: self._worth(n, following[n], entry))
        marks: Counter[int] = Counter()
        for entry in found.values():
            self._mark_ancestors(marks, self.row[entry.own].node)
        for number, item in enumerate(self.row):
            if (
                number not in self.foreign
                and item.kind == "control"
                and item.role != "inline"
                and purpose_of(item.text) in ENDS
            ):
                self._mark_ancestors(marks, item.node)
        for entry in found.values():
            entry.scope = self._scope(marks, self.row[entry.own].node)

    def _worth(self, number: int, end: int, entry: Found) -> tuple[int, int, int]:
        words = sum(len(i.text) for i in self.row[number + 1 : min(end, number + 40)] if i.kind == "text")
        near = bisect_left(entry.toggles, number - 3)  # they are in the order of the row
        toggle = near < len(entry.toggles) and entry.toggles[near] <= number + 4
        return (int(words > 20 and toggle), min(words, 1000), -number)

    def _mark_ancestors(self, marks: Counter[int], node: Node) -> None:
        above: Node | None = node
        while above is not None and above.mem_id != self.root.node.mem_id:
            marks[above.mem_id] += 1
            above = above.parent

    def _scope(self, marks: Counter[int], node: Node) -> Node:
        """The outermost element that holds this name and no other, and no button that decides."""
        scope = node
        base = marks[node.mem_id]
        above: Node | None = node
        for _ in range(6):
            if above is None or above.mem_id == self.root.node.mem_id:
                break
            if any(_ONE_SERVICE.search(name) for name in self.page.classes(above)):
                return above
            above = above.parent
        while (
            scope.parent is not None
            and scope.parent.mem_id != self.root.node.mem_id
            and marks[scope.parent.mem_id] <= max(base, 1)
        ):
            scope = scope.parent
        return scope

    def _parents(self, found: dict[Key, Found]) -> dict[Key, str]:
        """A name stands under another when that one is the only one directly in an element that holds a list of further
        names, or when its own element says that it is a part (a group, a service) of the name before it."""
        holders: dict[int, list[Found]] = {}
        for entry in found.values():
            if entry.scope is not None and entry.scope.parent is not None:
                holders.setdefault(entry.scope.parent.mem_id, []).append(entry)
        parents: dict[Key, str] = {}
        for entry in found.values():
            parent = self._parent(entry, holders)
            if parent is not None:
                parents[entry.key] = parent.name
        return parents

    def _parent(self, entry: Found, holders: dict[int, list[Found]]) -> Found | None:
        scope = entry.scope
        if scope is None or scope.parent is None:
            return None
        part = self._is_part(scope)
        above = scope.parent if part else scope.parent.parent
        while above is not None and above.mem_id != self.root.node.mem_id:
            direct = [e for e in holders.get(above.mem_id, []) if e.key != entry.key]
            before = [e for e in direct if e.own < entry.own and not (e.scope and self._is_part(e.scope))]
            if len(before) == 1 and (part or (len(direct) == 1 and not before[0].marked)):
                return before[0]
            above = above.parent
        return None

    def _is_part(self, node: Node) -> bool:
        own = self.page.attribute(node, "role") == "group"
        return own or any(_PART.search(name) for name in self.page.classes(node))

    def _category(self, entry: Found, found: dict[Key, Found], parents: dict[Key, str]) -> Category:
        parent = parents.get(entry.key)
        children = [e for e in found.values() if parents.get(e.key) == entry.name]
        kinds = kinds_of(entry.name)
        region, described = self._region(entry, found, children)
        toggles = [self.row[n] for n in entry.toggles]
        switch = _best_toggle(self.page, toggles)
        locked = entry.marked or any(is_always_active(i.text) for i in region if i.kind == "text")
        state: Toggle = toggle_state(self.page, switch.node) if switch is not None and not locked else "none"
        if state == "off" and (self.raw or self._unanswered(toggles)):
            state = "unknown"
        enabled = not self._disabled(switch.node) if switch is not None and not locked else None
        if not locked and enabled is False and (state == "on" or (state == "unknown" and "necessary" in kinds)):
            locked, state = True, "none"
        passages = tuple(Passage(text=i.text, where=self.page.where(i.node, i.text), role=_role(i)) for i in described)
        holder = entry.scope or self.row[entry.own].node
        controls: tuple[Control, ...] = ()
        if switch is not None:
            controls = (control_of(self.page, switch, self.root.node, category=entry.name),)
        controls += tuple(
            control_of(self.page, i, self.root.node, category=entry.name)
            for i in region
            if i.kind == "control" and i.text
        )[:20]
        description = "\n".join(p.text for p in passages)
        kind: Kind = kinds[0] if kinds else described_kind(entry.key, description)
        return Category(
            name=entry.name,
            kind=kind,
            kinds=kinds or (kind,),
            description=description,
            passages=passages,
            always_active=locked,
            toggle=state,
            toggle_enabled=enabled,
            controls=controls,
            cookies=cookies_of(self.page, holder.parent if children and holder.parent is not None else holder)
            if not self._holds_children(entry, found)
            else (),
            parent=parent,
            where=self._where(entry),
        )

    def _where(self, entry: Found) -> Where:
        return self.page.where(self.row[entry.own].node, self.row[entry.own].text or entry.name)

    def _holds_children(self, entry: Found, found: dict[Key, Found]) -> bool:
        return entry.scope is None or (len(found) == 1 and entry.scope.mem_id == self.root.node.mem_id)

    def _unanswered(self, toggles: list[Item]) -> bool:
        """Whether the switch is a row of radio buttons of which none is chosen."""
        radios = [i for i in toggles if is_radio(self.page, i.node)]
        return bool(radios) and not any(toggle_state(self.page, i.node) == "on" for i in radios)

    def _disabled(self, node: Node) -> bool:
        layout = self.page.layout(node)
        if layout is not None and layout.disabled is not None:
            return layout.disabled
        return self.page.has(node, "disabled") or self.page.attribute(node, "aria-disabled") == "true"

    def _region(self, entry: Found, found: dict[Key, Found], children: list[Found]) -> tuple[list[Item], list[Item]]:
        """The items of this category after its name, and those of them that describe it."""
        starts = {n: e.key for e in found.values() for n in e.at}
        inside: list[Item] = []
        beyond: list[Item] = []
        left = False
        holder = entry.scope.parent if entry.scope is not None else None
        others = {e.scope.mem_id for e in found.values() if e.scope is not None and e.key != entry.key}
        flat = holder is not None and holder.mem_id == self.root.node.mem_id
        for number in range(entry.own + 1, min(len(self.row), entry.own + 400)):
            item = self.row[number]
            if number in self.foreign:
                continue
            if any(child.scope is not None and self.page.contains(child.scope, item.node) for child in children):
                left = True
                continue
            if starts.get(number, entry.key) != entry.key or self._ends(item):
                break
            left = left or (entry.scope is not None and not self.page.contains(entry.scope, item.node))
            if left and (
                holder is None
                or not self.page.contains(holder, item.node)
                or (flat and item.role == "heading")
                or _is_of_dialog(item)
                or self.page.stands_in(item.node, others, below=holder)
            ):
                break
            (beyond if left else inside).append(item)
        described = self._prose(entry, inside)
        if not described and beyond:
            described = self._prose(entry, beyond)
            return inside + beyond, described
        return inside, described

    def _ends(self, item: Item) -> bool:
        return item.kind == "control" and item.role != "inline" and purpose_of(item.text) in ENDS

    def _prose(self, entry: Found, row: list[Item]) -> list[Item]:
        return [
            i for i in row if i.kind == "text" and not i.table and plain(i.text) != entry.key and _describes(i.text)
        ]


def _is_of_dialog(item: Item) -> bool:
    """Whether a control outside a category's element does something to the dialog as a whole."""
    return item.kind == "control" and item.role != "inline" and purpose_of(item.text) not in {"other", "policy"}


def _describes(text: str) -> bool:
    """Whether words are a description: a sentence, however short, and no mark, title or template's label."""
    words = len(plain(text))
    return (words > 3 or (words > 1 and text.endswith("."))) and not is_always_active(text) and not is_no_category(text)


def _best_toggle(page: Page, toggles: list[Item]) -> Item | None:
    """The switch among several of one name: not one that only opens an accordion."""
    if not toggles:
        return None

    def rank(item: Item) -> int:
        own = f"{page.attribute(item.node, 'id')} {page.attribute(item.node, 'class')}".lower()
        opens = page.has(item.node, "aria-expanded") or own.split(" ")[0].endswith("-toggle") or "accordion" in own
        return (
            (4 if refuses(item.text) else 0) + (2 if opens else 0) + (0 if item.role in {"switch", "checkbox"} else 1)
        )

    return min(toggles, key=rank)


def _role(item: Item) -> str:
    return item.role if item.role in {"heading", "paragraph", "item", "label"} else "paragraph"
