"""What a row of radio buttons is asked: words without which nobody can say what its "Yes" means."""

from __future__ import annotations

from collections.abc import Sequence

from consentcheck.knowledge.phrases import is_negated, kinds_of
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.tree import Node
from consentcheck.reading.widgets import is_answer

_GROUPS = frozenset({"fieldset"})
_ROLES = frozenset({"radiogroup", "group"})
_NEAR = 4
"""Items before an answer among which its question stands."""


def question_of(page: Page, row: Sequence[Item], number: int) -> str | None:
    """The question about a purpose that a radio button answers: what its group is called, else the question before it.

    A page titled "Do Not Sell" may ask "May we sell?": the title is the question only where the group is called nothing that asks.
    """
    node = row[number].node
    if not is_answer(page, node):
        return None
    called = _called(page, node)
    for text in (called, _before(row, number), _told(row, number) if called else ""):
        if kinds_of(text):
            return text.strip(" ?:*")
    return None


def _called(page: Page, node: Node) -> str:
    fieldset = page.closest(node, _GROUPS, 8)
    legend = page.css("legend", fieldset)[:1] if fieldset is not None else []
    if legend:
        return page.text(legend[0])
    holder = node.parent
    for _ in range(8):
        if holder is None:
            break
        named = page.has(holder, "aria-labelledby") or page.has(holder, "aria-label")
        if named and page.attribute(holder, "role") in _ROLES:
            return page.name(holder)
        holder = holder.parent
    return ""


def _told(row: Sequence[Item], number: int) -> str:
    """The heading above an answer, where it says what is not to be done."""
    heading = next((item.text for item in reversed(row[:number]) if item.role == "heading" and kinds_of(item.text)), "")
    return heading if is_negated(heading) else ""


def _before(row: Sequence[Item], number: int) -> str:
    for item in reversed(row[max(0, number - _NEAR) : number]):
        if item.kind == "text" and item.text.rstrip(" *:").endswith("?"):
            return item.text
    return ""
