"""How a check is declared, and what it is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from consentcheck.model.base import Model
from consentcheck.model.facts import Facts
from consentcheck.model.result import Observation
from consentcheck.model.rule import Profile, YesNo


class Params(Model):
    """Base of a check's parameters: an unknown one is refused."""


class NoParams(Params):
    """A check without parameters."""


ENGLISH = frozenset({"en"})
ENGLISH_AND_SPANISH = frozenset({"en", "es"})


@dataclass(frozen=True)
class Case:
    """What a check judges: the facts, the business, the day."""

    facts: Facts
    profile: Profile
    as_of: dt.date
    seller: YesNo = "unknown"
    """Whether the business sells or shares, as said or as worked out."""
    accounts: YesNo = "unknown"


@dataclass(frozen=True)
class Check:
    """A registered check."""

    name: str
    params: type[Params]
    run: Callable[[Case, Any], Iterable[Observation]]
    reads_words: bool
    """Judges what dialogs say, so it cannot tell in a language that it does not read."""
    languages: frozenset[str] = ENGLISH_AND_SPANISH
    """Languages that it reads."""


_CHECKS: dict[str, Check] = {}
P = TypeVar("P", bound=Params)
CheckFunction = Callable[[Case, P], Iterable[Observation]]


def check(
    name: str, params: type[P], *, reads_words: bool = False, languages: frozenset[str] = ENGLISH_AND_SPANISH
) -> Callable[[CheckFunction[P]], CheckFunction[P]]:
    """Register a check under the name that rules use; ``params`` is `NoParams` for one without parameters."""

    def register(function: CheckFunction[P]) -> CheckFunction[P]:
        if name in _CHECKS and _CHECKS[name].run is not function:
            raise ValueError(f"two checks are called {name}")
        _CHECKS[name] = Check(name, params, function, reads_words, languages)
        return function

    return register


def registered() -> dict[str, Check]:
    """All checks that were imported."""
    return dict(_CHECKS)
