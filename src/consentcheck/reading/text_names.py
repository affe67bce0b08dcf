"""Which pieces of a text name a cookie category, and which are a template's leftovers."""

from __future__ import annotations

import re
from itertools import pairwise

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
from consentcheck.reading.labels import ANSWERS, POSITIONS
from consentcheck.reading.name_parts import is_marked, name_of
from consentcheck.reading.pieces import SWITCH_LABELS, Piece

_FEWEST_LISTED = 3
_SHORT = 4
LONGEST_NAME = 12
"""Words of the longest name that nothing but its kind and the prose after it shows to be one."""
STATES: dict[tuple[str, ...], Toggle] = {
    ("active",): "on", ("on",): "on", ("enabled",): "on", ("inactive",): "off", ("off",): "off", ("disabled",): "off",
}  # fmt: skip
_NO_NAMES = frozenset({"accept-all", "decline-all", "save", "close", "later", "settings", "policy"})
_LONGEST_KINDLESS = 6
"""Words of the longest name that says no kind and that nothing but its place shows to be one."""
_EITHER = frozenset({("preferences",), ("preferencias",), ("required",)})
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
    """Pieces of the vendors' panel that a template carries along: from its back button to the next that decides.

    In other languages than English the panel begins at the latest with what stands before its first box.
    """
    found: set[int] = set()
    inside = False
    filtered = any(piece.words in SWITCH_LABELS for piece in row)
    for number, piece in enumerate(row):
        words = piece.words
        following = row[number + 1].words if number + 1 < len(row) else ()
        if (
            (words[:1] == ("back",) and len(words) <= 2)
            or words[:2] == ("back", "button")
            or (following[:1] == ("checkbox",) and following in SWITCH_LABELS and not kinds_of(piece.text))
            or (words == ("clear",) and any(p.words in SWITCH_LABELS for p in row[number + 1 : number + 3]))
            or (filtered and words == ("apply",) and following == ("cancel",))
        ):
            inside = True
        elif (
            inside
            and words not in {("apply",), ("consent",)}
            and purpose_of(piece.text) in {"save", "accept-all", "decline-all"}
        ):
            inside = False
        if inside or (words in SWITCH_LABELS and words[0] == "checkbox"):
            found.add(number)
    return frozenset(found)


def category_pieces(row: list[Piece], template: frozenset[int]) -> dict[int, str]:
    """Index of each piece that names a category -> the name."""
    pairs = switch_pairs(row)
    sure: dict[int, str] = {}
    likely: dict[int, str] = {}
    # A single name in the framework's words ("Personalized ads and content") is a site's own: the framework has several.
    framework = len({piece.words for piece in row if is_iab_purpose(piece.text)}) > 1
    for number, piece in enumerate(row):
        name = piece_name(piece.text)
        if number in template or not _may_name(piece, name) or (framework and is_iab_purpose(name)):
            continue
        following = row[number + 1] if number + 1 < len(row) else None
        if (
            is_marked(piece.text)
            or piece.box is not None
            or (_COUNT.search(piece.text) and kinds_of(name))
            or (following is not None and _shows_name(piece, row[number + 1 : number + 3]))
        ):
            sure[number] = name
        elif following is not None and _shows_kind(piece, name, following, number + 1 in pairs):
            likely[number] = name
    sure |= _listed(row, template)
    opted = any("sale" in kinds_of(n) and row[at + 1].words in STATES for at, n in likely.items())
    if sure or opted or len({plain(n) for n in likely.values()}) >= 2:
        sure |= likely
    _among(row, sure, template)
    _between(row, sure, template)
    for number in [n for n in sure if n and row[n].text.startswith("About ")]:
        before = row[number - 1]
        if not before.prose and before.words and plain(sure[number])[: len(before.words)] == before.words:
            sure[number - 1] = sure[number] = piece_name(before.text)
    known = {plain(n) for n in sure.values()}
    first = min(sure, default=0)
    for number, piece in enumerate(row):
        name = piece_name(piece.text)
        # Before the first category the opt-out's words are a banner's button or a title, though a category bears them too.
        if number in template or plain(name) not in known or (number < first and purpose_of(name) == "opt-out"):
            continue
        sure.setdefault(number, name)
    return sure


def _is_closed(piece: Piece) -> bool:
    """Whether nothing that a piece says goes on in the next: a sentence, or a button."""
    return piece.prose or piece.text.endswith(".") or purpose_of(piece.text) != "other"


def switch_pairs(row: list[Piece]) -> frozenset[int]:
    """Where two opposite decisions stand side by side more than once: the switches of categories, not a dialog's buttons."""
    found = {
        n
        for n, (piece, after) in enumerate(pairwise(row))
        if len(piece.words) == len(after.words) == 1
        and {purpose_of(piece.text), purpose_of(after.text)} == {"accept-all", "decline-all"}
    }
    return frozenset(found if len(found) > 1 else ())


def _among(row: list[Piece], names: dict[int, str], template: frozenset[int]) -> None:
    """Add names that could be a button or a mark too ("Preferences", "Required") where they stand as a category's does."""
    known = {kind for name in names.values() for kind in kinds_of(name)}
    if not known:
        return
    for number, piece in enumerate(row):
        if number in template or number in names or piece.words not in _EITHER:
            continue
        after_text = number > 0 and row[number - 1].prose and number + 1 in names
        if after_text and is_always_active(piece.text):
            continue  # the mark of the category before it
        around = [row[n] for n in (number - 1, number + 1) if 0 <= n < len(row)]
        beside = (number - 1 in names or number + 1 in names) and not (
            is_always_active(piece.text) and number - 1 in names
        )
        after = around[-1]
        if (
            beside
            or (after.prose and number and _is_closed(row[number - 1]))
            or is_always_active(after.text)
            or any(other.words == piece.words for other in around if other is not piece)
        ):
            names[number] = piece.text


def _between(row: list[Piece], names: dict[int, str], template: frozenset[int]) -> None:
    """Add labels that say no kind ("Partner Cookies") where names and what is told of them follow each other."""
    listed = False
    for number, piece in enumerate(row[:-1]):
        if number in names:
            listed = _tells(row[number + 1])
        elif purpose_of(piece.text) in ANSWERS and not piece.prose:
            listed = False
        elif (
            listed
            and number not in template
            and _tells(row[number - 1])
            and _tells(row[number + 1])
            and (number + 2 in names or _ends_list(row, number))
            and _may_stand(piece)
        ):
            names[number] = piece_name(piece.text)


def _ends_list(row: list[Piece], number: int) -> bool:
    """Whether a label is the last before a decision, and speaks of cookies or the sale: it may be a heading otherwise."""
    after = row[number + 2] if number + 2 < len(row) else None
    spoken = purpose_of(row[number].text) == "opt-out" or row[number].words[-1] in phrases().label_words["joining"]
    return after is not None and purpose_of(after.text) in ANSWERS and spoken


def _tells(piece: Piece) -> bool:
    """Whether a piece tells something of the category before it: a sentence, a mark, a switch's state."""
    return piece.prose or is_always_active(piece.text) or piece.words in STATES or piece.words in POSITIONS


def _may_stand(piece: Piece) -> bool:
    """Whether a label between two texts reads as a name: in capitals throughout, no button, no title."""
    shown = [word for word in piece.text.split() if len(word) > 3]
    longest = LONGEST_NAME if purpose_of(piece.text) == "opt-out" else _LONGEST_KINDLESS
    return (
        0 < len(shown) <= len(piece.words) <= longest
        and all(word.lstrip("(")[:1].isupper() or word in phrases().label_words["joining"] for word in shown)
        and piece.text[:1].isupper()
        and _may_name(piece, piece_name(piece.text))
    )


def _listed(row: list[Piece], template: frozenset[int]) -> dict[int, str]:
    """Names in a row of at least `_FEWEST_LISTED`, the necessary ones among them: switches without a description."""
    found: dict[int, str] = {}
    run: dict[int, str] = {}
    for number, piece in enumerate([*row, None]):
        if piece is not None and number not in template and _is_kind(piece):
            run[number] = piece_name(piece.text)
            continue
        kinds = {kind for name in run.values() for kind in kinds_of(name)}
        if len({plain(name) for name in run.values()}) >= _FEWEST_LISTED and len(kinds) >= _FEWEST_LISTED:
            found |= run
        run = {}
    return found


def _is_kind(piece: Piece) -> bool:
    return (
        len(piece.words) <= 5
        and not piece.prose
        and len(kinds_of(piece.text)) == 1
        and (purpose_of(piece.text) == "other" or piece.words in _EITHER)
    )


def _shows_name(piece: Piece, after: list[Piece]) -> bool:
    """Whether what follows a name follows nothing else: a mark, a switch's label, the name once more."""
    following = after[0]
    described = len(after) > 1 and after[1].prose and len(piece.text) > _SHORT
    again = (
        following.words == piece.words
        and following.apart
        and (len(piece.words) > 1 or piece.words in phrases().not_kinds or described)
    )
    return again or is_always_active(following.text) or following.words in SWITCH_LABELS


def _shows_kind(piece: Piece, name: str, following: Piece, switched: bool) -> bool:
    described = (
        switched
        or following.prose
        or following.text.isdigit()  # a count of its cookies
        or following.words in STATES
        or following.words in POSITIONS
    )
    return (
        described
        and bool(kinds_of(name))
        and purpose_of(name) in {"other", "opt-in"}
        and len(piece.words) <= LONGEST_NAME
    )


def _may_name(piece: Piece, name: str) -> bool:
    words = plain(name)
    return (
        0 < len(words) <= 20
        and not piece.prose
        and not name.endswith((".", ";", ","))
        and not is_no_category(name)
        and not (is_iab_purpose(name) and not kinds_of(name))
        and not is_always_active(name)
        and words not in SWITCH_LABELS
        and (
            purpose_of(name) not in _NO_NAMES
            or piece.box is not None
            or bool(_COUNT.search(piece.text) and kinds_of(name))
        )
    )
