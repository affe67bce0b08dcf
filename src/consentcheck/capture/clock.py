"""The time of day, as evidence has it."""

from __future__ import annotations

import datetime as dt


def now() -> str:
    """ISO 8601 in UTC, to the millisecond."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
