"""Requests of a visit, put together from the browser's network events.

An event comes as four or more parts in no fixed order: what the page asked, what went over the wire (with cookies), what came back,
and what came back over the wire (with every Set-Cookie). Each hop of a redirect has the same id.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Request as PlaywrightRequest

from consentcheck.capture.cdp import Channel, Params, Wire
from consentcheck.capture.collectors.set_cookies import read_set_cookie
from consentcheck.model.evidence import Request, SetCookie

BODY_LIMIT = 64 * 1024
RESPONSE_LIMIT = 512 * 1024
KEPT_RESPONSES = 16
LONG_LIVED = frozenset({"websocket", "eventsource", "media", "ping"})
"""Types that may never end, or that nobody waits for; a page with one can still be at rest."""

_CONFIGURATION = (
    ("cookielaw.org", ".json"), ("onetrust", ".json"), ("/consent/", ".json"),
    ("consent.cookiebot", "cc.js"), ("consent.cookiebot", "declaration"), ("cookiedeclaration", ""),
    ("privacy-center.org", ".json"), ("privacy-center.org", "/config"), ("usercentrics", ".json"), ("usercentrics", "/settings"),
    ("sp_meta", ""), ("/wrapper/v2/", ""), ("privacy-mgmt", "message"), ("ketchcdn.com", "config"), ("transcend", ".json"),
    ("termly.io", "snippets"), ("cookieyes", "config"), ("osano.com", ".json"), ("iubenda", ".json"), ("/.well-known/gpc.json", ""),
)  # fmt: skip
"""(words in the address, words after them): responses in which a consent manager publishes its configuration."""


@dataclass
class _Hop:
    """One request as far as it is known."""

    id: str
    url: str
    method: str
    type: str
    page: int
    after_step: int | None
    time: float
    frame_url: str
    initiators: tuple[str, ...]
    redirected_from: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    mime: str = ""
    response_headers: dict[str, str] = field(default_factory=dict)
    set_cookies: tuple[SetCookie, ...] = ()
    failure: str | None = None
    response_body: str | None = None
    ended: bool = False


class Traffic:
    """Listens to a visit's network events. ``place`` says where the visit stands: (page, index of the last step)."""

    def __init__(self, place: Callable[[], tuple[int, int | None]]) -> None:
        self.wire: Wire | None = None
        self.last_change = time.monotonic()
        self._place = place
        self._began = time.monotonic()
        self._hops: list[_Hop] = []
        self._by_id: dict[str, list[_Hop]] = {}
        self._early: dict[str, list[tuple[str, Params]]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._noticed: dict[tuple[str, str], int] = {}
        self._kept = 0

    def elapsed(self) -> float:
        """Seconds since the visit began."""
        return time.monotonic() - self._began

    def requests(self) -> tuple[Request, ...]:
        """Everything so far, in order."""
        return tuple(Request(**{k: v for k, v in vars(hop).items() if k != "ended"}) for hop in self._hops)

    def pending(self, older_than: float = 8.0) -> int:
        """Requests under way; one that takes longer than ``older_than`` seconds no longer counts as loading."""
        now = time.monotonic() - self._began
        return sum(not hop.ended and hop.type not in LONG_LIVED and now - hop.time < older_than for hop in self._hops)

    def note_failure(self, url: str, reason: str) -> None:
        """A failure told by other means (a navigation that never got an answer)."""
        for hop in reversed(self._hops):
            if hop.url == url and hop.failure is None and hop.status is None:
                hop.failure = reason
                return

    def add_fetched(
        self, url: str, status: int | None, headers: dict[str, Any], body: str, failure: str | None
    ) -> None:
        """A file that we asked for ourselves, not the page."""
        hop = self._add(f"fetched {url}", url, "GET", "fetched", "", {})
        hop.status, hop.ended, hop.failure = status, True, None if status else failure or "failed"
        hop.response_headers = {str(k).lower(): str(v) for k, v in headers.items()}
        hop.mime = hop.response_headers.get("content-type", "").split(";")[0].strip()
        hop.response_body = body[:RESPONSE_LIMIT]

    def noticed(self, request: PlaywrightRequest) -> None:
        """A request that Playwright saw end. A worker may start before our session to it is ready; what we missed is added."""
        key = (request.method, request.url)
        if request.service_worker and any((hop.method, hop.url) == key for hop in self._hops):
            return  # it passes on what the page asked
        self._noticed[key] = self._noticed.get(key, 0) + 1
        if self.wire and urlsplit(request.url).scheme in ("http", "https"):
            self.wire.start(self._make_good(request, key))

    async def _make_good(self, request: PlaywrightRequest, key: tuple[str, str]) -> None:
        headers = await request.all_headers()
        response = await request.response()
        answered = await response.headers_array() if response else []
        if sum((hop.method, hop.url) == key for hop in self._hops) >= self._noticed[key]:
            return
        asker, script = _asker(request), headers.get("referer", "")
        by = script if any(known.url == script and known.type == "script" for known in self._hops) else asker
        initiator = {"url": by} if by != request.url else {}
        identity = f"noticed {len(self._hops)}"
        hop = self._add(identity, request.url, request.method, request.resource_type, asker, initiator)
        hop.headers, hop.body, hop.ended = headers, (request.post_data or "")[:BODY_LIMIT] or None, True
        hop.cookies = {
            name.strip(): value
            for name, equals, value in (part.partition("=") for part in headers.get("cookie", "").split(";"))
            if equals
        }
        hop.status, hop.failure = response.status if response else None, request.failure
        hop.response_headers = {each["name"].lower(): each["value"] for each in answered}
        lines = (each["value"] for each in answered if each["name"].lower() == "set-cookie")
        hop.set_cookies = tuple(read_set_cookie(line, request.url, None) for line in lines)

    def failure_of_document(self, url: str) -> str | None:
        """Why the last document of an address broke off while it came; None when it did not."""
        return next((hop.failure for hop in reversed(self._hops) if hop.type == "document" and hop.url == url), None)

    def heard(self, channel: Channel, event: str, params: Params) -> None:
        """Take one event of the browser."""
        name = event.removeprefix("Network.")
        if name == "requestWillBeSent":
            self._sent(channel, params)
        elif name == "webSocketCreated":
            self._add(params["requestId"], params["url"], "GET", "websocket", "", params.get("initiator", {}))
        elif name in ("requestWillBeSentExtraInfo", "responseReceivedExtraInfo"):
            self._extra(name, params)
        else:
            self._answered(channel, name, params)

    def _sent(self, channel: Channel, params: Params) -> None:
        identity, asked = params["requestId"], params["request"]
        before = None
        if "redirectResponse" in params and self._by_id.get(identity):
            before = self._by_id[identity][-1]
            self._respond(before, params["redirectResponse"])
            before.ended = True
        if urlsplit(asked["url"]).scheme not in ("http", "https"):
            return
        kind = str(params.get("type", "other")).lower()
        hop = self._add(identity, asked["url"], asked["method"], kind, params["documentURL"], params["initiator"])
        hop.headers = {str(k).lower(): str(v) for k, v in asked.get("headers", {}).items()}
        hop.redirected_from = before.id if before else None
        if before and before.initiators:
            hop.initiators = (before.url, *before.initiators)
        if "postData" in asked:
            hop.body = asked["postData"][:BODY_LIMIT]
        elif asked.get("hasPostData") and self.wire:
            self.wire.start(self._fetch_body(channel, identity, hop))

    def _add(self, identity: str, url: str, method: str, kind: str, document: str, initiator: dict[str, Any]) -> _Hop:
        page, after_step = self._place()
        self.last_change = time.monotonic()
        hop = _Hop(
            id=f"r{len(self._hops)}",
            url=url,
            method=method,
            type=kind,
            page=page,
            after_step=after_step,
            time=round(time.monotonic() - self._began, 4),
            frame_url=document,
            initiators=self._initiators(initiator),
        )
        self._hops.append(hop)
        self._by_id.setdefault(identity, []).append(hop)
        for name, extra in self._early.pop(identity, ()):
            self._extra(name, extra)
        return hop

    def _initiators(self, initiator: dict[str, Any]) -> tuple[str, ...]:
        """URLs of the call stack, nearest first, then those of whatever loaded the nearest script."""
        urls = list(stack_urls(initiator.get("stack")))
        if initiator.get("url"):
            urls.append(str(initiator["url"]))
        chain = list(dict.fromkeys(urls))
        for url in chain[:1]:
            loader = next((hop for hop in self._hops if hop.url == url and hop.type == "script"), None)
            chain += [further for further in (loader.initiators if loader else ()) if further not in chain]
        return tuple(chain[:20])

    def _extra(self, name: str, params: Params) -> None:
        """The n-th extra part of an id belongs to its n-th hop; it may come before the hop itself."""
        identity = params["requestId"]
        number = self._counts.get((name, identity), 0)
        hops = self._by_id.get(identity, [])
        if number >= len(hops):
            self._early.setdefault(identity, []).append((name, params))
            return
        self._counts[name, identity] = number + 1
        hop = hops[number]
        headers = {str(k).lower(): str(v) for k, v in params.get("headers", {}).items()}
        if name == "requestWillBeSentExtraInfo":
            hop.headers |= headers
            hop.cookies = {
                each["cookie"]["name"]: each["cookie"]["value"]
                for each in params.get("associatedCookies", ())
                if not each.get("blockedReasons")
            }
            return
        hop.response_headers |= headers
        refused = {
            each.get("cookieLine", ""): ", ".join(each.get("blockedReasons", ()))
            for each in params.get("blockedCookies", ())
        }
        lines = headers.get("set-cookie", "").split("\n")
        hop.set_cookies = tuple(read_set_cookie(line, hop.url, refused.get(line)) for line in lines if line.strip())
        if hop.status is None:
            hop.status = params.get("statusCode")

    def _respond(self, hop: _Hop, response: dict[str, Any]) -> None:
        hop.status = int(response["status"])
        hop.mime = str(response.get("mimeType", ""))
        seen = {str(k).lower(): str(v) for k, v in response.get("headers", {}).items()}
        hop.response_headers = seen | hop.response_headers

    def _answered(self, channel: Channel, name: str, params: Params) -> None:
        hops = self._by_id.get(params["requestId"])
        if not hops:
            return
        hop = hops[-1]
        if name == "responseReceived":
            self._respond(hop, params["response"])
            return
        self.last_change = time.monotonic()
        hop.ended = True
        if name == "loadingFailed":
            hop.failure = params.get("blockedReason") or params.get("errorText") or "failed"
        elif name == "loadingFinished" and self.wire and self._kept < KEPT_RESPONSES and is_configuration(hop.url):
            self._kept += 1
            self.wire.start(self._fetch_response(channel, params["requestId"], hop))

    async def _fetch_body(self, channel: Channel, identity: str, hop: _Hop) -> None:
        answer = await channel.send("Network.getRequestPostData", requestId=identity)
        hop.body = str(answer.get("postData", ""))[:BODY_LIMIT]

    async def _fetch_response(self, channel: Channel, identity: str, hop: _Hop) -> None:
        answer = await channel.send("Network.getResponseBody", requestId=identity)
        if not answer.get("base64Encoded"):
            hop.response_body = str(answer.get("body", ""))[:RESPONSE_LIMIT]


def _asker(request: PlaywrightRequest) -> str:
    """URL of the service worker that asked, or of the document of the frame that did, itself or by a worker; empty if neither is told."""
    if worker := request.service_worker:
        return worker.url
    try:
        return request.frame.url
    except PlaywrightError:
        return ""  # the frame is not there yet, or no longer


def stack_urls(stack: dict[str, Any] | None) -> Iterator[str]:
    """URLs of the scripts on a call stack, nearest first; what started a later task stands behind that task."""
    seen: set[str] = set()
    for _ in range(16):
        if not stack:
            return
        for frame in stack.get("callFrames", ()):
            if (url := frame.get("url")) and url not in seen:
                seen.add(url)
                yield str(url)
        stack = stack.get("parent")


def is_configuration(url: str) -> bool:
    """Whether a response is evidence in itself: the published configuration of a consent manager, or gpc.json."""
    lowered = url.lower()
    return any(first in lowered and then in lowered for first, then in _CONFIGURATION)
