"""Services that a dialog lists under its categories: parts of them, each often with a switch of its own.

A list of services is an element whose id or class says so. It belongs to what stands right before it in an element
around both: the category's switch, or its heading. Services that stand under no category are the choices themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consentcheck.reading.roots import Root
from consentcheck.reading.tree import Node, handed_down

_LIST = re.compile(r"(?:services|apps)(?:_[a-z]{1,20})?$")
_HIGHEST = 3
"""Levels between a list and the element that holds it and its category's name."""
_NEAR = 12
"""Items before and after a list among which its category's name and other categories' switches are looked for."""


@dataclass(frozen=True, slots=True)
class Services:
    """One category's list: the item that names the category, and the items in the list (indices in the row)."""

    owner: int
    inside: tuple[int, ...]


def services_of(root: Root) -> tuple[Services, ...]:
    """The lists of services of a dialog, none where its services are its only choices."""
    lists: dict[int, tuple[Node, list[int]]] = {}
    known: dict[int, Node | None] = {root.node.mem_id: None}
    for number, item in enumerate(root.items):
        holder = _list_around(root, item.node, known)
        if holder is not None:
            lists.setdefault(holder.mem_id, (holder, []))[1].append(number)
    found = [
        Services(owner, tuple(numbers))
        for holder, numbers in lists.values()
        if (owner := _owner(root, holder, numbers)) is not None
    ]
    own_switch = any(root.items[each.owner].kind == "toggle" for each in found)
    return tuple(found) if len(found) > 1 or own_switch else ()


def _list_around(root: Root, node: Node, known: dict[int, Node | None]) -> Node | None:
    """The innermost list of services around an item; ``known`` keeps the answers."""

    def own(each: Node, around: Node | None) -> Node | None:
        names = (root.page.attribute(each, "id").lower(), *root.page.classes(each))
        return each if any(map(_LIST.search, names)) else around

    return handed_down(node, known, own, None)


def _owner(root: Root, holder: Node, inside: list[int]) -> int | None:
    """The item that names a list's category: the nearest switch, heading, or opening button before it, else the first item.

    None where the element around both holds the switches of more than one category.
    """
    above, first = holder.parent, inside[0]
    for _ in range(_HIGHEST):
        if above is None or above.mem_id == root.node.mem_id:
            return None
        before = [n for n in range(max(0, first - _NEAR), first) if root.page.contains(above, root.items[n].node)]
        if before:
            near = range(max(0, first - _NEAR), min(len(root.items), inside[-1] + _NEAR))
            beside = {_pair(root, n) for n in near if n not in inside and _switches(root, n, above)}
            named = (n for n in reversed(before) if _names_a_part(root, n))
            return next(named, before[0]) if len(beside) < 2 else None
        above = above.parent
    return None


def _switches(root: Root, number: int, above: Node) -> bool:
    item = root.items[number]
    return item.kind == "toggle" and root.page.contains(above, item.node)


def _pair(root: Root, number: int) -> int:
    """What the buttons of one switch have in common."""
    node = root.items[number].node
    return node.parent.mem_id if node.parent is not None else node.mem_id


def _names_a_part(root: Root, number: int) -> bool:
    item = root.items[number]
    opens = item.kind == "control" and root.page.has(item.node, "aria-expanded")
    return item.kind == "toggle" or opens or (item.kind == "text" and item.role == "heading")
