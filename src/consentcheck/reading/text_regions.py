"""Which stretches of a text are consent dialogs: pieces near words of consent, with something to act on."""

from __future__ import annotations

from consentcheck.knowledge.phrases import is_always_active, kinds_of, phrases, purpose_of, speaks_of_consent
from consentcheck.model.words import Purpose
from consentcheck.reading.labels import ANSWERS
from consentcheck.reading.pieces import Piece
from consentcheck.reading.text_names import template_pieces

SHORT = 40
"""Pieces of a text that is a dialog and nothing else."""
REACH = 8
"""Pieces without a word of consent that a region may hold in a row; those that a template carries along do not count."""
LONGEST_CONTROL = 10


def regions_of(row: list[Piece]) -> list[list[Piece]]:
    """Stretches of pieces that speak of consent and hold something to act on."""
    marked = [speaks_of_consent(p.text) or is_act(p) or _is_kind(p) for p in row]
    template = template_pieces(row)
    regions: list[list[Piece]] = []
    start: int | None = None
    last, apart = -1, 0
    for number, mark in enumerate(marked):
        apart += number not in template
        if not mark:
            continue
        if start is None or apart > REACH:
            if start is not None:
                regions.append(row[start : last + 1])
            start = number
        last, apart = number, 0
    if start is not None:
        heads = not row[last].prose and last + 1 < len(row) and row[last + 1].prose
        regions.append(row[start : last + 1 + heads])
    found = [r for r in regions if _is_consent(r)]
    return found or ([row] if _is_short(row) else [])


def _is_kind(piece: Piece) -> bool:
    return len(piece.words) <= 4 and not piece.prose and bool(kinds_of(piece.text))


def _is_short(row: list[Piece]) -> bool:
    """Whether the pieces are few, ask for consent without its usual words, and hold a decision."""
    asks = any(word in p.text.lower() for p in row for word in (*phrases().asking, "privacy", "cookie"))
    return (
        len(row) <= SHORT
        and asks
        and any(purpose in {"accept-all", "decline-all"} for purpose in map(_label_purpose, row))
    )


def _label_purpose(piece: Piece) -> Purpose:
    return "other" if piece.prose else purpose_of(piece.text)


def is_act(piece: Piece) -> bool:
    return len(piece.words) <= LONGEST_CONTROL and (
        purpose_of(piece.text) in {"accept-all", "decline-all", "save", "close", "settings", "opt-out"}
        or is_always_active(piece.text)
    )


def _is_consent(region: list[Piece]) -> bool:
    spoken = [p for p in region if speaks_of_consent(p.text)]
    acts = sum(is_act(p) and (purpose_of(p.text) != "close") for p in region)
    cookies = sum(("cookie" in p.text.lower() or "do not sell" in p.text.lower()) for p in spoken)
    decided = sum(_label_purpose(p) in ANSWERS for p in region)
    return (decided and acts >= 2 and cookies >= 1) or (
        any(not is_act(p) for p in spoken) and ((acts >= 1 and cookies >= 1) or acts >= 2)
    )
