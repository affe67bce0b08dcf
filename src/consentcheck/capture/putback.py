"""Keeps a choice through being read back: some links that open the preferences again forget the choice first, to ask anew."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import StorageState

from consentcheck.capture.collectors.jars import take_jar
from consentcheck.capture.readback import Record, record_of
from consentcheck.capture.tab import Tab
from consentcheck.reading.records_kept import is_consent_record

_PUT = """items => { for (const {name, value} of items) localStorage.setItem(name, value); }"""


async def state_of(tab: Tab) -> StorageState | None:
    """What the profile holds now, to be put back."""
    return await tab.collected("profile", tab.context.storage_state())


async def put_back(tab: Tab, chosen: Record, state: StorageState | None) -> None:
    """Put the profile back as the choice left it, where a consent record of ``chosen`` is gone or says something else.

    Without that the visit would look at what its own reading did.
    """
    jar = await tab.collected("cookies and storage", take_jar(tab.wire, tab.page, "now", {}))
    if jar is None or state is None:
        return
    held = record_of(jar)
    records = {key: value for key, value in chosen.items() if is_consent_record(key[-1]) and key[1] != "session"}
    if all(held.get(key) == value for key, value in records.items()):
        return
    kept: Any = state.get("cookies", [])
    try:
        await tab.context.add_cookies(kept)
        for origin in state.get("origins", []):
            for frame in tab.page.frames:
                if frame.url.startswith(f"{origin['origin']}/"):
                    await frame.evaluate(_PUT, origin["localStorage"])
                    break
    except PlaywrightError:
        return
    if tab.steps:
        said = f"{tab.steps[-1].changed}; the record of the choice changed with it, and was put back".removeprefix("; ")
        tab.steps[-1] = tab.steps[-1].model_copy(update={"changed": said})
