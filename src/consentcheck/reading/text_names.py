"""Which pieces of a text name a cookie category, and which are a template's leftovers."""

from __future__ import annotations

import re

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_iab_purpose,
    is_no_category,
    kinds_of,
    phrases,
    plain,
    purpose_of,
)
from consentcheck.model.words import Toggle
from consentcheck.reading.name_parts import is_marked, name_of
from consentcheck.reading.pieces import Piece

_FEWEST_LISTED = 3
LONGEST_NAME = 12
"""Words of the longest name that nothing but its kind and the prose after it shows to be one."""
SWITCH_LABELS = frozenset(
    {("switch", "label", "label"), ("switch", "label"), ("checkbox", "label", "label"), ("checkbox", "label")}
)
"""What a template's switches are called before anyone names them."""
STATES: dict[tuple[str, ...], Toggle] = {
    ("active",): "on", ("on",): "on", ("enabled",): "on", ("inactive",): "off", ("off",): "off", ("disabled",): "off",
}  # fmt: skip
_NO_NAMES = frozenset({"accept-all", "decline-all", "save", "close", "later", "settings", "policy"})
_COUNT = re.compile(r"\s{0,2}\(\d{1,4}\)$")
_ABOUT = re.compile(r"(?:^|(?<=\s))About\s")


def piece_name(text: str) -> str:
    """A category's name without its mark, its count of cookies, and a repeated "About ..."."""
    name = _COUNT.sub("", name_of(text))
    about = _ABOUT.search(name)
    if about is not None and kinds_of(tail := name[about.end() :].strip()):
        head = name[: about.start()].strip()
        if tail.startswith(head):
            return head or tail
        if head.endswith("]"):
            return tail
    return name


def template_pieces(row: list[Piece]) -> frozenset[int]:
    """Pieces of the vendors' panel that a template carries along: from its back button to the next that decides."""
    found: set[int] = set()
    inside = False
    for number, piece in enumerate(row):
        words = piece.words
        if words[:1] == ("back",) and len(words) <= 2:
            inside = True
        elif inside and len(words) > 1 and purpose_of(piece.text) in {"save", "accept-all", "decline-all"}:
            inside = False
        if inside or (words in SWITCH_LABELS and words[0] == "checkbox"):
            found.add(number)
    return frozenset(found)


def category_pieces(row: list[Piece], template: frozenset[int]) -> dict[int, str]:
    """Index of each piece that names a category -> the name."""
    sure: dict[int, str] = {}
    likely: dict[int, str] = {}
    for number, piece in enumerate(row):
        name = piece_name(piece.text)
        if number in template or not _may_name(piece, name):
            continue
        following = row[number + 1] if number + 1 < len(row) else None
        if (
            is_marked(piece.text)
            or (_COUNT.search(piece.text) and kinds_of(name))
            or (following is not None and _shows_name(piece, following))
        ):
            sure[number] = name
        elif following is not None and _shows_kind(piece, name, following):
            likely[number] = name
    sure |= _listed(row, template)
    if sure or len({plain(n) for n in likely.values()}) >= 2:
        sure |= likely
    known = {plain(n) for n in sure.values()}
    for number, piece in enumerate(row):
        if number not in template and plain(piece_name(piece.text)) in known:
            sure.setdefault(number, piece_name(piece.text))
    return sure


def _listed(row: list[Piece], template: frozenset[int]) -> dict[int, str]:
    """Names in a row of at least `_FEWEST_LISTED`, the necessary ones among them: switches without a description."""
    found: dict[int, str] = {}
    run: dict[int, str] = {}
    for number, piece in enumerate([*row, None]):
        if piece is not None and number not in template and _is_kind(piece):
            run[number] = piece_name(piece.text)
            continue
        kinds = {kind for name in run.values() for kind in kinds_of(name)}
        if len({plain(name) for name in run.values()}) >= _FEWEST_LISTED and "necessary" in kinds:
            found |= run
        run = {}
    return found


def _is_kind(piece: Piece) -> bool:
    return (
        len(piece.words) <= 3
        and not piece.prose
        and piece.apart
        and len(kinds_of(piece.text)) == 1
        and (purpose_of(piece.text) == "other" or piece.words == ("preferences",))
    )


def _shows_name(piece: Piece, following: Piece) -> bool:
    """Whether what follows a name follows nothing else: a mark, a switch's label, the name once more."""
    again = (
        following.text == piece.text
        and following.apart
        and (len(piece.words) > 1 or piece.words in phrases().not_kinds)
    )
    return again or is_always_active(following.text) or following.words in SWITCH_LABELS


def _shows_kind(piece: Piece, name: str, following: Piece) -> bool:
    described = following.prose or following.words in STATES
    return described and bool(kinds_of(name)) and purpose_of(name) == "other" and len(piece.words) <= LONGEST_NAME


def _may_name(piece: Piece, name: str) -> bool:
    words = plain(name)
    return (
        0 < len(words) <= 20
        and not piece.prose
        and not name.endswith((".", ";", ","))
        and not is_no_category(name)
        and not is_iab_purpose(name)
        and not is_always_active(name)
        and words not in SWITCH_LABELS
        and (purpose_of(name) not in _NO_NAMES or bool(_COUNT.search(piece.text) and kinds_of(name)))
    )
