"""A rendered or saved document, parsed: text, names, roles, visibility and places of its elements.

`parse` makes a `Page` of a `model.evidence.Document`; a page answers questions about its nodes (selectolax's lexbor
nodes) and remembers the answers, so that asking about every node of a document stays linear. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from consentcheck.model.base import Where
from consentcheck.model.evidence import Document, Layout
from consentcheck.model.words import Surface
from consentcheck.reading.flatten import flatten, wordset
from consentcheck.reading.selectors import SHADOW, Selectors

Node = LexborNode
Landmark = Literal["header", "footer", "navigation", "main", "article", "dialog"]
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
HIDING_CLASSES = wordset(
    "ot-hide ot-hidden ot-scrn-rdr hide hidden is-hidden d-none visually-hidden visuallyhidden sr-only "
    "screen-reader-text cky-hide cky-hidden cmplz-hidden cli-hide u-hidden display-none invisible "
    "screen-reader-only"
)
_HIDING_STYLE = re.compile(
    r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|opacity\s{0,4}:\s{0,4}0(?![.\d]))", re.I
)
_NEVER_DRAWN = frozenset({SHADOW, "html"})
_LANDMARK_TAGS: dict[str, Landmark] = {
    "header": "header", "footer": "footer", "nav": "navigation", "main": "main", "article": "article",
    "dialog": "dialog",
}  # fmt: skip
_LANDMARK_ROLES: dict[str, Landmark] = {
    "banner": "header", "contentinfo": "footer", "navigation": "navigation", "main": "main", "article": "article",
    "dialog": "dialog", "alertdialog": "dialog",
}  # fmt: skip
_LANDMARK_WORDS: tuple[tuple[str, Landmark], ...] = (
    ("footer", "footer"),
    ("header", "header"),
    ("navbar", "navigation"),
)
_ROLES = {
    "a": "link", "button": "button", "nav": "navigation", "dialog": "dialog", "summary": "button", "select": "combobox",
    "textarea": "textbox", "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "li": "listitem", "table": "table", "tr": "row", "img": "img", "form": "form", "iframe": "iframe",
}  # fmt: skip
_INPUT_ROLES = {
    "button": "button", "submit": "button", "reset": "button", "image": "button", "checkbox": "checkbox",
    "radio": "radio",
    "hidden": "none", "range": "slider", "search": "searchbox",
}  # fmt: skip


def tidy(text: str) -> str:
    """Text with every run of white space (no-break and zero-width spaces too) made one space."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that stands together on the page, in reading order. ``node`` is the element that holds it."""

    text: str
    node: Node
    role: BlockRole = "paragraph"


class Page:
    """One parsed document. Nodes are selectolax nodes of this page's tree."""

    def __init__(self, document: Document) -> None:
        self.document = document
        html = flatten(document.html)
        self.tree = LexborHTMLParser(html.encode("utf-8", "replace"))
        self._layout = document.layout
        self._visible: dict[int, bool | None] = {}
        self._landmarks: dict[int, Landmark | None] = {}
        self._selectors = Selectors()
        self._labels: dict[str, Node] | None = None
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

    def text(self, node: Node, *, shown: bool = False) -> str:
        """Words of an element, white space tidied. ``shown``: without what is known to be hidden inside it."""
        parts: list[str] = []
        for item in self._texts(node, shown):
            parts.append(item)
        return tidy("".join(parts))

    def _texts(self, top: Node, shown: bool) -> Iterator[str]:
        for node in self.walk(top):
            if node.is_text_node:
                if (
                    shown
                    and node.parent is not None
                    and node.parent.mem_id != top.mem_id
                    and self.visible(node.parent) is False
                ):
                    continue
                yield node.text_content or ""
            elif node.tag in BLOCK or node.tag == "br":
                yield " "

    def role(self, node: Node) -> str:
        """Role as written, else the element's own (``button``, ``link``, ``checkbox`` ...); empty when it has none."""
        written = self.attribute(node, "role").strip().lower()
        if written:
            return written.split()[0]
        tag = node.tag or ""
        if tag == "input":
            return _INPUT_ROLES.get(self.attribute(node, "type").strip().lower(), "textbox")
        if tag == "a" and not self.has(node, "href"):
            return ""
        return _ROLES.get(tag, "")

    def name(self, node: Node) -> str:
        """Accessible name: labelled-by, label, own label element, words, alternative text, title."""
        layout = self.layout(node)
        if layout is not None and layout.name:
            return tidy(layout.name)
        attributes = node.attributes
        for reference in (attributes.get("aria-labelledby") or "").split()[:4]:
            target = self.by_id(reference)
            if target is not None and (words := self.text(target)):
                return words
        for key in ("aria-label", "alt"):
            if words := tidy(attributes.get(key) or ""):
                return words
        if node.tag == "input":
            words = tidy(attributes.get("value") or "") if self.role(node) == "button" else self.label(node)
        else:
            words = self.text(node)
        return words or self._picture_name(node) or tidy(attributes.get("title") or "")

    def _picture_name(self, node: Node) -> str:
        for picture in node.css("img[alt], svg[aria-label], [aria-label], svg title")[:4]:
            words = (
                picture.text()
                if picture.tag == "title"
                else picture.attributes.get("alt") or picture.attributes.get("aria-label")
            )
            if words and tidy(words):
                return tidy(words)
        return ""

    def label(self, node: Node) -> str:
        """Words of the ``label`` that belongs to an input, empty when it has none."""
        if self._labels is None:
            self._labels = {}
            for label in self.tree.css("label[for]"):
                self._labels.setdefault(self.attribute(label, "for"), label)
        found = self._labels.get(self.attribute(node, "id"))
        if found is None:
            found = self.closest(node, frozenset({"label"}), 4)
        return self.text(found) if found is not None else ""

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

    def layout(self, node: Node) -> Layout | None:
        """How the element was rendered; None for a saved page or an element without a box."""
        if self._layout is None:
            return None
        return self._layout.get(self.attribute(node, "data-cc"))

    def key(self, node: Node) -> str | None:
        """``<frame>/<data-cc>``: what a driver clicks; None for a saved page."""
        own = self.attribute(node, "data-cc")
        return f"{self.document.frame}/{own}" if own and self._layout is not None else None

    def visible(self, node: Node) -> bool | None:
        """Whether a person sees the element: the layout says; without one, False if the markup hides it, else None."""
        chain: list[Node] = []
        above: Node | None = node
        known: bool | None = None
        while above is not None:
            if above.mem_id in self._visible:
                known = self._visible[above.mem_id]
                break
            chain.append(above)
            above = above.parent
        for item in reversed(chain):
            known = self._visible_itself(item, known)
            self._visible[item.mem_id] = known
        return known

    def _visible_itself(self, node: Node, parent: bool | None) -> bool | None:
        if self._layout is not None:
            layout = self.layout(node)
            if layout is None:
                return False if node.is_element_node and node.tag not in _NEVER_DRAWN else parent
            return layout.visible
        if parent is False or not node.is_element_node:
            return parent
        return False if self.hides(node) else None

    def hides(self, node: Node) -> bool:
        """Whether the element's own markup says that it is not shown."""
        attributes = node.attributes
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        style = attributes.get("style")
        if style and _HIDING_STYLE.search(style[:2000]):
            return True
        classes = attributes.get("class")
        return bool(classes) and not HIDING_CLASSES.isdisjoint((classes or "").lower().split())

    def landmark(self, node: Node) -> Landmark | None:
        """The nearest landmark the element stands in, by tag, role, or an id or class that says so."""
        chain: list[Node] = []
        above: Node | None = node
        known: Landmark | None = None
        while above is not None:
            if above.mem_id in self._landmarks:
                known = self._landmarks[above.mem_id]
                break
            chain.append(above)
            above = above.parent
        for item in reversed(chain):
            known = self._landmark_itself(item) or known
            self._landmarks[item.mem_id] = known
        return known

    def _landmark_itself(self, node: Node) -> Landmark | None:
        tag = node.tag or ""
        if not node.is_element_node or tag in {"html", "body"}:
            return None
        role = self.attribute(node, "role").strip().lower()
        if role in _LANDMARK_ROLES:
            return _LANDMARK_ROLES[role]
        if tag in _LANDMARK_TAGS:
            return _LANDMARK_TAGS[tag]
        words = f"{self.attribute(node, 'id')} {self.attribute(node, 'class')}".lower()
        return next((landmark for word, landmark in _LANDMARK_WORDS if word in words), None) if words != " " else None

    def selector(self, node: Node) -> str:
        """A CSS selector that finds the element: its id, else the path from the nearest; shadow roots as `` >>> ``."""
        return self._selectors.of(node)

    def where(self, node: Node, quote: str | None = None, surface: Surface | None = None) -> Where:
        """The element as a place in the evidence."""
        layout = self.layout(node)
        return Where(surface=surface, quote=quote, selector=self.selector(node), box=layout.box if layout else None)

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
            is_block = node.tag in BLOCK
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
        above = node.parent
        while above is not None and above.mem_id != top.mem_id and above.tag not in BLOCK:
            above = above.parent
        return above or top

    def block_role(self, node: Node) -> BlockRole:
        tag = node.tag or ""
        if tag in HEADINGS or self.attribute(node, "role") == "heading":
            return "heading"
        if tag in {"li", "dd", "dt"}:
            return "item"
        return "label" if tag in {"label", "button", "td", "th"} else "paragraph"


class _Same:
    """A document by identity, so that parsing the same one twice costs nothing."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=6)
def _parse(same: _Same) -> Page:
    return Page(same.document)


def parse(document: Document) -> Page:
    """The parsed page of a document; the last few are kept, so that each reader may ask anew."""
    return _parse(_Same(document))
