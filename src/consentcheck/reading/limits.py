"""How much of a page is read.

What no page with a dialog holds is refused by name before it is parsed: the parser takes time in proportion to the square of
an element's attributes, of a list's options and of all names, and every reader takes its time for each tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_CHARACTERS = 24_000_000
MOST_TAGS = 450_000
MOST_ATTRIBUTES = 5000
"""Of one element."""
MOST_OPTIONS = 5000
"""Of one list to choose from."""
MOST_NAMES = 40_000
"""Of elements and attributes, each counted once."""
FEW_CHARACTERS = 1_000_000
"""A page with fewer cannot hold so many names that it matters."""

_SHORTEST = 2
"""Characters that an attribute takes at least."""
_VALUE = r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+"
_ATTRIBUTE = rf"[\s/]++[^\s/>=]++{_VALUE}"
_MANY_ATTRIBUTES = re.compile(rf"[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MOST_ATTRIBUTES + 1}}}")
_TAG = re.compile(rf"<([a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)")
_NAME = re.compile(rf"[\s/]++([^\s/>=]++){_VALUE}")


def too_much(pages: Iterable[str]) -> str | None:
    """Why the HTML of a page and its frames is more than is read; None if it is not. Linear."""
    characters = tags = 0
    for html in pages:
        characters += len(html)
        tags += html.count("<")
        if characters > MOST_CHARACTERS:
            return f"more than {MOST_CHARACTERS} characters of markup"
        if tags > MOST_TAGS:
            return f"more than {MOST_TAGS} tags"
        if _has_many_attributes(html):
            return f"an element with more than {MOST_ATTRIBUTES} attributes"
        if _has_many_options(html):
            return f"a list with more than {MOST_OPTIONS} options"
        if len(html) > FEW_CHARACTERS and _has_many_names(html):
            return f"more than {MOST_NAMES} names of elements and attributes"
    return None


def _has_many_attributes(html: str) -> bool:
    return any(len(part) > _SHORTEST * MOST_ATTRIBUTES and _MANY_ATTRIBUTES.match(part) for part in html.split("<"))


def _has_many_options(html: str) -> bool:
    if html.count("<") <= MOST_OPTIONS:
        return False
    return any(part.count("<option") > MOST_OPTIONS for part in html.lower().split("<select"))


def _has_many_names(html: str) -> bool:
    names: set[str] = set()
    for element, attributes in _TAG.findall(html):
        names.add(element)
        names.update(_NAME.findall(attributes))
        if len(names) > MOST_NAMES:
            return True
    return False
