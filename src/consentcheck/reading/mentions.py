"""Opt-out titles that stand in a plain text's dialogs, where links have lost their elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consentcheck.model.base import Where
from consentcheck.model.facts import Dialog, OptOutLink
from consentcheck.model.words import Placement, Surface, TitleKind
from consentcheck.reading.optout_words import classify_opt_out, words_of

_PLACEMENT: dict[Surface, Placement] = {
    "banner": "banner", "preferences": "dialog", "cookie-list": "dialog", "opt-out-page": "dialog", "policy": "policy",
}  # fmt: skip
_STARTS = re.compile(
    r"\b(?:Do Not (?:Sell|Share)|DO NOT (?:SELL|SHARE)|Do not sell or share my|Do not sell my|Don['’]t Sell|"
    r"Your Privacy Choices|Your California Privacy Choices|YOUR PRIVACY CHOICES|Limit the Use|Limit Use|"
    r"No Vender|No vender ni)(?![a-z])"
)
"""How a title begins in prose: in capitals, as titles are written, or in the first person. "We do not sell" is none."""
_NEXT = re.compile(
    r"(?:\s{1,3}|\s?/\s?)(or|and|Or|And|OR|AND|\(?[A-Z][\w’'-]{0,20}\)?|my|the|of|personal|information|data|info|ni)(?![\w’'-])"
)
_OBJECTS = frozenset({"info", "information", "data", "choices"})
_LONGEST = 14
"""Words of a title."""
_STANDS_ALONE: frozenset[TitleKind] = frozenset(
    {"statutory", "alternative", "outdated", "variant", "limit", "other-language"}
)


def mentioned_links(dialogs: Sequence[Dialog]) -> tuple[OptOutLink, ...]:
    """Opt-out titles among the dialogs' headings, controls and prose, each wording and place once, with its line."""
    found: dict[tuple[str, Placement], OptOutLink] = {}
    for dialog in dialogs:
        placement = _PLACEMENT.get(dialog.surface, "unknown")
        for text, kind, where in _titles(dialog):
            link = OptOutLink(
                text=text,
                title_kind=kind,
                placement=placement,
                scenario=dialog.scenario,
                where=where.model_copy(update={"quote": text, "surface": where.surface or dialog.surface}),
            )
            found.setdefault((text.casefold(), placement), link)
    return tuple(found.values())


def _titles(dialog: Dialog) -> Iterator[tuple[str, TitleKind, Where]]:
    named = [(dialog.title, dialog.title_where)]
    named += [(control.text, control.where) for control in dialog.controls]
    named += [(control.text, control.where) for category in dialog.categories for control in category.controls]
    for text, where in named:
        kind = classify_opt_out(text)
        if kind in _STANDS_ALONE and kind is not None:
            yield text, kind, where
        else:
            yield from ((title, kind, where) for title, kind in titles_in(text))
    for passage in dialog.prose():
        yield from ((title, kind, passage.where) for title, kind in titles_in(passage.text))


def titles_in(prose: str) -> list[tuple[str, TitleKind]]:
    """Titles that stand in running text, each with its wording.

    A bare "Do Not Sell" in prose names a page or a right as often as a link, so a title needs its object here.

    >>> titles_in("Learn More / Do Not Sell My Personal Information")
    [('Do Not Sell My Personal Information', 'outdated')]
    """
    found: list[tuple[str, TitleKind]] = []
    at = 0
    while (start := _STARTS.search(prose, at)) is not None:
        end = start.end()
        for _ in range(_LONGEST):
            following = _NEXT.match(prose, end)
            if following is None:
                break
            end = following.end()
        at = end
        if title := _longest_title(prose[start.start() : end]):
            found.append(title)
    return found


def _longest_title(words: str) -> tuple[str, TitleKind] | None:
    """The longest beginning that is a title of its own: what follows a link in a flattened text clings to it."""
    best: tuple[str, TitleKind] | None = None
    pieces = re.split(r"(\s+)", words)
    for count in range(len(pieces), 2, -2):
        text = "".join(pieces[:count]).strip(" /(,")
        kind = classify_opt_out(text)
        if kind is None or kind == "near-synonym" or (kind == "variant" and not _OBJECTS & set(words_of(text))):
            continue
        if kind != "variant":
            return text, kind
        best = best or (text, kind)
    return best
