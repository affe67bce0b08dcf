"""Lists of categories drawn with characters: boxes ("[x] Essential", "Statistics ☐"), states in brackets ("Analytics (on)"),
and colons ("Marketing: for our ads")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from consentcheck.knowledge.phrases import is_always_active, kinds_of
from consentcheck.model.words import Toggle
from consentcheck.reading.pieces import SWITCH_LABELS, Piece
from consentcheck.reading.text_names import STATES

_BOXES: dict[str, Toggle] = {
    "[x]": "on", "[X]": "on", "[✓]": "on", "[✔]": "on", "☑": "on", "☒": "on", "[ ]": "off", "[]": "off", "[_]": "off", "☐": "off",
}  # fmt: skip
_EMPTY = frozenset({"[-]", "-", "*", "+", "•"})
"""A box whose state is not known, and the sign of a list before a box."""
_FEWEST = 2
"""Boxes, or names before colons, that make a list: a single box may be the sign that closes a dialog."""
_LONGEST_NAME = 5
_DASH = re.compile(r"[-–—:]\s{1,4}(?=\S)")
_STATED = re.compile(r"(?P<name>[^()]{2,60}?)\s{1,4}\((?P<state>[A-Za-z]{2,8})\)")
_NAMED = re.compile(r"(?:[•*-]\s)?(?P<name>[^:–—]{2,60}?)(?::| [-–—])\s{1,4}(?=\S)")


def drawn_lists(row: Sequence[Piece]) -> list[Piece]:
    """The pieces, where a label knows the state that is drawn at it, and stands apart from the description behind its colon."""
    boxed = _with_boxes([piece for piece in row if piece.text not in _EMPTY])
    return _with_colons([_without_state(piece) for piece in boxed])


def _without_state(piece: Piece) -> Piece:
    said = _STATED.fullmatch(piece.text) if piece.text.endswith(")") else None
    state = STATES.get((said["state"].lower(),)) if said else None
    if said is None or state is None or not kinds_of(said["name"]):
        return piece
    return replace(piece, text=said["name"], box=state)


def _with_boxes(row: Sequence[Piece]) -> Sequence[Piece]:
    if sum(piece.text in _BOXES for piece in row) < _FEWEST:
        return row
    if any(a.text in _BOXES and b.words in SWITCH_LABELS for a, b in pairwise(row)):
        return [piece for piece in row if piece.text not in _BOXES]  # a crawler drew a template's boxes, all alike
    beside = [(a, b) for a, b in pairwise(row) if a.line == b.line]
    before = sum(b.text in _BOXES and _names(a) for a, b in beside)
    behind = sum(a.text in _BOXES and _names(b) for a, b in beside)
    found: list[Piece] = []
    state: Toggle | None = None
    for piece in row:
        if piece.text not in _BOXES:
            if state is None and found and found[-1].box is not None and (dash := _DASH.match(piece.text)):
                found.append(replace(piece, text=piece.text[dash.end() :], tells=True))
            else:
                found.append(replace(piece, box=state))
            state = None
        elif behind >= before:
            state = _BOXES[piece.text]
        elif found and found[-1].line == piece.line:
            found[-1] = replace(found[-1], box=_BOXES[piece.text])
    return found


def _names(piece: Piece) -> bool:
    cut = _NAMED.match(piece.text)
    return bool(kinds_of(cut["name"] if cut else piece.text))


def _with_colons(row: Sequence[Piece]) -> list[Piece]:
    """Names cut off the descriptions behind them: those with a box, and all where several kinds are named so.

    Where marks show which categories there are, a name before a colon is only spoken of.
    """
    cuts = {
        number: cut
        for number, piece in enumerate(row)
        if (cut := _NAMED.match(piece.text))
        and len(cut["name"].split()) <= _LONGEST_NAME
        and (kinds_of(cut["name"]) or piece.box is not None)
    }
    kinds = {kind for cut in cuts.values() for kind in kinds_of(cut["name"])}
    listed = "necessary" in kinds and len(kinds) >= _FEWEST and not any(is_always_active(p.text) for p in row)
    found: list[Piece] = []
    for number, piece in enumerate(row):
        cut = cuts.get(number)
        if cut is None or not (listed or piece.box is not None):
            found.append(piece)
            continue
        name = replace(piece, text=cut["name"].strip(), tells=False)
        found += [name, replace(piece, text=piece.text[cut.end() :], box=None, tells=True)]
    return found
