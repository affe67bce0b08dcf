"""Visits that choose: out, in, or away. Each reads back what became of the choice, and says where it stopped."""

from __future__ import annotations

from consentcheck.capture import driver, gpc
from consentcheck.capture.decline import decline
from consentcheck.capture.journey import arrive, back_to_start, further_pages
from consentcheck.capture.outcome import Before, read_back, stopped
from consentcheck.capture.readback import reopen, states_of
from consentcheck.capture.seen import dialogs_of, find_control, opt_out_links, wait_for_dialog
from consentcheck.capture.tab import Tab
from consentcheck.capture.toggles import switch_on
from consentcheck.capture.watch import watch
from consentcheck.model.evidence import Readback
from consentcheck.model.words import Purpose
from consentcheck.reading.urls import page_address


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
        await read_back(tab, start, before, "opted-out")
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
    before = await before.renewed()
    for number in range(2):
        # One press that accepts everything is the shortest way in; toggles are set where there is none.
        found = find_control(dialogs, "opt-in", "accept-all")
        switched = found is None and await switch_on(tab, dialogs)
        if switched:
            found = find_control(dialogs, "save")
        if found is None and not switched:
            if number == 0:
                if opened is None:
                    stopped(tab, "the preferences could not be opened to opt in again")
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
    await read_back(tab, start, before, "opted-in")
    await aftermath(tab, url)


async def aftermath(tab: Tab, url: str) -> None:
    """Load the start page again and visit the inner pages, so that the traffic of the new state is seen."""
    if page_address(tab.page.url) == page_address(tab.pages[0]):
        await tab.reload("to see the site in its new state")
    else:
        await back_to_start(tab, url)
    await wait_for_dialog(tab)
    await watch(tab)
    fresh = await tab.snapshot("after", "acted")
    await further_pages(tab, fresh)


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
        stopped(tab, f"“{found[1].text[:80]}” could not be pressed: {step.changed}")
        return
    await read_back(tab, start, before, purpose, reopening=False)
    await aftermath(tab, url)
