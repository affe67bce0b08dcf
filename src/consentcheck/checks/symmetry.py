"""Symmetry in choice: what accepts and what declines, on the same layer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consentcheck.checks.layers import at, layers, listed, sayings, shown, stands, unique, with_purpose
from consentcheck.checks.links import normalised
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog
from consentcheck.model.result import Observation
from consentcheck.model.words import Purpose, Surface


class SameLayerParams(Params):
    """``first`` asks for ``second`` beside it; ``beside`` are purposes worth showing with a failure.

    ``acknowledgements``: words of buttons that merely close a notice, unless its text seeks consent.
    """

    surface: Surface
    first: Purpose
    second: tuple[Purpose, ...]
    beside: tuple[Purpose, ...] = ()
    acknowledgements: tuple[str, ...] = ()
    without_first: bool = False
    """Whether a layer without ``first`` passes (neither is offered) or is not judged."""


@check("controls-on-same-layer", SameLayerParams, reads_words=True)
def controls_on_same_layer(case: Case, params: SameLayerParams) -> Iterator[Observation]:
    """Judges each layer of the surface by its shown controls.

    A saved page's hidden banner may be one that this visitor was not to see, so that it is left to a person.
    """
    for dialog in layers(case.facts, params.surface):
        observation = _judge_layer(dialog, params)
        if observation and observation.outcome == "failed" and dialog.surface == "banner" and dialog.visible is False:
            observation = observation.model_copy(update={"outcome": "cantTell", "variant": "not-shown"})
        if observation:
            yield observation


def _judge_layer(dialog: Dialog, params: SameLayerParams) -> Observation | None:
    firsts = with_purpose(dialog, params.first)
    notices = [control for control in _closers(dialog, params) if _acknowledges(control, params)]
    strong = [control for control in firsts if control not in notices]
    seconds = with_purpose(dialog, *params.second)
    data = {"first": listed(c.text for c in strong or notices), "second": listed(c.text for c in seconds)}
    if strong:
        return _pair(dialog, strong, seconds, params, data)
    if notices and seconds:
        return Observation(outcome="passed", where=_at(dialog, seconds), data=data)
    if notices:
        seeking = sayings([dialog], "seeks-consent")
        if seeking:
            where = unique([*_at(dialog, notices), *(saying.where for saying in seeking)])
            return Observation(outcome="cantTell", variant="acknowledge", where=where, data=data, key=data["first"])
        return Observation(outcome="passed", variant="notice", where=_at(dialog, notices), data=data)
    if params.without_first and dialog.controls:
        return Observation(outcome="passed", variant="neither", data=data)
    return None


def _pair(
    dialog: Dialog,
    firsts: Sequence[Control],
    seconds: Sequence[Control],
    params: SameLayerParams,
    data: dict[str, str],
) -> Observation:
    if any(not _lesser_link(control, firsts) for control in seconds):
        return Observation(outcome="passed", where=_at(dialog, [*firsts, *seconds]), data=data)
    where = _at(dialog, [*firsts, *seconds, *with_purpose(dialog, *params.beside)])
    key = f"{dialog.surface} {data['first']}"
    if seconds:
        return Observation(outcome="cantTell", variant="text-link", where=where, data=data, key=key)
    if _already_off(dialog.categories):
        return Observation(outcome="cantTell", variant="already-off", where=where, data=data, key=key)
    if unread := _unread_buttons(dialog):
        data = {**data, "unread": listed(c.text for c in unread)}
        return Observation(
            outcome="cantTell", variant="unread", where=_at(dialog, [*firsts, *unread]), data=data, key=key
        )
    hidden = [c for c in dialog.controls if c.purpose in params.second and not shown(c)]
    variant = "hidden" if hidden else None
    data = {**data, "hidden": listed(c.text for c in hidden)}
    return Observation(outcome="failed", variant=variant, where=where, data=data, key=key)


def _closers(dialog: Dialog, params: SameLayerParams) -> tuple[Control, ...]:
    return with_purpose(dialog, params.first, "close", "other")


def _acknowledges(control: Control, params: SameLayerParams) -> bool:
    return normalised(control.text).rstrip("!") in params.acknowledgements


def _lesser_link(control: Control, firsts: Sequence[Control]) -> bool:
    """Whether declining is a text link where accepting is a button."""
    if control.role != "link" or any(first.role == "link" for first in firsts):
        return False
    fills = {first.look.background for first in firsts if first.look}
    return control.look is None or control.look.background not in fills


def _unread_buttons(dialog: Dialog) -> list[Control]:
    """Buttons of a banner that may decline, though their words are not known to: a preference centre has too many others."""
    if dialog.surface != "banner":
        return []
    return [
        control
        for control in with_purpose(dialog, "other", "opt-out")
        if control.role == "button"
        and _MAY_DECLINE.fullmatch(control.text.strip())
        and not _NO_DECLINE.search(control.text)
    ]


_MAY_DECLINE = re.compile(r"[^\W\d_]+(?:[\s,'’-]+[^\W\d_]+){1,5}[.!]?")
_NO_DECLINE = re.compile(
    r"\b(?:sell|sale|shar(?:e|ing)|choices|signal|icon|close|back|menu|message|search)\b", re.IGNORECASE
)


def _already_off(categories: Sequence[Category]) -> bool:
    """Whether every toggle stands off, so that there is nothing to decline."""
    toggles = {stands(category) for category in categories if category.toggle != "none"}
    return toggles == {"off"}


def _at(dialog: Dialog, controls: Sequence[Control]) -> tuple[Where, ...]:
    return unique(at(control, dialog) for control in controls)


@check("no-beside-later", NoParams, reads_words=True)
def no_beside_later(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A layer that takes “yes” or “later” also takes “no”."""
    for dialog in layers(case.facts, "banner", "preferences", "opt-out-page"):
        accepts, later = with_purpose(dialog, "accept-all", "opt-in"), with_purpose(dialog, "later")
        if not accepts:
            continue
        data = {"accept": listed(c.text for c in accepts), "later": listed(c.text for c in later)}
        if later and not with_purpose(dialog, "decline-all"):
            yield Observation(outcome="failed", where=_at(dialog, [*accepts, *later]), data=data, key=data["later"])
        else:
            yield Observation(outcome="passed", where=_at(dialog, accepts), data=data)
