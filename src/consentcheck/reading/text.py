"""Consent dialogs in plain text: a saved text, or a page flattened by a scraper.

The text is cut into pieces (`reading.pieces`); pieces near words of consent form regions; a region is cut into surfaces
where a title or a row of tabs follows what ends a layer. Every quotation is an exact part of its line, from line 1 on.
"""

from __future__ import annotations

from itertools import islice

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_no_category,
    is_tab_row,
    phrases,
    plain,
    purpose_of,
)
from consentcheck.model.facts import Control, Dialog, Passage
from consentcheck.model.words import Purpose, Toggle
from consentcheck.reading.drawn_lists import drawn_lists
from consentcheck.reading.labels import POSITIONS
from consentcheck.reading.markdown import without_marks
from consentcheck.reading.name_parts import is_marked
from consentcheck.reading.pieces import SWITCH_LABELS, Piece, pieces
from consentcheck.reading.text_layer import DECIDING, Layer, category_of, dialog_of, place
from consentcheck.reading.text_names import (
    STATES,
    category_pieces,
    piece_name,
    switch_pairs,
    template_pieces,
)
from consentcheck.reading.text_regions import LONGEST_CONTROL, is_act, regions_of

MOST_DIALOGS = 30
"""Layers that are kept of one document: more than any page has."""
LONGEST_TEXT = 1_000_000
"""Characters of a text that are read: more than any page with a dialog holds."""
_HEADED = frozenset({"settings", "opt-out", "policy", "opt-in"})
"""Purposes whose words are a title when prose or a category follows."""
_REOPENING = frozenset({("manage", "consent"), ("manage", "cookie", "consent")})
_ASKING = frozenset({"show", "view", "see"})
"""Words with which a button begins, and no title."""
_CONTENTS = frozenset({("details",), ("cookies",), ("services",), ("vendors",), ("partners",)})
"""Last words of what opens the list of a category's cookies."""
_FEWEST_TABS = 2


def read_text(text: str) -> tuple[Dialog, ...]:
    """The consent dialogs of a text, in order, the first `MOST_DIALOGS` of them."""
    found = (
        dialog
        for section in _sections(drawn_lists(pieces(without_marks(text[:LONGEST_TEXT]))))
        for region in regions_of(section)
        for dialog in _Region(region).read()
    )
    return tuple(islice(found, MOST_DIALOGS))


def _sections(row: list[Piece]) -> list[list[Piece]]:
    """The pieces between lines that begin with ``###``: headings that a scraper put between layers."""
    sections: list[list[Piece]] = [[]]
    for piece in row:
        if piece.text.startswith("###"):
            sections.append([])
        else:
            sections[-1].append(piece)
    return sections


class _Region:
    """One region, read into layers."""

    def __init__(self, row: list[Piece]) -> None:
        self.row = row
        self.layers: list[Layer] = [Layer()]
        self.junk = template_pieces(row)
        self.pairs = switch_pairs(row)
        self.names = category_pieces(row, self.junk)
        self.last_name = max(self.names, default=-1)
        self.described: set[tuple[str, ...]] = set()

    @property
    def layer(self) -> Layer:
        return self.layers[-1]

    def read(self) -> list[Dialog]:
        number = 0
        while number < len(self.row):
            number = self._step(number)
        self._drop_reopening()
        return [
            dialog_of(layer)
            for layer in self.layers
            if layer.categories or any(c.purpose != "policy" for c in layer.controls)
        ]

    def _drop_reopening(self) -> None:
        """Take out the tab that opens a dialog again once it is closed, where the dialog has a button for its settings."""
        opening = [c for layer in self.layers for c in layer.controls if c.purpose == "settings"]
        for layer in self.layers:
            kept = [c for c in layer.controls if c.purpose != "settings" or plain(c.text) not in _REOPENING]
            if len(opening) > 1:
                layer.controls = kept

    def _step(self, number: int) -> int:
        piece = self.row[number]
        if number in self.junk:
            return number + 1
        if number in self.names:
            return self._category(number)
        following = self.row[number + 1] if number + 1 < len(self.row) else None
        if tabs := self._tab_pieces(number):
            return number + tabs
        if is_tab_row(piece.text):
            if self.layer.decided or self.layer.named:
                self.layers.append(Layer())
            self.layer.tabs, self.layer.start = piece.text, self.layer.start or piece
            return number + 1
        purpose = self._purpose(piece)
        headed = purpose in _HEADED or (purpose == "save" and self.layer.empty)
        titled = (headed and not _is_button(piece) and not self._ends_banner(number, purpose)) or (
            purpose == "other" and not piece.prose and _is_title(piece) and piece.words[0] not in _ASKING
        )
        if titled and following is not None and following.words == piece.words and not self.layer.decided:
            return number + 1  # a title that is said twice: after a decision it would be a button, and what it opens
        if titled and self.layer.title is not None and purpose == "settings" and self.layer.title.words == piece.words:
            return number + 1
        if titled and following is not None and (self._heads(number) or self._opens_choices(number, purpose)):
            self._title(piece, number)
            return number + 1
        self.layer.start = self.layer.start or piece
        if purpose != "other":
            self._control(piece, purpose)
        elif not _is_template(piece):
            self.layer.passages.append(
                Passage(text=piece.text, where=place(piece), role="paragraph" if piece.prose else "label")
            )
        return number + 1

    def _tab_pieces(self, number: int) -> int:
        """How many pieces from here on are tabs' labels, one a piece, plain words among them; 0 when they are too few."""
        count = 0
        while number + count < len(self.row) and self.row[number + count].words in phrases().tabs:
            count += 1
        single = sum(len(p.words) == 1 for p in self.row[number : number + count])
        if count == single == 1:
            return int(self.row[number].words == ("details",) and number + 1 in self.names)
        return count if single >= _FEWEST_TABS else 0

    def _purpose(self, piece: Piece) -> Purpose:
        if piece.prose or len(piece.words) > 20:
            return "other"
        purpose = purpose_of(piece.text)
        return purpose if purpose == "opt-out" or len(piece.words) <= LONGEST_CONTROL else "other"

    def _heads(self, number: int) -> bool:
        """Whether what follows is what a title stands over: prose, or a category."""
        following = self.row[number + 1]
        if following.prose or number + 1 in self.names:
            return True
        return (
            number + 2 < len(self.row)
            and not is_act(following)
            and (self.layer.empty or purpose_of(self.row[number].text) == "other" or not _is_title(following))
            and (self.row[number + 2].prose or number + 2 in self.names)
        )

    def _opens_choices(self, number: int, purpose: Purpose) -> bool:
        """Whether words for settings are the first of all, buttons follow, and then categories: their layer's title."""
        return purpose == "settings" and self.layer.empty and is_act(self.row[number + 1]) and number < self.last_name

    def _ends_banner(self, number: int, purpose: Purpose) -> bool:
        """Whether words for settings are the last button of a banner, after which no dialog with categories comes."""
        others = self.layer.purposes
        return (
            purpose == "settings"
            and bool(others & {"accept-all", "decline-all"})
            and "settings" not in others
            and number >= self.last_name
        )

    def _title(self, piece: Piece, number: int) -> None:
        over_category = number + 1 in self.names
        done = self.layer.decided or self.layer.describes
        banner = self.layer.decided and "settings" in self.layer.purposes
        if (done and not over_category) or (banner and not self.layer.named):
            self.layers.append(Layer())
            over_category = False
        if self.layer.title is None and not over_category:
            self.layer.title = piece
        self.layer.start = self.layer.start or piece
        self.layer.passages.append(Passage(text=piece.text, where=place(piece), role="heading"))

    def _control(self, piece: Piece, purpose: Purpose) -> None:
        role = "link" if purpose in {"policy", "opt-out"} else "button"
        self.layer.add_control(Control(text=piece.text, role=role, purpose=purpose, where=place(piece)))

    def _category(self, number: int) -> int:
        """Read one category; returns the index of the piece after it."""
        name = self.names[number]
        key = plain(name)
        piece = self.row[number]
        self.layer.start = self.layer.start or piece
        locked = is_marked(piece.text)
        toggle: Toggle = piece.box or "unknown"
        if piece.box is not None:
            self.layer.switched.add(key)
        nested = False
        described: list[Piece] = []
        at = number + 1
        while at < len(self.row):
            other = self.row[at]
            if at in self.junk or (at in self.names and plain(self.names[at]) != key):
                break
            if at in self.names or plain(piece_name(other.text)) == key:
                at += 1
                continue
            if is_always_active(other.text):
                locked = True
            elif described and other.words[-1:] in _CONTENTS and self._purpose(other) in {"settings", "policy"}:
                pass
            elif other.words in SWITCH_LABELS:
                nested = nested or not described
            elif other.words in STATES and toggle == "unknown":
                toggle = STATES[other.words]
            elif other.words in POSITIONS:
                self.layer.switched.add(key)
            elif at in self.pairs:
                self.layer.switched.add(key)
                at += 1
            elif other.prose or (not is_act(other) and _sentence(other)):
                described.append(other)
            elif self._ends(other, at):
                break
            at += 1
        if self.layer.named and key in self.described and described and not self._continues(key):
            self.layers.append(Layer())
            self.described = set()
        parent = self.layer.group if nested else None
        passages = tuple(Passage(text=p.text, where=place(p)) for p in described)
        self.layer.add_category(category_of(name, piece, passages, "locked" if locked else toggle, parent))
        if described:
            self.described.add(key)
        return at

    def _ends(self, piece: Piece, at: int) -> bool:
        purpose = self._purpose(piece)
        if purpose in DECIDING or is_tab_row(piece.text) or piece.words[:1] == ("back",):
            return True
        if purpose in {"settings", "opt-out"}:
            return True
        return purpose == "other" and _is_title(piece) and self._heads(at) if at + 1 < len(self.row) else False

    def _continues(self, key: tuple[str, ...]) -> bool:
        known = self.layer.named.get(key)
        return known is None or not known.description


def _sentence(piece: Piece) -> bool:
    return len(piece.words) > 5 and not is_no_category(piece.text) and purpose_of(piece.text) == "other"


def _is_button(piece: Piece) -> bool:
    """Whether words that open settings ask for it, as no title does."""
    first, *more = piece.words
    return first in _ASKING or (not more and first not in {"preferences", "settings", "options"})


def _is_template(piece: Piece) -> bool:
    return piece.words in SWITCH_LABELS or not piece.words


def _is_title(piece: Piece) -> bool:
    return (0 < len(piece.words) <= 20 and is_no_category(piece.text)) or purpose_of(piece.text) in _HEADED
