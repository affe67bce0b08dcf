"""Finds the rules and templates that ship with the package: in the wheel, else in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_dir() -> Path:
    """Folder of the shipped rule packs."""
    return _find("rules", "rules")


def templates_dir() -> Path:
    """Folder of the report templates."""
    return _find("templates", "reports/templates")


def _find(shipped: str, checkout: str) -> Path:
    in_wheel = _PACKAGE / "_content" / shipped
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parents[1] / checkout
