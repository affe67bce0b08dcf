"""Cookies and web storage as the browser holds them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from consentcheck.capture.cdp import Wire
from consentcheck.capture.collectors.cookie_writes import Writer
from consentcheck.model.evidence import Cookie, Jar, StorageItem

MAX_FRAMES = 40
VALUE_LIMIT = 16_384
_READ_STORAGE = """limit => {
  const read = (area, storage) => Object.keys(storage).slice(0, 500).map(k => [area, k, String(storage.getItem(k)).slice(0, limit)]);
  const found = [];
  try { found.push(...read("local", localStorage)); } catch (e) {}
  try { found.push(...read("session", sessionStorage)); } catch (e) {}
  return [self.origin, found];  // of a frame without an address: its parent's, whose storage it shares
}"""


async def take_jar(wire: Wire, page: Page, after: str, writers: Mapping[tuple[str, str], Writer]) -> Jar:
    """All cookies of the profile and the storage of every frame. ``after``: id of the snapshot that it belongs to."""
    answer = await wire.page.send("Network.getAllCookies")
    return Jar(
        after=after,
        time=time.time(),
        cookies=tuple(_cookie(each, writers) for each in answer["cookies"]),
        storage=await _storage(page),
    )


async def _storage(page: Page) -> tuple[StorageItem, ...]:
    found: dict[tuple[str, str, str], StorageItem] = {}
    for frame in page.frames[:MAX_FRAMES]:
        try:
            origin, items = await asyncio.wait_for(frame.evaluate(_READ_STORAGE, VALUE_LIMIT), 2)
        except (PlaywrightError, TimeoutError):
            continue
        for area, key, value in items:
            found[origin, area, key] = StorageItem(origin=origin, area=area, key=key, value=value)
    return tuple(found.values())


def _cookie(raw: dict[str, Any], writers: Mapping[tuple[str, str], Writer]) -> Cookie:
    partition = raw.get("partitionKey")
    writer = writers.get((raw["name"], raw["domain"].lstrip(".").lower()))
    return Cookie(
        name=raw["name"],
        value=raw["value"][:VALUE_LIMIT],
        domain=raw["domain"],
        path=raw["path"],
        expires=None if raw.get("session") else raw["expires"],
        http_only=raw["httpOnly"],
        secure=raw["secure"],
        same_site=raw.get("sameSite"),
        partition=partition.get("topLevelSite") if isinstance(partition, dict) else partition,
        set_by=writer.url if writer else None,
        set_how=writer.how if writer else None,
    )
