"""Controls of a dialog: what each is called, what it does, how it looks, and whether it is on."""

from __future__ import annotations

from typing import Literal

from consentcheck.knowledge.phrases import purpose_of
from consentcheck.model.evidence import Layout
from consentcheck.model.facts import Control, Look
from consentcheck.model.words import Purpose
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import chosen_answer

_ON = frozenset({"active", "on", "checked", "enabled", "is-checked", "is-active", "selected", "is-on", "toggled"})
_OFF = frozenset({"inactive", "off", "unchecked", "disabled", "is-off"})


def control_of(page: Page, item: Item, top: Node, *, category: str | None = None) -> Control:
    """The control that an item is. Visibility is judged within the dialog when there is no layout."""
    node = item.node
    layout = page.layout(node)
    toggle = item.kind == "toggle"
    name = page.name(node) if not item.text else item.text
    href = page.attribute(node, "href") or None
    return Control(
        text=name,
        role=_role(page, node),
        purpose="toggle" if toggle else control_purpose(page, item),
        visible=visible_in(page, node, top),
        state=toggle_state(page, node) if toggle or _role(page, node) == "radio" else "none",
        enabled=not (
            page.has(node, "disabled")
            or page.attribute(node, "aria-disabled") == "true"
            or (layout is not None and layout.disabled is True)
        ),
        href=href,
        category=category,
        focusable=layout.focusable if layout is not None else None,
        look=look_of(layout),
        node=page.key(node),
        where=page.where(node, name),
    )


def control_purpose(page: Page, item: Item) -> Purpose:
    """What the control does, by its words; by its accessible name when the words do not say."""
    purpose = purpose_of(item.text)
    if item.role == "tab":
        return "settings" if purpose == "settings" else "other"
    if item.role == "inline" and purpose in {"accept-all", "save", "close", "decline-all", "later"}:
        return "other" if len(item.text) > 2 else purpose
    if purpose == "other":
        named = purpose_of(page.name(item.node))
        if (
            named in {"close", "accept-all", "decline-all", "settings", "save", "opt-out"}
            and len(item.text.split()) <= 1
        ):
            return named
    if purpose == "policy" and page.role(item.node) == "button":
        said = page.name(item.node).rpartition(":")[2]
        return "settings" if purpose_of(said) == "settings" else purpose
    return purpose


def _role(page: Page, node: Node) -> str:
    role = page.role(node)
    if role:
        return role
    return "link" if node.tag == "a" else "button"


def look_of(layout: Layout | None) -> Look | None:
    """How it was rendered, None where rendering was not captured."""
    if layout is None:
        return None
    return Look(
        box=layout.box,
        font_size=layout.font_size,
        font_weight=layout.font_weight,
        color=layout.color,
        background=layout.background,
        opacity=layout.opacity,
        covered=layout.covered,
        fixed=layout.fixed,
    )


def visible_in(page: Page, node: Node, top: Node) -> bool | None:
    """Whether an element is shown: by layout; without one, whether it is hidden within the dialog (None: not known)."""
    if page.document.layout is not None:
        return page.visible(node)
    at: Node | None = node
    while at is not None and at.mem_id != top.mem_id:
        if page.hides(at):
            return False
        at = at.parent
    return None


def toggle_state(page: Page, node: Node) -> Literal["on", "off", "unknown"]:
    """Whether a switch is on: by layout, ARIA, the checked attribute, or a class that says so."""
    layout = page.layout(node)
    if layout is not None and layout.checked is not None:
        return "on" if layout.checked else "off"
    attributes = node.attributes
    if "checked" in attributes:
        return "on"
    for key in ("aria-checked", "aria-pressed", "data-checked"):
        value = (attributes.get(key) or "").lower()
        if value in {"true", "false"}:
            return "on" if value == "true" else "off"
    if node.tag == "select":
        return "on" if chosen_answer(node) else "off"
    if node.tag == "input":
        return "off" if "type" in attributes else "unknown"
    classes = set(page.classes(node))
    if classes & _OFF:
        return "off"
    return "on" if classes & _ON else "unknown"
