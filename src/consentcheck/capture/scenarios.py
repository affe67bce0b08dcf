"""Which scenario begins where, and what is done in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from consentcheck.capture import choice, journey
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


PLANS: dict[Scenario, Plan] = {
    "first-visit": Plan(journey.first_visit),
    "gpc": Plan(journey.signal_visit, gpc=True),
    "opt-out": Plan(choice.opt_out),
    "accept-all": Plan(choice.accept_all),
    "close": Plan(choice.close),
    "revisit-after-opt-out": Plan(choice.revisit, after="opt-out"),
    "revisit-after-gpc": Plan(choice.revisit, after="gpc"),
    "accept-then-gpc": Plan(choice.revisit, gpc=True, after="accept-all"),
    "opt-back-in": Plan(choice.opt_back_in, after="opt-out"),
    "logged-in": Plan(choice.opt_out, logged_in=True),
    "every-opt-out": Plan(choice.every_opt_out, gpc=True),
}


def in_order(asked: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios to visit: those asked for and those that they start from, each before what starts from it."""
    needed = set(asked) | {after for scenario in asked if (after := PLANS[scenario].after)}
    return tuple(sorted(needed, key=lambda scenario: (PLANS[scenario].after is not None, SCENARIOS.index(scenario))))
