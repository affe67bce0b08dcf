"""Plain text cut into the pieces that a page's elements were, as far as the text still shows it.

Elements of a flattened page stand on lines of their own, or apart by runs of spaces, or glued together
("SettingsAccept All"), or with one space between two buttons ("Reject All Accept All"). Every piece is an exact part of
its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from consentcheck.knowledge.phrases import is_always_active, kinds_of, phrases, plain
from consentcheck.model.words import Toggle
from consentcheck.reading.flatten import wordset
from consentcheck.reading.rows import cut_rows, unglued_words

MOST_PIECES = 100_000
MOST_CUTS = 5000
"""Places in one line where elements may be glued together that are looked at."""
MOST_ROWS = 4000
"""Pieces that are tried as rows of buttons: more than any dialog has."""
LONGEST_ROW = 14
"""Words of the longest row of buttons that is cut into single ones."""
_SPACES = re.compile(
    r"[\s\u200b\u200e\u200f\ufeff]{2,}|[\t\u200e\u200f]\|?"
    r"|[A-Z][a-z]{1,20} \{[\w ]{1,30}\} [a-z]{1,20}(?![a-z])|\{[\w ]{1,30}\}|\[#\w{1,40}#\]"
)
"""What parts elements: runs of spaces, and the places that a template left unfilled."""
_GLUE = re.compile(r"(?<=[a-zà-ÿ0-9.!?:;)\]”’%…→])(?=[A-ZÀ-Þ“])|(?<=[A-Z]{2})(?=[A-Z][a-z]{2})")
_CAPITALS = re.compile(r"\b[A-Z]{6,200}\b")
_TEMPLATE = re.compile(r"((?:checkbox|[Ss]witch) [Ll]abel(?: ?label)?|\[[xX✓✔ _-]?\]|[☐☑☒])")
_TEMPLATE_SIGNS = ("label", "[", "☐", "☑", "☒")
"""Of what `_TEMPLATE` finds, each holds one."""
SWITCH_LABELS = frozenset(
    (kind, *labels) for kind in ("switch", "checkbox") for labels in (("label",), ("label", "label"), ("labellabel",))
)
"""What a template's switches are called before anyone names them."""
_WORD_BEFORE = re.compile(r"[\w’'-]{1,30}$")
_WORD_AFTER = re.compile(r"“?([A-Z]{2,20}(?=[A-Z][a-z])|[A-Z]{2,30}(?![a-z])|[A-ZÀ-Þ][a-zà-ÿ’'-]{0,30})")
_MARK = re.compile(
    r"Always (?:Active|On|Enabled|Allowed)$|\b[A-Z][\w)]{1,15} (?:Active|Inactive)$|Siempre activ[ao]s?$|Immer aktiv$|Toujours actifs?$"
)
"""Marks at whose end a word begins a new element, whichever it is."""
_SENTENCE_END = re.compile(r"[.!?:][”\"’)]{0,2}\s{1,4}(?=[A-ZÀ-Þ“])")
_SHORT_WORD = 4
_BRANDS = wordset(
    "linkedin checkin optin plugin signin login youtube airbnb cookieconsent cookiebot cookiepro cookieyes onetrust activecampaign"
)
"""Words with a capital within: companies, and what consent managers call themselves and their own cookie."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that was an element. ``line`` is 1-based; ``apart``: spaces or a line's edge stand before it.

    ``box``: the state of a box that is drawn at it; ``tells``: it describes the label before it, however short it is.
    """

    text: str
    line: int
    apart: bool = True
    box: Toggle | None = None
    tells: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return plain(self.text)

    @property
    def prose(self) -> bool:
        """Whether it reads as a sentence rather than as a label."""
        count = self.text.count(" ") + 1
        return (
            self.tells
            or count > 20
            or (count > 2 and self.text.endswith("."))
            or (count > 3 and self.text.rstrip('”"’) ').endswith((".", "!", "?", ":", ";")))
            or count > LONGEST_ROW
        )


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, in order. Linear in its length."""
    found: list[Piece] = []
    budget = MOST_ROWS
    for number, line in enumerate(text.split("\n"), 1):
        parts = [
            (t, count == 0)
            for part in _SPACES.split(line)
            for count, glued in enumerate(_unglued(part.strip()))
            for t in (_TEMPLATE.split(glued) if any(sign in glued for sign in _TEMPLATE_SIGNS) else (glued,))
            if t.strip()
        ]
        for (part, apart), whole in _said_twice(parts):
            if len(found) > MOST_PIECES:
                return _tails(found)
            budget -= 1
            rows = [part] if whole or budget < 0 else cut_rows(part)
            found.extend(Piece(p, number, apart=apart or n > 0 or len(rows) > 1) for n, p in enumerate(rows))
    return _tails(found)


def _said_twice(parts: list[tuple[str, bool]]) -> Iterator[tuple[tuple[str, bool], bool]]:
    """Parts, each with whether the next one repeats it: a heading, and what its switch is called. The repetition is cut off."""
    said = ""
    for number, (part, first) in enumerate(parts):
        text, apart = part.strip(), first
        if _says_again(text, said):
            yield (said, apart), True
            text, apart = text[len(said) :].strip(), True
        following = parts[number + 1][0].strip() if number + 1 < len(parts) else ""
        if (cut := _repeated_tail(text, following)) is not None:
            yield (text[:cut].strip(), apart), False
            text, apart = text[cut:], True
        again = (" " in text and following == text and text.count(" ") < LONGEST_ROW) or _says_again(following, text)
        yield (text, apart), again or text == said
        said = text


def _says_again(text: str, said: str) -> bool:
    """Whether a text begins with the label before it; after a label of one word it goes on with a capital."""
    if not said or said.count(" ") >= LONGEST_ROW or not text.startswith(said + " "):
        return False
    return " " in said or (len(said) > _SHORT_WORD and text[len(said) + 1 : len(said) + 2].isupper())


def _unglued(part: str) -> list[str]:
    cuts = [m.start() for m in islice(_GLUE.finditer(part), MOST_CUTS) if _is_cut(part, m.start())]
    return [piece for glued in _cut_at(part, cuts) for piece in _uncapped(glued) if piece]


def _is_cut(part: str, at: int) -> bool:
    before, after = part[at - 1], _WORD_AFTER.match(part, at)
    left = _WORD_BEFORE.search(part[max(0, at - 31) : at])
    if after is None:
        return False
    word = unglued_words(after[1])[0].lower().rstrip("-")
    if left is not None and (left[0] + word).lower() in _BRANDS:
        return False
    if before in ".!?" and (word in phrases().openers or word == "i"):
        return left is None or len(left[0]) > 1
    if before in ".!?":
        return (
            (len(word) > 1 or part[at + 1 : at + 2] == "/")
            and (left is None or len(left[0]) > 1)
            and not part[max(0, at - 2)].isupper()
        )
    if before in ")]%…→;:":
        return word in phrases().openers or len(word) > 3
    closed = left is not None and left[0].lower() in phrases().label_words["closing"]
    return closed or word in phrases().openers or _MARK.search(part, max(0, at - 25), at) is not None


def _cut_at(part: str, cuts: list[int]) -> list[str]:
    edges = [0, *cuts, len(part)]
    return [part[a:b].strip() for a, b in pairwise(edges)]


def _uncapped(part: str) -> list[str]:
    """A part cut where words of capitals were glued together."""
    cuts: list[int] = []
    for match in islice(_CAPITALS.finditer(part), MOST_CUTS):
        at = match.start()
        for word in unglued_words(match[0])[:-1]:
            at += len(word)
            cuts.append(at)
    return _cut_at(part, cuts)


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
