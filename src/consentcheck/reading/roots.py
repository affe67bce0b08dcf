"""Where a page's consent dialogs are: by their words and controls, whatever consent manager made them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from consentcheck.knowledge.phrases import is_always_active, kinds_of, phrases, plain, purpose_of, speaks_of_consent
from consentcheck.model.words import Surface
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item, items
from consentcheck.reading.questions import question_of
from consentcheck.reading.selectors import SHADOW
from consentcheck.reading.tree import Node, innermost_around

LONGEST_DIALOG = 400_000
"""Characters of markup-free text beyond which an element is a page, not a dialog."""
MOST_CANDIDATES = 120
_LAYERS = "[role=dialog], [role=alertdialog], dialog, [aria-modal=true]"
_NAMED = (
    "[id*=cookie i], [id*=consent i], [id*=gdpr i], [id*=ccpa i], [id*=cmp i], [class*=cookie i], [class*=consent i], "
    "[class*=gdpr i], [class*=ccpa i], [id*=privacy i], [class*=privacy i]"
)
_BUTTONS = "button, a, [role=button], input[type=button], input[type=submit]"
_PAGE_TAGS = frozenset({"html", "body", "main", "article", "head", SHADOW})
_POLICY_NAMES = re.compile(
    r"\b(?:cookies?|privacy)(?: and (?:cookies?|privacy))? (?:policy|policies|notice|statement)\b"
)
_MAKERS = (
    "cookie", "consent", "gdpr", "ccpa", "onetrust", "optanon", "privacy", "truste", "didomi", "usercentrics", "osano", "borlabs",
    "iubenda", "termly", "cmplz", "cky-", "cmp2", "klaro", "orejime", "ketch", "transcend", "evidon", "axeptio", "tarteaucitron",
)  # fmt: skip
"""What the id or class of a consent dialog says."""
_ANSWERS = frozenset({"accept-all", "decline-all", "save", "opt-in"})
"""Purposes of the buttons from which an unmarked dialog is looked for."""
_FIELDS = "textarea, input[type=text], input[type=email], input[type=tel], input[type=password], input:not([type])"
_TOPICS = ("cookie", "consent", "opt out", "opt-out", "sale", "sell", "track")
"""One of these a page's own article says where it holds choices that are more than the preferences of an account."""
_TITLE_WORDS = frozenset({"cookie", "cookies", "consent"})
_CHOICE_WORDS = frozenset({"preferences", "settings", "choices", "options"})
DECIDING = frozenset({"accept-all", "decline-all", "opt-out", "opt-in"})


@dataclass(frozen=True)
class Root:
    """An element that is a consent dialog, and what stands in it."""

    page: Page
    node: Node
    items: tuple[Item, ...]
    surface: Surface | None = None
    """What the layer is, where its place in the dialog says so."""
    panels: tuple[Node, ...] = ()
    """Panels of tabs of which one has to be open for the layer to be seen; empty where it has none."""

    @property
    def visible(self) -> bool | None:
        """Whether a person sees the layer."""
        own = self.page.visible(self.node if self.page.document.layout is not None else self.core)
        if own is False or not self.panels:
            return own
        seen = [self.page.visible(panel) for panel in self.panels]
        return next((one for one in (True, None) if one in seen), False)

    @cached_property
    def core(self) -> Node:
        """The innermost element that holds everything in the layer: what hides it hides the layer, and no part of it."""
        return innermost_around([item.node for item in self.items], self.node)


def find_roots(page: Page) -> list[Root]:
    """The page's consent dialogs in document order, none inside another."""
    if page.root is None or not _speaks_of_consent(page.document.html):
        return []
    found: dict[int, Root] = {}
    seen: set[int] = set()
    _take_layers(page, found, seen)
    _take_named(page, found, seen)
    _take_from_buttons(page, found)
    if (
        not found
        and page.document.frame != "main"
        and (body := page.tree.body) is not None
        and (root := judge(page, body))
    ):
        found[body.mem_id] = root
    return _in_order(page, found)


def _speaks_of_consent(html: str) -> bool:
    if "cookie" in html or "consent" in html:  # as most do, so that few are put in lower case as a whole
        return True
    lowered = html.lower()
    return "cookie" in lowered or "consent" in lowered or speaks_of_consent(lowered)


def judge(page: Page, node: Node) -> Root | None:
    """The element as a dialog; None when it has no prose of consent, nothing to decide, or is about something else."""
    if node.tag in {"script", "style", "template", "noscript", "link", "meta", "input", "button", "a", "iframe", "img"}:
        return None
    row = items(page, node)
    prose = " ".join(i.text for i in row if i.kind == "text" and " " in i.text and i.text.count(" ") >= 3).lower()
    if len(prose) > LONGEST_DIALOG:
        return None
    told = _POLICY_NAMES.sub(" ", prose)
    table = phrases()
    strong = sum(told.count(word) for word in table.strong)
    if (
        strong
        and not any(word in prose for word in table.context)
        and strong == told.count("cookie") + told.count("cookies")
        and not node.css_matches(", ".join(table.layers))
    ):
        strong = 0
    purposes = {purpose_of(i.text) for i in row if i.kind == "control" and i.role != "inline"}
    names = [
        i for n, i in enumerate(row) if i.kind == "toggle" and (_is_named_choice(i.text) or question_of(page, row, n))
    ]
    marks = sum(i.kind == "text" and is_always_active(i.text) for i in row)
    asks = "accept-all" in purposes and bool(purposes & {"decline-all", "settings", "save"})
    if not strong and not ((asks or len(names) + marks >= 2) and _is_hinted(page, node, row, told)):
        return None
    switches = "save" in purposes and "cookie" in told and sum(i.kind == "toggle" for i in row) >= 2
    if "cookie" not in told and not purposes & DECIDING and node.css_first(_FIELDS) is not None:
        return None
    if not purposes & (DECIDING | {"opt-in"}) and not any(word in told for word in _TOPICS) and _in_article(page, node):
        return None
    decides = bool(purposes & DECIDING) or bool(names) or marks > 0 or switches
    if not decides and (not purposes & {"settings", "close"} or _in_article(page, node)):
        return None
    if strong <= 2 and not names and any(word in told for words in table.others.values() for word in words):
        return None
    return Root(page, node, tuple(row))


def _in_article(page: Page, node: Node) -> bool:
    return page.landmark(node) in {"main", "article"}


def _is_hinted(page: Page, node: Node, row: list[Item], told: str) -> bool:
    """Whether an element that asks for something says somewhere that it is about consent."""
    asking = any(word in told for word in phrases().asking)
    return asking or _is_named(page, node) or _is_titled(page, node) or any(map(_is_entitled, row))


def _is_entitled(item: Item) -> bool:
    """Whether a heading, a title or a switch's name speaks of cookies or consent in a few words."""
    if len(item.text) > 80 or item.kind == "control":
        return False
    words = set(plain(item.text)[:9])
    titled = item.kind == "toggle" or item.role == "heading" or (len(words) < 5 and bool(words & _CHOICE_WORDS))
    return titled and bool(words & _TITLE_WORDS)


def _is_named_choice(text: str) -> bool:
    """Whether a switch is one of consent by its own words: a category's name, or a sentence on selling or sharing."""
    return bool(kinds_of(text)) if len(plain(text)) <= 6 else speaks_of_consent(text) or "sale" in kinds_of(text)


def _is_named(page: Page, node: Node) -> bool:
    own = f"{page.attribute(node, 'id')} {page.attribute(node, 'class')}".lower()
    return any(word in own for word in _MAKERS)


def _is_titled(page: Page, node: Node) -> bool:
    """Whether a dialog is called by words about cookies or consent."""
    label = page.by_id(page.attribute(node, "aria-labelledby"))
    title = f"{page.attribute(node, 'aria-label')} {page.text(label) if label is not None else ''}".lower()
    return any(word in title for word in ("cookie", "consent", "privacy"))


def _take_layers(page: Page, found: dict[int, Root], seen: set[int]) -> None:
    """Elements that say that they are dialogs, and known containers; the outer one unless it holds several dialogs."""
    here = [selector for selector, names in phrases().layers.items() if names <= page.names]
    nodes = _unique(page.css(", ".join([*here, _LAYERS])))[:MOST_CANDIDATES]
    known = {n.mem_id for n in nodes}
    outers: dict[int, list[Node]] = {}
    tops: list[Node] = []
    for node in nodes:
        outer = _outermost(node, known)
        if outer is None:
            tops.append(node)
        else:
            outers.setdefault(outer.mem_id, []).append(node)
    for top in tops:
        for root in _outer_or_several(page, top, _disjoint(outers.get(top.mem_id, []))):
            found[root.node.mem_id] = root
        seen.add(top.mem_id)


def _outer_or_several(page: Page, top: Node, parts: list[Node]) -> list[Root]:
    """The dialogs among an element's parts where there are several, or where it is none itself; else itself."""
    if len(parts) < 2 and (own := judge(page, top)):
        return [own]
    inner = [root for node in parts if (root := judge(page, node))]
    if len(parts) > 1 and len(inner) < 2 and (own := judge(page, top)):
        return [own]
    return inner


def _take_named(page: Page, found: dict[int, Root], seen: set[int]) -> None:
    """Elements whose id or class speaks of consent."""
    nodes = [
        n
        for n in _unique(page.css(_NAMED))
        if (
            n.tag not in _PAGE_TAGS
            and n.tag in {"div", "section", "aside", "form", "footer", "span", "nav", "header", "p", "ul"}
        )
        or "-" in (n.tag or "")
    ]
    tried = 0
    for node in nodes:
        if tried >= MOST_CANDIDATES:
            return
        if _inside(node, found, seen):
            seen.add(node.mem_id)  # so that what stands in it need not look further up
            continue
        if any(page.contains(node, root.node) for root in found.values()):
            continue
        tried += 1
        seen.add(node.mem_id)
        if root := judge(page, node):
            found[node.mem_id] = root


def _take_from_buttons(page: Page, found: dict[int, Root]) -> None:
    """From a button that accepts or declines upwards to the prose it belongs to."""
    tried = 0
    for button in page.css(_BUTTONS):
        text = page.text(button) or page.attribute(button, "value") or page.attribute(button, "aria-label")
        if not text or len(text) > 80 or purpose_of(text) not in _ANSWERS:
            continue
        if _inside(button, found, set()):
            continue
        tried += 1
        if tried > MOST_CANDIDATES:
            return
        root = _climb(page, button)
        if root is not None and not any(page.contains(root.node, other.node) for other in found.values()):
            found[root.node.mem_id] = root


def _climb(page: Page, button: Node) -> Root | None:
    node = button.parent
    for _ in range(8):
        if node is None or node.tag in _PAGE_TAGS:
            return None
        words = page.text(node)
        if len(words) > 6000:
            return None
        if len(words) > 40 and (root := judge(page, node)):
            return _widen(page, root, len(words))
        node = node.parent
    return None


def _widen(page: Page, root: Root, length: int) -> Root:
    """The outermost element with the same words: the box that a person sees."""
    node = root.node
    for _ in range(6):
        above = node.parent
        if above is None or above.tag in _PAGE_TAGS or len(page.text(above)) > length + 60:
            break
        node = above
    return root if node.mem_id == root.node.mem_id else judge(page, node) or root


def _unique(nodes: list[Node]) -> list[Node]:
    return list({node.mem_id: node for node in nodes}.values())


def _outermost(node: Node, known: set[int]) -> Node | None:
    outer = None
    above = node.parent
    while above is not None:
        if above.mem_id in known:
            outer = above
        above = above.parent
    return outer


def _disjoint(nodes: list[Node]) -> list[Node]:
    """Those of the nodes that stand in none of the others."""
    known = {n.mem_id for n in nodes}
    return [n for n in nodes if _outermost(n, known) is None]


def _inside(node: Node, found: dict[int, Root], seen: set[int]) -> bool:
    above: Node | None = node
    while above is not None:
        if above.mem_id in found or above.mem_id in seen:
            return True
        above = above.parent
    return False


def _in_order(page: Page, found: dict[int, Root]) -> list[Root]:
    if len(found) < 2 or page.root is None:
        return list(found.values())
    order = {node.mem_id: number for number, node in enumerate(page.root.traverse()) if node.mem_id in found}
    return sorted(found.values(), key=lambda root: order.get(root.node.mem_id, len(order)))
