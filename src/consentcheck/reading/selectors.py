"""CSS selectors that find an element again: short and stable where the page allows."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

SHADOW = "cc-shadow"
"""The element that stands for a shadow root in our serialisation."""
MOST_ROOTS = 8
"""Shadow roots inside each other that a selector crosses."""
_SIMPLE_ID = re.compile(r"[A-Za-z_][\w-]{0,80}", re.ASCII)
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9-]{0,60}", re.ASCII)
_SINGLE = frozenset({"html", "body"})


class Selectors:
    """Writes selectors for one tree, remembering places among siblings, so that all of them together stay linear."""

    def __init__(self, *, shadows: bool = True) -> None:
        """``shadows``: whether the tree has shadow roots; only then is there anything to look for above an id."""
        self._shadows = shadows
        self._places: dict[int, dict[int, int]] = {}

    def of(self, node: LexborNode) -> str:
        """The selector; `` >>> `` stands where a shadow root is entered."""
        parts: list[str] = []
        at: LexborNode | None = node
        while at is not None and len(parts) < MOST_ROOTS:
            steps, root = self._within_root(at)
            parts.append(" > ".join(reversed(steps)))
            at = root.parent if root is not None else None
        return " >>> ".join(reversed(parts))

    def _within_root(self, node: LexborNode) -> tuple[list[str], LexborNode | None]:
        """Steps from the element up to an id or to its root, and the shadow root it stands in."""
        steps: list[str] = []
        at: LexborNode | None = node
        anchored = False
        while at is not None and at.is_element_node:
            if at.tag == SHADOW:
                return steps, at
            if not anchored:
                step, anchored = self._step(at)
                steps.append(step)
                if anchored and not self._shadows:
                    break
            at = at.parent
        return steps, None

    def _step(self, node: LexborNode) -> tuple[str, bool]:
        own = node.id or ""
        if _SIMPLE_ID.fullmatch(own):
            return f"#{own}", True
        if own and len(own) <= 120 and not any(c in own for c in '"\\\n\r\f\0'):
            return f'[id="{own}"]', True
        tag = node.tag or "*"
        if tag in _SINGLE:
            return tag, False
        return f"{tag if _PLAIN_TAG.fullmatch(tag) else '*'}:nth-{self._place(node)}", False

    def _place(self, node: LexborNode) -> str:
        """``of-type(n)``, or ``child(n)`` for a tag that no selector can name."""
        named = bool(_PLAIN_TAG.fullmatch(node.tag or ""))
        parent = node.parent
        if parent is None:
            return "of-type(1)" if named else "child(1)"
        places = self._places.get(parent.mem_id)
        if places is None:
            places = self._places[parent.mem_id] = _places(parent)
        return f"of-type({places[node.mem_id]})" if named else f"child({places[-node.mem_id]})"


def _places(parent: LexborNode) -> dict[int, int]:
    """Place of each child element among those of its tag, and, under the negated key, among all."""
    places: dict[int, int] = {}
    counts: dict[str, int] = {}
    child = parent.first_child
    total = 0
    while child is not None:
        if child.is_element_node:
            total += 1
            tag = child.tag or ""
            counts[tag] = counts.get(tag, 0) + 1
            places[child.mem_id] = counts[tag]
            places[-child.mem_id] = total
        child = child.next
    return places
