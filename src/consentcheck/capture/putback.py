"""Keeps a choice through being read back: some links that open the preferences again forget the choice first, to ask anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import StorageState

from consentcheck.capture.collectors.jars import take_jar
from consentcheck.capture.readback import Record, record_of
from consentcheck.capture.tab import Tab
from consentcheck.reading.records_kept import is_consent_record

_PUT = """items => { for (const {name, value} of items) localStorage.setItem(name, value); }"""


@dataclass(frozen=True)
class Held:
    """The profile in the moment before its preferences are opened again; what the site dropped until then is not in it."""

    records: Record
    state: StorageState | None

    @classmethod
    async def by(cls, tab: Tab) -> Held:
        """The profile as it is now."""
        state = await tab.collected("profile", tab.context.storage_state())
        return cls(await _records(tab) or {}, state)


async def put_back(tab: Tab, before: Held) -> None:
    """Put the profile back as it was before the preferences were opened, where a consent record is gone or says something else.

    Without that the visit would look at what its own reading did. A site that drops the record by itself drops it again.
    """
    now, state = await _records(tab), before.state
    if now is None or state is None or all(now.get(key) == value for key, value in before.records.items()):
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


async def _records(tab: Tab) -> Record | None:
    """The consent records that outlast the session; None where they cannot be read."""
    jar = await tab.collected("cookies and storage", take_jar(tab.wire, tab.page, "now", {}))
    if jar is None:
        return None
    return {key: value for key, value in record_of(jar).items() if is_consent_record(key[-1]) and key[1] != "session"}
