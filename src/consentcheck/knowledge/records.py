"""Records in which consent managers keep a choice; the table is ``records.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A row of the table."""

    record: str
    name: str
    decides: tuple[str, ...] = ()
    states: Mapping[str, bool | None] = field(default_factory=dict)
    source: str = ""


def known_record(key: str) -> KnownRecord | None:
    """The row for a cookie or key; None if it is no such record."""
    exact, beginnings = _records()
    return exact.get(key) or next((row for start, row in beginnings.items() if key.startswith(start)), None)


@cache
def _records() -> tuple[Mapping[str, KnownRecord], Mapping[str, KnownRecord]]:
    text = resources.files(__package__).joinpath("records.yaml").read_text(encoding="utf-8")
    rows = [KnownRecord(**entry | {"decides": tuple(entry["decides"])}) for entry in yaml.safe_load(text)]
    exact = {row.record: row for row in rows if not row.record.endswith("*")}
    return exact, {row.record[:-1]: row for row in rows if row.record.endswith("*")}
