"""The closed set of check functions that rules name, by subject.

A check is a pure function of a `Case` and its own parameters. It returns observations: one a defect, one a thing to review, or one
that says what passed. No observation at all means that there was nothing to judge (``inapplicable``); a pass is always said.
Every module of this package registers its checks when it is imported; `all_checks` imports them all.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from consentcheck.checks.registry import Case, Check, NoParams, Params, check, registered

__all__ = ["Case", "Check", "NoParams", "Params", "all_checks", "check"]


def all_checks() -> dict[str, Check]:
    """Every check by name."""
    _import_all()
    return registered()


@cache
def _import_all() -> None:
    """Import this package's modules, which are looked for in its folder only once."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
