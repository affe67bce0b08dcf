"""Where a link stands: header, footer, navigation, in a dialog, afloat over the page, or in its body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from consentcheck.model.facts import Dialog
from consentcheck.model.words import Placement, Surface
from consentcheck.reading.document import Page
from consentcheck.reading.tree import Node

_LEVELS = 60
"""Ancestors that are looked at."""
_STYLED_LEVELS = 4
_AFLOAT = re.compile(r"position\s*:\s*(?:fixed|sticky)", re.IGNORECASE)
_FOOT_WORDS = (
    "copyright",
    "colophon",
    "legal-links",
    "bottom-bar",
    "site-info",
    "siteinfo",
    "bottom-links",
    "subfooter",
)
_HEAD_WORDS = ("masthead", "topbar", "top-bar", "site-head")
_LAST_SHARE = 0.9
"""In a page without landmarks, links after this share of all its links are its footer."""
_OF_SURFACE: dict[Surface, Placement] = {"banner": "banner", "preferences": "dialog", "cookie-list": "dialog"}


class Places:
    """Answers for one page where its links stand; the dialogs are those that were read from the same snapshot."""

    def __init__(self, page: Page, dialogs: Sequence[Dialog] = ()) -> None:
        self._page = page
        self._dialogs = tuple(_containers(page, dialogs))
        self._controls = dict(_control_keys(dialogs))
        self._order: dict[int, int] | None = None
        self._height = 0.0

    def placement(self, node: Node) -> Placement:
        """Where an element of the page stands."""
        if within := self._in_dialog(node):
            return within
        landmark = self._landmark(node)
        layout = self._page.layout(node)
        if landmark is not None:
            return landmark
        if layout.fixed if layout is not None else self._styled_afloat(node):
            return "floating"
        return self._by_position(node)

    def _in_dialog(self, node: Node) -> Placement | None:
        key = self._page.key(node) or self._page.selector(node) if self._controls else None
        if key in self._controls:
            return self._controls[key]
        for container, placement in self._dialogs:
            if self._page.contains(container, node):
                return placement
        return None

    def _landmark(self, node: Node) -> Placement | None:
        """The landmark of the page around a node: a footer's navigation is the footer."""
        found: Placement | None = None
        at: Node | None = node
        for _ in range(_LEVELS):
            if at is None:
                break
            landmark = self._page.landmark(at)
            if landmark in {"header", "footer"}:
                return "header" if landmark == "header" else "footer"
            if landmark == "dialog":
                return "dialog"
            if landmark == "navigation":
                found = "navigation"
            words = f"{self._page.attribute(at, 'id')} {self._page.attribute(at, 'class')}".lower()
            if any(word in words for word in _FOOT_WORDS):
                return "footer"
            if any(word in words for word in _HEAD_WORDS):
                return "header"
            if landmark in {"main", "article"}:
                return found or "body"
            at = at.parent
        return found

    def _styled_afloat(self, node: Node) -> bool:
        """In a page without layout: whether the element's own style, or that of one close around it, takes it out of the flow."""
        at: Node | None = node
        for _ in range(_STYLED_LEVELS):
            if at is None:
                return False
            if _AFLOAT.search(self._page.attribute(at, "style")[:1000]):
                return True
            at = at.parent
        return False

    def _by_position(self, node: Node) -> Placement:
        layout = self._page.layout(node)
        if layout is not None and layout.box is not None:
            return self._by_height(layout.box[1])
        if self._order is None:
            self._order = {link.mem_id: at for at, link in enumerate(self._page.css("a, button"))}
        at = self._order.get(node.mem_id)
        if at is None:
            return "unknown"
        last = len(self._order) - at <= max(12, len(self._order) * (1 - _LAST_SHARE))
        return "footer" if last and at > 0 else "body"

    def _by_height(self, top: float) -> Placement:
        if not self._height:
            layout = self._page.document.layout or {}
            self._height = max((item.box[1] + item.box[3] for item in layout.values() if item.box), default=0.0)
        if top < 150:
            return "header"
        return "footer" if top > self._height * 0.8 else "body"


def _containers(page: Page, dialogs: Iterable[Dialog]) -> Iterable[tuple[Node, Placement]]:
    """The elements that the dialogs were read from, as far as this page holds them."""
    for dialog in dialogs:
        selector = dialog.where.selector
        if selector and ">>>" not in selector:
            try:
                found = page.tree.css_first(selector)
            except ValueError:
                continue
            if found is not None and found.tag not in {"html", "body"}:
                yield found, _OF_SURFACE.get(dialog.surface, "dialog")


def _control_keys(dialogs: Iterable[Dialog]) -> Iterable[tuple[str, Placement]]:
    for dialog in dialogs:
        if dialog.surface not in _OF_SURFACE:
            continue
        for control in dialog.controls:
            for key in (control.node, control.where.selector):
                if key:
                    yield key, _OF_SURFACE[dialog.surface]
