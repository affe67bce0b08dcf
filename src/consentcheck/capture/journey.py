"""Visits that only look: the page as it stands, what lies behind its consent controls, and further pages."""

from __future__ import annotations

import re

from consentcheck.capture import driver, gpc
from consentcheck.capture.lazy import load_the_end
from consentcheck.capture.pages import inner_pages, policy_address
from consentcheck.capture.persistence import press_and_watch
from consentcheck.capture.readback import reopen
from consentcheck.capture.seen import (
    controls_of,
    dialogs_of,
    find_control,
    opt_out_links,
    toggles_of,
    visible_in,
    wait_for_dialog,
    wait_for_links,
)
from consentcheck.capture.tab import Stopped, Tab
from consentcheck.capture.watch import watch
from consentcheck.model.evidence import Snapshot, Step
from consentcheck.model.facts import Control, Dialog
from consentcheck.model.words import Surface
from consentcheck.reading.urls import page_address

MOST_LAYERS = 8
"""Further layers and tabs that are opened one by one."""
MOST_SECTIONS = 25
"""Closed sections of one layer that are opened."""

_HARMLESS = frozenset({"other", "settings", "policy"})
"""Purposes of controls that choose nothing."""
_FOLDING = frozenset({"button", "link", "DisclosureTriangle", "heading", "generic"})
_LIST_WORDS = re.compile(
    r"\b(cookie(s)? (list|details|declaration)|list of cookies|view cookies|about cookies|cookies)\b", re.I
)


async def first_visit(tab: Tab, url: str) -> None:
    """Look at the page, open the layers behind its banner, visit inner pages, then follow the opt-out link and the policy link."""
    start = await arrive(tab, url)
    await well_known(tab)
    await open_layers(tab, start)
    await further_pages(tab, start)
    await follow_opt_out_link(tab, start, url)
    await read_policy(tab, start)


async def signal_visit(tab: Tab, url: str) -> None:
    """Look at the page with the opt-out preference signal on, see that the signal holds, and look into the preferences."""
    start = await arrive(tab, url)
    await gpc.verify_in_visit(tab)
    await open_layers(tab, start)
    await further_pages(tab, start)
    await look_up_choices(tab, url)


async def look_up_choices(tab: Tab, url: str) -> None:
    """Open the privacy choices by the opt-out link, where the banner has not shown them, and record how they stand."""
    if not any(True for snapshot in tab.snapshots for _ in toggles_of(dialogs_of(tab, snapshot))):
        await back_to_start(tab, url)
        await reopen(tab, "start")


async def arrive(tab: Tab, url: str, *, again: bool = False) -> Snapshot:
    """Go to the start page and record it, with its dialog if it has one."""
    tab.progress("loading the page")
    await tab.goto(url)
    await wait_for_dialog(tab)
    await load_the_end(tab)
    await watch(tab)
    tab.progress("recording the page")
    return await tab.snapshot("revisit" if again else "page", "revisit" if again else "page")


async def further_pages(tab: Tab, start: Snapshot) -> None:
    """Visit inner pages, the same in every scenario; a page that fails costs the visit nothing else."""
    if tab.settings.pages <= 1:
        return
    if tab.known.inner_pages is None:
        tab.known.inner_pages = inner_pages(start, tab.settings.pages - 1)
    for url in tab.known.inner_pages:
        tab.progress(f"visiting {url[:80]}")
        tab.steps.append(Step(action="navigate", why="a further page of the site", text=url[:300], counts=False))
        try:
            await tab.goto(url, fatal=False)
            await load_the_end(tab)
            await watch(tab)
            await tab.snapshot("page", "page")
        except Stopped:
            tab.steps[-1] = tab.steps[-1].model_copy(update={"ok": False})


async def well_known(tab: Tab) -> None:
    """Ask once for the site's statement about the opt-out preference signal."""
    await tab.collected("gpc.json", tab.fetch("/.well-known/gpc.json"))


async def open_layers(tab: Tab, start: Snapshot) -> None:
    """Open the preferences behind the banner, then its tabs, cookie lists and closed sections; record each."""
    found = find_control(dialogs_of(tab, start), "settings", surfaces=("banner", "cookie-list", "page"))
    if found is None:
        return
    dialog, control = found
    step = await driver.click(tab, control, "opening the preferences", surface=dialog.surface, counts=False)
    if not step.ok:
        tab.note("step-failed", f"the control “{control.text[:80]}” could not be pressed: {step.changed}")
        return
    await wait_for_dialog(tab)
    layer = await tab.snapshot("preferences", "opened", "preferences")
    await look_inside(tab, start, layer)


async def look_inside(tab: Tab, before: Snapshot, layer: Snapshot) -> None:
    """Open what a layer keeps closed: sections first, recorded together, then tabs and lists one by one."""
    sections = closed_sections(tab, before, layer)
    for section in sections[:MOST_SECTIONS]:
        await driver.expand(tab, section, "opening a section", "preferences")
    if sections:
        layer = await tab.snapshot("sections", "opened", "preferences")
    pressed = {_key(section) for section in sections}
    for _ in range(MOST_LAYERS):
        found = next(
            (
                (d, c)
                for d in dialogs_of(tab, layer)
                for c in controls_of(d)
                if _leads_further(d, c) and _key(c) not in pressed
            ),
            None,
        )
        if found is None:
            return
        dialog, control = found
        pressed.add(_key(control))
        step = await driver.click(tab, control, "opening a further layer", surface=dialog.surface, counts=False)
        if not step.ok:
            continue
        opened: Surface = "cookie-list" if _LIST_WORDS.search(control.text) else "preferences"
        layer = await tab.snapshot(opened, "opened", opened)
        if not dialogs_of(tab, layer):
            return  # it led away from the dialog


def closed_sections(tab: Tab, before: Snapshot, layer: Snapshot) -> list[Control]:
    """Controls that say of themselves that something is folded up behind them, within what the last click brought to sight."""
    choosing = {c.node for d in dialogs_of(tab, layer) for c in controls_of(d) if c.purpose not in _HARMLESS}
    old = {node for node, _ in visible_in(before)}
    return [
        Control(text=layout.name or "", role=layout.role or "", node=node)
        for node, layout in visible_in(layer)
        if layout.expanded is False and node not in old
        if layout.role in _FOLDING and node not in choosing
    ]


def _leads_further(dialog: Dialog, control: Control) -> bool:
    """A tab, or a control that speaks of further settings or of a list of cookies; never one that chooses."""
    if dialog.surface not in ("preferences", "cookie-list") or not control.node or not control.enabled:
        return False
    if control.href and not control.href.startswith(("#", "javascript:")):
        return False
    if control.role == "tab":
        return control.state != "on"
    return control.purpose == "settings" or (control.purpose in _HARMLESS and bool(_LIST_WORDS.search(control.text)))


def _key(control: Control) -> str:
    return f"{control.role} {control.text}".casefold()


async def follow_opt_out_link(tab: Tab, start: Snapshot, url: str) -> None:
    """Go back to the start and press the opt-out link, as a person would, to see what it opens and whether that stays."""
    if not opt_out_links(start):
        return
    await back_to_start(tab, url)
    page = await tab.snapshot("page-again", "page")
    links = opt_out_links(page)
    if links:
        await press_and_watch(tab, page, links[0], "following the opt-out link")
        await tab.settle()
        opened = await tab.snapshot("opt-out-page", "opened", "opt-out-page")
        if page_address(opened.url) == page_address(page.url):
            await look_inside(tab, page, opened)


async def back_to_start(tab: Tab, url: str) -> None:
    """Load the start page again; a person who had not left it need not."""
    tab.steps.append(Step(action="navigate", why="back to the start page", text=url[:300], counts=False))
    await tab.goto(url, page=0)
    await wait_for_dialog(tab)
    await load_the_end(tab)
    await wait_for_links(tab)


async def read_policy(tab: Tab, start: Snapshot) -> None:
    """Open the privacy policy that the start page links to."""
    address = policy_address(start)
    if address is None:
        return
    tab.progress("reading the privacy policy")
    tab.steps.append(
        Step(action="navigate", purpose="policy", why="the privacy policy", text=address[:300], counts=False)
    )
    try:
        await tab.goto(address, fatal=False)
        await tab.snapshot("policy", "opened", "policy")
    except Stopped:
        tab.steps[-1] = tab.steps[-1].model_copy(update={"ok": False})
