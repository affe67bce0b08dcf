"""The signs by which consent managers are known; the table is ``cmps.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consentcheck.knowledge import table


@dataclass(frozen=True, slots=True)
class CmpSigns:
    """What a page shows of one consent manager. ``hosts`` may carry a path; ``cookies`` may hold ``*``."""

    name: str
    ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()


@cache
def cmp_signs() -> tuple[CmpSigns, ...]:
    """All consent managers of the table, in its order."""
    return tuple(
        CmpSigns(name=entry["name"], **{kind: tuple(signs) for kind, signs in entry.items() if kind != "name"})
        for entry in table("cmps.yaml")
    )
