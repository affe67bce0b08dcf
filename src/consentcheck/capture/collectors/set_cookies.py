"""The cookies that an answer sets: its Set-Cookie headers, read."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from consentcheck.model.evidence import SetCookie


def read_set_cookie(line: str, url: str, blocked: str | None) -> SetCookie:
    """One Set-Cookie header. ``expires``: Max-Age counted from now, else Expires; None for a session cookie."""
    first, *attributes = line.split(";")
    name, equals, value = first.partition("=")
    given = {key.strip().lower(): val.strip() for key, _, val in (each.partition("=") for each in attributes)}
    return SetCookie(
        name=name.strip() if equals else "",
        value=value.strip() if equals else name.strip(),
        domain=given.get("domain", "") or urlsplit(url).hostname or "",
        path=given.get("path") or "/",
        expires=_expires(given.get("max-age"), given.get("expires")),
        blocked=blocked or None,
    )


def _expires(max_age: str | None, expires: str | None) -> float | None:
    if max_age:
        digits = max_age.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) < 12:
            return time.time() + int(max_age)
    if expires:
        try:
            return parsedate_to_datetime(expires.replace("-", " ")).timestamp()
        except (ValueError, TypeError, OverflowError):
            return None
    return None
