"""Visits that choose: out, in, or away. Each reads back what became of the choice, and says where it stopped."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from consentcheck.capture import driver, gpc
from consentcheck.capture.forms import controls_of_forms, controls_to_fill, submit_form
from consentcheck.capture.journey import arrive, back_to_start, further_pages
from consentcheck.capture.persistence import press_and_watch
from consentcheck.capture.readback import (
    Record,
    is_dialog_gone,
    lines_of,
    name_of,
    new_message,
    record_of,
    reopen,
    seconds_shown,
    states_of,
    wait_for_effect,
)
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
from consentcheck.knowledge import phrases
from consentcheck.model.evidence import Readback, Snapshot, Step
from consentcheck.model.facts import Category, Control, Dialog, OptOutLink
from consentcheck.model.words import Purpose, Surface
from consentcheck.reading.urls import page_address

DEEPEST = 4
"""Layers that the driver goes down before it gives up."""
MOST_TOGGLES = 60
PATIENCE = 2.0
"""Seconds that a press which declines is given to take effect before it is taken to have set the toggles only."""
_OPENED: tuple[Surface, ...] = ("preferences", "opt-out-page")
"""Layers that are there because they were opened."""


async def opt_out(tab: Tab, url: str) -> None:
    """Opt out by the opt-out link where there is one, else through the dialog; then look at the site as someone opted out."""
    start = await arrive(tab, url)
    if await decline(tab, start, await Before.at(tab, start)):
        await aftermath(tab, url)


async def every_opt_out(tab: Tab, url: str) -> None:
    """The signal, the banner and the opt-out link or form, all together."""
    start = await arrive(tab, url)
    await gpc.verify_in_visit(tab)
    before = await Before.at(tab, start)
    banner = find_control(dialogs_of(tab, start), "decline-all", "opt-out")
    declined = False
    if banner is not None:
        step = await driver.click(tab, banner[1], "declining on the banner", surface=banner[0].surface)
        declined = step.ok
        start = await tab.snapshot("declined", "acted")
    if declined and not opt_out_links(start):
        await _read_back(tab, start, before, "opted-out")
        await aftermath(tab, url)
    elif await decline(tab, start, before):
        await aftermath(tab, url)


async def accept_all(tab: Tab, url: str) -> None:
    """Accept everything."""
    await _one_press(tab, url, "accept-all", "accepting all", "no dialog offers to accept")


async def close(tab: Tab, url: str) -> None:
    """Close the banner without a choice."""
    await _one_press(tab, url, "close", "closing the banner", "no dialog can be closed without a choice")


async def revisit(tab: Tab, url: str) -> None:
    """Come back with the profile of an earlier visit, and read how the site now stands."""
    await arrive(tab, url, again=True)
    if tab.gpc != "off":
        await gpc.verify_in_visit(tab)
    await further_pages(tab, tab.snapshots[0])
    await back_to_start(tab, url)
    _, dialogs = await reopen(tab, "start")
    tab.readback = Readback(toggles=states_of(dialogs), reopened=bool(dialogs))


async def opt_back_in(tab: Tab, url: str) -> None:
    """Opt in again in the profile of someone who had opted out."""
    start = await arrive(tab, url, again=True)
    before = await Before.at(tab, start)
    opened, dialogs = await reopen(tab, "start")
    for number in range(2):
        # One press that accepts everything is the shortest way in; toggles are set where there is none.
        found = find_control(dialogs, "opt-in", "accept-all")
        wrong = [
            (d, c, t)
            for d, c, t in toggles_of(dialogs)
            if found is None and t.enabled and t.state == ("on" if is_negated(t) else "off")
            if t.role != "radio" or not is_negated(t)
        ]
        for dialog, category, toggle in wrong[:MOST_TOGGLES]:
            why = f"switching on: {name_of(category, toggle)[:60]}"
            await driver.click(tab, toggle, why, purpose="opt-in", surface=dialog.surface, settling=False)
        if wrong:
            found = find_control(dialogs, "save")
        if found is None and not wrong:
            if number == 0:
                if opened is None:
                    _stopped(tab, "the preferences could not be opened to opt in again")
                else:
                    tab.stopped_because = "nothing offers to opt in again"
                return
            break
        if found is not None:
            await driver.click(tab, found[1], "opting in again", surface=found[0].surface)
        after = await tab.snapshot("opted-in", "acted")
        dialogs = tuple(d for d in dialogs_of(tab, after) if find_control((d,), "opt-in", "save") is not None)
        if not dialogs:
            break
    await _read_back(tab, start, before, "opted-in")
    await aftermath(tab, url)


async def decline(tab: Tab, start: Snapshot, before: Before) -> bool:
    """Make the opt-out. False, with the reason recorded, when it could not be made; accept is never pressed."""
    layer = start
    links = opt_out_links(start)
    if links:
        step = await _press_link(tab, start, links[0])
        if step.ok:
            await wait_for_dialog(tab)
        layer = await tab.snapshot("opt-out-page", "opened", "opt-out-page")
        if not step.ok:
            # What lies over the link is what a person would use, if it offers a way out.
            links = []
            if find_control(dialogs_of(tab, layer), "decline-all", "opt-out", "settings") is None:
                _stopped(tab, f"the link “{step.text[:80]}” could not be pressed: {step.changed}")
                return False
    elif not dialogs_of(tab, start):
        tab.stopped_because = "nothing on the page offers to opt out"
        return False
    for depth in range(DEEPEST):
        shown = without(_of_interest(tab, layer, start, through_link=bool(links)), controls_of_forms(layer))
        # One press that declines everything is the shortest way out, and the one that a person would take.
        finish = find_control(shown, "decline-all")
        toggled = await _switch_off(tab, shown) if finish is None else []
        if toggled is None:
            return False
        finish = finish or _finisher(shown, toggled)
        if finish is not None:
            dialog, control = finish
            step = await driver.click(
                tab, control, "declining" if not toggled else "saving the choice", surface=dialog.surface
            )
            if not step.ok:
                _stopped(tab, f"“{control.text[:80]}” could not be pressed: {step.changed}")
                return False
            confirmed = await _confirm(tab, before, shown)
            await _read_back(tab, start, before, "opted-out")
            return confirmed and tab.completed is not False
        if toggled:
            await _read_back(tab, start, before, "opted-out")
            return tab.completed is not False
        deeper = find_control(shown, "settings")
        if deeper is None or depth == DEEPEST - 1:
            break
        step = await driver.click(tab, deeper[1], "opening the preferences", surface=deeper[0].surface)
        if not step.ok:
            _stopped(tab, f"“{deeper[1].text[:80]}” could not be pressed: {step.changed}")
            return False
        await wait_for_dialog(tab)
        layer = await tab.snapshot("preferences", "opened", "preferences")
    if links and await new_message(tab, before.lines):  # the link itself opted out
        await _read_back(tab, start, before, "opted-out")
        return tab.completed is not False
    said = await submit_form(tab, layer)
    if said is None:
        await _read_back(tab, start, before, "opted-out")
        return tab.completed is not False
    _stopped(tab, said)
    return False


async def _press_link(tab: Tab, start: Snapshot, link: OptOutLink) -> Step:
    """Press the opt-out link; whether what it opens stays is watched here only if the first visit does not watch it."""
    why = "opening the opt-out"
    if "first-visit" in tab.settings.scenarios:
        return await driver.click(tab, link, why, purpose="opt-out", surface="page")
    step = await press_and_watch(tab, start, link, why)
    await tab.settle()
    return step


async def aftermath(tab: Tab, url: str) -> None:
    """Load the start page again and visit the inner pages, so that the traffic of the new state is seen."""
    if page_address(tab.page.url) == page_address(tab.pages[0]):
        await tab.reload("to see the site in its new state")
    else:
        await back_to_start(tab, url)
    await wait_for_dialog(tab)
    fresh = await tab.snapshot("after", "acted")
    await further_pages(tab, fresh)


def is_negated(control: Control) -> bool:
    """Whether a toggle opts out when it is on."""
    return phrases.is_negated(control.text or control.label)


@dataclass(frozen=True)
class Before:
    """The state before a choice, to compare with."""

    record: Record
    lines: frozenset[str]
    """What could be read on the page."""

    @classmethod
    async def at(cls, tab: Tab, start: Snapshot) -> Before:
        """The state as it is now, with the stored records of a snapshot."""
        return cls(record_of(next((jar for jar in tab.jars if jar.after == start.id), None)), await lines_of(tab))


async def _one_press(tab: Tab, url: str, purpose: Purpose, why: str, absent: str) -> None:
    start = await arrive(tab, url)
    found = find_control(dialogs_of(tab, start), purpose, surfaces=("banner", "preferences", "cookie-list"))
    if found is None:
        tab.stopped_because = absent
        await further_pages(tab, start)
        return
    before = await Before.at(tab, start)
    step = await driver.click(tab, found[1], why, surface=found[0].surface)
    if not step.ok:
        _stopped(tab, f"“{found[1].text[:80]}” could not be pressed: {step.changed}")
        return
    await _read_back(tab, start, before, purpose, reopening=False)
    await aftermath(tab, url)


def _of_interest(tab: Tab, layer: Snapshot, start: Snapshot, *, through_link: bool) -> tuple[Dialog, ...]:
    """Layers to choose on, the innermost first. What a link opened goes before a banner that was there all the time."""
    order = ("opt-out-page", "preferences", "cookie-list", "banner", "page", "policy")
    shown = dialogs_of(tab, layer)
    if through_link:
        old = {(d.surface, d.title) for d in dialogs_of(tab, start)}
        shown = tuple(d for d in shown if (d.surface, d.title) not in old) or shown
    return tuple(sorted(shown, key=lambda d: order.index(d.surface)))


async def _switch_off(tab: Tab, dialogs: Sequence[Dialog]) -> list[str] | None:
    """Set every toggle that is not necessary to its opted-out position. Names of those set; None when one refused."""
    done: list[str] = []
    toggles = tuple(toggles_of(dialogs))
    has_sale = any(_is_of_sale(category, toggle) for _, category, toggle in toggles)
    for dialog, category, toggle in toggles:
        if toggle.node is None or len(done) >= MOST_TOGGLES or _is_necessary(category) or not toggle.enabled:
            continue
        wanted = is_negated(toggle)
        if toggle.role == "radio" and not wanted:
            continue  # it goes off when another of its group is chosen
        handle = driver.handle_of(tab, toggle.node)
        now = await driver.state_of(handle) if handle else None
        now = now if now is not None else {"on": True, "off": False}.get(toggle.state)
        if now is wanted or now is None:
            continue
        name = name_of(category, toggle)
        step = await driver.click(
            tab,
            toggle,
            f"switching {'on' if wanted else 'off'}: {name[:60]}",
            surface=dialog.surface,
            counts=not has_sale or _is_of_sale(category, toggle),
        )
        after = await driver.state_of(handle) if handle else None
        if not step.ok or after is now:
            _stopped(tab, f"the toggle “{name[:80]}” could not be set: {step.changed}")
            return None
        done.append(name)
    return done


def _is_of_sale(category: Category | None, toggle: Control) -> bool:
    """Whether a toggle is one that the opt-out of sale and sharing needs."""
    if category is None:
        return toggle.purpose == "opt-out" or is_negated(toggle)
    return bool({"sale", "advertising", "social"} & set(category.all_kinds()))


def _is_necessary(category: Category | None) -> bool:
    return category is not None and (category.always_active or category.kind == "necessary")


def _finisher(dialogs: Sequence[Dialog], toggled: list[str]) -> tuple[Dialog, Control] | None:
    """What makes the choice final: save after toggles were set; else a control that opts out or declines."""
    if toggled:
        return find_control(dialogs, "save", "opt-out", "decline-all")
    own = [d for d in dialogs if any(_opts_out_by_press(c) for c in controls_of(d))]
    for dialog in own:
        return dialog, next(c for c in controls_of(dialog) if _opts_out_by_press(c))
    found = find_control(dialogs, "decline-all")
    if found is None and any(True for _ in toggles_of(dialogs)):
        return find_control(dialogs, "save")  # every toggle is off already
    return found


def _opts_out_by_press(control: Control) -> bool:
    return control.purpose == "opt-out" and control.state == "none" and control.enabled and bool(control.node)


async def _confirm(tab: Tab, before: Before, chosen_on: Sequence[Dialog]) -> bool:
    """Where the site asks again whether it is meant, say so again; where a press only set the toggles, save them."""
    again = await tab.snapshot("chosen", "acted")
    shown = without(dialogs_of(tab, again), controls_to_fill(again))
    asking = _asking(shown, chosen_on)
    found, why = find_control(asking, "opt-out", "save"), "confirming the opt-out"
    found = found or find_control(shown, "opt-out", surfaces=_OPENED)
    if found is None and _all_off(shown) and await wait_for_effect(tab, before.record, before.lines, PATIENCE) is None:
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


def _all_off(dialogs: Sequence[Dialog]) -> bool:
    """Whether there are toggles that may be refused, and all of them stand refused."""
    states = [
        toggle.state == ("on" if is_negated(toggle) else "off")
        for _, category, toggle in toggles_of(dialogs)
        if toggle.enabled and not _is_necessary(category)
    ]
    return bool(states) and all(states)


async def _read_back(tab: Tab, start: Snapshot, before: Before, label: str, *, reopening: bool = True) -> None:
    """Read the state after a choice: record, dialog, confirmation, and the toggles on opening the preferences again."""
    waited = await wait_for_effect(tab, before.record, before.lines) if reopening else None
    message, began = await new_message(tab, before.lines), time.monotonic()
    gone = await is_dialog_gone(tab)
    acted = await tab.snapshot(label, "acted")
    after = record_of(next((jar for jar in tab.jars if jar.after == acted.id), None))
    changed = after != before.record
    stayed = await seconds_shown(tab, message, began) if message and reopening else None
    toggles: dict[str, bool] = {}
    reopened: tuple[Dialog, ...] = ()
    if reopening:
        if page_address(tab.page.url) != page_address(start.url):
            await back_to_start(tab, start.url)
        _, reopened = await reopen(tab, "start")
        toggles = states_of(reopened)
    tab.readback = Readback(
        toggles=toggles,
        record_changed=changed,
        dialog_gone=gone,
        message=message,
        message_seconds=stayed,
        reopened=bool(reopened) if reopening else None,
        wait_seconds=waited,
    )
    if gone or changed or toggles or message:
        tab.completed = True
    else:
        _stopped(
            tab,
            "after the choice nothing was seen to change: the dialog, the stored records and the words are as before",
        )


def _stopped(tab: Tab, why: str) -> None:
    """Say where a scenario came to an end before its choice was made."""
    tab.completed = False
    tab.stopped_because = why
    tab.note("step-failed", why)
