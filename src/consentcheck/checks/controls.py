"""Controls of the opt-out: what a toggle means, and whether everyone can reach it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consentcheck.checks.layers import SOLD, at, controls_of, layers, listed, place, sayings, shown, stands, unique
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.model.facts import Category, Control, Dialog
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome, Purpose

_CHOOSING: frozenset[Purpose] = frozenset(
    {"accept-all", "decline-all", "settings", "save", "opt-out", "opt-in", "toggle", "close"}
)


class ToggleLabelParams(Params):
    """``positions``: words that say what a toggle's position means."""

    positions: tuple[str, ...]


@check("toggle-says-what-it-does", ToggleLabelParams, reads_words=True)
def toggle_says_what_it_does(case: Case, params: ToggleLabelParams) -> Iterator[Observation]:
    """Toggles for sale, sharing and advertising: each has a name, says its positions, and “do not sell” does not mean “sell” when on."""
    found: dict[str | None, list[tuple[Dialog, Control]]] = {}
    for dialog in layers(case.facts, "preferences", "opt-out-page", "banner"):
        for control in _toggles_of_sale(dialog):
            found.setdefault(_fault(case, control, params), []).append((dialog, control))
    for fault, toggles in found.items():
        where = unique(at(control, dialog) for dialog, control in toggles)
        names = listed(control.text or control.category or "a nameless toggle" for _dialog, control in toggles)
        outcome: Outcome = "passed" if fault is None else "failed" if fault in ("nameless", "inverted") else "cantTell"
        yield Observation(outcome=outcome, variant=fault, where=where, data={"toggles": names}, key=f"{fault} {names}")


def _toggles_of_sale(dialog: Dialog) -> Iterator[Control]:
    sold: dict[str, Category] = {c.name: c for c in dialog.categories if set(c.all_kinds()) & SOLD}
    for control in controls_of(dialog):
        if control.purpose != "toggle" or not shown(control):
            continue
        words = f"{control.text} {control.label}".strip() or ("" if control.category else dialog.title)
        if control.category in sold or statements.says("sale-or-sharing-words", words):
            yield control
    for category in sold.values():
        yield from (c for c in category.controls if c.purpose == "toggle" and shown(c) and c.category is None)


def _fault(case: Case, control: Control, params: ToggleLabelParams) -> str | None:
    name, label = control.text.strip().casefold(), control.label.strip().casefold()
    if not name and not label:
        return "name-only" if case.facts.kind != "live" and control.category else "nameless"
    if re.search(r"\b(?:do not|don't|don’t) (?:sell|share)\b", f"{name} {label}"):
        return _direction(case, control)
    return None if {*statements.words_of(f"{name} {label}")} & {*params.positions} else "name-only"


def _direction(case: Case, control: Control) -> str | None:
    """What “on” means for a toggle named “do not sell”: told by its state after the opt-out, or while information is sold."""
    choice = case.facts.choice("opt-out")
    if choice and choice.completed and choice.sale_toggles.get(control.text):
        return "inverted"
    seen = any(
        t.scenario == "first-visit" and t.purpose == "advertising" and t.identifiers for t in case.facts.trackers
    )
    if not seen or control.state not in ("on", "off"):
        return "direction"
    return "inverted" if control.state == "on" else None


@check("opt-out-accessible", NoParams, reads_words=True)
def opt_out_accessible(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Controls of the choice have names and can be reached by keyboard; links say where they lead."""
    dialogs = layers(case.facts)
    choosing = [(d, c) for d in dialogs for c in controls_of(d) if c.purpose in _CHOOSING and shown(c)]
    if case.facts.kind != "text":
        yield from _unreachable(choosing, names_known=case.facts.kind == "live")
    generic = [saying.where for saying in sayings(dialogs, "generic-link")]
    for dialog in dialogs:
        words = [c for c in dialog.controls if c.role == "link" and shown(c) and c.text.strip().casefold() in _GENERIC]
        quoted = {place.quote for place in generic}
        generic += [at(c, dialog) for c in words if not any(c.text in (quote or "") for quote in quoted)]
    if generic:
        names = listed(place.quote or "" for place in generic)
        yield Observation(
            outcome="cantTell", variant="generic-link", where=unique(generic), data={"names": names}, key=names
        )
    elif choosing and case.facts.kind != "text":
        yield Observation(outcome="passed")


_GENERIC = frozenset({"here", "click here", "this link", "link", "this page", "this", "more"})


def _unreachable(choosing: list[tuple[Dialog, Control]], *, names_known: bool) -> Iterator[Observation]:
    """``names_known``: the browser computed the names; a saved page's toggle can take its name from what is not read."""
    nameless = [at(c, d) for d, c in choosing if not c.text.strip() and (names_known or c.purpose != "toggle")]
    unfocusable = [at(c, d) for d, c in choosing if c.focusable is False and c.enabled]
    if nameless:
        yield Observation(outcome="failed", variant="nameless", where=unique(nameless), key="nameless")
    if unfocusable:
        names = listed(where.quote or "" for where in unfocusable)
        yield Observation(
            outcome="failed",
            variant="keyboard",
            where=unique(unfocusable),
            data={"names": names},
            key=f"keyboard {names}",
        )


@check("minors-opt-in", NoParams, reads_words=True)
def minors_opt_in(case: Case, _params: NoParams) -> Iterator[Observation]:
    """On a site for consumers under 16, sale and sharing stay off until they are switched on."""
    dialogs = layers(case.facts, "banner", "preferences", "opt-out-page")
    sold = [(d, c) for d in dialogs for c in d.categories if set(c.all_kinds()) & SOLD]
    on = [place(c.where, c.name, d.surface) for d, c in sold if stands(c) == "on"]
    seen = [
        t for t in case.facts.trackers if t.scenario == "first-visit" and t.purpose == "advertising" and t.identifiers
    ]
    if on or seen:
        what = listed(where.quote or "" for where in on) if on else seen[0].host
        where = unique(on or [seen[0].where])
        variant = "toggle" if on else "tracker"
        yield Observation(outcome="failed", variant=variant, where=where, data={"what": what}, key=f"{variant} {what}")
        return
    said = [saying.where for saying in sayings(dialogs, "minors-opt-in", whole=True)]
    if sold and all(stands(category) == "off" for _dialog, category in sold):
        yield Observation(outcome="passed", where=unique(said))
    else:
        yield Observation(outcome="cantTell", variant="not-seen", where=unique(said), key="not seen")
