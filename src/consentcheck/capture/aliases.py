"""The canonical names of a site's own hosts: a first-party host may be an alias of a tracker's."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from fnmatch import fnmatch
from threading import Thread

from consentcheck.capture.settings import CaptureSettings
from consentcheck.knowledge.sites import host_of, same_site
from consentcheck.model.evidence import Visit

MOST = 30
PATIENCE = 3.0
"""Seconds that all look-ups of a target may take together."""


def own_hosts(visits: Iterable[Visit], settings: CaptureSettings) -> tuple[str, ...]:
    """The hosts of the site itself that were asked, except those that are not looked up in the public DNS."""
    if settings.proxy:
        return ()
    mapped = [rule.split(":", 1)[0].lower() for rule in settings.resolve]
    hosts = {
        host: None
        for visit in visits
        for request in visit.requests
        if (host := host_of(request.url)) and same_site(host, host_of(visit.final_url or visit.requested_url))
    }
    return tuple(host for host in hosts if not any(fnmatch(host, rule) for rule in mapped))[:MOST]


async def aliases_of(hosts: Iterable[str]) -> dict[str, str]:
    """Host -> its canonical name; empty where the look-up gave none, failed, or took too long."""
    hosts = tuple(hosts)
    found = dict.fromkeys(hosts, "")
    answered = asyncio.Event()
    loop = asyncio.get_running_loop()

    def take(host: str, name: str) -> None:
        found[host] = name
        waiting.discard(host)
        if not waiting:
            answered.set()

    waiting = set(hosts)
    for host in hosts:
        # A daemon: a resolver that hangs must not keep the program from ending, as a pool's thread would.
        Thread(target=_look_up, args=(host, loop, take), daemon=True).start()
    with suppress(TimeoutError):
        await asyncio.wait_for(answered.wait() if hosts else asyncio.sleep(0), PATIENCE)
    return dict(found)


def _look_up(host: str, loop: asyncio.AbstractEventLoop, take: Callable[[str, str], None]) -> None:
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
        name = next((name.rstrip(".").lower() for _, _, _, name, _ in answers if name), "")
    except (OSError, UnicodeError):
        name = ""
    with suppress(RuntimeError):  # nobody waits any longer
        loop.call_soon_threadsafe(take, host, name)
