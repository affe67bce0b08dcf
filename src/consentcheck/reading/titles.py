"""What is a dialog's own title, and what is called one."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consentcheck.knowledge.phrases import plain, purpose_of
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.name_parts import name_of
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


def below_the_first(row: Sequence[Item], headings: list[int], found: Collection[tuple[str, ...]]) -> list[int]:
    """The headings without a first one that stands above all others in rank and has no switch: the dialog's title.

    ``found`` are names that have a switch or a mark, in plain words.
    """
    if len(headings) < 2 or plain(name_of(row[headings[0]].text)) in found:
        return headings
    first, *others = (_rank(row[number]) for number in headings)
    spoken = any(item.kind == "text" and item.role == "heading" for item in row[: headings[0]])
    return headings[1:] if not spoken and all(first < other for other in others) else headings


def _rank(item: Item) -> int:
    """Level of a heading; what has none ranks below all."""
    tag = item.node.tag or ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 9
