"""A rendered or saved document, parsed: text, names, roles, visibility and places of its elements.

`parse` makes a `Page` of a `model.evidence.Document`; a page answers questions about its nodes (selectolax's lexbor
nodes) and remembers the answers, so that asking about every node of a document stays linear. Nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from consentcheck.model.base import Where
from consentcheck.model.evidence import Document, Layout
from consentcheck.model.words import Surface
from consentcheck.reading.flatten import wordset
from consentcheck.reading.selectors import SHADOW, Selectors
from consentcheck.reading.tree import BLOCK, Node, Tree, handed_down, tidy

Landmark = Literal["header", "footer", "navigation", "main", "article", "dialog"]

HIDING_CLASSES = wordset(
    "ot-hide ot-hidden ot-scrn-rdr hide hidden is-hidden d-none visually-hidden visuallyhidden sr-only "
    "screen-reader-text cky-hide cky-hidden cmplz-hidden cli-hide u-hidden display-none invisible "
    "screen-reader-only cybotcookiebotdialoghide tarteaucitronhidden"
)
_HIDING_STYLE = re.compile(
    r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|opacity\s{0,4}:\s{0,4}0(?![.\d]))", re.I
)
_SHOWING_STYLE = re.compile(r"display\s{0,4}:\s{0,4}(?!none)[a-z]", re.I)
_ACTED_ON = frozenset({"a", "button"})
"""Elements that every reader asks for their words."""
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


class Page(Tree):
    """One parsed document. Nodes are selectolax nodes of this page's tree."""

    def __init__(self, document: Document) -> None:
        super().__init__(document.html)
        self.document = document
        self._layout = document.layout
        self._visible: dict[int, bool | None] = {}
        self._landmarks: dict[int, Landmark | None] = {}
        self._selectors = Selectors(shadows=self.tree.css_first(SHADOW) is not None)
        self._labels: dict[str, Node] | None = None
        self._words: dict[int, str] = {}

    def text(self, node: Node, *, shown: bool = False) -> str:
        """Words of an element, white space tidied. ``shown``: without what is known to be hidden inside it."""
        acted_on = not shown and node.tag in _ACTED_ON
        if acted_on and node.mem_id in self._words:
            return self._words[node.mem_id]
        words = tidy("".join(self._texts(node, shown)))
        if acted_on:
            self._words[node.mem_id] = words
        return words

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
            if target is not None and (words := self._spoken(target)):
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
        return self._spoken(found) if found is not None else ""

    def _spoken(self, node: Node) -> str:
        """Words of an element that names another, without what is only for the eye; with it, where all of it is."""
        left_out = {part.mem_id for part in node.css("[aria-hidden=true]")}
        if not left_out:
            return self.text(node)
        texts = [n for n in self.walk(node) if n.is_text_node and not self.stands_in(n, left_out, below=node)]
        return tidy(" ".join(n.text_content or "" for n in texts)) or self.text(node)

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
        return handed_down(node, self._visible, self._visible_itself, None)

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
        style = (attributes.get("style") or "")[:2000]
        if style and _HIDING_STYLE.search(style):
            return True
        classes = attributes.get("class")
        named = bool(classes) and not HIDING_CLASSES.isdisjoint((classes or "").lower().split())
        return named and not _SHOWING_STYLE.search(style)

    def landmark(self, node: Node) -> Landmark | None:
        """The nearest landmark the element stands in, by tag, role, or an id or class that says so."""
        return handed_down(node, self._landmarks, lambda each, around: self._landmark_itself(each) or around, None)

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
