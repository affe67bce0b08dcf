"""The state after a choice, read from the page: nothing is believed because it was clicked."""

from __future__ import annotations

import asyncio
import re
import time

from consentcheck.capture import driver
from consentcheck.capture.collectors.jars import take_jar
from consentcheck.capture.confirmations import Lookout
from consentcheck.capture.seen import dialogs_of, find_control, look_now, opt_out_links, toggles_of, visible_in
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Jar, Snapshot
from consentcheck.model.facts import Category, Control, Dialog, OptOutLink
from consentcheck.model.words import Surface
from consentcheck.reading.records_kept import is_consent_record
from consentcheck.reading.urls import page_address

LONGEST_WAIT = 11.0
"""Seconds that a choice is given to show an effect: a little more than the rules let a site make a person wait."""

FADING = 1.5
"""Seconds that a dialog is given to fade out."""

Record = dict[tuple[str, ...], str]

_REOPENERS = re.compile(
    r"\b(cookie|consent|privacy)\b.{0,20}\b(settings|preferences|choices|options)\b|\bmanage (cookies|consent)\b", re.I
)


def record_of(jar: Jar | None) -> Record:
    """What the profile holds, to be compared."""
    if jar is None:
        return {}
    held: Record = {("cookie", c.domain, c.path, c.name): c.value for c in jar.cookies}
    return held | {(i.area, i.origin, i.key): i.value for i in jar.storage}


async def wait_for_effect(tab: Tab, record: Record, lookout: Lookout, longest: float = LONGEST_WAIT) -> float | None:
    """Seconds until the dialog goes, a confirmation comes or a consent record changes; None when nothing does in ``longest``.

    Some sites make a person who opts out wait before a screen that says that the choice is being processed.
    """
    began = time.monotonic()
    while True:
        if await is_dialog_gone(tab) or await lookout.told() or await _is_recorded(tab, record):
            return round(time.monotonic() - began, 1)
        if time.monotonic() - began > longest:
            return None
        await asyncio.sleep(0.5)


async def _is_recorded(tab: Tab, before: Record) -> bool:
    """Whether a consent record is there that was not there before, or changed."""
    jar = await tab.collected("cookies and storage", take_jar(tab.wire, tab.page, "now", {}))
    held = {key: value for key, value in record_of(jar).items() if is_consent_record(key[-1])}
    return any(before.get(key) != value for key, value in held.items())


async def is_dialog_gone(tab: Tab) -> bool:
    """Whether no layer that asks for a choice can be seen any more."""
    return not any(d.surface in ("banner", "preferences", "cookie-list") for d in await look_now(tab))


async def goes_away(tab: Tab) -> bool:
    """Whether the layers go; one that fades out is given the time for it."""
    began = time.monotonic()
    while not (gone := await is_dialog_gone(tab)) and time.monotonic() - began < FADING:
        await asyncio.sleep(0.25)
    return gone


async def reopen(tab: Tab, label: str) -> tuple[Snapshot | None, tuple[Dialog, ...]]:
    """Open the preferences again, by the opt-out link or a settings control, and record them. (None, ()) when nothing opens.

    Where nothing offers to open them, the page itself is returned, and no dialog.
    """
    page = await tab.snapshot(label, "acted")
    shown = dialogs_of(tab, page)
    if _tells_choice(shown):
        return page, shown
    found = find_control(shown, "settings")
    candidates: list[Control | OptOutLink] = [found[1]] if found else []
    candidates += [*opt_out_links(page), *_reopeners(page)]
    last: tuple[Snapshot | None, tuple[Dialog, ...]] = (None, ()) if candidates else (page, ())
    for target in candidates[:3]:
        url = tab.page.url
        step = await driver.click(
            tab, target, "opening the preferences again, to read them", purpose="settings", counts=False
        )
        if not step.ok:
            continue
        surface: Surface = "opt-out-page" if isinstance(target, OptOutLink) else "preferences"
        opened = await tab.snapshot("reopened", "opened", surface)
        dialogs = dialogs_of(tab, opened)
        if _tells_choice(dialogs) or page_address(tab.page.url) != page_address(url):
            return opened, dialogs
        if any(dialog.surface != "banner" for dialog in dialogs):
            last = opened, dialogs
    return last


def _tells_choice(dialogs: tuple[Dialog, ...]) -> bool:
    """Whether a layer that was opened shows how a choice stands, or takes one back."""
    opened = [dialog for dialog in dialogs if dialog.surface != "banner"]
    return any(True for _ in toggles_of(dialogs)) or find_control(opened, "opt-in") is not None


def _reopeners(page: Snapshot) -> list[Control]:
    """Links and buttons outside dialogs that reopen the preferences, by their accessible names."""
    return [
        Control(text=layout.name, role=layout.role, purpose="settings", node=node)
        for node, layout in visible_in(page)
        if layout.role in ("button", "link") and layout.name and len(layout.name) < 60
        if _REOPENERS.search(layout.name)
    ]


def states_of(dialogs: tuple[Dialog, ...]) -> dict[str, bool]:
    """Toggles that stand on or off, by the name of their category or their own."""
    found: dict[str, bool] = {}
    for _, category, control in toggles_of(dialogs):
        if control.state in ("on", "off"):
            found[name_of(category, control)] = control.state == "on"
    return found


def name_of(category: Category | None, control: Control) -> str:
    """What a toggle is called."""
    return (category.name if category and category.name else control.text or control.label)[:200]
