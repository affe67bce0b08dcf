"""What is a dialog's own title, and what is called one."""

from __future__ import annotations

from collections.abc import Collection

from consentcheck.knowledge.phrases import plain, purpose_of
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.roots import Root
from consentcheck.reading.tree import Node


def title_items(root: Root) -> frozenset[int]:
    """Indices of the items that are the dialog's own title: what it is labelled by, or the opt-out's title as a heading."""
    named = _labels_of_dialogs(root)
    found: set[int] = set()
    for number, item in enumerate(root.items):
        if item.kind != "text" or item.table:
            continue
        at: Node | None = item.node
        for _ in range(3):
            if at is None or at.mem_id == root.node.mem_id:
                break
            if at.mem_id in named:
                found.add(number)
            at = at.parent
        headed = item.role == "heading" or named_as_title(root.page, item.node)
        if headed and purpose_of(item.text) == "opt-out":
            found.add(number)
    return frozenset(found)


def _labels_of_dialogs(root: Root) -> frozenset[int]:
    """Elements by which the dialog, one around it or one within it is labelled."""
    page = root.page
    nodes = [root.node, *page.css("[role=dialog], [role=alertdialog], dialog", root.node)[:20]]
    above = root.node.parent
    while above is not None:
        if page.role(above) in {"dialog", "alertdialog"}:
            nodes.append(above)
        above = above.parent
    references = {name for node in nodes for name in page.attribute(node, "aria-labelledby").split()[:4]}
    return frozenset(target.mem_id for name in references if (target := page.by_id(name)) is not None)


def title_of(root: Root, names: Collection[str]) -> tuple[str, Item | None]:
    """The dialog's title and the item that says it, None where no single one does; ``names`` are its categories'."""
    title, item = _title(root, names)
    return _said_once(title), item


def _said_once(title: str) -> str:
    """A title without its repetition: a heading and what is only for screen readers may say the same."""
    words = title.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and plain(" ".join(words[:half])) == plain(" ".join(words[half:])) else title


def _title(root: Root, names: Collection[str]) -> tuple[str, Item | None]:
    page = root.page
    texts = [i for i in root.items if i.kind == "text"][:12]
    label = page.attribute(root.node, "aria-labelledby")
    target = page.by_id(label) if label else None
    if target is not None and target.mem_id != root.node.mem_id and (words := page.text(target)) and len(words) < 200:
        item = next((i for i in texts if i.text == words), Item("text", words, target, "heading"))
        return words, item
    for item in texts:
        if item.text in names:
            break
        if item.role == "heading" and len(item.text) < 200:
            return item.text, item
        if len(item.text.split()) > 12:
            break
    first = texts[0] if texts else None
    if (
        first is not None
        and len(texts) > 1
        and len(first.text.split()) <= 10
        and not first.text.endswith(".")
        and first.text not in names
    ):
        return first.text, first
    return "", None


def named_as_title(page: Page, node: Node) -> bool:
    """Whether the id or class of an element, or of the one around it, says that it is a title."""
    for candidate in (node, node.parent):
        if candidate is None:
            return False
        own = f"{page.attribute(candidate, 'class')} {page.attribute(candidate, 'id')}".lower()
        if "desc" in own:
            return False
        if any(word in own for word in ("title", "header", "heading", "name")):
            return True
    return False
