"""The canonical names of a site's own hosts: a first-party host may be an alias of a tracker's."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from fnmatch import fnmatch

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
    loop = asyncio.get_running_loop()

    async def canonical(host: str) -> tuple[str, str]:
        try:
            answers = await asyncio.wait_for(loop.run_in_executor(None, _look_up, host), PATIENCE)
        except (OSError, TimeoutError, UnicodeError):
            return host, ""
        return host, answers

    return dict(await asyncio.gather(*map(canonical, hosts)))


def _look_up(host: str) -> str:
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
    return next((name.rstrip(".").lower() for _, _, _, name, _ in answers if name), "")
