"""Models as JSON that is the same for the same values, byte for byte, and that every reader accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pydantic_core


def to_json(value: Any) -> str:
    """JSON text of plain values; ends in a line feed."""
    return pydantic_core.to_json(plain(value), indent=1, inf_nan_mode="constants").decode() + "\n"


def plain(value: Any) -> Any:
    """Dictionaries, lists and scalars only: sets in order, dates as ISO 8601, no half of a surrogate pair."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(item) for item in sorted(value)]
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
