"""The opt-out icon beside a link, and how links look beside each other."""

from __future__ import annotations

from statistics import median
from typing import Literal

from consentcheck.model.facts import Look
from consentcheck.reading.controls import look_of
from consentcheck.reading.document import Page
from consentcheck.reading.optout_words import words_of
from consentcheck.reading.tree import Node

Icon = Literal["official", "unidentified", "none", "unknown"]

_PICTURES = "img, svg, picture, input[type=image], object"
_CONTAINERS = frozenset({"ul", "nav", "li", "footer", "section"})
_LISTS = frozenset({"body", "footer", "nav", "ul", "header"})
_MOST_NEIGHBOURS = 12
_FILE_WORDS = (
    "privacyoptions", "privacy-options", "privacy_options", "privacychoices", "privacy-choices", "privacy_choices",
    "optouticon", "opt-out-icon", "optout-icon", "opt_out_icon", "ccpa-opt", "ccpa_opt", "ccpaopt", "ccpa-icon",
    "ccpa_icon",
)  # fmt: skip
"""What the published files of the icon are called, and what sites rename them to."""
_OFFICIAL_VIEWBOX = "0 0 30 14"


def icon_beside(page: Page, node: Node) -> tuple[Icon, Node | None]:
    """Whether the opt-out icon stands in or next to a link, and the picture.

    ``unknown`` where a style sheet may draw it: saved pages, and elements that are there to carry a background picture.
    """
    pictures = [picture for place in _beside(node) for picture in _pictures(place)]
    for picture in pictures:
        if _is_official(page, picture):
            return "official", picture
    if pictures:
        return "unidentified", pictures[0]
    if page.document.layout is None or any(_drawn_by_style(page, place) for place in _beside(node)):
        return "unknown", None
    return "none", None


def icon_ratio(page: Page, icon: Node) -> float | None:
    """Height of the icon over the median height of the page's other small pictures beside text."""
    own = page.layout(icon)
    if own is None or own.box is None:
        return None
    heights = [
        layout.box[3]
        for picture in page.css("a img, a svg, button img, button svg")[:400]
        if picture.mem_id != icon.mem_id
        for layout in [page.layout(picture)]
        if layout is not None and layout.visible and layout.box is not None and 4 <= layout.box[3] <= 64
    ]
    return round(own.box[3] / median(heights), 2) if heights else None


def neighbours_of(page: Page, node: Node) -> tuple[Look, ...]:
    """Looks of the visible links beside a link: those of the nearest container that holds more than one."""
    at = node.parent
    for _ in range(5 if page.document.layout is not None else 0):
        if at is None or at.tag in {"body", "html"}:
            break
        others = [link for link in at.css("a, button")[:60] if link.mem_id != node.mem_id]
        looks = [layout for link in others for layout in [page.layout(link)] if layout is not None and layout.visible]
        if len(looks) > 1:
            return tuple(look for layout in looks[:_MOST_NEIGHBOURS] if (look := look_of(layout)) is not None)
        at = at.parent
    return ()


def _beside(node: Node) -> list[Node]:
    """The link and what stands directly next to it, out to the item that holds it alone."""
    places = [node]
    at = node
    for _ in range(3):
        for sibling in (_element(at, -1), _element(at, 1)):
            if sibling is None or sibling.tag in _CONTAINERS:
                continue
            if sibling.tag not in {"a", "button"} or not sibling.text().strip():
                places.append(sibling)
        parent = at.parent
        if parent is None or parent.tag in _LISTS or _has_many_children(parent) or len(parent.css("a, button")) > 2:
            break
        at = parent
    return places


def _has_many_children(node: Node) -> bool:
    child, left = node.first_child, 12
    while child is not None and left:
        child, left = child.next, left - 1
    return child is not None


def _element(node: Node, step: int) -> Node | None:
    """The next element on one side, unless words stand between."""
    at = node.next if step > 0 else node.prev
    while at is not None and not at.is_element_node:
        if at.is_text_node and (at.text_content or "").strip(" \t\n\r|·•\u00a0"):
            return None
        at = at.next if step > 0 else at.prev
    return at


def _pictures(place: Node) -> list[Node]:
    if place.tag in {"img", "svg", "picture", "object"} or (
        place.tag == "input" and place.attributes.get("type") == "image"
    ):
        return [place]
    return place.css(_PICTURES)[:6]


def _is_official(page: Page, picture: Node) -> bool:
    sources = [page.attribute(picture, name) for name in ("src", "data-src", "srcset", "data")]
    for part in picture.css("use, source")[:4]:
        sources += [page.attribute(part, name) for name in ("href", "xlink:href", "srcset")]
    source = " ".join(sources)[:900].casefold()
    if any(word in source for word in _FILE_WORDS):
        return True
    if _OFFICIAL_VIEWBOX in (page.attribute(picture, "viewbox"), page.attribute(picture, "viewBox")):
        return True
    titles = [title.text() for title in picture.css("title, desc")[:4]]
    named = [page.attribute(picture, name) for name in ("alt", "title", "aria-label")]
    words = frozenset(words_of(" ".join(named + titles)[:600]))
    opts_out = {"opt", "out"} <= words or "optout" in words
    choices = "privacy" in words and bool(words & {"choices", "options"})
    return (opts_out and bool(words & {"icon", "ccpa", "california", "privacy"})) or choices


def _drawn_by_style(page: Page, place: Node) -> bool:
    """Whether an element seems to be there for a picture that only a style sheet knows."""
    for item in [place, *place.css("span, i, div")[:8]]:
        words = page.attribute(item, "class").casefold()
        if "icon" in words or "ccpa" in words or (item.tag in {"i", "span"} and not item.text().strip()):
            return True
    return False
