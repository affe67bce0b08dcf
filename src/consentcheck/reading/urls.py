"""What stands in a request: its parameters, and its address without secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from consentcheck.model.evidence import Request

_LONGEST = 65_536


def page_address(url: str) -> str:
    """A URL without the fragment that names a place on the page; one that names a page of the site's own (``#/``, ``#!``) is kept."""
    page, _, fragment = url.partition("#")
    return url if fragment.startswith(("/", "!")) else page


def query_parameters(url: str) -> list[tuple[str, str]]:
    """Parameters of a URL's query and of its path (``;a=b``), in order; names may repeat."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    return [*_pairs(parts.query), *_pairs(parts.path.partition(";")[2].replace(";", "&"))]


def body_parameters(body: str | None) -> list[tuple[str, str]]:
    """Names and values of a request body: a form's fields, or the plain values of JSON under their nearest key."""
    text = (body or "")[:_LONGEST]
    if text.lstrip().startswith(("{", "[")):
        return list(_json_pairs(text))
    return _pairs(text.replace("\r", "").replace("\n", "&")) if "=" in text[:2000] else []


def parameters(request: Request) -> dict[str, str]:
    """All parameters of a request; of those with the same name the first counts."""
    found: dict[str, str] = {}
    for name, value in (*query_parameters(request.url), *body_parameters(request.body)):
        found.setdefault(name, value)
    return found


def shortened(url: str, limit: int = 160) -> str:
    """A URL without query, fragment and user: what may be shown of it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    path = parts.path.partition(";")[0]
    return f"{parts.scheme}://{host}{port}{path}"[:limit]


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text[:_LONGEST], keep_blank_values=True, max_num_fields=1000)
    except ValueError:
        return []


def _json_pairs(text: str) -> Iterator[tuple[str, str]]:
    try:
        waiting: list[tuple[str, Any]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < 5000:
        key, value = waiting.pop(0)
        seen += 1
        if isinstance(value, dict):
            waiting.extend((str(name), inner) for name, inner in value.items())
        elif isinstance(value, list):
            waiting.extend((key, inner) for inner in value)
        elif isinstance(value, str | int) and not isinstance(value, bool):
            yield key, str(value)
