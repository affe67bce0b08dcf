"""Whether an opt-out that was opened stays open: looked at after 0.1, 1, 3 and 5 seconds."""

from __future__ import annotations

import asyncio
import time

from consentcheck.capture.seen import controls_of, dialogs_of, look_now
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Persistence, Snapshot, Step
from consentcheck.model.facts import Dialog

MOMENTS = (0.1, 1.0, 3.0, 5.0)
"""Seconds after the click."""

_CHOOSING = frozenset({"toggle", "save", "opt-out", "decline-all", "settings"})


async def watch(tab: Tab, before: Snapshot, control: str, step: Step) -> None:
    """Sample whether something to choose with, that was not there before, can be seen and pressed; record the samples."""
    if not step.ok:
        return
    known = _choices(dialogs_of(tab, before))
    clicked = time.monotonic()
    samples: list[tuple[float, bool]] = []
    for moment in MOMENTS:
        await asyncio.sleep(max(0.0, moment - (time.monotonic() - clicked)))
        if tab.page.url.split("#")[0] != before.url.split("#")[0]:
            return  # it led to a page, which stays
        at = round(time.monotonic() - clicked, 2)
        samples.append((at, bool(_choices(await look_now(tab)) - known)))
    tab.persistence.append(Persistence(control=control[:300], samples=tuple(samples), selector=step.selector))


def _choices(dialogs: tuple[Dialog, ...]) -> set[str]:
    """Keys of the controls that choose and are not covered."""
    return {
        control.node
        for dialog in dialogs
        for control in controls_of(dialog)
        if control.node and control.purpose in _CHOOSING and not (control.look and control.look.covered)
    }
