"""Whether an opt-out that was opened stays open: looked at as it appears, then after 0.1, 1, 3 and 5 seconds."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import JSHandle

from consentcheck.capture import driver
from consentcheck.capture.seen import controls_of, dialogs_of, look_now
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Persistence, Snapshot, Step
from consentcheck.model.facts import Dialog, OptOutLink
from consentcheck.reading.urls import page_address

MOMENTS = (0.1, 1.0, 3.0, 5.0)
"""Seconds after the click."""

_CHOOSING = frozenset({"toggle", "save", "opt-out", "decline-all", "settings"})

_OBSERVE = """() => {
  const layers = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
  const controls = "button, input, select, [role=button], [role=switch], [role=checkbox]";
  const shown = () => [...document.querySelectorAll(layers)].filter(
    e => e.getClientRects().length && getComputedStyle(e).visibility === "visible" && e.querySelector(controls)
  );
  const old = new Set(shown());
  const record = {clicked: null, appeared: null, there: () => shown().some(e => !old.has(e))};
  addEventListener("click", () => { record.clicked ??= performance.now(); }, {capture: true, once: true});
  const look = () => {
    if (record.appeared === null && shown().some(e => !old.has(e))) record.appeared = performance.now();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, {subtree: true, childList: true, attributes: true});
  setTimeout(() => observer.disconnect(), 6000);
  return record;
}"""
"""A layer may be gone before any picture of it could be taken; the page's own clock sees it come."""


async def press_and_watch(tab: Tab, before: Snapshot, link: OptOutLink, why: str) -> Step:
    """Press an opt-out link and sample whether something to choose with, that was not there before, can be seen and pressed."""
    record = await tab.collected("observer", tab.page.evaluate_handle(_OBSERVE))
    step = await driver.click(tab, link, why, purpose="opt-out", surface="page", settling=False)
    if not step.ok:
        return step
    known = _choices(dialogs_of(tab, before))
    clicked = time.monotonic()
    samples: list[tuple[float, bool]] = []
    for moment in MOMENTS:
        await asyncio.sleep(max(0.0, moment - (time.monotonic() - clicked)))
        if tab.happenings.opened_window:
            await tab.enter_window()
        if page_address(tab.page.url) != page_address(before.url):
            return step  # it led to a page, which stays
        at = round(time.monotonic() - clicked, 2)
        samples.append((at, await _is_there(await look_now(tab), known, record)))
    appeared = await _appeared(record)
    if appeared is not None and not samples[0][1] and appeared < samples[0][0]:
        samples.insert(0, (appeared, True))
    tab.persistence.append(Persistence(control=link.text[:300], samples=tuple(samples), selector=step.selector))
    return step


async def _is_there(shown: tuple[Dialog, ...], known: set[str], record: JSHandle | None) -> bool:
    """Whether a choice is there that was not; where none can be read, whether a layer that is new is still shown."""
    if _choices(shown, covered=True) - known:
        return bool(_choices(shown) - known)
    try:
        return bool(await record.evaluate("record => record.there()")) if record else False
    except PlaywrightError:
        return False  # the page that held it is gone


async def _appeared(record: JSHandle | None) -> float | None:
    """Seconds from the click to the moment when a layer with controls appeared."""
    if record is None:
        return None
    try:
        seen: Any = await record.json_value()
    except PlaywrightError:
        return None  # the page that held it is gone
    if not isinstance(seen, dict) or not all(isinstance(seen.get(key), int | float) for key in ("clicked", "appeared")):
        return None
    return round(max(0.0, float(seen["appeared"]) - float(seen["clicked"])) / 1000, 3)


def _choices(dialogs: tuple[Dialog, ...], *, covered: bool = False) -> set[str]:
    """Keys of the controls that choose; of those that are covered only if they are asked for."""
    return {
        control.node
        for dialog in dialogs
        for control in controls_of(dialog)
        if control.node and control.purpose in _CHOOSING and (covered or not (control.look and control.look.covered))
    }
