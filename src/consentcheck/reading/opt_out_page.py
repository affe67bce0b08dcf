"""The page that an opt-out link leads to, as a layer of its own: its words and controls without the site's furniture."""

from __future__ import annotations

from consentcheck.knowledge.phrases import purpose_of, speaks_of_consent
from consentcheck.reading.document import Landmark, Page
from consentcheck.reading.items import items
from consentcheck.reading.roots import LONGEST_DIALOG, Root
from consentcheck.reading.tree import Node

_FURNITURE: frozenset[Landmark | None] = frozenset({"header", "footer", "navigation", "dialog"})
_ACTS = "button, input, select, textarea, [role=button], [role=switch], [role=checkbox]"


def opt_out_page(page: Page, dialogs: list[Root]) -> Root | None:
    """The page's own words as a layer; None when they do not speak of the opt-out or nothing can be done there.

    ``dialogs``: layers found on the page, whose words are theirs.
    """
    top = next(iter(page.css("main, [role=main]")), None) or page.tree.body
    if top is None:
        return None
    taken = {root.node.mem_id for root in dialogs}
    row = tuple(
        item
        for item in items(page, top)
        if page.landmark(item.node) not in _FURNITURE
        and not _within(item.node, taken)
        and page.visible(item.node) is not False
    )
    words = " ".join(item.text for item in row if item.kind == "text")
    if len(words) > LONGEST_DIALOG or not any(page.visible(node) is not False for node in page.css(_ACTS, top)):
        return None
    offers = any(purpose_of(item.text) == "opt-out" for item in row)
    return Root(page, top, row, surface="opt-out-page") if offers or _speaks_of_opting_out(words) else None


def _speaks_of_opting_out(words: str) -> bool:
    lowered = words.lower().replace("opt-out", "opt out")
    return "opt out" in lowered and speaks_of_consent(lowered)


def _within(node: Node, taken: set[int]) -> bool:
    above: Node | None = node
    while above is not None:
        if above.mem_id in taken:
            return True
        above = above.parent
    return False
