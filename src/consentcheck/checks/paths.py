"""The two paths, to yes and to no, and the steps that each takes."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.layers import (
    SOLD,
    Saying,
    at,
    controls_of,
    layers,
    listed,
    place,
    sayings,
    unique,
    with_purpose,
)
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.model.base import Where
from consentcheck.model.facts import Dialog, Facts, Path
from consentcheck.model.result import Observation


@check("opt-out-takes-no-more-steps", NoParams, reads_words=True)
def opt_out_takes_no_more_steps(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Counts the steps that were taken; where none were, infers from the words and leaves it to a person."""
    accept, opt_out = _shortest(case.facts, "accept"), _shortest(case.facts, "opt-out")
    if accept and opt_out:
        yield _compare(accept, opt_out, _declines_at_once(case.facts))
    else:
        yield from _stopped(case.facts)
        yield from _inferred(case.facts)


def _shortest(facts: Facts, goal: str) -> Path | None:
    done = [path for path in facts.paths if path.goal == goal and path.completed and path.steps]
    return min(done, key=lambda path: path.count, default=None)


def _declines_at_once(facts: Facts) -> tuple[Where, ...]:
    """Buttons that decline everything on one of the layers, whether or not the opt-out that was made went that way."""
    offered = [
        (d, c) for d in layers(facts, "preferences", "opt-out-page", "banner") for c in with_purpose(d, "decline-all")
    ]
    return unique(at(control, dialog) for dialog, control in offered)


def _compare(accept: Path, opt_out: Path, shorter: tuple[Where, ...]) -> Observation:
    data = {"accept": str(accept.count), "optout": str(opt_out.count)}
    data |= {"steps": " → ".join(step.text for step in opt_out.steps if step.counts)}
    where = unique([opt_out.where, accept.where])
    if opt_out.count > accept.count and shorter:
        data |= {"decline": listed(place.quote or "" for place in shorter)}
        return Observation(outcome="cantTell", variant="shorter", where=(*where, *shorter), data=data, key="shorter")
    if opt_out.count > accept.count:
        return Observation(outcome="failed", where=where, data=data, key="steps")
    if opt_out.verified is False:
        return Observation(outcome="cantTell", variant="not-verified", where=where, data=data, key="steps")
    return Observation(outcome="passed", where=where, data=data)


def _stopped(facts: Facts) -> Iterator[Observation]:
    for path in facts.paths:
        if path.goal == "opt-out" and not path.completed and path.steps:
            data = {"steps": " → ".join(step.text for step in path.steps)}
            yield Observation(outcome="cantTell", variant="stopped", where=(path.where,), data=data, key="stopped")
            return


def _inferred(facts: Facts) -> Iterator[Observation]:
    """Preferences that allow all with one button, and opt out by a toggle and a save button."""
    for dialog in layers(facts, "preferences"):
        accepts, saves = with_purpose(dialog, "accept-all"), with_purpose(dialog, "save")
        toggle = _toggle_of_sale(dialog)
        if accepts and saves and toggle and not with_purpose(dialog, "decline-all"):
            where = unique([toggle, *(at(control, dialog) for control in (*saves[:1], *accepts[:1]))])
            data = {"accept": listed([accepts[0].text]), "save": listed([saves[0].text])}
            yield Observation(outcome="cantTell", variant="inferred", where=where, data=data, key="inferred")


def _toggle_of_sale(dialog: Dialog) -> Where | None:
    """Where the toggle for sale, sharing or advertising stands, or is spoken of."""
    said: tuple[Saying, ...] = sayings([dialog], "toggle-instruction")
    if said:
        return said[0].where
    for category in dialog.categories:
        if category.toggle in ("on", "unknown") and set(category.all_kinds()) & SOLD:
            return place(category.where, category.name, dialog.surface)
    toggles = [control for control in controls_of(dialog) if control.purpose == "toggle" and control.state == "on"]
    return at(toggles[0], dialog) if toggles else None
