"""What common cookies and storage keys are for.

The table is ``cookies.csv``, written for this project from what the vendors themselves say of their cookies. The Open
Cookie Database may be laid on top of it from a file that the user names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal, get_args

from consentcheck.errors import UsageError

CookieKind = Literal["necessary", "functional", "analytics", "advertising", "social", "consent", "security"]
KINDS: tuple[CookieKind, ...] = get_args(CookieKind)
COLUMNS = ("name", "match", "kind", "owner", "domain", "lifetime_days", "certain")

_ESSENTIAL: frozenset[CookieKind] = frozenset({"necessary", "consent", "security"})


@dataclass(frozen=True, slots=True)
class KnownCookie:
    """One row: a cookie or storage key and its purpose."""

    name: str
    """Its name, or a pattern in which ``*`` stands for any run of characters."""
    kind: CookieKind
    owner: str
    lifetime_days: float | None = None
    """Usual lifetime; 0 for a session cookie, None for storage or where it varies."""
    pattern: bool = False
    certain: bool = True
    """One purpose is known for it. False for names that several parties use for different things."""
    domains: tuple[str, ...] = ()
    """Sites whose cookie this is; empty when it is set on any site."""

    def covers(self, name: str) -> bool:
        """Whether this pattern matches a name."""
        first, *rest = self.name.split("*")
        if not name.startswith(first):
            return False
        at = len(first)
        for part in rest[:-1]:
            at = name.find(part, at)
            if at < 0:
                return False
            at += len(part)
        return name.endswith(rest[-1]) and len(name) - len(rest[-1]) >= at

    def stands_on(self, domain: str) -> bool:
        """Whether the row speaks of cookies of this host."""
        host = domain.lower().lstrip(".")
        return not self.domains or any(host == site or host.endswith("." + site) for site in self.domains)


class CookieTable:
    """Looks names up: exact ones first, then the pattern that says most."""

    def __init__(self, rows: Iterable[KnownCookie]) -> None:
        self._exact: dict[str, list[KnownCookie]] = {}
        self._patterns: list[KnownCookie] = []
        for row in rows:
            if row.pattern:
                self._patterns.append(row)
            else:
                self._exact.setdefault(row.name, []).append(row)
        self._patterns.sort(key=lambda row: (-len(row.name), row.name))

    def __len__(self) -> int:
        return len(self._patterns) + sum(map(len, self._exact.values()))

    def __iter__(self) -> Iterator[KnownCookie]:
        for rows in self._exact.values():
            yield from rows
        yield from self._patterns

    def find(self, name: str, domain: str = "") -> KnownCookie | None:
        """What is known of a name; ``domain`` is the host that the cookie belongs to, where known."""
        exact = self._exact.get(name, [])
        return _best(exact, name, domain) or _best([row for row in self._patterns if row.covers(name)], name, domain)


def _best(rows: Sequence[KnownCookie], name: str, domain: str) -> KnownCookie | None:
    """The row that fits the host; without a host, a row bound to one is a guess, and so not certain."""
    if domain:
        fitting = [row for row in rows if row.stands_on(domain)]
        return max(fitting, key=lambda row: bool(row.domains), default=None)
    free = [row for row in rows if not row.domains]
    if free:
        return free[0]
    if not rows or len(name) < 3 or len({row.kind for row in rows}) > 1:
        return None
    return replace(rows[0], certain=False)


@cache
def cookie_table() -> CookieTable:
    """The shipped table."""
    text = resources.files(__package__).joinpath("cookies.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return CookieTable(
        KnownCookie(
            name=row["name"],
            kind=_kind(row["kind"]),
            owner=row["owner"],
            lifetime_days=float(row["lifetime_days"]) if row["lifetime_days"] else None,
            pattern=row["match"] == "wildcard",
            certain=row["certain"] == "yes",
            domains=tuple(row["domain"].split()),
        )
        for row in rows
    )


def known_cookie(name: str, domain: str = "", table: CookieTable | None = None) -> KnownCookie | None:
    """What is known of a cookie or storage key, None if nothing is.

    >>> known_cookie("_ga_ABC123").kind
    'analytics'
    """
    return (table or _chosen or cookie_table()).find(name, domain)


_chosen: CookieTable | None = None


def use_cookie_table(table: CookieTable | None) -> None:
    """Serve later look-ups from this table; None: from the shipped one. Called once, before anything is read."""
    global _chosen  # noqa: PLW0603 - one table a run; passing it through every reader would not make that plainer
    _chosen = table


def _kind(word: str) -> CookieKind:
    return next(kind for kind in KINDS if kind == word)


# The Open Cookie Database calls "Functional" what a site cannot do without; consent managers say "Strictly Necessary".
_DATABASE_KINDS: dict[str, CookieKind] = {
    "functional": "necessary",
    "necessary": "necessary",
    "security": "security",
    "analytics": "analytics",
    "marketing": "advertising",
    "personalization": "functional",
}
_NAME, _CATEGORY, _OWNER, _WILDCARD = "Cookie / Data Key name", "Category", "Platform", "Wildcard match"
_DATABASE_SIZE = 50_000_000


def load_open_cookie_database(path: Path) -> CookieTable:
    """The shipped table with the Open Cookie Database's CSV on top.

    The shipped rows keep their purpose: the database gives ``usprivacy`` to a sharing widget, for one. A shipped row
    that an exact row of the database contradicts is no longer certain. Raises UsageError, with ``path:line``, on any
    other file.
    """
    shipped = cookie_table()
    names: dict[tuple[str, bool], list[KnownCookie]] = {}
    for row in _database_rows(path):
        names.setdefault((row.name, row.pattern), []).append(row)
    doubted = {
        name
        for (name, pattern), rows in names.items()
        if not pattern
        for known in [shipped.find(name)]
        if known is not None and any(not _agree(known.kind, row.kind) for row in rows)
    }
    kept = [replace(row, certain=row.certain and row.name not in doubted) for row in shipped]
    taken = {row.name for row in shipped}
    added = [
        replace(rows[0], certain=all(_agree(rows[0].kind, row.kind) for row in rows))
        for (name, _), rows in names.items()
        if name not in taken
    ]
    return CookieTable(kept + added)


def _agree(one: CookieKind, other: CookieKind) -> bool:
    return one == other or {one, other} <= _ESSENTIAL


def _database_rows(path: Path) -> Iterator[KnownCookie]:
    try:
        if path.stat().st_size > _DATABASE_SIZE:
            raise UsageError(f"{path}: too large to be the Open Cookie Database")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    reader = csv.reader(text.splitlines(keepends=True))
    try:
        columns = next(reader, [])
        missing = [column for column in (_NAME, _CATEGORY, _OWNER, _WILDCARD) if column not in columns]
        if missing:
            raise UsageError(f"{path}:1: not the Open Cookie Database: no column {missing[0]!r}")
        for cells in reader:
            if any(cells):
                yield _database_row(columns, cells, f"{path}:{reader.line_num}")
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: {error}") from error


def _database_row(columns: list[str], cells: list[str], place: str) -> KnownCookie:
    if len(cells) < len(columns):
        raise UsageError(f"{place}: {len(cells)} cells where {len(columns)} are expected")
    row = dict(zip(columns, cells, strict=False))
    kind = _DATABASE_KINDS.get(row[_CATEGORY].strip().casefold())
    if kind is None:
        raise UsageError(f"{place}: unknown category {row[_CATEGORY]!r}")
    name, pattern = row[_NAME].strip(), row[_WILDCARD].strip() == "1"
    if not name:
        raise UsageError(f"{place}: a row without a cookie name")
    if pattern and "*" not in name:
        name += "*"
    return KnownCookie(name=name, kind=kind, owner=row[_OWNER].strip(), pattern=pattern)
