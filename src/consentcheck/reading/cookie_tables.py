"""Cookie tables in a dialog: which cookies a category lists, whose they are and how long they stay."""

from __future__ import annotations

import re
from itertools import pairwise

from consentcheck.model.facts import DeclaredCookie
from consentcheck.reading.document import Page
from consentcheck.reading.tree import Node

MOST_ROWS = 3000
_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("cookie name", "name", "cookie", "cookies used", "cookies", "key", "cookie subgroup", "nombre"),
    "host": ("host", "domain", "provider", "set by", "company", "vendor", "source", "service", "dominio", "proveedor"),
    "duration": (
        "duration", "lifespan", "expiry", "expiration", "retention", "expires", "lifetime", "storage duration",
        "max. age", "maximum storage duration", "duración", "expire", "validity",
    ),
    "description": ("description", "purpose", "function", "usage", "what it does", "descripción", "use"),
    "party": ("party", "first or third party", "category"),
}  # fmt: skip
_UNITS = {
    "second": 1 / 86400, "sec": 1 / 86400, "minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24, "hr": 1 / 24,
    "day": 1.0,
    "week": 7.0, "month": 30.4375, "year": 365.25, "yr": 365.25, "día": 1.0, "dia": 1.0, "semana": 7.0, "mes": 30.4375,
    "año": 365.25, "hora": 1 / 24, "minuto": 1 / 1440,
}  # fmt: skip
_NUMBER = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s{0,3}[-]?\s{0,3}([a-zñí]{1,8})")
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12, "thirty": 30}
_WORD_NUMBER = re.compile(r"\b(a|an|one|two|three|four|five|six|twelve|thirty)\s{1,3}([a-z]{3,8})")


def lifetime_days(words: str | None) -> float | None:
    """Days that a duration's words say: 0 for a session cookie, None when they cannot be read."""
    if not words:
        return None
    lowered = words.lower()[:200]
    total = 0.0
    found = False
    for number, unit in _NUMBER.findall(lowered):
        if (days := _unit(unit)) is not None:
            total += float(number.replace(",", ".")) * days
            found = True
    if found:
        return round(total, 6)
    for number, unit in _WORD_NUMBER.findall(lowered):
        if (days := _unit(unit)) is not None:
            return round(_WORDS[number] * days, 6)
    if "session" in lowered or "sesión" in lowered or "sesion" in lowered:
        return 0.0
    return None


def _unit(word: str) -> float | None:
    return _UNITS.get(word) or _UNITS.get(word.rstrip("s")) or (30.4375 if word == "meses" else None)


def cookies_of(page: Page, node: Node) -> tuple[DeclaredCookie, ...]:
    """The cookies that an element's tables and labelled lists name."""
    tables = [node] if node.tag == "table" else node.css("table")
    found: list[DeclaredCookie] = []
    for table in tables:
        found.extend(_of_table(page, table))
    if not found:
        found.extend(_of_lists(page, node))
    return tuple(found[:MOST_ROWS])


def _of_table(page: Page, table: Node) -> list[DeclaredCookie]:
    columns: dict[str, int] | None = None
    found: list[DeclaredCookie] = []
    for row in table.css("tr")[: MOST_ROWS + 1]:
        cells = [c for c in _children(row) if c.tag in {"td", "th"}]
        texts = [page.text(c) for c in cells]
        if columns is None:
            columns = _columns(texts)
            if columns is None and any(c.tag == "td" for c in cells):
                return []
            continue
        cookie = _cookie(page, row, {key: texts[at] for key, at in columns.items() if at < len(texts)})
        if cookie is not None:
            found.append(cookie)
    return found


def _columns(headings: list[str]) -> dict[str, int] | None:
    columns: dict[str, int] = {}
    for at, heading in enumerate(headings):
        key = _column(heading)
        if key is not None:
            columns.setdefault(key, at)
    return columns if "name" in columns and len(columns) > 1 else None


def _column(heading: str) -> str | None:
    plain = heading.lower().strip(" :*")
    return next((key for key, names in _COLUMNS.items() if plain in names), None)


def _of_lists(page: Page, node: Node) -> list[DeclaredCookie]:
    """Lists whose entries hold pairs of a label and a value, as dl or as two elements side by side."""
    found: list[DeclaredCookie] = []
    for entry in node.css("li, dl, .ot-host-info, .cookie-table-row")[:MOST_ROWS]:
        values: dict[str, str] = {}
        for pair in [entry, *_children(entry)][:20]:
            children = _children(pair)
            for label, value in pairwise(children):
                key = _column(page.text(label)) if len(children) <= 24 else None
                if key is not None:
                    values.setdefault(key, page.text(value))
        cookie = _cookie(page, entry, values)
        if cookie is not None and len(values) > 1:
            found.append(cookie)
    return found


def _children(node: Node) -> list[Node]:
    found: list[Node] = []
    child = node.first_child
    while child is not None and len(found) < 200:
        if child.is_element_node:
            found.append(child)
        child = child.next
    return found


def _cookie(page: Page, node: Node, values: dict[str, str]) -> DeclaredCookie | None:
    name = values.get("name", "")
    if not name or len(name) > 200:
        return None
    duration = values.get("duration") or None
    party = values.get("party", "").lower()
    return DeclaredCookie(
        name=name,
        host=values.get("host") or None,
        duration=duration,
        lifetime_days=lifetime_days(duration),
        description=values.get("description", "")[:2000],
        party="first"
        if "first" in party or "1st" in party
        else "third"
        if "third" in party or "3rd" in party
        else None,
        wildcard=any(c in name for c in "*#") or "xxx" in name.lower(),
        where=page.where(node, name),
    )
