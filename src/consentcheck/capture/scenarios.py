"""Which scenario begins where, and what is done in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from consentcheck.capture import journey
from consentcheck.capture.tab import Tab
from consentcheck.model.words import SCENARIOS, Scenario


@dataclass(frozen=True)
class Plan:
    """How one scenario is visited."""

    play: Callable[[Tab, str], Awaitable[None]]
    gpc: bool = False
    after: Scenario | None = None
    """The scenario whose profile it starts from; None: a fresh one."""
    logged_in: bool = False


PLANS: dict[Scenario, Plan] = {"first-visit": Plan(journey.first_visit)}


def in_order(asked: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios to visit: those asked for and those that they start from, each before what starts from it."""
    needed = set(asked)
    for scenario in asked:
        after = PLANS[scenario].after
        if after:
            needed.add(after)
    return tuple(sorted(needed, key=lambda s: (PLANS[s].after is not None, SCENARIOS.index(s))))
