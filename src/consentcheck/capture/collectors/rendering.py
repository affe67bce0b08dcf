"""What an element looks like: visible or not, where, in which colours, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from consentcheck.capture.collectors.tree import Box, Tree
from consentcheck.model.evidence import Layout

Clip = tuple[float, float, float, float] | None
"""Left, top, right, bottom of what can be seen; None when nothing cuts it."""
Rgb = tuple[float, float, float]

_NEVER_DRAWN = frozenset(
    {"head", "script", "style", "template", "noscript", "meta", "link", "title", "base", "source", "param"}
)
NEARLY_TRANSPARENT = 0.05
_COLOUR = re.compile(r"^rgba?\(\s*([\d.]+),\s*([\d.]+),\s*([\d.]+)(?:,\s*([\d.]+))?\s*\)$")


@dataclass(frozen=True)
class Window:
    """Where a document is shown: ``origin`` is the place of its top left in the top document, in CSS pixels."""

    origin: tuple[float, float] = (0.0, 0.0)
    size: tuple[int, int] = (0, 0)
    shown: bool = True
    parent: str | None = None
    """Name of the frame that holds it."""
    owner: str | None = None
    """``data-cc`` of the frame element."""


def layouts_of(tree: Tree, window: Window, accessible: dict[int, dict[str, Any]]) -> dict[str, Layout]:
    """Layout of each rendered element by its backend id.

    Of what is not drawn at all (``display: none``) only the outermost element has one, which says so.
    An element is visible when it can be seen itself, or when something within it can: consent managers wrap their dialogs in boxes
    without height.
    """
    size = len(tree.parents)
    seen = [False] * size
    reach: list[Box | None] = [None] * size
    opacity, fixed = [1.0] * size, [False] * size
    background: list[Rgb | None] = [(255.0, 255.0, 255.0)] * size
    clip: list[Clip] = [None] * size
    far_clip: list[Clip] = [None] * size
    roots = [box for node, box in tree.boxes.items() if tree.names[node] in ("html", "body")]
    page_width = max([window.size[0], *(box[0] + box[2] for box in roots)])
    left, top = tree.scroll
    whole_window = (left, top, left + window.size[0], top + window.size[1])

    for node in range(size):
        parent = tree.parents[node]
        if parent >= 0:
            opacity[node], fixed[node], background[node] = opacity[parent], fixed[parent], background[parent]
            clip[node], far_clip[node] = clip[parent], far_clip[parent]
        style, box = tree.styles.get(node), tree.boxes.get(node)
        if style is None or box is None:
            continue
        position = style["position"]
        if tree.types[node] == 1:
            opacity[node] *= _number(style["opacity"], 1.0)
            fixed[node] = fixed[node] or position in ("fixed", "sticky")
            background[node] = _behind(style, background[node])
            own = whole_window if position == "fixed" else far_clip[node] if position == "absolute" else clip[node]
        else:
            own = clip[node]
        seen[node] = (
            window.shown
            and style["visibility"] == "visible"
            and opacity[node] >= NEARLY_TRANSPARENT
            and not style["clip-path"].startswith(("inset(50%", "inset(100%", "circle(0", "polygon(0px 0px, 0px 0px"))
            and _in_sight(box, own, page_width)
        )
        if seen[node]:
            reach[node] = box
        if tree.types[node] == 1:
            clip[node] = _clip_within(style, box, own, tree.names[node])
            if position != "static" or style["transform"] != "none":
                far_clip[node] = clip[node]

    _hand_up(tree, seen, reach)
    found: dict[str, Layout] = {}
    rendered = bytearray(size)
    for node in range(size):
        if tree.types[node] != 1 or node in tree.pseudo:
            continue
        style = tree.styles.get(node)
        node_box = tree.boxes.get(node) if _has_area(tree.boxes.get(node)) else reach[node] or tree.boxes.get(node)
        if style is None and reach[node] is None:
            parent = tree.parents[node]
            if rendered[parent] and tree.names[node] not in _NEVER_DRAWN:
                found[str(tree.backend[node])] = Layout(visible=False)
            continue
        rendered[node] = 1
        found[str(tree.backend[node])] = Layout(
            visible=seen[node],
            box=_moved(node_box, window.origin),
            font_size=_pixels(style["font-size"]) if style else None,
            font_weight=_number(style["font-weight"], None) if style else None,
            color=style["color"] if style else None,
            background=_written(background[node]),
            opacity=round(opacity[node], 3),
            fixed=fixed[node],
            **_accessible(accessible.get(tree.backend[node])),
        )
    return found


def _hand_up(tree: Tree, seen: list[bool], reach: list[Box | None]) -> None:
    """Make what holds something that is seen seen too; a holder without area of its own takes that of what it holds."""
    for node in range(len(seen) - 1, 0, -1):
        parent = tree.parents[node]
        if parent < 0 or not seen[node] or (tree.types[node] != 1 and not tree.values[node].strip()):
            continue
        if not _has_area(tree.boxes.get(parent)):
            reach[parent] = _union(reach[parent], reach[node])
        elif not seen[parent] or reach[parent] is None:
            reach[parent] = reach[parent] or reach[node]
        seen[parent] = True


def _in_sight(box: Box, clip: Clip, page_width: float) -> bool:
    """Whether a box has area, lies on the page, and is not cut away."""
    x, y, width, height = box
    if width < 1 or height < 1 or (width <= 1 and height <= 1):
        return False
    if x + width <= 0 or y + height <= 0 or x >= page_width:
        return False
    if clip is None:
        return True
    left, top, right, bottom = clip
    return min(x + width, right) - max(x, left) >= 1 and min(y + height, bottom) - max(y, top) >= 1


def _clip_within(style: dict[str, str], box: Box, outer: Clip, name: str) -> Clip:
    """What cuts the children of a box. A box that scrolls cuts nothing, for it can be scrolled, unless it cannot be seen itself."""
    x, y, width, height = box
    if name in ("html", "body"):  # their overflow is the window's
        return outer
    hides = [style[f"overflow-{axis}"] in ("hidden", "clip") for axis in "xy"]
    scrolls = [style[f"overflow-{axis}"] in ("auto", "scroll") for axis in "xy"]
    far = 1e9
    left, top, right, bottom = outer or (-far, -far, far, far)
    if any(scrolls) and not any(hides):
        empty = min(x + width, right) - max(x, left) < 1 or min(y + height, bottom) - max(y, top) < 1
        return (x, y, x, y) if empty else None
    if hides[0]:
        left, right = max(left, x), min(right, x + width)
    if hides[1]:
        top, bottom = max(top, y), min(bottom, y + height)
    elif scrolls[1]:
        top, bottom = -far, far
    if hides[1] and scrolls[0]:
        left, right = -far, far
    cut = (left, top, right, bottom)
    return None if cut == (-far, -far, far, far) else cut


def _behind(style: dict[str, str], around: Rgb | None) -> Rgb | None:
    """The colour behind an element's words; None when a picture is."""
    if style["background-image"] not in ("none", ""):
        return None
    matched = _COLOUR.match(style["background-color"])
    if matched is None:
        return around
    red, green, blue = (float(matched[i]) for i in (1, 2, 3))
    alpha = float(matched[4]) if matched[4] is not None else 1.0
    if alpha >= 1:
        return (red, green, blue)
    if alpha <= 0 or around is None:
        return around
    mixed = [alpha * mine + (1 - alpha) * theirs for mine, theirs in zip((red, green, blue), around, strict=True)]
    return (mixed[0], mixed[1], mixed[2])


def _accessible(node: dict[str, Any] | None) -> dict[str, Any]:
    """Role, name and states from the accessibility tree."""
    if node is None or node.get("ignored"):
        return {}
    states = {p["name"]: p.get("value", {}).get("value") for p in node.get("properties", ())}
    checked = states.get("checked", states.get("pressed"))
    return {
        "role": node.get("role", {}).get("value") or None,
        "name": str(node.get("name", {}).get("value") or "")[:1000] or None,
        "checked": {"true": True, "false": False, True: True, False: False}.get(checked),
        "disabled": bool(states["disabled"]) if "disabled" in states else None,
        "expanded": bool(states["expanded"]) if "expanded" in states else None,
        "focusable": bool(states["focusable"]) if "focusable" in states else None,
    }


def _has_area(box: Box | None) -> bool:
    return box is not None and box[2] >= 1 and box[3] >= 1


def _union(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    left, top = min(one[0], other[0]), min(one[1], other[1])
    right, bottom = max(one[0] + one[2], other[0] + other[2]), max(one[1] + one[3], other[1] + other[3])
    return (left, top, right - left, bottom - top)


def _moved(box: Box | None, origin: tuple[float, float]) -> Box | None:
    return (
        None
        if box is None
        else (round(box[0] + origin[0], 1), round(box[1] + origin[1], 1), round(box[2], 1), round(box[3], 1))
    )


def _written(colour: Rgb | None) -> str | None:
    return None if colour is None else "rgb({:.0f}, {:.0f}, {:.0f})".format(*colour)


def _number(text: str, default: Any) -> Any:
    try:
        return float(text)
    except ValueError:
        return default


def _pixels(text: str) -> float | None:
    number = _number(text.removesuffix("px"), None)
    return float(number) if number is not None else None
