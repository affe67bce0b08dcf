"""A document as a tree: walking it, asking for attributes, and its text in blocks, in reading order.

Nodes are selectolax's lexbor nodes. Everything is told by markup alone; `reading.document` adds what was rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from selectolax.lexbor import LexborHTMLParser, LexborNode

from consentcheck.reading.flatten import flatten, wordset

Node = LexborNode
T = TypeVar("T")
BlockRole = Literal["heading", "paragraph", "item", "label"]

RAW = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "canvas", "svg", "math", "select"}
)
"""Elements whose text no one reads as prose."""
BLOCK = wordset(
    "address article aside blockquote body button caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html input label legend li main menu nav "
    "ol optgroup option p pre section select summary table tbody td textarea tfoot th thead tr ul "
    "cc-shadow"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "caption"})


def tidy(text: str) -> str:
    """Text with every run of white space (no-break and zero-width spaces too) made one space."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def stands_alone(node: Node) -> bool:
    """Whether an element's words are a block of their own: by its tag, or as what says that it is a heading."""
    return node.tag in BLOCK or (node.is_element_node and node.attributes.get("role") == "heading")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands together on the page, in reading order. ``node`` is the element that holds it."""

    text: str
    node: Node
    role: BlockRole = "paragraph"


class Tree:
    """A parsed HTML document."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(flatten(html).encode("utf-8", "replace"))
        self._ids: dict[str, Node] | None = None
        self._names: frozenset[str] | None = None

    @property
    def root(self) -> Node | None:
        """The ``html`` element."""
        return self.tree.root

    def css(self, selector: str, within: Node | None = None) -> list[Node]:
        """Elements that match a CSS selector, in document order."""
        return list(self.tree.css(selector) if within is None else within.css(selector))

    def attribute(self, node: Node, name: str) -> str:
        """An attribute's value, empty when it is absent or has none."""
        return node.attributes.get(name) or ""

    def has(self, node: Node, name: str) -> bool:
        """Whether the element carries the attribute, with or without a value."""
        return name in node.attributes

    def classes(self, node: Node) -> list[str]:
        """Class names in lower case."""
        return self.attribute(node, "class").lower().split()

    def by_id(self, name: str) -> Node | None:
        """The first element with an id."""
        if self._ids is None:
            self._ids = {}
            for node in self.tree.css("[id]"):
                self._ids.setdefault(node.id or "", node)
        return self._ids.get(name)

    @property
    def names(self) -> frozenset[str]:
        """All ids and class names in lower case: a selector that asks for any other finds nothing."""
        if self._names is None:
            ids = {node.id or "" for node in self.tree.css("[id]")}
            classes = {node.attributes["class"] or "" for node in self.tree.css("[class]")}
            self._names = frozenset(" ".join(ids | classes).lower().split())
        return self._names

    def walk(self, top: Node) -> Iterator[Node]:
        """Elements and text nodes below ``top`` in reading order, without scripts, styles and the like."""
        node: Node | None = top.first_child
        end = top.mem_id
        while node is not None:
            skip = node.tag in RAW
            if not skip and not node.is_comment_node:
                yield node
            following = None if skip else node.first_child
            while following is None and node is not None:
                following = node.next
                if following is None:
                    node = node.parent
                    if node is None or node.mem_id == end:
                        return
            node = following

    def closest(self, node: Node, tags: frozenset[str], levels: int = 40) -> Node | None:
        """The nearest ancestor with one of the tags, at most so many levels up."""
        above = node.parent
        while above is not None and levels > 0:
            if above.tag in tags:
                return above
            above = above.parent
            levels -= 1
        return None

    def contains(self, outer: Node, inner: Node) -> bool:
        """Whether ``inner`` is ``outer`` or stands in it."""
        return self.stands_in(inner, {outer.mem_id})

    def stands_in(self, node: Node, outers: Collection[int], below: Node | None = None) -> bool:
        """Whether a node, or an element around it and in ``below``, is among those of these ids."""
        end = below.mem_id if below is not None else None
        above: Node | None = node
        while above is not None and above.mem_id != end:
            if above.mem_id in outers:
                return True
            above = above.parent
        return False

    def blocks(self, top: Node, tells: Callable[[str], bool] | None = None) -> list[Block]:
        """The element's text cut at block elements, in reading order; a button is a block of its own.

        With ``tells`` only of those stretches between the beginnings of blocks of which it holds.
        """
        found: list[Block] = []
        stretch: list[tuple[Node, str]] = []
        holders = {top.mem_id: top}
        skipped_to: int | None = None

        def close() -> None:
            if tells is None or tells("".join([words for _, words in stretch])):
                found.extend(self._runs(stretch, top, holders))
            stretch.clear()

        for node in top.traverse(include_text=True):
            if skipped_to is not None:
                if node.mem_id != skipped_to:
                    continue
                skipped_to = None
            if node.is_text_node:
                words = node.text_content or ""
                if stretch or words.strip():
                    stretch.append((node, words))
                continue
            tag = node.tag
            if tag in RAW and node.mem_id != top.mem_id:
                skipped_to = _following(node, top)
            elif stretch and (tag == "br" or stands_alone(node)):
                close()
        if stretch:
            close()
        return found

    def _runs(self, stretch: list[tuple[Node, str]], top: Node, holders: dict[int, Node]) -> Iterator[Block]:
        """The blocks of a stretch of text in which none begins: each ends where the nearest block is another one."""
        runs: list[tuple[Node, list[str]]] = []
        for node, words in stretch:
            if words.strip():
                holder = _holder(node, top, holders)
                if not runs or runs[-1][0] is not holder:
                    runs.append((holder, []))
            if runs:
                runs[-1][1].append(words)
        for holder, parts in runs:
            if text := tidy("".join(parts)):
                yield Block(text, holder, self.block_role(holder))

    def walk_with_ends(self, top: Node) -> Iterator[Node | None]:
        """As `walk`, with None at the end of each element; a list to choose from is there without its options."""
        node: Node | None = top.first_child
        end = top.mem_id
        while node is not None:
            closed = node.tag == "select"
            skip = (node.tag in RAW and not closed) or node.is_comment_node
            if not skip:
                yield node
            following = None if skip or closed else node.first_child
            if following is None and not skip and not node.is_text_node:
                yield None
            while following is None and node is not None:
                following = node.next
                if following is None:
                    node = node.parent
                    if node is None or node.mem_id == end:
                        return
                    yield None
            node = following

    def block_of(self, node: Node, top: Node) -> Node:
        """The nearest block element around a node, ``top`` at the highest."""
        above = node.parent
        while above is not None and above.mem_id != top.mem_id and not stands_alone(above):
            above = above.parent
        return above or top

    def block_role(self, node: Node) -> BlockRole:
        """What a block element's text is: a heading, an entry of a list, a label, or a paragraph."""
        tag = node.tag or ""
        if tag in HEADINGS or self.attribute(node, "role") == "heading":
            return "heading"
        if tag in {"li", "dd", "dt"}:
            return "item"
        return "label" if tag in {"label", "button", "td", "th"} else "paragraph"


def _holder(node: Node, top: Node, holders: dict[int, Node]) -> Node:
    """The nearest block around a node below ``top``; ``holders`` remembers it for each element that was asked about."""
    passed: list[int] = []
    around = node.parent or top
    while around.mem_id not in holders and not stands_alone(around):
        passed.append(around.mem_id)
        around = around.parent or top
    found = holders.setdefault(around.mem_id, around)
    holders.update(dict.fromkeys(passed, found))
    return found


def _following(node: Node, top: Node) -> int:
    """The id of what comes after an element and all that is in it; 0, which is no node's, at the end of ``top``."""
    at: Node | None = node
    while at is not None and at.mem_id != top.mem_id:
        if at.next is not None:
            return int(at.next.mem_id)
        at = at.parent
    return 0


def handed_down(node: Node, known: dict[int, T], own: Callable[[Node, T], T], top: T) -> T:
    """What an element has by itself or from those around it: ``own(element, what is around)``, asked once for each.

    ``known`` holds the answers by id, also for later calls; ``top`` is what the document's outermost element finds around it.
    """
    chain: list[Node] = []
    at: Node | None = node
    while at is not None and at.mem_id not in known:
        chain.append(at)
        at = at.parent
    found = known[at.mem_id] if at is not None else top
    for each in reversed(chain):
        found = known[each.mem_id] = own(each, found)
    return found


def innermost_around(nodes: Sequence[Node], top: Node) -> Node:
    """The innermost element that is or holds all of the nodes, which stand in ``top``."""
    chain: list[Node] = []
    at: Node | None = nodes[0] if nodes else top
    while at is not None and at.mem_id != top.mem_id:
        chain.append(at)
        at = at.parent
    chain.append(top)
    levels = {node.mem_id: level for level, node in enumerate(chain)}
    passed: set[int] = set()
    highest = 0
    for node in nodes[1:]:
        at = node
        while at is not None and at.mem_id not in levels and at.mem_id not in passed:
            passed.add(at.mem_id)
            at = at.parent
        highest = max(highest, levels.get(at.mem_id, 0) if at is not None else 0)
    return chain[highest]
