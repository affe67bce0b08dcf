"""One document of a DOM snapshot, in lists by node number: the browser's compact form made readable."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Box = tuple[float, float, float, float]
"""x, y, width, height in CSS pixels."""

ELEMENT, TEXT = 1, 3

STYLES = (
    "display", "visibility", "opacity", "position", "overflow-x", "overflow-y", "font-size", "font-weight", "color",
    "background-color", "background-image", "transform", "clip-path", "pointer-events",
)  # fmt: skip
"""Computed styles that are asked for, in the order in which the browser answers."""


@dataclass
class Tree:
    """Node numbers are in document order; a parent comes before its children. -1: no parent."""

    url: str
    title: str
    frame_id: str
    scroll: tuple[float, float]
    parents: list[int]
    types: list[int]
    names: list[str]
    """Element names in lower case."""
    values: list[str]
    backend: list[int]
    attributes: list[dict[str, str]]
    shadow: dict[int, str]
    """Node in a shadow tree -> open, closed or user-agent."""
    checked: frozenset[int]
    selected: frozenset[int]
    pseudo: frozenset[int]
    styles: dict[int, dict[str, str]] = field(default_factory=dict)
    boxes: dict[int, Box] = field(default_factory=dict)
    frames: dict[int, Tree] = field(default_factory=dict)
    """Frame element -> the document in it, when the same session has both."""

    def __post_init__(self) -> None:
        self.index_of = {backend: node for node, backend in enumerate(self.backend)}

    def is_within(self, node: int, ancestor: int) -> bool:
        """Whether the node is the ancestor or stands below it."""
        while node > ancestor:
            node = self.parents[node]
        return node == ancestor


def read_tree(raw: dict[str, Any], limit: int) -> list[Tree]:
    """``DOMSnapshot.captureSnapshot``'s answer as one tree a document; each document is cut at ``limit`` nodes."""
    strings: list[str] = raw["strings"]
    trees = [_document(document, strings, limit) for document in raw["documents"]]
    for tree, document in zip(trees, raw["documents"], strict=True):
        inner = document["nodes"].get("contentDocumentIndex", {"index": [], "value": []})
        tree.frames = {n: trees[d] for n, d in zip(inner["index"], inner["value"], strict=True) if n < limit}
    return trees


def _document(document: dict[str, Any], strings: list[str], limit: int) -> Tree:
    nodes = document["nodes"]
    attributes = [
        {
            strings[pairs[i]]: strings[pairs[i + 1]] if pairs[i + 1] >= 0 else ""
            for i in range(0, len(pairs), 2)
            if pairs[i] >= 0
        }
        for pairs in nodes["attributes"][:limit]
    ]
    shadow = nodes.get("shadowRootType", {"index": [], "value": []})
    tree = Tree(
        url=_string(strings, document["documentURL"]),
        title=_string(strings, document["title"]),
        frame_id=_string(strings, document["frameId"]),
        scroll=(float(document.get("scrollOffsetX", 0)), float(document.get("scrollOffsetY", 0))),
        parents=nodes["parentIndex"][:limit],
        types=nodes["nodeType"][:limit],
        names=[_string(strings, name).lower() for name in nodes["nodeName"][:limit]],
        values=[_string(strings, value) for value in nodes["nodeValue"][:limit]],
        backend=nodes["backendNodeId"][:limit],
        attributes=attributes,
        shadow={n: _string(strings, v) for n, v in zip(shadow["index"], shadow["value"], strict=True)},
        checked=frozenset(nodes.get("inputChecked", {}).get("index", ())),
        selected=frozenset(nodes.get("optionSelected", {}).get("index", ())),
        pseudo=frozenset(nodes.get("pseudoType", {}).get("index", ())),
    )
    layout = document["layout"]
    for node, styles, bounds in zip(layout["nodeIndex"], layout["styles"], layout["bounds"], strict=True):
        if node < limit and node not in tree.boxes:
            tree.boxes[node] = (bounds[0], bounds[1], bounds[2], bounds[3])
            if styles:
                tree.styles[node] = {name: _string(strings, s) for name, s in zip(STYLES, styles, strict=True)}
    return tree


def _string(strings: list[str], index: int) -> str:
    return strings[index] if 0 <= index < len(strings) else ""
