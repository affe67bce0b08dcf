"""What the last snapshot of a tab says, read with the same eyes as the report's facts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from consentcheck.capture.collectors.documents import take_documents
from consentcheck.capture.settle import settle, signature, until
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Layout, Snapshot
from consentcheck.model.facts import Category, Control, Dialog, OptOutLink
from consentcheck.model.words import Purpose, Surface
from consentcheck.reading.dialogs import read_opened, read_snapshot
from consentcheck.reading.links import read_opt_out_links_of
from consentcheck.reading.urls import page_address

LATE = 2.5
"""Seconds that a dialog may come after its page is at rest."""
SOON = 0.6
"""Seconds that it is waited for on a site where none comes late."""

_RADIOS = frozenset({"opt-out", "opt-in", "decline-all", "accept-all"})
"""Purposes of radio buttons that choose."""

OPT_OUT_TITLES = ("statutory", "alternative", "outdated", "variant")
"""Wordings of links that are followed as the opt-out; nearer ones first where a page has several."""


def dialogs_of(tab: Tab, snapshot: Snapshot) -> tuple[Dialog, ...]:
    """Dialogs of a snapshot that can be seen; the page that the opt-out link led to is one, too."""
    if tab.opt_out_page and page_address(snapshot.url) == tab.opt_out_page:
        read = read_opened(snapshot, tab.pages[0], scenario=tab.scenario)
    else:
        read = read_snapshot(snapshot, scenario=tab.scenario)
    return tuple(d for d in read if d.visible is not False)


def controls_of(dialog: Dialog) -> Iterator[Control]:
    """Every control of a layer that can be seen, its categories' own included."""
    for control in dialog.controls:
        if control.visible is not False:
            yield control
    for category in dialog.categories:
        yield from (control for control in category.controls if control.visible is not False)


def find_control(
    dialogs: Iterable[Dialog], *purposes: Purpose, surfaces: tuple[Surface, ...] | None = None
) -> tuple[Dialog, Control] | None:
    """The first control with one of the purposes, in the purposes' order."""
    shown = [d for d in dialogs if surfaces is None or d.surface in surfaces]
    for purpose in purposes:
        for dialog in shown:
            for control in controls_of(dialog):
                if control.purpose == purpose and control.enabled and control.node and control.role != "radio":
                    return dialog, control
    return None


def toggles_of(dialogs: Iterable[Dialog]) -> Iterator[tuple[Dialog, Category | None, Control]]:
    """Toggles with their category, where they stand in one; radio buttons that choose are taken for toggles."""
    for dialog in dialogs:
        for category in dialog.categories:
            for control in category.controls:
                if control.state != "none" or control.purpose == "toggle":
                    yield dialog, category, control
        for control in dialog.controls:
            if control.purpose == "toggle" or (control.role == "radio" and control.purpose in _RADIOS):
                yield dialog, None, control


def without(dialogs: Iterable[Dialog], nodes: frozenset[str]) -> tuple[Dialog, ...]:
    """The dialogs without some of their controls, named by their node keys."""

    def rest(controls: tuple[Control, ...]) -> tuple[Control, ...]:
        return tuple(control for control in controls if control.node not in nodes)

    return tuple(
        dialog.model_copy(
            update={
                "controls": rest(dialog.controls),
                "categories": tuple(
                    category.model_copy(update={"controls": rest(category.controls)}) for category in dialog.categories
                ),
            }
        )
        for dialog in dialogs
    )


def opt_out_links(snapshot: Snapshot) -> list[OptOutLink]:
    """Links that say they are the opt-out and can be seen, the statutory title first, the footer's before the header's."""
    links = [
        link
        for link in read_opt_out_links_of(snapshot)
        if link.visible is not False and link.node and link.title_kind in OPT_OUT_TITLES
    ]
    return sorted(links, key=lambda link: OPT_OUT_TITLES.index(link.title_kind))


def visible_in(snapshot: Snapshot) -> Iterator[tuple[str, Layout]]:
    """Everything that can be seen in a snapshot: (``<frame>/<data-cc>``, how it was rendered)."""
    for document in snapshot.documents:
        for key, layout in (document.layout or {}).items():
            if layout.visible:
                yield f"{document.frame}/{key}", layout


async def look_now(tab: Tab) -> tuple[Dialog, ...]:
    """Dialogs that can be seen at this moment, without recording a snapshot of them."""
    return dialogs_of(tab, await _now(tab))


async def _now(tab: Tab) -> Snapshot:
    """The page at this moment, which is not recorded."""
    taken = await tab.collected("documents", take_documents(tab.wire, tab.settings.viewport))
    tab.taken = taken or tab.taken
    return Snapshot(id="now", moment="page", url=tab.page.url, documents=taken.documents if taken else ())


async def wait_for_links(tab: Tab) -> None:
    """Give an opt-out link that the visit has seen on this page before its time: as long as each page is watched, at most."""
    if not any(opt_out_links(s) for s in tab.snapshots if page_address(s.url) == page_address(tab.page.url)):
        return

    async def there() -> bool:
        return bool(opt_out_links(await _now(tab)))

    await tab.alive(until(there, tab.settings.watch, 0.3), None)


async def wait_for_dialog(tab: Tab) -> None:
    """Give a dialog that comes late its time: watch the page until one is there, or as long as they take on this site.

    The first page of a target is given `LATE` seconds; the next ones twice what its dialog took, `SOON` at least.
    """
    began = time.monotonic()
    if await look_now(tab):
        tab.known.patience = tab.known.patience or SOON
        return
    before = await signature(tab.page)

    async def changed() -> bool:
        return await signature(tab.page) != before

    if await tab.alive(until(changed, tab.known.patience or LATE), None):
        tab.known.patience = min(LATE, max(SOON, 2 * (time.monotonic() - began)))
        await tab.alive(settle(tab.page, tab.traffic, tab.settings.settle_timeout), None)
    else:
        tab.known.patience = tab.known.patience or SOON
