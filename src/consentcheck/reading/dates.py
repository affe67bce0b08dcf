"""Dates as policies write them: US and British order in words, ISO, and figures with slashes."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

_MONTHS = {name[:3].casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    r"(?<![\w/-])(?:"
    rf"{_MONTH.format('m1')} {{1,2}}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? {{1,2}}(?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH.format('m2')},? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})[-/](?P<m3>\d{1,2})[-/](?P<d3>\d{1,2})"
    r"|(?P<m4>\d{1,2})[/.](?P<d4>\d{1,2})[/.](?P<y4>\d{4}|\d{2})"
    rf"|{_MONTH.format('m5')},? (?P<y5>\d{{4}})"
    r")(?![\w/])",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """Dates in a text with where they begin and end.

    Figures with slashes are read in the US order, or as day first where only that is a date. A month alone counts as
    its last day, so that nothing looks older than it may be.
    """
    for found in _DATE.finditer(text):
        parts = found.groupdict()
        number = next(n for n in "12345" if parts[f"y{n}"])
        date = _date(parts[f"y{number}"], parts[f"m{number}"], parts.get(f"d{number}"))
        if date is not None:
            yield date, found.start(), found.end()


def _date(year: str, month: str, day: str | None) -> dt.date | None:
    whole = int(year) + (2000 if len(year) == 2 else 0)
    number = int(month) if month.isdigit() else _MONTHS[month[:3].casefold()]
    if not 1990 <= whole <= 2100:
        return None
    if day is None:
        return dt.date(whole, number, calendar.monthrange(whole, number)[1])
    first, second = (number, int(day)) if number <= 12 else (int(day), number)
    try:
        return dt.date(whole, first, second)
    except ValueError:
        return None
