"""How much of a page is read.

What no page with a dialog holds is refused by name before it is parsed: the parser takes time in proportion to the square of an
element's attributes and of a list's options.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_CHARACTERS = 24_000_000
MOST_ATTRIBUTES = 5000
"""Of one element."""
MOST_OPTIONS = 5000
"""Of one list to choose from."""

_SHORTEST = 2
"""Characters that an attribute takes at least."""
_ATTRIBUTE = r"[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_ATTRIBUTES = re.compile(rf"[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES + 1}}}")


def too_much(pages: Iterable[str]) -> str | None:
    """Why the HTML of a page and its frames is more than is read; None if it is not. Linear."""
    characters = 0
    for html in pages:
        characters += len(html)
        if characters > MOST_CHARACTERS:
            return f"more than {MOST_CHARACTERS} characters of markup"
        if _has_many_attributes(html):
            return f"an element with more than {MOST_ATTRIBUTES} attributes"
        if _has_many_options(html):
            return f"a list with more than {MOST_OPTIONS} options"
    return None


def _has_many_attributes(html: str) -> bool:
    return any(len(part) > _SHORTEST * MOST_ATTRIBUTES and _ATTRIBUTES.match(part) for part in html.split("<"))


def _has_many_options(html: str) -> bool:
    if html.count("<") <= MOST_OPTIONS:
        return False
    return any(part.count("<option") > MOST_OPTIONS for part in html.lower().split("<select"))
