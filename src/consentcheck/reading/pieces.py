"""Plain text cut into the pieces that a page's elements were, as far as the text still shows it.

Elements of a flattened page stand on lines of their own, or apart by runs of spaces, or glued together
("SettingsAccept All"), or with one space between two buttons ("Reject All Accept All"). Every piece is an exact part of
its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_no_category,
    is_tab_row,
    kinds_of,
    phrases,
    plain,
    purpose_of,
)

_STRICT = frozenset({"accept-all", "decline-all", "save", "settings"})
"""Purposes whose patterns say all of a label's words."""
MOST_PIECES = 100_000
MOST_CUTS = 5000
"""Places in one line where elements may be glued together that are looked at."""
MOST_ROWS = 4000
"""Pieces that are tried as rows of buttons: more than any dialog has."""
LONGEST_ROW = 14
"""Words of the longest row of buttons that is cut into single ones."""
_SPACES = re.compile(r"[\s\u200b\u200e\u200f\ufeff]{2,}|[\t\u200e\u200f]")
_GLUE = re.compile(r"(?<=[a-zà-ÿ0-9.!?:;)\]”’%…→])(?=[A-ZÀ-Þ“])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_TEMPLATE = re.compile(r"((?:checkbox|Switch Label|Switch label|switch) label(?: label)?)")
_WORD_BEFORE = re.compile(r"[\w’'-]{1,30}$")
_WORD_AFTER = re.compile(r"“?([A-Z]{2,20}(?=[A-Z][a-z])|[A-Z]{2,30}(?![a-z])|[A-ZÀ-Þ][a-zà-ÿ’'-]{0,30})")
_SENTENCE_END = re.compile(r"[.!?:][”\"’)]{0,2}\s{1,4}(?=[A-ZÀ-Þ“])")
_SEPARATORS = re.compile(r"\s{1,3}[/|•·]\s{1,3}")
_BRANDS = frozenset({"linkedin", "checkin", "optin", "plugin", "signin", "login", "youtube", "airbnb"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that was an element. ``line`` is 1-based; ``apart``: spaces or a line's edge stand before it."""

    text: str
    line: int
    apart: bool = True

    @property
    def words(self) -> tuple[str, ...]:
        return plain(self.text)

    @property
    def prose(self) -> bool:
        """Whether it reads as a sentence rather than as a label."""
        count = self.text.count(" ") + 1
        return (
            count > 20
            or (count > 3 and self.text.rstrip('”"’) ').endswith((".", "!", "?", ":", ";")))
            or count > LONGEST_ROW
        )


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, in order. Linear in its length."""
    found: list[Piece] = []
    budget = MOST_ROWS
    for number, line in enumerate(text.split("\n"), 1):
        for part in _SPACES.split(line):
            if len(found) > MOST_PIECES:
                return _tails(found)
            for count, glued in enumerate(_unglued(part.strip())):
                for plain_part in _TEMPLATE.split(glued) if "label" in glued else (glued,):
                    rows = _rows(plain_part.strip()) if budget > 0 else [plain_part.strip()]
                    budget -= 1
                    found.extend(Piece(p, number, apart=count == 0) for p in rows if p)
    return _tails(found)


def _unglued(part: str) -> list[str]:
    cuts = [m.start() for m in islice(_GLUE.finditer(part), MOST_CUTS) if _is_cut(part, m.start())]
    return [piece for piece in _cut_at(part, cuts) if piece]


def _is_cut(part: str, at: int) -> bool:
    before, after = part[at - 1], _WORD_AFTER.match(part, at)
    left = _WORD_BEFORE.search(part[max(0, at - 31) : at])
    if after is None:
        return False
    word = after[1].lower()
    if left is not None and (left[0] + word).lower() in _BRANDS:
        return False
    if before in ".!?":
        return len(word) > 1 and (left is None or len(left[0]) > 1) and not part[max(0, at - 2)].isupper()
    if before in ")]%…→;:":
        return word in phrases().openers or len(word) > 3
    return word in phrases().openers


def _cut_at(part: str, cuts: list[int]) -> list[str]:
    edges = [0, *cuts, len(part)]
    return [part[a:b].strip() for a, b in pairwise(edges)]


def _rows(part: str) -> list[str]:
    """A row of buttons cut into single ones; prose that ends in such a row cut before it."""
    if part.count(" ") < LONGEST_ROW and (row := _buttons(part)):
        return row
    ends = list(_SENTENCE_END.finditer(part))
    if ends and part.count(" ", ends[-1].end()) < LONGEST_ROW and not part.endswith((".", "!", "?", ":", ";", ",")):
        tail = part[ends[-1].end() :].strip()
        row = _buttons(tail)
        if row or purpose_of(tail) not in {"other", "policy"} or (tail.count(" ") < 3 and is_no_category(tail)):
            return [part[: ends[-1].end()].strip(), *(row or [tail])]
    return [part]


def _buttons(part: str) -> list[str]:
    """Single buttons of a row, empty when it is no row of several."""
    if is_tab_row(part):
        return []
    words = part.split(" ")
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        return [" ".join(words[:half])] * 2
    split = [p.strip() for p in _SEPARATORS.split(part)]
    if len(split) > 1 and all(_known(p) for p in split):
        return [b for p in split for b in (_buttons(p) or [p])]
    whole = purpose_of(part)
    if whole in _STRICT:
        return []
    row = _row(words)
    if any(purpose_of(p) in _STRICT or is_always_active(p) for p in row) and len({purpose_of(p) for p in row}) > 1:
        return row
    return row if whole == "other" and len(row) > 1 else []


def _row(words: list[str]) -> list[str]:
    """Words as a row of two or more known labels, each begun with a capital; empty when they are none."""
    if len(words) > LONGEST_ROW:
        return []
    best: list[list[str] | None] = [None] * (len(words) + 1)
    best[len(words)] = []
    for start in range(len(words) - 1, -1, -1):
        if not (words[start][:1].isupper() or words[start][:1].isdigit()):
            continue
        for end in range(start + 1, len(words) + 1):
            rest = best[end]
            if rest is None or (start == 0 and end == len(words)):
                continue
            label = " ".join(words[start:end])
            shortest = best[start]
            if (shortest is None or len(rest) + 1 <= len(shortest)) and _known(label):
                best[start] = [label, *rest]
    return best[0] or []


def _known(label: str) -> bool:
    if label[-1] in "-–:&/,":
        return False
    return purpose_of(label) != "other" or is_always_active(label) or _plain_kind(label)


def _plain_kind(label: str) -> bool:
    words = plain(label)
    return (
        len(words) <= 3
        and bool(kinds_of(label))
        and not any(purpose_of(word) in _STRICT - {"settings"} for word in words)
        and words[-1] in {"cookies", "necessary", "preferences", "statistics", "marketing", "unclassified"}
    )


def _tails(row: list[Piece]) -> list[Piece]:
    """A name that stands twice in a row (a heading and its switch's label), cut off the pieces around it."""
    found: list[Piece] = []
    for number, piece in enumerate(row):
        rest = piece
        if found and _repeats(found[-1], piece):
            length = len(found[-1].text)
            found.append(Piece(piece.text[:length], piece.line))
            rest = Piece(piece.text[length:].strip(), piece.line)
        after = row[number + 1] if number + 1 < len(row) else None
        following = after.text if after is not None and after.line == piece.line else ""
        cut = _repeated_tail(rest.text, following)
        if cut is None and rest.prose and following:
            cut = _name_tail(rest.text, following)
        if cut is None:
            found.append(rest)
        else:
            found.append(Piece(rest.text[:cut].strip(), piece.line, rest.apart))
            found.append(Piece(rest.text[cut:].strip(), piece.line))
    return [p for p in found if p.text]


def _repeats(name: Piece, piece: Piece) -> bool:
    """Whether a piece begins with the words of the label before it, and goes on."""
    return (
        name.line == piece.line
        and len(name.text) < len(piece.text)
        and _starts_with(piece.text, name.text)
        and len(name.words) <= 20
        and not name.prose
    )


def _starts_with(text: str, name: str) -> bool:
    return text.startswith(name) and len(name.split()) > 1 and not text[len(name) : len(name) + 1].isalnum()


def _repeated_tail(text: str, following: str) -> int | None:
    """Where the words begin with which ``text`` ends and ``following`` starts; None when there are none."""
    if not following or text.endswith((".", ",", ";")):
        return None
    words = text.split(" ")
    for count in range(min(20, len(words) - 1), 1, -1):
        tail = " ".join(words[-count:])
        if tail[:1].isupper() and _starts_with(following, tail) and len(tail) < len(text):
            return len(text) - len(tail)
    return None


def _name_tail(text: str, following: str) -> int | None:
    """Where a category's name begins after the last sentence of a piece; None when it ends in none."""
    ends = list(_SENTENCE_END.finditer(text[-200:]))
    if not ends or text.endswith((".", "!", "?", ":", ",", ";")):
        return None
    at = max(0, len(text) - 200) + ends[-1].end()
    tail = text[at:]
    if tail.count(" ") < 8 and (is_always_active(following) or kinds_of(tail)):
        return at
    return None
