"""The page's debugging protocol, with the frames and workers that have a session of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

Params = dict[str, Any]
OnEvent = Callable[["Channel", str, Params], None]

PATIENCE = 10.0
"""Seconds that one command may take: a hung renderer never answers."""

EVENTS = (
    "Network.requestWillBeSent", "Network.requestWillBeSentExtraInfo", "Network.responseReceived",
    "Network.responseReceivedExtraInfo", "Network.loadingFinished", "Network.loadingFailed",
    "Network.webSocketCreated", "Network.webSocketClosed", "Runtime.consoleAPICalled",
)  # fmt: skip


class Channel:
    """One session: the page's own, or that of a frame or worker in a process of its own (``kind`` says which)."""

    def __init__(self, kind: str, target: str, transport: Callable[[str, Params], Awaitable[Any]]) -> None:
        self.kind = kind
        self.target = target
        self._transport = transport

    async def send(self, method: str, **params: Any) -> Any:
        """Send a command and await its result. TimeoutError after `PATIENCE`; Playwright's Error when it is refused."""
        return await asyncio.wait_for(self._transport(method, params), PATIENCE)


class Wire:
    """All sessions of one page. Every event of every session goes to one listener."""

    def __init__(self, on_event: OnEvent, script: str = "") -> None:
        """``script`` runs before any of the page's own, in every frame."""
        self.channels: list[Channel] = []
        self._script = script
        self._on_event = on_event
        self._pending: dict[tuple[str, int], asyncio.Future[Any]] = {}
        self._children: dict[str, Channel] = {}
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def page(self) -> Channel:
        """The session of the page's main frame."""
        return self.channels[0]

    async def open(self, context: BrowserContext, page: Page) -> None:
        """Attach to the page, before it goes anywhere."""
        session: CDPSession = await context.new_cdp_session(page)
        root = Channel("page", "", session.send)
        self.channels.append(root)
        for event in EVENTS:
            session.on(event, partial(self._heard, root, event))
        session.on("Target.attachedToTarget", partial(self._attached, root))
        session.on("Target.receivedMessageFromTarget", self._message)
        session.on("Target.detachedFromTarget", self._detached)
        await self._prepare(root)

    async def close(self) -> None:
        """Stop waiting for anything."""
        for future in self._pending.values():
            future.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def start(self, work: Awaitable[None]) -> None:
        """Do something beside, within the life of the wire; a session that goes away ends it."""

        async def quietly() -> None:
            try:
                await work
            except (PlaywrightError, TimeoutError):
                return

        task = asyncio.ensure_future(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _prepare(self, channel: Channel) -> None:
        await channel.send("Network.enable", maxPostDataSize=65536)
        # Without this a pixel made by `new Image()` would seem to come from the page: its load begins in a later task.
        if channel.kind in ("page", "iframe"):  # a worker that waits for us does not answer this
            await channel.send("Runtime.enable")
            await channel.send("Runtime.setAsyncCallStackDepth", maxDepth=8)
            await channel.send("Page.enable")
            await channel.send("Page.addScriptToEvaluateOnNewDocument", source=self._script)
        await channel.send("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=False)

    def _heard(self, channel: Channel, event: str, params: Params) -> None:
        self._on_event(channel, event, params)

    def _attached(self, parent: Channel, params: Params) -> None:
        session, info = params["sessionId"], params["targetInfo"]

        async def transport(method: str, arguments: Params) -> Any:
            number = next(self._numbers)
            future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            self._pending[session, number] = future
            message = json.dumps({"id": number, "method": method, "params": arguments})
            try:
                await parent.send("Target.sendMessageToTarget", sessionId=session, message=message)
                return await future
            finally:
                self._pending.pop((session, number), None)

        channel = Channel(str(info["type"]), str(info["targetId"]), transport)
        self._children[session] = channel
        if channel.kind == "iframe":
            self.channels.append(channel)

        async def prepare() -> None:
            try:
                await self._prepare(channel)
            finally:
                await channel.send("Runtime.runIfWaitingForDebugger")

        self.start(prepare())

    def _message(self, params: Params) -> None:
        session = params["sessionId"]
        channel = self._children.get(session)
        if channel is None:
            return
        message = json.loads(params["message"])
        if "id" in message:
            future = self._pending.get((session, message["id"]))
            if future is not None and not future.done():
                if "error" in message:
                    future.set_exception(PlaywrightError(str(message["error"].get("message", "refused"))))
                else:
                    future.set_result(message.get("result", {}))
            return
        method, inner = message.get("method", ""), message.get("params", {})
        if method == "Target.attachedToTarget":
            self._attached(channel, inner)
        elif method == "Target.receivedMessageFromTarget":
            self._message(inner)
        elif method == "Target.detachedFromTarget":
            self._detached(inner)
        elif method in EVENTS:
            self._on_event(channel, method, inner)

    def _detached(self, params: Params) -> None:
        channel = self._children.pop(params["sessionId"], None)
        if channel in self.channels:
            self.channels.remove(channel)
