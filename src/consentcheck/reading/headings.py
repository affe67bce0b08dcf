"""Words without a switch that name a dialog's categories: headings of one rank, or a list of nothing but names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consentcheck.knowledge.phrases import kinds_of, plain
from consentcheck.reading.items import Item
from consentcheck.reading.name_parts import name_of

_BARE = 3
"""Words of the longest name in a list that holds nothing but names."""


def bare_list(row: Sequence[Item], foreign: Collection[int]) -> frozenset[int]:
    """Indices of items right after one another that each say a kind in a word or two, the necessary one among them."""
    found: set[int] = set()
    run: dict[int, str] = {}
    for number, item in enumerate(row):
        bare = item.kind == "text" and not item.table and len(item.text) < 60 and number not in foreign
        name = name_of(item.text) if bare else ""
        if 0 < len(plain(name)) <= _BARE and (kinds := kinds_of(name)):
            run[number] = kinds[0]
        elif run:
            found.update(_listed(run))
            run = {}
    return frozenset(found | _listed(run))


def _listed(run: dict[int, str]) -> set[int]:
    kinds = set(run.values())
    return set(run) if len(kinds) > 2 and "necessary" in kinds else set()


def below_the_first(row: Sequence[Item], headings: list[int], found: Collection[tuple[str, ...]]) -> list[int]:
    """The headings without a first one that stands above all others in rank and has no switch: the dialog's title.

    ``found`` are names that have a switch or a mark, in plain words.
    """
    if len(headings) < 2 or plain(name_of(row[headings[0]].text)) in found:
        return headings
    first, *others = (_rank(row[number]) for number in headings)
    spoken = any(item.kind == "text" and item.role == "heading" for item in row[: headings[0]])
    return headings[1:] if not spoken and all(first < other for other in others) else headings


def _rank(item: Item) -> int:
    """Level of a heading; what has none ranks below all."""
    tag = item.node.tag or ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 9
