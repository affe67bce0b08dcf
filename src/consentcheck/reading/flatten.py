"""Hostile depth made harmless before a page is parsed.

The parser takes quadratic time in the depth of the tree: 200,000 nested elements take minutes. Browsers stop nesting
at 512; so do we. Of a deeper page the middle is taken out: the outermost elements say where something stands, the
innermost what it is, and a dialog that is wrapped a thousand times is still a dialog.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


def wordset(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


MAX_DEPTH = 512
MAX_OPEN_FORMATTING = 64
FEW_TAGS = 3000
"""A page with fewer tags cannot be deep enough to matter."""

_RAW = frozenset({"script", "style", "textarea", "title", "noembed", "xmp"})
_UNCOUNTED = wordset(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd tr td "
    "th tbody thead tfoot option optgroup colgroup rp rt"
)
"""Void elements, and those that a following one closes: they do not nest in themselves."""
_TAG = re.compile(
    rf"<(?:(!--)|(/?)(?!(?:{'|'.join(sorted(_UNCOUNTED))})(?![a-zA-Z0-9:-]))([a-zA-Z][a-zA-Z0-9:-]{{0,40}}))"
)
"""Most of what is not counted, being in lower case, is passed over here already."""
_FORMATTING = wordset("a b big code em font i nobr s small strike strong tt u")
_BLOCKS = wordset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header main menu nav object ol pre section select summary table ul"
)


@dataclass(slots=True)
class _Element:
    """An element while it is open, and once it is closed."""

    start: int
    """Where its tag begins."""
    depth: int
    """Elements around it."""
    kept: bool = True
    height: int = 0
    """Elements inside each other in it."""
    end: int | None = None
    """Where its end tag begins."""


def flatten(html: str) -> str:
    """The HTML with no element nested deeper than `MAX_DEPTH`; every word stays. Linear."""
    if html.count("<") < FEW_TAGS or not _nests_too_deep(html):
        return html
    nesting = _Nesting()
    for start, closes, name in _tags(html):
        if closes:
            nesting.close(name, start)
        else:
            nesting.open(name, start)
    return _without(html, sorted(nesting.too_many()))


def _nests_too_deep(html: str) -> bool:
    """Whether anything has to be taken out: told by counting alone, for the sake of all the pages that need nothing."""
    names: list[str] = []
    formatting = 0
    for _, closes, name in _tags(html):
        if not closes:
            names.append(name)
            formatting += name in _FORMATTING
            if len(names) > MAX_DEPTH or formatting > MAX_OPEN_FORMATTING:
                return True
            continue
        if name in _FORMATTING:
            formatting = max(0, formatting - 1)
        if back := _back_to(name, names):
            del names[-back : len(names) - back + 1 if name in _FORMATTING else None]
    return False


def _back_to(name: str, names: list[str]) -> int:
    """How many open elements back the one is that an end tag closes; 0 if it closes none.

    An end tag of an inline element that formats nothing closes nothing across a block.
    """
    if names and names[-1] == name:
        return 1
    for back in range(1, min(len(names), 12) + 1):
        opened = names[-back]
        if opened == name:
            return back
        if opened in _BLOCKS and name not in _BLOCKS and name not in _FORMATTING:
            return 0
    return 0


def _tags(html: str) -> Iterator[tuple[int, bool, str]]:
    """Tags of elements that nest: where each begins, whether it is an end tag, and the element's name."""
    position = 0
    for match in _TAG.finditer(html):
        start = match.start()
        if start < position:
            continue
        comment, slash, name = match.groups()
        if comment:
            end = html.find("-->", match.end())
            position = len(html) if end < 0 else end + 3
            continue
        name = name.lower()
        if name in _UNCOUNTED:
            continue
        if name in _RAW and not slash:
            end = html.find(f"</{name}", match.end())
            position = len(html) if end < 0 else end + len(name) + 2
            continue
        yield start, bool(slash), name


class _Nesting:
    """Which elements stand in which, as a browser would see it."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._open: list[_Element] = []
        self._closed: list[_Element] = []
        self._formatting = 0
        """Formatting elements that are open and kept."""

    def open(self, name: str, start: int) -> None:
        element = _Element(start, depth=len(self._open))
        if name in _FORMATTING:
            element.kept = self._formatting < MAX_OPEN_FORMATTING
            self._formatting += element.kept
        self._names.append(name)
        self._open.append(element)

    def close(self, name: str, start: int) -> None:
        """Close the nearest open element of that name; one that formats leaves open what opened inside it."""
        back = _back_to(name, self._names)
        if name in _FORMATTING and (not back or self._open[-back].kept):
            self._formatting = max(0, self._formatting - 1)
        if back:
            self._open[-back].end = start
            for _ in range(1 if name in _FORMATTING else back):
                self._take(back if name in _FORMATTING else 1)

    def _take(self, back: int) -> None:
        """Take an open element off, and let the one around it know how high it is."""
        del self._names[-back]
        element = self._open.pop(-back)
        for above in range(1, back):
            element.height = max(element.height, self._open[-above].height + back - above)
        if len(self._open) >= back:
            around = self._open[-back]
            if around.height <= element.height:
                around.height = element.height + 1
        self._closed.append(element)

    def too_many(self) -> Iterator[int]:
        """Where the tags begin that have to go: those of the middle of what nests too deep."""
        while self._open:
            self._take(1)
        for element in self._closed:
            middle = element.depth >= MAX_DEPTH // 2 and element.height >= MAX_DEPTH // 2
            if middle or not element.kept:
                yield element.start
                if element.end is not None:
                    yield element.end


def _without(html: str, starts: list[int]) -> str:
    """The HTML without the tags that begin there."""
    parts: list[str] = []
    last = 0
    for start in starts:
        if start >= last:
            parts.append(html[last:start])
            end = html.find(">", start)
            last = len(html) if end < 0 else end + 1
    parts.append(html[last:])
    return " ".join(parts)
