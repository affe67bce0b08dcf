"""Hostile depth made harmless before a page is parsed.

The parser takes quadratic time in the depth of the tree: 200,000 nested elements take minutes. Browsers stop nesting
at 512; so do we.
"""

from __future__ import annotations

import re


def wordset(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


MAX_DEPTH = 512
MAX_OPEN_FORMATTING = 64
FEW_TAGS = 3000
"""A page with fewer tags cannot be deep enough to matter."""

_TAG = re.compile(r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40}))")
_RAW = frozenset({"script", "style", "textarea", "title", "noembed", "xmp"})
_UNCOUNTED = wordset(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td "
    "th tbody thead tfoot option optgroup colgroup rp rt"
)
"""Void elements, and those that a following one closes: they do not nest in themselves."""
_FORMATTING = wordset("a b big code em font i nobr s small strike strong tt u")
_BLOCKS = wordset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header main menu nav object ol pre section select summary table ul"
)


def flatten(html: str) -> str:
    """The HTML without the tags that nest deeper than `MAX_DEPTH`; every word stays. Linear."""
    if html.count("<") < FEW_TAGS:
        return html
    stack: list[tuple[str, bool]] = []
    formatting = 0
    cuts: list[tuple[int, int]] = []
    position = 0
    while (match := _TAG.search(html, position)) is not None:
        position = match.end()
        if match[1]:
            end = html.find("-->", position)
            position = len(html) if end < 0 else end + 3
            continue
        name = match[3].lower()
        if name in _UNCOUNTED:
            continue
        if match[2]:
            kept = _close(stack, name)
            if name in _FORMATTING and kept:
                formatting = max(0, formatting - 1)
            if not kept:
                position = _cut(html, match.start(), cuts)
            continue
        if name in _RAW:
            end = html.find(f"</{name}", position)
            position = len(html) if end < 0 else end + len(name) + 2
            continue
        keep = len(stack) < MAX_DEPTH and (name not in _FORMATTING or formatting < MAX_OPEN_FORMATTING)
        stack.append((name, keep))
        if keep:
            formatting += name in _FORMATTING
        else:
            position = _cut(html, match.start(), cuts)
    return _without(html, cuts) if cuts else html


def _close(stack: list[tuple[str, bool]], name: str) -> bool:
    """Take the nearest open element of that name off the stack, as a browser would; whether its end tag may stay.

    An end tag of a formatting element leaves open what opened inside it; one of another inline element closes nothing
    across a block.
    """
    for back in range(1, min(len(stack), 12) + 1):
        opened, kept = stack[-back]
        if opened == name:
            if name in _FORMATTING:
                del stack[-back]
            else:
                del stack[-back:]
            return kept
        if opened in _BLOCKS and name not in _BLOCKS and name not in _FORMATTING:
            return True
    return True


def _cut(html: str, start: int, cuts: list[tuple[int, int]]) -> int:
    end = html.find(">", start)
    end = len(html) if end < 0 else end + 1
    cuts.append((start, end))
    return end


def _without(html: str, cuts: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    last = 0
    for start, end in cuts:
        parts.append(html[last:start])
        last = end
    parts.append(html[last:])
    return " ".join(parts)
