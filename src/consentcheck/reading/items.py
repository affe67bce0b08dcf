"""A dialog's element as a row of items in reading order: words, things to act on, and switches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from consentcheck.reading.document import BLOCK, BlockRole, Node, Page, tidy
from consentcheck.reading.flatten import wordset

MOST = 20_000
"""Items of one dialog that are looked at: more than any dialog has."""
_TOGGLE_ROLES = frozenset({"switch", "checkbox", "menuitemcheckbox"})
_BUTTON_ROLES = frozenset({"button", "tab", "menuitem"})
_BOLD = wordset("b strong")


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``links``: links inside its words; ``table``: it stands in a table."""

    kind: Literal["text", "control", "toggle"]
    text: str
    node: Node
    role: BlockRole | str = "paragraph"
    table: bool = False


@dataclass(slots=True)
class _Run:
    """Words being gathered, and the links among them."""

    parts: list[str] = field(default_factory=list)
    links: list[Node] = field(default_factory=list)
    loose: bool = False
    """Whether some of the words stand outside links."""
    holder: Node | None = None
    bold: bool = True


def is_toggle(page: Page, node: Node) -> bool:
    """Whether an element has a state that a person switches."""
    tag = node.tag
    if tag not in {"input", "button", "div", "span", "a", "label", "li"} and not (tag or "").count("-"):
        return False
    attributes = node.attributes
    if tag == "input":
        kind = (attributes.get("type") or "").lower()
        return kind == "checkbox" or (not kind and _is_switch_by_class(attributes.get("class") or ""))
    role = attributes.get("role") or ""
    return role in _TOGGLE_ROLES or (tag == "button" and "aria-pressed" in attributes)


def is_button(page: Page, node: Node) -> bool:
    """Whether an element is acted on as a whole: a button, a tab, an input that submits."""
    tag = node.tag
    if tag == "input":
        return (node.attributes.get("type") or "").lower() in {"button", "submit", "image"}
    if tag in {"button", "summary"}:
        return True
    role = node.attributes.get("role")
    return role in _BUTTON_ROLES if role else False


def items(page: Page, top: Node) -> list[Item]:
    """The items below an element, in reading order."""
    found: list[Item] = []
    run = _Run()
    tables = 0
    ends: list[tuple[bool, bool, bool]] = []
    skip_until: int | None = None
    in_link = 0

    def close() -> None:
        nonlocal run
        text = tidy("".join(run.parts))
        if text and run.holder is not None:
            if run.links and not run.loose:
                found.extend(Item("control", page.text(link), link, "link", tables > 0) for link in run.links)
            else:
                role = page.block_role(run.holder)
                if role == "paragraph" and run.bold:
                    role = "heading"
                found.append(Item("text", text, run.holder, role, tables > 0))
                found.extend(Item("control", page.text(link), link, "inline", tables > 0) for link in run.links)
        elif run.links:
            found.extend(Item("control", page.name(link), link, "link", tables > 0) for link in run.links)
        run = _Run()

    for node in page.walk_with_ends(top):
        if len(found) > MOST:
            break
        if node is None:
            if not ends:
                continue
            was_block, was_table, was_link = ends.pop()
            if skip_until is not None:
                if len(ends) < skip_until:
                    skip_until = None
                continue
            if was_block:
                close()
            tables -= was_table
            in_link -= was_link
            continue
        if node.is_text_node:
            if skip_until is not None:
                continue
            words = node.text_content or ""
            if words.strip():
                if run.holder is None:
                    run.holder = page.block_of(node, top)
                if not in_link:
                    run.loose = run.loose or any(c.isalnum() for c in words)
                run.bold = run.bold and node.parent is not None and _is_bold(node.parent)
                run.parts.append(words)
            elif run.parts:
                run.parts.append(" ")
            continue
        if skip_until is not None:
            ends.append((False, False, False))
            continue
        tag = node.tag or ""
        if is_toggle(page, node):
            if tag != "input":
                close()
            found.append(Item("toggle", page.name(node), node, page.role(node), tables > 0))
            ends.append((False, False, False))
            if tag in {"button", "input"}:
                skip_until = len(ends)
            continue
        if is_button(page, node) and not node.css("input[type=checkbox], [role=switch]"):
            close()
            found.append(Item("control", page.text(node) or page.name(node), node, page.role(node), tables > 0))
            ends.append((False, False, False))
            skip_until = len(ends)
            continue
        is_block = tag in BLOCK or tag == "br"
        if is_block:
            close()
        is_link = tag == "a"
        if is_link:
            run.links.append(node)
            run.holder = run.holder or page.block_of(node, top)
            if run.parts:
                run.parts.append(" ")
        tables += tag == "table"
        in_link += is_link
        ends.append((is_block, tag == "table", is_link))
    close()
    return found


def _is_bold(node: Node) -> bool:
    for _ in range(3):
        if node.tag in _BOLD:
            return True
        parent = node.parent
        if parent is None or node.tag in BLOCK:
            return False
        node = parent
    return False


def _is_switch_by_class(classes: str) -> bool:
    lowered = classes.lower()
    return any(word in lowered for word in ("switch", "toggle", "checkbox"))
