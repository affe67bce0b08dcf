"""A dialog's element as a row of items in reading order: words, things to act on, and switches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from consentcheck.reading.document import Page
from consentcheck.reading.flatten import wordset
from consentcheck.reading.tree import BLOCK, BlockRole, Node, stands_alone, tidy
from consentcheck.reading.widgets import (
    acts,
    answer_of,
    decides_for_all,
    is_answer,
    is_button,
    is_drawn_button,
    is_radio,
    is_toggle,
)

MOST = 20_000
"""Items of one dialog that are looked at: more than any dialog has."""
_BOLD = wordset("b strong")
_PARTS = wordset("span strong b em i small")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``role``: of a control its role, ``inline`` for a link in prose; ``table``: it stands in a table."""

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


def items(page: Page, top: Node) -> list[Item]:
    """The items below an element, in reading order."""
    return _Row(page, top).read()


class _Row:
    """Gathers items on one walk. ``ends`` holds, for each open element, whether it is a block, a table, a link."""

    def __init__(self, page: Page, top: Node) -> None:
        self.page = page
        self.top = top
        self.found: list[Item] = []
        self.run = _Run()
        self.tables = 0
        self.links = 0
        self.ends: list[tuple[bool, bool, bool]] = []
        self.skipping: int | None = None
        """Depth of the element whose inside is skipped, because it is one item as a whole."""

    def read(self) -> list[Item]:
        for node in self.page.walk_with_ends(self.top):
            if len(self.found) > MOST:
                break
            if node is None:
                self._end()
            elif self.skipping is not None:
                if not node.is_text_node:
                    self.ends.append((False, False, False))
            elif node.is_text_node:
                self._words(node)
            else:
                self._start(node)
        self._close()
        return _with_pairs(self.page, self.found)

    def _start(self, node: Node) -> None:
        tag = node.tag or ""
        if (is_toggle(node) and not decides_for_all(self.page, node)) or is_answer(self.page, node):
            self._close()
            drawn = tag != "input" and is_radio(self.page, node)
            words = self.page.text(node) if drawn else self.page.name(node)
            self._add("toggle", words, node, self.page.role(node))
            self._open(whole=drawn or tag in {"button", "input", "select"})
        elif (is_button(node) and not node.css("input[type=checkbox], [role=switch]")) or (
            not self.links and is_drawn_button(self.page, node)
        ):
            self._close()
            self._add("control", self.page.text(node) or self.page.name(node), node, self.page.role(node))
            self._open(whole=True)
        else:
            self._start_words(node, tag)

    def _start_words(self, node: Node, tag: str) -> None:
        is_block = tag == "br" or stands_alone(node) or (tag in _PARTS and self._stands_apart(node))
        if is_block:
            self._close()
        if tag == "a":
            self.run.links.append(node)
            self.run.holder = self.run.holder or self.page.block_of(node, self.top)
            if self.run.parts:
                self.run.parts.append(" ")
        self.tables += tag == "table"
        self.links += tag == "a"
        self.ends.append((is_block, tag == "table", tag == "a"))

    def _stands_apart(self, node: Node) -> bool:
        return self._begins_part(node) or node.attributes.get("role") == "heading"

    def _begins_part(self, node: Node) -> bool:
        """Whether an inline element stands apart for the eye from the one right before it: no space is between them, and
        a word that ends meets one that begins."""
        before = node.prev
        if before is None or before.tag not in _PARTS or not self.run.parts:
            return False
        last, first = self.run.parts[-1], _first_words(node)
        return len(last) > 1 and first[:1].isupper() and (last[-1].islower() or last[-1] in ".!?:)")

    def _open(self, *, whole: bool) -> None:
        self.ends.append((False, False, False))
        if whole:
            self.skipping = len(self.ends)

    def _end(self) -> None:
        if not self.ends:
            return
        was_block, was_table, was_link = self.ends.pop()
        if self.skipping is not None:
            if len(self.ends) < self.skipping:
                self.skipping = None
            return
        if was_block:
            self._close()
        self.tables -= was_table
        self.links -= was_link

    def _words(self, node: Node) -> None:
        words = node.text_content or ""
        run = self.run
        if not words.strip():
            if run.parts:
                run.parts.append(" ")
            return
        bold = node.parent is not None and _is_bold(node.parent)
        if run.parts and run.bold and not bold and words[0].isupper() and run.parts[-1][-1].isalnum():
            self._close()  # a title in bold that the style sheet sets on a line of its own
            run = self.run
        if run.holder is None:
            run.holder = self.page.block_of(node, self.top)
        if not self.links:
            run.loose = run.loose or any(c.isalnum() for c in words)
        run.bold = run.bold and bold
        run.parts.append(words)

    def _close(self) -> None:
        """Turn the words gathered into items: a block of prose with its links, or links that stand alone."""
        run, self.run = self.run, _Run()
        text = tidy("".join(run.parts))
        if text and run.holder is not None and (run.loose or not run.links):
            role = self.page.block_role(run.holder)
            self._add("text", text, run.holder, "heading" if role == "paragraph" and run.bold else role)
            for link in run.links:
                words = self.page.text(link)
                self._add("control", words, link, "link" if acts(link, words) else "inline")
        else:
            for link in run.links:
                self._add("control", self.page.text(link) or self.page.name(link), link, "link")

    def _add(self, kind: Literal["text", "control", "toggle"], text: str, node: Node, role: str) -> None:
        self.found.append(Item(kind, text, node, role, self.tables > 0))


def _is_bold(node: Node) -> bool:
    for _ in range(3):
        if node.tag in _BOLD:
            return True
        parent = node.parent
        if parent is None or node.tag in BLOCK:
            return False
        node = parent
    return False


def _first_words(node: Node) -> str:
    """The words with which an inline element begins, as far as they stand at its start."""
    at: Node | None = node
    for _ in range(_DEEPEST):
        at = at.first_child if at is not None else None
        if at is not None and at.is_text_node:
            return at.text_content or ""
    return ""


def _with_pairs(page: Page, row: list[Item]) -> list[Item]:
    """The items, where two or more pairs of buttons that say yes and no are the positions of as many switches."""
    answers: dict[int, set[bool]] = {}
    pressed = False
    for item in row:
        if item.kind == "toggle" and item.node.tag == "button":
            pressed = pressed or answer_of(page.text(item.node)) is not None
        elif item.kind == "control" and (answer := answer_of(item.text)) is not None and item.node.parent is not None:
            answers.setdefault(item.node.parent.mem_id, set()).add(answer)
    pairs = {parent for parent, said in answers.items() if len(said) == 2}
    if len(pairs) + pressed < 2:
        return row
    return [
        replace(item, kind="toggle")
        if item.kind == "control"
        and item.node.parent is not None
        and item.node.parent.mem_id in pairs
        and answer_of(item.text) is not None
        else item
        for item in row
    ]
