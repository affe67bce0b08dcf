"""The rendered documents of a page: every frame, open and closed shadow roots, with layout and accessible names."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.cdp import Channel, Wire
from consentcheck.capture.collectors.rendering import Window, layouts_of
from consentcheck.capture.collectors.serialise import serialise
from consentcheck.capture.collectors.tree import STYLES, Tree, read_tree
from consentcheck.model.evidence import Document, Layout

MAX_FRAMES = 60
MAX_NODES = 400_000
MAX_HIT_TESTS = 160

Handle = tuple[Channel, int]
"""A session and the backend id of a node in it: what a driver acts on."""


@dataclass(frozen=True)
class Taken:
    """The documents of one moment. ``channels`` gives the session of each frame by its name in the snapshot."""

    documents: tuple[Document, ...]
    channels: dict[str, Channel]
    scroll_locked: bool


async def take_documents(wire: Wire, viewport: tuple[int, int]) -> Taken:
    """Serialise every frame of the page. Raises Playwright's Error or TimeoutError when the main frame does not answer."""
    documents: list[Document] = []
    channels: dict[str, Channel] = {}
    locked = False
    for channel in tuple(wire.channels):
        try:
            trees = await _trees(channel)
        except (PlaywrightError, TimeoutError):
            if channel is wire.page:
                raise
            continue
        places = {id(trees[0]): Window(size=viewport)} if trees else {}
        for tree in trees:
            window = places.get(id(tree))
            if window is None or len(documents) >= MAX_FRAMES:
                continue
            name = f"frame-{len(documents)}" if documents else "main"
            layouts = layouts_of(tree, window, await _accessible(channel, tree.frame_id))
            if name == "main":
                locked = _scroll_locked(tree)
                layouts = await _hit_tested(channel, tree, layouts, viewport)
            for node, inner in tree.frames.items():
                places[id(inner)] = _window_of(tree, node, inner, name, layouts)
            channels[name] = channel
            documents.append(
                Document(
                    url=tree.url,
                    html=serialise(tree, frozenset(layouts)),
                    frame=name,
                    parent_frame=window.parent or (None if name == "main" else "main"),
                    owner=window.owner,
                    layout=layouts,
                )
            )
    return Taken(tuple(documents), channels, locked)


def _window_of(tree: Tree, node: int, inner: Tree, parent: str, layouts: dict[str, Layout]) -> Window:
    """Where the document in a frame element is shown."""
    owner = str(tree.backend[node])
    layout = layouts.get(owner)
    x, y, width, height = (layout.box if layout else None) or (0.0, 0.0, 0.0, 0.0)
    return Window(
        origin=(x - inner.scroll[0], y - inner.scroll[1]),
        size=(int(width), int(height)),
        shown=layout is not None and layout.visible,
        parent=parent,
        owner=owner,
    )


async def _trees(channel: Channel) -> list[Tree]:
    raw = await channel.send(
        "DOMSnapshot.captureSnapshot", computedStyles=list(STYLES), includePaintOrder=False, includeDOMRects=False
    )
    return await asyncio.get_running_loop().run_in_executor(None, read_tree, raw, MAX_NODES)


async def _accessible(channel: Channel, frame_id: str) -> dict[int, dict[str, Any]]:
    """Accessibility nodes by backend id; none where the browser gives none (a frame that just went away)."""
    try:
        answer = await channel.send("Accessibility.getFullAXTree", frameId=frame_id)
    except (PlaywrightError, TimeoutError):
        return {}
    return {node["backendDOMNodeId"]: node for node in answer["nodes"] if "backendDOMNodeId" in node}


def _scroll_locked(tree: Tree) -> bool:
    """Whether the page cannot be scrolled although it may be longer than the window."""
    for node in range(len(tree.names)):
        if tree.names[node] in ("html", "body") and node in tree.styles:
            style = tree.styles[node]
            if style["overflow-y"] in ("hidden", "clip") or (
                tree.names[node] == "body" and style["position"] == "fixed"
            ):
                return True
    return False


async def _hit_tested(
    channel: Channel, tree: Tree, layouts: dict[str, Layout], viewport: tuple[int, int]
) -> dict[str, Layout]:
    """Say of each control in the window whether something else lies over its centre."""
    found = dict(layouts)
    tested = 0
    for node, backend in enumerate(tree.backend):
        layout = layouts.get(str(backend))
        if layout is None or not layout.visible or not layout.box or tested >= MAX_HIT_TESTS:
            continue
        if not (layout.focusable or layout.role in ("button", "link", "checkbox", "switch", "radio", "tab")):
            continue
        x, y = layout.box[0] + layout.box[2] / 2, layout.box[1] + layout.box[3] / 2
        if not (0 <= x - tree.scroll[0] < viewport[0] and 0 <= y - tree.scroll[1] < viewport[1]):
            continue
        if _is_scrolled_away(tree, node, x, y):
            continue
        tested += 1
        try:
            hit = await channel.send("DOM.getNodeForLocation", x=int(x), y=int(y))
        except (PlaywrightError, TimeoutError):
            continue
        found[str(backend)] = layout.model_copy(update={"covered": not _related(tree, node, hit["backendNodeId"])})
    return found


def _related(tree: Tree, node: int, hit: int) -> bool:
    """Whether the node that was hit stands within the node or around it, or is what a person presses in its stead."""
    other = tree.index_of.get(hit)
    if other is None:
        return False
    return tree.is_within(other, node) or tree.is_within(node, other) or _stands_for(tree, node, other)


def _stands_for(tree: Tree, node: int, other: int) -> bool:
    """Whether a checkbox is pressed through the other node: its label, or what is drawn beside it in its own element."""
    if tree.names[node] != "input":
        return False
    own = tree.attributes[node].get("id")
    while other >= 0:
        label = tree.names[other] == "label"
        if label and (tree.is_within(node, other) or (own and tree.attributes[other].get("for") == own)):
            return True
        if tree.parents[other] == tree.parents[node]:
            return True
        other = tree.parents[other]
    return False


def _is_scrolled_away(tree: Tree, node: int, x: float, y: float) -> bool:
    """Whether a point lies outside an element around the node that scrolls: what is seen there says nothing of the node."""
    above = tree.parents[node]
    while above >= 0:
        style, box = tree.styles.get(above), tree.boxes.get(above)
        if style and box and tree.names[above] not in ("html", "body"):
            left, top, width, height = box
            outside = not (left <= x < left + width and top <= y < top + height)
            if outside and {style["overflow-x"], style["overflow-y"]} & {"auto", "scroll"}:
                return True
        above = tree.parents[above]
    return False
