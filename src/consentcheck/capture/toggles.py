"""Toggles of a dialog: which of them an opt-out needs, and setting them so or back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from consentcheck.capture import driver
from consentcheck.capture.readback import name_of
from consentcheck.capture.seen import toggles_of
from consentcheck.capture.tab import Tab
from consentcheck.knowledge import phrases
from consentcheck.model.facts import Category, Control, Dialog
from consentcheck.reading.document import parse
from consentcheck.reading.widgets import refusal_beside

MOST_TOGGLES = 60
"""Toggles of one layer that are set at most."""


@dataclass
class Toggled:
    """What became of the toggles of a layer."""

    names: list[str] = field(default_factory=list)
    """Those that were set."""
    refused: str = ""
    """Why one could not be set, which was the last that was tried."""


def is_negated(control: Control) -> bool:
    """Whether a toggle opts out when it is on; of a row of radio buttons that is a switch, its category's name says so."""
    named = control.category if _is_row(control) else None
    return phrases.is_negated(named or control.text or control.label)


async def switch_off(tab: Tab, dialogs: Sequence[Dialog]) -> Toggled:
    """Set every toggle that is not necessary to its opted-out position, up to the first that refuses."""
    done = Toggled()
    toggles = tuple(toggles_of(dialogs))
    has_sale = any(_is_of_sale(category, toggle) for _, category, toggle in toggles)
    for dialog, category, toggle in toggles:
        if toggle.node is None or len(done.names) >= MOST_TOGGLES or is_necessary(category) or not toggle.enabled:
            continue
        wanted = is_negated(toggle)
        if toggle.role == "radio" and not wanted and not _is_row(toggle):
            continue  # it goes off when another of its group is chosen
        handle = driver.handle_of(tab, toggle.node)
        now = await driver.state_of(handle) if handle else None
        now = now if now is not None else {"on": True, "off": False}.get(toggle.state)
        if now is wanted or now is None:
            continue
        name = name_of(category, toggle)
        pressed = toggle if wanted or toggle.role != "radio" else _refusal(tab, toggle)
        step = await driver.click(
            tab,
            pressed if pressed.text else pressed.model_copy(update={"text": name}),
            f"switching {'on' if wanted else 'off'}: {name[:60]}",
            surface=dialog.surface,
            counts=not has_sale or _is_of_sale(category, toggle),
        )
        after = await driver.state_of(handle) if handle else None
        if not step.ok or after is now:
            done.refused = f"the toggle “{name[:80]}” could not be set: {step.changed}"
            break
        done.names.append(name)
    return done


async def switch_on(tab: Tab, dialogs: Sequence[Dialog]) -> bool:
    """Set every toggle that stands opted out to its other position; False when there is none."""
    wrong = [
        (dialog, category, toggle)
        for dialog, category, toggle in toggles_of(dialogs)
        if toggle.enabled and toggle.state == ("on" if is_negated(toggle) else "off")
        if not is_negated(toggle) or toggle.role != "radio" or _is_row(toggle)  # else another of its group is chosen
    ]
    for dialog, category, toggle in wrong[:MOST_TOGGLES]:
        pressed = _refusal(tab, toggle) if is_negated(toggle) and _is_row(toggle) else toggle
        why = f"switching on: {name_of(category, toggle)[:60]}"
        await driver.click(tab, pressed, why, purpose="opt-in", surface=dialog.surface, settling=False)
    return bool(wrong)


def _is_row(toggle: Control) -> bool:
    """Whether a toggle is a row of radio buttons, known by the one of them that switches it on."""
    return toggle.role == "radio" and toggle.purpose == "toggle"


def _refusal(tab: Tab, radio: Control) -> Control:
    """The radio button that switches off what another one of its group switches on; that other one where none says so."""
    for document in tab.snapshots[-1].documents:
        page = parse(document)
        own = next((n for n in page.css("input[type=radio]") if page.key(n) == radio.node), None)
        other = refusal_beside(page, own) if own is not None else None
        if other is not None:
            return radio.model_copy(
                update={"node": page.key(other), "text": page.name(other), "where": page.where(other)}
            )
    return radio


def all_off(dialogs: Sequence[Dialog]) -> bool:
    """Whether there are toggles that may be refused, and all of them stand refused."""
    states = [
        toggle.state == ("on" if is_negated(toggle) else "off")
        for _, category, toggle in toggles_of(dialogs)
        if toggle.enabled and not is_necessary(category)
    ]
    return bool(states) and all(states)


def _is_of_sale(category: Category | None, toggle: Control) -> bool:
    """Whether a toggle is one that the opt-out of sale and sharing needs."""
    if category is None:
        return toggle.purpose == "opt-out" or is_negated(toggle)
    return bool({"sale", "advertising", "social"} & set(category.all_kinds()))


def is_necessary(category: Category | None) -> bool:
    """Whether a category is one that needs no choice."""
    return category is not None and (category.always_active or category.kind == "necessary")
