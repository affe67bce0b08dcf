"""Makes the opt-out as a person would: by the link, a press that declines, or toggles, as deep as the layers go."""

from __future__ import annotations

from collections.abc import Sequence

from consentcheck.capture import driver
from consentcheck.capture.confirming import button_that_came, yes_to_opting_out
from consentcheck.capture.forms import controls_of_forms, controls_to_fill, submit_form
from consentcheck.capture.outcome import Before, read_back, stopped
from consentcheck.capture.persistence import press_and_watch
from consentcheck.capture.readback import wait_for_effect
from consentcheck.capture.seen import (
    controls_of,
    dialogs_of,
    find_control,
    opt_out_links,
    toggles_of,
    wait_for_dialog,
    without,
)
from consentcheck.capture.tab import Tab
from consentcheck.capture.toggles import Toggled, all_off, switch_off
from consentcheck.model.evidence import Snapshot, Step
from consentcheck.model.facts import Control, Dialog, OptOutLink
from consentcheck.model.words import Surface

DEEPEST = 4
"""Layers that the driver goes down before it gives up."""
PATIENCE = 2.0
"""Seconds that a press which declines is given to take effect before it is taken to have set the toggles only."""
_OPENED: tuple[Surface, ...] = ("preferences", "opt-out-page")
"""Layers that are there because they were opened."""


async def decline(tab: Tab, start: Snapshot, before: Before) -> bool:
    """Make the opt-out. False, with the reason recorded, when it could not be made; accept is never pressed."""
    layer = start
    links = opt_out_links(start)
    if links:
        step = await _press_link(tab, start, links[0])
        if step.ok:
            await wait_for_dialog(tab)
            layer = await tab.snapshot("opt-out-page", "opened", "opt-out-page")
        else:
            # What lies over the link is what a person would use, if it offers a way out.
            links = []
            layer = await tab.snapshot("page-again", "page")
            if not _offers_a_way_out(dialogs_of(tab, layer)):
                stopped(tab, f"the link “{step.text[:80]}” could not be pressed: {step.changed}")
                return False
    elif not dialogs_of(tab, start):
        tab.stopped_because = "nothing on the page offers to opt out"
        return False
    for depth in range(DEEPEST):
        shown = without(_of_interest(tab, layer, start, through_link=bool(links)), controls_of_forms(layer))
        told = await before.renewed()
        deeper = find_control(shown, "settings")
        # One press that declines everything is the shortest way out, and the one that a person would take.
        finish = find_control(shown, "decline-all")
        toggled = await switch_off(tab, shown) if finish is None else Toggled()
        if toggled.refused and (toggled.names or deeper is None):
            stopped(tab, toggled.refused)
            return False
        finish = finish or (None if toggled.refused else _finisher(shown, toggled.names))
        if finish is None and toggled.names:
            finish = await _save_behind(tab, told)
        if finish is not None:
            dialog, control = finish
            step = await driver.click(
                tab, control, "saving the choice" if toggled.names else "declining", surface=dialog.surface
            )
            if not step.ok:
                stopped(tab, f"“{control.text[:80]}” could not be pressed: {step.changed}")
                return False
            confirmed = await _confirm(tab, told, layer, shown)
            await read_back(tab, start, told, "opted-out")
            return confirmed and tab.completed is not False
        if toggled.names:
            await read_back(tab, start, told, "opted-out")
            return tab.completed is not False
        if deeper is None or depth == DEEPEST - 1:
            break
        step = await driver.click(tab, deeper[1], "opening the preferences", surface=deeper[0].surface)
        if not step.ok:
            stopped(tab, f"“{deeper[1].text[:80]}” could not be pressed: {step.changed}")
            return False
        await wait_for_dialog(tab)
        layer = await tab.snapshot("preferences", "opened", "preferences")
    if links and await before.lookout.told():  # the link itself opted out
        await read_back(tab, start, before, "opted-out")
        return tab.completed is not False
    said = await submit_form(tab, layer)
    if said is None:
        await read_back(tab, start, before, "opted-out")
        return tab.completed is not False
    stopped(tab, said)
    return False


async def _press_link(tab: Tab, start: Snapshot, link: OptOutLink) -> Step:
    """Press the opt-out link; whether what it opens stays is watched here only if the first visit does not watch it."""
    why = "opening the opt-out"
    if "first-visit" in tab.settings.scenarios:
        return await driver.click(tab, link, why, purpose="opt-out", surface="page")
    step = await press_and_watch(tab, start, link, why)
    await tab.settle()
    return step


def _offers_a_way_out(dialogs: Sequence[Dialog]) -> bool:
    """Whether a layer holds what may opt out, or leads to it."""
    return find_control(dialogs, "decline-all", "opt-out", "settings") is not None or any(
        True for _ in toggles_of(dialogs)
    )


def _of_interest(tab: Tab, layer: Snapshot, start: Snapshot, *, through_link: bool) -> tuple[Dialog, ...]:
    """Layers to choose on, the innermost first. What a link opened goes before a banner that was there all the time."""
    order = ("opt-out-page", "preferences", "cookie-list", "banner", "page", "policy")
    shown = dialogs_of(tab, layer)
    if through_link:
        old = {(d.surface, d.title) for d in dialogs_of(tab, start)}
        shown = tuple(d for d in shown if (d.surface, d.title) not in old) or shown
    return tuple(sorted(shown, key=lambda d: order.index(d.surface)))


def _finisher(dialogs: Sequence[Dialog], toggled: list[str]) -> tuple[Dialog, Control] | None:
    """What makes the choice final: save after toggles were set; else a control that opts out or declines."""
    if toggled:
        return find_control(dialogs, "save", "opt-out", "decline-all")
    own = [d for d in dialogs if any(_opts_out_by_press(c) for c in controls_of(d))]
    for dialog in own:
        return dialog, next(c for c in controls_of(dialog) if _opts_out_by_press(c))
    found = find_control(dialogs, "decline-all")
    if found is None and all_off(dialogs):
        return find_control(dialogs, "save")
    return found


def _opts_out_by_press(control: Control) -> bool:
    return control.purpose == "opt-out" and control.state == "none" and control.enabled and bool(control.node)


async def _save_behind(tab: Tab, before: Before) -> tuple[Dialog, Control] | None:
    """What saves toggles on a layer that has no button for it: on some, the banner behind it has, once the layer is closed."""
    if await wait_for_effect(tab, before.record, before.lookout, PATIENCE) is not None:
        return None
    layer = await tab.snapshot("chosen", "acted")
    closing = find_control(dialogs_of(tab, layer), "close", surfaces=_OPENED)
    if closing is None:
        return None
    step = await driver.click(
        tab, closing[1], "closing the preferences, which offer no way to save", surface=closing[0].surface
    )
    behind = await tab.snapshot("closed", "acted")
    found = find_control(dialogs_of(tab, behind), "save") if step.ok else None
    if found is None:  # the toggles saved themselves, so nobody needs to close anything
        tab.steps[-1] = step.model_copy(update={"counts": False})
    return found


async def _confirm(tab: Tab, before: Before, layer: Snapshot, chosen_on: Sequence[Dialog]) -> bool:
    """Where the site asks again whether it is meant, say so again; where a press only set the toggles, save them."""
    again = await tab.snapshot("chosen", "acted")
    shown = without(dialogs_of(tab, again), controls_to_fill(again))
    asking = _asking(shown, chosen_on)
    found, why = find_control(asking, "opt-out", "save"), "confirming the opt-out"
    found = found or yes_to_opting_out(asking) or find_control(shown, "opt-out", surfaces=_OPENED)
    found = found or button_that_came(layer, again)
    if found is None and all_off(shown) and await wait_for_effect(tab, before.record, before.lookout, PATIENCE) is None:
        found, why = find_control(shown, "save", surfaces=_OPENED), "saving the choice"
    if found is not None and not any(s.text == found[1].text for s in tab.steps):
        step = await driver.click(tab, found[1], why, surface=found[0].surface)
        return step.ok
    return True


def _asking(shown: Sequence[Dialog], before: Sequence[Dialog]) -> list[Dialog]:
    """Dialogs that came with a choice, or changed with it, and let nothing be switched: they may ask whether it is meant."""
    old = {(dialog.where.selector, dialog.text) for dialog in before}
    new = [d for d in shown if d.surface != "opt-out-page" and (d.where.selector, d.text) not in old]
    return [dialog for dialog in new if not any(True for _ in toggles_of((dialog,)))]
