"""What is a dialog's own title, and what is called one."""

from __future__ import annotations

from consentcheck.knowledge.phrases import purpose_of
from consentcheck.reading.document import Page
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
