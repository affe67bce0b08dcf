"""Parts of a dialog that are not the site's own categories: lists of vendors, their filters, the IAB's purposes."""

from __future__ import annotations

from itertools import islice

from consentcheck.knowledge.phrases import phrases
from consentcheck.reading.document import HIDING_CLASSES, Page
from consentcheck.reading.roots import Root
from consentcheck.reading.tree import Node, handed_down

_MOST_BESIDE = 60
"""Parts that are looked at beside one that is hidden."""
_KEYS = ("id", "class", "data-optanongroupid")


def foreign_items(root: Root) -> frozenset[int]:
    """Indices of the dialog's items that stand in such a part, told by the ids and classes around them."""
    judged: dict[int, bool] = {root.node.mem_id: False}
    return frozenset(n for n, item in enumerate(root.items) if _is_foreign(root.page, item.node, judged))


def _is_foreign(page: Page, node: Node, judged: dict[int, bool]) -> bool:
    return handed_down(
        node, judged, lambda each, around: around or _says_so(page, each) or _is_unused(page, each), False
    )


def _says_so(page: Page, node: Node) -> bool:
    identity, classes, group = (page.attribute(node, key).lower() for key in _KEYS)
    own = f"{identity} {classes} {group} id-{group}"
    return any(word in own for word in phrases().vendor_regions)


def _is_unused(page: Page, node: Node) -> bool:
    """Whether a part is hidden by its class while one beside it with the same classes is shown by its own style."""
    classes = node.attributes.get("class")
    if not classes or HIDING_CLASSES.isdisjoint(classes.lower().split()) or not page.hides(node) or node.parent is None:
        return False
    beside = islice(node.parent.iter(), _MOST_BESIDE)
    return any(other.attributes.get("class") == classes and not page.hides(other) for other in beside)
