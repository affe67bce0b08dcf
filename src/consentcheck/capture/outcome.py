"""What became of a choice: how the page and its records stand against what they were before."""

from __future__ import annotations

from dataclasses import dataclass, replace

from consentcheck.capture import putback
from consentcheck.capture.confirmations import Lookout
from consentcheck.capture.journey import back_to_start
from consentcheck.capture.readback import (
    Record,
    goes_away,
    record_of,
    reopen,
    states_of,
    wait_for_effect,
)
from consentcheck.capture.seen import visible_in
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Readback, Snapshot
from consentcheck.model.facts import Dialog
from consentcheck.reading.urls import page_address


@dataclass(frozen=True)
class Before:
    """The state before a choice, to compare with."""

    record: Record
    lookout: Lookout
    """Over what the page tells from then on."""

    @classmethod
    async def at(cls, tab: Tab, start: Snapshot) -> Before:
        """The state as it is now, with the stored records of a snapshot."""
        return cls(_record_with(tab, start), await Lookout.of(tab.page))

    async def renewed(self) -> Before:
        """The same with what can be read now: a layer that was opened to choose on may promise what no choice has brought yet."""
        return replace(self, lookout=await self.lookout.renewed())


def _record_with(tab: Tab, snapshot: Snapshot) -> Record:
    """The stored records that were taken with a snapshot."""
    return record_of(next((jar for jar in tab.jars if jar.after == snapshot.id), None))


def _layers(snapshot: Snapshot) -> set[str]:
    """Layers that can be seen and call themselves dialogs, whatever they are about."""
    return {node for node, layout in visible_in(snapshot) if layout.role in ("dialog", "alertdialog")}


async def read_back(tab: Tab, start: Snapshot, before: Before, label: str, *, reopening: bool = True) -> None:
    """Read the state after a choice: record, dialog, confirmation, and the toggles on opening the preferences again."""
    waited = await wait_for_effect(tab, before.record, before.lookout) if reopening else None
    told = await before.lookout.told()
    gone = await goes_away(tab)
    acted = await tab.snapshot(label, "acted")
    gone = gone and not _layers(acted) - _layers(start)
    after = _record_with(tab, acted)
    changed = after != before.record
    stayed = await before.lookout.seconds_of(told) if told and reopening else None
    toggles: dict[str, bool] = {}
    reopened: tuple[Dialog, ...] = ()
    if reopening:
        if page_address(tab.page.url) != page_address(start.url):
            await back_to_start(tab, start.url)
        held = await putback.Held.by(tab)
        _, reopened = await reopen(tab, "start")
        toggles = states_of(reopened)
        await putback.put_back(tab, held)
    tab.readback = Readback(
        toggles=toggles,
        record_changed=changed,
        dialog_gone=gone,
        message=told.text if told else "",
        message_seconds=stayed,
        reopened=bool(reopened) if reopening else None,
        wait_seconds=waited,
    )
    if gone or changed or toggles or told:
        tab.completed = True
    else:
        stopped(
            tab,
            "after the choice nothing was seen to change: the dialog, the stored records and the words are as before",
        )


def stopped(tab: Tab, why: str) -> None:
    """Say where a scenario came to an end before its choice was made."""
    tab.completed = False
    tab.stopped_because = why
    tab.note("step-failed", why)
