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
ENTRY_LIMIT = 2_048
"""Characters of one entry of a database."""
_READ_STORAGE = """limit => {
  const read = (area, storage) => Object.keys(storage).slice(0, 500).map(k => [area, k, String(storage.getItem(k)).slice(0, limit)]);
  const found = [];
  try { found.push(...read("local", localStorage)); } catch (e) {}
  try { found.push(...read("session", sessionStorage)); } catch (e) {}
  return [self.origin, found];  // of a frame without an address: its parent's, whose storage it shares
}"""


_READ_DATABASES = """async limit => {
  const found = [], ends = Date.now() + 1500;
  const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
    setTimeout(reject, Math.max(1, ends - Date.now()));
  });
  const plain = value => {
    if (typeof value === "string") return value.slice(0, limit);
    try { return (JSON.stringify(value, (_, v) => typeof v === "bigint" ? String(v) : v) || "").slice(0, limit); } catch (e) { return ""; }
  };
  const listed = self.indexedDB && indexedDB.databases ? await indexedDB.databases() : [];
  for (const {name} of listed.slice(0, 20)) {
    let database;
    try {
      database = await done(indexedDB.open(name));
      database.onversionchange = () => database.close();  // the page's own upgrade must not wait for us
      const stores = [...database.objectStoreNames].slice(0, 20);
      if (!stores.length) found.push([name, ""]);
      for (const each of stores) {
        const store = database.transaction(each).objectStore(each);
        const keys = await done(store.getAllKeys(null, 50)), values = await done(store.getAll(null, 50));
        if (!keys.length) found.push([name + "/" + each, ""]);
        keys.forEach((key, n) => found.push([name + "/" + each + "/" + plain(key).slice(0, 200), plain(values[n])]));
      }
    } catch (e) { found.push([name, ""]); } finally { if (database) database.close(); }
  }
  return [self.origin, found.slice(0, 500)];
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
        try:
            origin, items = await asyncio.wait_for(frame.evaluate(_READ_DATABASES, ENTRY_LIMIT), 3)
        except (PlaywrightError, TimeoutError):
            continue
        for key, value in items:
            found[origin, "indexeddb", key] = StorageItem(origin=origin, area="indexeddb", key=key, value=value)
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
