"""Acts on a page as a person does: scrolls to a control, sees that it can be reached, and presses it with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.cdp import Channel
from consentcheck.capture.collectors.documents import Handle
from consentcheck.capture.settle import settle, signature
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Step
from consentcheck.model.facts import Control, OptOutLink
from consentcheck.model.words import Purpose, Surface
from consentcheck.reading.urls import page_address

AFTER_CLICK = 6.0
"""Longest wait, in seconds, for a page to come to rest after a click."""

_NEAR = """function () {
  const near = [this];
  for (const label of this.labels || []) near.push(label);
  const around = this.closest && this.closest("label, [role=switch], button");
  if (around) near.push(around);
  if (this.nextElementSibling) near.push(this.nextElementSibling);
  if (this.parentElement) near.push(this.parentElement);
  return near;
}"""
_HOLDS = """function (other) {
  for (let node = other; node; node = node.parentNode || node.host) if (node === this) return true;
  for (const label of this.labels || []) if (label.contains(other)) return true;
  return false;
}"""
_SHOWS = """function () {
  const box = this.getBoundingClientRect();
  const top = this.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !!top && (this === top || this.contains(top));
}"""
"""For a hit on drawn content (``::before``), which has no place in the tree: the element's own root is asked."""
_STATE = """function () {
  const aria = this.getAttribute && (this.getAttribute("aria-checked") || this.getAttribute("aria-pressed"));
  if (typeof this.checked === "boolean") return this.checked;
  return aria === "true" ? true : aria === "false" ? false : null;
}"""
_TYPE = """function (value) {
  this.focus();
  const proto = Object.getPrototypeOf(this);
  const setter = Object.getOwnPropertyDescriptor(proto, "value");
  if (setter && setter.set) setter.set.call(this, value); else this.value = value;
  this.dispatchEvent(new Event("input", {bubbles: true, composed: true}));
  this.dispatchEvent(new Event("change", {bubbles: true, composed: true}));
}"""

Point = tuple[float, float]


def handle_of(tab: Tab, node: str | None) -> Handle | None:
    """What to act on for a node key ``<frame>/<data-cc>`` of the last snapshot; None when it names nothing there."""
    frame, _, backend = (node or "").rpartition("/")
    channel = tab.taken.channels.get(frame) if tab.taken else None
    return (channel, int(backend)) if channel is not None and backend.isascii() and backend.isdigit() else None


async def click(
    tab: Tab,
    control: Control | OptOutLink,
    why: str,
    *,
    purpose: Purpose | None = None,
    surface: Surface | None = None,
    counts: bool = True,
    settling: bool = True,
) -> Step:
    """Press a control of the last snapshot. The step says whether it could be pressed and what changed; it is recorded."""
    action = "toggle" if isinstance(control, Control) and control.purpose == "toggle" else "click"
    return await _act(tab, control, action, why, purpose, surface, counts=counts, settling=settling)


async def expand(tab: Tab, control: Control, why: str, surface: Surface | None = None) -> Step:
    """Open a closed section: a person who chooses need not, so it does not count."""
    return await _act(tab, control, "expand", why, "other", surface, counts=False, settling=True)


async def _act(
    tab: Tab,
    control: Control | OptOutLink,
    action: Any,
    why: str,
    purpose: Purpose | None,
    surface: Surface | None,
    *,
    counts: bool,
    settling: bool,
) -> Step:
    own_purpose = control.purpose if isinstance(control, Control) else "opt-out"
    step = Step(
        action=action,
        purpose=purpose or own_purpose,
        surface=surface,
        text=control.text[:300],
        role=control.role if isinstance(control, Control) else "link",
        selector=control.where.selector or "",
        why=why,
        counts=counts,
        ok=False,
    )
    tab.progress(f"{why}: {step.text[:60]}")
    handle = handle_of(tab, control.node)
    point = await tab.collected("control", find_point(*handle)) if handle else None
    if handle is None or point is None:
        step = step.model_copy(update={"changed": "it could not be reached: hidden, covered or gone"})
        tab.steps.append(step)
        return step
    x, y, box = point
    step = step.model_copy(update={"before": await tab.screenshot("before", whole=False), "box": box})
    before = (tab.page.url, await signature(tab.page), await _cookies(tab), await state_of(handle))
    tab.steps.append(step)
    tab.happenings.downloaded = False
    try:
        await tab.alive(tab.page.mouse.click(x, y, delay=20), 10)
    except (PlaywrightError, TimeoutError) as error:
        step = step.model_copy(update={"changed": f"the click failed: {str(error).splitlines()[:1]}"})
        tab.steps[-1] = step
        return step
    if settling:
        await tab.alive(settle(tab.page, tab.traffic, AFTER_CLICK), None)
        if isinstance(control, OptOutLink):
            await tab.enter_window()
        await _load_started(tab)
        step = step.model_copy(update={"after": await tab.screenshot("after", whole=False)})
    step = step.model_copy(update={"ok": True, "changed": await _changed(tab, handle, before)})
    tab.steps[-1] = step
    return step


async def find_point(channel: Channel, backend: int) -> tuple[float, float, tuple[float, float, float, float]] | None:
    """Where to press, in CSS pixels of the window, and the box there; None when nothing of it can be pressed.

    A checkbox that a consent manager hides is pressed on its label, as a person does.
    """
    for candidate in await _candidates(channel, backend):
        try:
            await channel.send("DOM.scrollIntoViewIfNeeded", objectId=candidate)
            quads = (await channel.send("DOM.getContentQuads", objectId=candidate))["quads"]
        except PlaywrightError:
            continue
        for quad in quads:
            box = _box(quad)
            if box[2] < 2 or box[3] < 2:
                continue
            for x, y in _points(box):
                if await _lies_on(channel, candidate, x, y):
                    return (x, y, box)
    return None


async def is_usable(channel: Channel, backend: int) -> bool:
    """Whether a control can be seen and pressed where it is now, without scrolling."""
    try:
        quads = (await channel.send("DOM.getContentQuads", backendNodeId=backend))["quads"]
        resolved = await channel.send("DOM.resolveNode", backendNodeId=backend)
        for quad in quads:
            box = _box(quad)
            if box[2] >= 2 and box[3] >= 2:
                return await _lies_on(channel, resolved["object"]["objectId"], box[0] + box[2] / 2, box[1] + box[3] / 2)
    except (PlaywrightError, TimeoutError, KeyError):
        return False
    return False


async def state_of(handle: Handle) -> bool | None:
    """Whether a toggle is on, as its element says; None when it says nothing."""
    channel, backend = handle
    try:
        resolved = await channel.send("DOM.resolveNode", backendNodeId=backend)
        answer = await channel.send(
            "Runtime.callFunctionOn",
            objectId=resolved["object"]["objectId"],
            functionDeclaration=_STATE,
            returnByValue=True,
        )
    except (PlaywrightError, TimeoutError, KeyError):
        return None
    value = answer.get("result", {}).get("value")
    return value if isinstance(value, bool) else None


async def type_into(handle: Handle, value: str) -> bool:
    """Fill a field of a form; False when it takes nothing."""
    channel, backend = handle
    try:
        resolved = await channel.send("DOM.resolveNode", backendNodeId=backend)
        await channel.send(
            "Runtime.callFunctionOn",
            objectId=resolved["object"]["objectId"],
            functionDeclaration=_TYPE,
            arguments=[{"value": value}],
        )
    except (PlaywrightError, TimeoutError, KeyError):
        return False
    return True


async def _candidates(channel: Channel, backend: int) -> list[str]:
    """Object ids of the control and of what stands for it, the control first."""
    resolved = await channel.send("DOM.resolveNode", backendNodeId=backend)
    answer = await channel.send(
        "Runtime.callFunctionOn", objectId=resolved["object"]["objectId"], functionDeclaration=_NEAR
    )
    listed = await channel.send("Runtime.getProperties", objectId=answer["result"]["objectId"], ownProperties=True)
    return [
        p["value"]["objectId"] for p in listed["result"] if p["name"].isdigit() and "objectId" in p.get("value", {})
    ]


async def _lies_on(channel: Channel, element: str, x: float, y: float) -> bool:
    """Whether the topmost thing at a point of the window is the element, or stands within it or its label."""
    try:
        scrolled = (await channel.send("Page.getLayoutMetrics"))["cssVisualViewport"]
        hit = await channel.send("DOM.getNodeForLocation", x=int(x + scrolled["pageX"]), y=int(y + scrolled["pageY"]))
        described = await channel.send("DOM.describeNode", backendNodeId=hit["backendNodeId"])
        if described["node"].get("pseudoType"):
            question, arguments = _SHOWS, []
        else:
            other = await channel.send("DOM.resolveNode", backendNodeId=hit["backendNodeId"])
            question, arguments = _HOLDS, [{"objectId": other["object"]["objectId"]}]
        answer = await channel.send(
            "Runtime.callFunctionOn",
            objectId=element,
            functionDeclaration=question,
            arguments=arguments,
            returnByValue=True,
        )
    except (PlaywrightError, KeyError):
        return False
    return answer.get("result", {}).get("value") is True


def _box(quad: Sequence[float]) -> tuple[float, float, float, float]:
    xs, ys = quad[0::2], quad[1::2]
    return (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _points(box: tuple[float, float, float, float]) -> tuple[Point, ...]:
    """The centre, then a few places off it: a link may be broken over lines, or partly covered."""
    x, y, width, height = box
    return (
        (x + width / 2, y + height / 2),
        (x + min(width / 2, 8), y + height / 2),
        (x + width - min(width / 2, 8), y + height / 2),
        (x + width / 2, y + min(height / 2, 4)),
    )


async def _cookies(tab: Tab) -> dict[str, str]:
    answer = await tab.collected("cookies", tab.wire.page.send("Network.getAllCookies"))
    return {f"{c['domain']} {c['name']}": c["value"] for c in (answer or {"cookies": []})["cookies"]}


async def _load_started(tab: Tab) -> None:
    """Where the click led to another page, wait for that page too."""
    if tab.pages and page_address(tab.page.url) != page_address(tab.pages[-1]):
        await tab.settle()


async def _changed(tab: Tab, handle: Handle, before: tuple[str, str, dict[str, str], bool | None]) -> str:
    """What can be seen to have changed, in a few words."""
    url, layout, cookies, state = before
    said = []
    if tab.happenings.downloaded:
        said.append("a file came to be kept")
    if tab.page.url != url:
        said.append(f"the address is now {tab.page.url[:200]}")
    else:
        now = await state_of(handle)
        if now is not None and now != state:
            said.append(f"it is now {'on' if now else 'off'}")
        if not await is_usable(*handle):
            said.append("it is gone or covered")
    held = await _cookies(tab)
    written = sorted(key.split(" ", 1)[1] for key, value in held.items() if cookies.get(key) != value)
    if written:
        said.append("cookies written: " + ", ".join(written[:8]))
    if not said and await signature(tab.page) != layout:
        said.append("the layout changed")
    return "; ".join(said) or "nothing was seen to change"
