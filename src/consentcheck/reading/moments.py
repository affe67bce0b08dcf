"""When a scenario's choice was made, and what came after it."""

from __future__ import annotations

from collections.abc import Mapping

from consentcheck.model.evidence import Request, Step, Visit
from consentcheck.model.words import Purpose, Scenario

_CHOOSES: frozenset[Purpose] = frozenset(
    {"accept-all", "decline-all", "save", "close", "opt-out", "opt-in", "toggle", "later"}
)
_DOES = frozenset({"click", "toggle", "submit"})
_RELOADS = frozenset({"reload", "navigate"})

CHOOSING: frozenset[Scenario] = frozenset(
    {"opt-out", "accept-all", "close", "opt-back-in", "every-opt-out", "logged-in"}
)
"""Scenarios in which something is chosen on the page; in the others the state holds from the start."""


def is_choosing(step: Step) -> bool:
    """Whether a step makes a choice, or may."""
    return step.ok and step.counts and step.action in _DOES and step.purpose in _CHOOSES


def choice_step(visit: Visit) -> int | None:
    """Index of the step that made the choice: the last one that chooses. None if nothing was chosen."""
    return next((index for index in reversed(range(len(visit.steps))) if is_choosing(visit.steps[index])), None)


def settled_step(visit: Visit) -> int | None:
    """Index of the first page load after the choice, or of the choice where no page was loaded after it.

    What a page sends between a click and the next load may have been under way before; a fresh page has no such excuse.
    """
    chosen = choice_step(visit)
    if chosen is None:
        return None
    later = range(chosen + 1, len(visit.steps))
    return next((index for index in later if visit.steps[index].action in _RELOADS), chosen)


def is_after(visit: Visit, after_step: int | None, since: int | None) -> bool:
    """Whether something that followed ``after_step`` came after the choice, ``since`` being the step it counts from."""
    if visit.scenario not in CHOOSING:
        return True
    return since is not None and after_step is not None and after_step >= since


def since_load(visit: Visit, request: Request) -> float | None:
    """Seconds between the load of the page that a request belongs to and the request; None where that was not recorded."""
    began = [watch.began for watch in visit.watches if watch.page == request.page and watch.began <= request.time]
    return round(request.time - began[-1], 1) if began else None


def watched(visit: Visit) -> float | None:
    """Seconds that each page was watched at least, once the visit's choice was made; None where that was not recorded."""
    since = settled_step(visit)
    return min((watch.seconds for watch in visit.watches if is_after(visit, watch.after_step, since)), default=None)


def snapshot_steps(visit: Visit) -> Mapping[str, tuple[int | None, int]]:
    """Snapshot id -> the step it followed and its page."""
    return {snapshot.id: (snapshot.after_step, snapshot.page) for snapshot in visit.snapshots}
