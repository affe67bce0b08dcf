"""Dialogs that hold two layers at once: the preferences, and behind a tab or further down the list of cookies.

Only a list of cookies is a layer of its own: tabs that each hold one category, or the explanation of the switches beside
them, are parts of one layer.
"""

from __future__ import annotations

from dataclasses import replace

from consentcheck.knowledge.phrases import is_list_title, kinds_of, purpose_of
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.regions import foreign_items
from consentcheck.reading.roots import DECIDING, Root
from consentcheck.reading.tree import Node, handed_down

_TABS = "[role=tab][aria-controls]"
_HIGHEST = 6
"""Levels that a list's section may stand above its heading."""


def layers_of(root: Root) -> tuple[Root, ...]:
    """The dialog as its layers: itself, or what remains of it and then its list of cookies."""
    return tuple(layer for part in _pages_of(root) for layer in _with_list(part))


def _pages_of(root: Root) -> tuple[Root, ...]:
    """The dialog, and apart from it what it hides until a button of its own shows it: switches, with a button that saves
    or decides on all of them."""
    known: dict[int, Node | None] = {root.core.mem_id: None}
    toggles = [item.node for item in root.items if item.kind == "toggle"]
    if root.page.document.layout is not None or not any(_hidden_around(root.page, node, known) for node in toggles):
        return (root,)
    hidden: dict[int, Node] = {}
    inside: dict[int, list[Item]] = {}
    foreign = foreign_items(root)
    for number, item in enumerate(root.items):
        if number not in foreign and (node := _hidden_around(root.page, item.node, known)) is not None:
            hidden[node.mem_id] = node
            inside.setdefault(node.mem_id, []).append(item)
    pages = {
        key: row
        for key, row in inside.items()
        if any(i.kind == "toggle" for i in row)
        and any(i.kind == "control" and purpose_of(i.text) in DECIDING | {"save"} for i in row)
    }
    apart = {id(item) for row in pages.values() for item in row}
    rest = tuple(item for item in root.items if id(item) not in apart)
    if not pages or not any(item.kind == "control" and purpose_of(item.text) in DECIDING for item in rest):
        return (root,)
    return (replace(root, items=rest), *(Root(root.page, hidden[key], tuple(row)) for key, row in pages.items()))


def _hidden_around(page: Page, node: Node, known: dict[int, Node | None]) -> Node | None:
    """The outermost element in the dialog that hides a node; ``known`` keeps the answers, and begins with the dialog."""
    return handed_down(node, known, lambda each, around: around or (each if page.hides(each) else None), None)


def _with_list(root: Root) -> tuple[Root, ...]:
    panel = _list_panel(root)
    if panel is None:
        return (root,)
    inside = [_inside(root.page, panel, item) for item in root.items]
    listed = tuple(item for item, within in zip(root.items, inside, strict=True) if within)
    rest = tuple(item for item, within in zip(root.items, inside, strict=True) if not within)
    if not _chooses(rest) or not _lists(listed):
        return (root,)
    return (
        replace(root, items=rest, panels=tuple(p for p in _panels(root) if p.mem_id != panel.mem_id)),
        Root(root.page, panel, listed, surface="cookie-list"),
    )


def _list_panel(root: Root) -> Node | None:
    """The element that holds the list: the panel of a tab that promises one, else the section under such a heading."""
    page, panels = root.page, _panels(root)
    tabs = {page.attribute(tab, "aria-controls"): tab for tab in reversed(page.css(_TABS))} if panels else {}
    for panel in panels:
        if is_list_title(_label(page, panel, tabs)):
            return panel
    titles = [
        number
        for number, item in enumerate(root.items)
        if item.kind == "text" and item.role == "heading" and is_list_title(item.text)
    ]
    foreign = foreign_items(root) if titles else frozenset()
    own = next((number for number in titles if number not in foreign), None)
    return _section(root, root.items[own]) if own is not None else None


def _panels(root: Root) -> tuple[Node, ...]:
    """Panels of tabs, none inside another."""
    found: dict[int, Node] = {node.mem_id: node for node in root.page.css("[role=tabpanel]", root.node)}
    for tab in root.page.css(_TABS, root.node):
        target = root.page.by_id(root.page.attribute(tab, "aria-controls"))
        if target is not None and root.page.contains(root.node, target):
            found.setdefault(target.mem_id, target)
    return tuple(node for node in found.values() if node.parent is None or not root.page.stands_in(node.parent, found))


def _label(page: Page, panel: Node, tabs: dict[str, Node]) -> str:
    """What a panel is called; ``tabs`` are the page's, by the id of what they control."""
    tab = page.by_id(page.attribute(panel, "aria-labelledby"))
    if tab is None and (own := page.attribute(panel, "id")):
        tab = tabs.get(own)
    return page.attribute(panel, "aria-label") or (page.text(tab) if tab is not None else "")


def _section(root: Root, heading: Item) -> Node | None:
    """The outermost element around a heading in which nothing is chosen."""
    found: Node | None = None
    node = heading.node.parent
    for _ in range(_HIGHEST):
        if node is None or node.mem_id == root.node.mem_id:
            break
        if _chooses(tuple(item for item in root.items if _inside(root.page, node, item))):
            break
        found, node = node, node.parent
    return found


def _inside(page: Page, outer: Node, item: Item) -> bool:
    return page.contains(outer, item.node)


def _chooses(row: tuple[Item, ...]) -> bool:
    return any(
        item.kind == "toggle" or (item.kind == "control" and purpose_of(item.text) in DECIDING | {"save"})
        for item in row
    )


def _lists(row: tuple[Item, ...]) -> bool:
    """Whether the items are a list of cookies: kinds as headings or a table, and no switch."""
    headings = sum(item.kind == "text" and not item.table and bool(kinds_of(item.text)) for item in row)
    return not any(item.kind == "toggle" for item in row) and (headings > 0 or any(item.table for item in row))
