"""Which business a host belongs to, and what it is asked for.

Two tables: one made from third-party-web (``trackers.NOTICE``), and our own additions and corrections, which win.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources


@dataclass(frozen=True)
class KnownHost:
    """A row of the tables. ``host`` covers the hosts under it; ``purpose`` is one of those that a `Tracker` may have."""

    host: str
    owner: str
    purpose: str
    path: str = ""


@lru_cache(maxsize=20_000)
def owner_of(host: str, path: str = "") -> KnownHost | None:
    """The row for a host. Of those that cover it, the one with the longest path that ``path`` begins with, then the longest host."""
    labels = host.lower().strip(".").split(".")
    endings = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    rows = [row for table in (_own(), _made()) for ending in endings for row in table.get(ending, ())]
    return max(
        (row for row in rows if path.startswith(row.path)),
        key=lambda row: (len(row.path), len(row.host)),
        default=None,
    )


def _rows(name: str) -> Mapping[str, tuple[KnownHost, ...]]:
    found: dict[str, tuple[KnownHost, ...]] = {}
    text = resources.files("consentcheck.knowledge").joinpath(name).read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        known = KnownHost(row["host"], row["owner"], row["purpose"], row.get("path", ""))
        found[known.host] = (*found.get(known.host, ()), known)
    return found


@cache
def _made() -> Mapping[str, tuple[KnownHost, ...]]:
    return _rows("trackers.csv")


@cache
def _own() -> Mapping[str, tuple[KnownHost, ...]]:
    return _rows("trackers_own.csv")
