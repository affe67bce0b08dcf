"""A document as a tree: walking it, asking for attributes, and its text in blocks, in reading order.

Nodes are selectolax's lexbor nodes. Everything is told by markup alone; `reading.document` adds what was rendered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from consentcheck.reading.flatten import flatten, wordset

Node = LexborNode
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
                self._ids.setdefault(self.attribute(node, "id"), node)
        return self._ids.get(name)

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
        node: Node | None = inner
        while node is not None:
            if node.mem_id == outer.mem_id:
                return True
            node = node.parent
        return False

    def blocks(self, top: Node) -> list[Block]:
        """The element's text cut at block elements, in reading order; a button is a block of its own."""
        found: list[Block] = []
        parts: list[str] = []
        holder: Node = top

        def close() -> None:
            if not parts:
                return
            text = tidy("".join(parts))
            parts.clear()
            if text:
                found.append(Block(text, holder, self.block_role(holder)))

        depth_of: list[int] = []
        for node in self.walk_with_ends(top):
            if node is None:
                if depth_of and depth_of.pop():
                    close()
                continue
            if node.is_text_node:
                words = node.text_content or ""
                if not parts and words.strip():
                    holder = self.block_of(node, top)
                if parts or words.strip():
                    parts.append(words)
                continue
            is_block = stands_alone(node)
            if is_block or node.tag == "br":
                close()
            depth_of.append(is_block)
        close()
        return found

    def walk_with_ends(self, top: Node) -> Iterator[Node | None]:
        """As `walk`, with None at the end of each element."""
        node: Node | None = top.first_child
        end = top.mem_id
        while node is not None:
            skip = node.tag in RAW or node.is_comment_node
            if not skip:
                yield node
            following = None if skip else node.first_child
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
