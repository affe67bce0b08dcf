"""Tables of facts, each a data file that a person can edit, with its loader beside it."""

from __future__ import annotations

import functools
import hashlib
from importlib.resources import files
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DATA_SUFFIXES = (".csv", ".yaml")


@functools.cache
def version() -> str:
    """The first 12 hex digits of the SHA-256 over all tables: two runs with the same version knew the same facts."""
    digest = hashlib.sha256()
    for table in sorted(files(__name__).iterdir(), key=lambda item: item.name):
        if table.name.endswith(DATA_SUFFIXES):
            digest.update(table.name.encode())
            digest.update(table.read_bytes())
    return digest.hexdigest()[:12]


def table(name: str) -> Any:
    """The content of a YAML table."""
    text = files(__name__).joinpath(name).read_text("utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, the faster if built
