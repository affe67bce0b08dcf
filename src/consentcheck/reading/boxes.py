"""Ticked and empty boxes drawn with characters: "[x] Essential", "Marketing [ ]", "☐ Statistics"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from consentcheck.knowledge.phrases import kinds_of
from consentcheck.model.words import Toggle
from consentcheck.reading.pieces import Piece

_STATES: dict[str, Toggle] = {
    "[x]": "on", "[X]": "on", "[✓]": "on", "[✔]": "on", "☑": "on", "☒": "on", "[ ]": "off", "[]": "off", "[_]": "off", "☐": "off",
}  # fmt: skip
_FEWEST = 2
"""Boxes that make a list to choose from; a single one may be the sign that closes a dialog."""
_DASH = re.compile(r"[-–—:]\s{1,4}(?=\S)")
_NAMED = re.compile(r"(?P<name>[^:–—]{2,60}?)(?::| [-–—])\s{1,4}(?=\S)")


def with_boxes(row: Sequence[Piece]) -> list[Piece]:
    """The pieces, where the label that a box stands at says the box's state; the boxes themselves are gone."""
    if sum(piece.text in _STATES for piece in row) < _FEWEST:
        return list(row)
    beside = [(a, b) for a, b in pairwise(row) if a.line == b.line]
    before = sum(b.text in _STATES and bool(kinds_of(a.text)) and not a.prose for a, b in beside)
    behind = sum(a.text in _STATES and bool(kinds_of(b.text)) for a, b in beside)
    found: list[Piece] = []
    state: Toggle | None = None
    for piece in row:
        if piece.text not in _STATES:
            if state is not None:
                found += _labelled(piece, state)
            elif found and found[-1].box is not None and (dash := _DASH.match(piece.text)):
                found.append(replace(piece, text=piece.text[dash.end() :], tells=True))
            else:
                found.append(piece)
            state = None
        elif behind >= before:
            state = _STATES[piece.text]
        elif found and found[-1].line == piece.line:
            found[-1] = replace(found[-1], box=_STATES[piece.text])
    return found


def _labelled(piece: Piece, state: Toggle) -> list[Piece]:
    """What stands behind a box: a label, or one with its description behind a colon or a dash."""
    cut = _NAMED.match(piece.text)
    if cut is None:
        return [replace(piece, box=state)]
    name = replace(piece, text=cut["name"].rstrip(), box=state)
    return [name, replace(piece, text=piece.text[cut.end() :], tells=True)]
