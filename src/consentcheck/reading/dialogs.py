"""Consent dialogs of a target: from its documents, or from its text."""

from __future__ import annotations

from consentcheck.knowledge.phrases import is_always_active, is_more
from consentcheck.model.base import Where
from consentcheck.model.evidence import Document, Evidence, Snapshot, Visit
from consentcheck.model.facts import Category, Control, Dialog, Passage
from consentcheck.model.words import Purpose, Scenario, Surface
from consentcheck.reading.categories import categories_of
from consentcheck.reading.controls import control_of, look_of
from consentcheck.reading.document import Page, parse
from consentcheck.reading.name_parts import name_of
from consentcheck.reading.opt_out_page import opt_out_page
from consentcheck.reading.panels import layers_of
from consentcheck.reading.regions import foreign_items
from consentcheck.reading.roots import Root, find_roots
from consentcheck.reading.stamp import in_its_language, placed, stamped
from consentcheck.reading.text import MOST_DIALOGS, read_text
from consentcheck.reading.titles import title_of
from consentcheck.reading.tree import Node
from consentcheck.reading.urls import page_address

Box = tuple[float, float, float, float]

MOST_CONTROLS = 200
MOST_PASSAGES = 400
SMALLEST_WINDOW = 10_000.0
"""Square pixels of the smallest element that is taken for a dialog's window."""


def read_dialogs(evidence: Evidence) -> tuple[Dialog, ...]:
    """All consent dialogs of a target, by scenario: of each, the most complete copy of those that were captured."""
    if evidence.text is not None:
        return read_text(evidence.text)
    found: list[Dialog] = []
    scenarios: dict[Scenario, None] = dict.fromkeys(v.scenario for v in evidence.visits)
    for scenario in scenarios:
        visit = min((v for v in evidence.visits if v.scenario == scenario), key=lambda v: v.round)
        found.extend(_of_visit(visit))
    return tuple(found)


def read_snapshot(snapshot: Snapshot, *, scenario: Scenario = "first-visit") -> tuple[Dialog, ...]:
    """The consent dialogs of the page at one moment, in all frames; one present but not shown has ``visible=False``."""
    found: list[Dialog] = []
    for document in snapshot.documents:
        for dialog in read_document(document, scenario=scenario):
            blocks = None if dialog.look is None or not dialog.visible else _blocks(dialog, snapshot)
            found.append(dialog.model_copy(update={"snapshot": snapshot.id, "blocks_page": blocks}))
    return tuple(found[:MOST_DIALOGS])


def read_opened(snapshot: Snapshot, start: str, *, scenario: Scenario = "first-visit") -> tuple[Dialog, ...]:
    """The dialogs after the opt-out link was pressed at the address ``start``: where it led to a page, that page is a layer too."""
    own = _opt_out_page(snapshot, start, scenario)
    found = read_snapshot(snapshot, scenario=scenario)
    if own is None:
        return found
    page = parse(snapshot.documents[0])
    parts = {page.where(root.node).selector for root in find_roots(page) if not _floats(root)}
    return (own, *(dialog for dialog in found if dialog.where.selector not in parts))


def read_document(document: Document, *, scenario: Scenario = "first-visit") -> tuple[Dialog, ...]:
    """The consent dialogs of one frame."""
    page = parse(document)
    roots = find_roots(page)[:MOST_DIALOGS]
    return tuple(_dialog(layer, scenario) for root in roots for layer in layers_of(root))


def _of_visit(visit: Visit) -> list[Dialog]:
    """Page 0's dialogs, then those of layers that were opened; of each surface the most complete copy."""
    best: dict[tuple[Surface, str], Dialog] = {}
    for snapshot in visit.snapshots:
        opened = snapshot.opened == "opt-out-page"
        own = _opt_out_page(snapshot, visit.snapshots[0].url, visit.scenario) if opened else None
        if own is None and snapshot.page != 0 and visit.scenario == "first-visit":
            continue
        for dialog in (own,) if own else read_snapshot(snapshot, scenario=visit.scenario):
            key = (dialog.surface, _identity(dialog))
            other = best.get(key)
            if other is None or _completeness(dialog) > _completeness(other):
                best[key] = dialog
    return _without_hidden_copies(list(best.values()))


def _opt_out_page(snapshot: Snapshot, start: str, scenario: Scenario) -> Dialog | None:
    """The page that the opt-out link led to as a layer; None where it led to none, or to one without an opt-out."""
    if page_address(snapshot.url) == page_address(start) or not snapshot.documents:
        return None
    page = parse(snapshot.documents[0])
    root = opt_out_page(page, [root for root in find_roots(page) if _floats(root)])
    return None if root is None else _dialog(root, scenario).model_copy(update={"snapshot": snapshot.id})


def _floats(root: Root) -> bool:
    """Whether a layer lies over the page; one that stands in its text is a part of it."""
    layout = root.page.layout(root.node)
    return root.page.landmark(root.node) == "dialog" or bool(layout and layout.fixed)


def _without_hidden_copies(dialogs: list[Dialog]) -> list[Dialog]:
    """The dialogs without those that are hidden while one with the same categories, or the same words, is shown."""
    shown = {_content(dialog) for dialog in dialogs if dialog.visible}
    return [dialog for dialog in dialogs if dialog.visible is not False or _content(dialog) not in shown]


def _content(dialog: Dialog) -> tuple[Surface, tuple[str, ...]]:
    return dialog.surface, tuple(c.name for c in dialog.categories) or (dialog.text,)


def _identity(dialog: Dialog) -> str:
    return dialog.where.selector or dialog.title


def _completeness(dialog: Dialog) -> tuple[bool, int, int, int]:
    described = sum(bool(c.description) for c in dialog.categories)
    return (dialog.visible is not False, len(dialog.categories), described, len(dialog.controls))


def _blocks(dialog: Dialog, snapshot: Snapshot) -> bool:
    """Whether it covers most of the viewport, or the page cannot scroll behind it."""
    box = dialog.look.box if dialog.look else None
    width, height = snapshot.viewport
    covers = box is not None and box[2] * box[3] >= 0.8 * width * height
    return covers or bool(snapshot.scroll_locked)


def _dialog(root: Root, scenario: Scenario) -> Dialog:
    page, top = root.page, root.node
    foreign = foreign_items(root)
    categories = categories_of(root, foreign)
    controls = _controls(root, categories, foreign)
    surface = root.surface or _surface(categories, controls)
    title, title_item = title_of(root, {category.name for category in categories})
    passages = _passages(root, categories)
    layout = page.layout(top)
    dialog = Dialog(
        surface=surface,
        scenario=scenario,
        title=title,
        title_where=page.where(title_item.node, title_item.text) if title_item else Where(quote=title or None),
        passages=passages,
        controls=controls,
        categories=categories,
        visible=root.visible,
        look=look_of(layout),
        where=page.where(top),
    )
    return _within_window(stamped(in_its_language(dialog, _lang(page, top))), _window(page, top))


def _window(page: Page, top: Node) -> Box | None:
    """The part of the page through which a dialog is seen: its outermost element that stays in place when the page scrolls."""
    found: Box | None = None
    node: Node | None = top
    while node is not None:
        layout = page.layout(node)
        if (
            layout is not None
            and layout.fixed
            and layout.box is not None
            and layout.box[2] * layout.box[3] >= SMALLEST_WINDOW
        ):
            found = layout.box
        node = node.parent
    return found


def _within_window(dialog: Dialog, window: Box | None) -> Dialog:
    """The dialog, with no box for what is scrolled out of its window: a picture does not show it."""
    if window is None:
        return dialog
    left, top, width, height = window

    def at(where: Where) -> Where:
        if where.box is None:
            return where
        x, y = where.box[0] + where.box[2] / 2, where.box[1] + where.box[3] / 2
        seen = left <= x <= left + width and top <= y <= top + height
        return where if seen else where.model_copy(update={"box": None})

    own = dialog.where
    return placed(dialog, at).model_copy(update={"where": own.model_copy(update={"box": _overlap(own.box, window)})})


def _overlap(one: Box | None, other: Box) -> Box | None:
    if one is None:
        return None
    left, top = max(one[0], other[0]), max(one[1], other[1])
    width = min(one[0] + one[2], other[0] + other[2]) - left
    height = min(one[1] + one[3], other[1] + other[3]) - top
    return (left, top, width, height) if width > 0 and height > 0 else None


def _lang(page: Page, top: Node) -> str | None:
    """The language that the dialog or its document says it is in."""
    return page.attribute(top, "lang") or (page.attribute(page.root, "lang") if page.root is not None else "") or None


def _controls(root: Root, categories: tuple[Category, ...], foreign: frozenset[int]) -> tuple[Control, ...]:
    """Controls outside the categories' own."""
    taken = {c.where.selector for category in categories for c in category.controls}
    names = {category.name for category in categories}
    made: list[Control] = []
    for number, item in enumerate(root.items):
        if item.kind != "control" or name_of(item.text) in names or item.table:
            continue
        if len(made) >= MOST_CONTROLS:
            break
        control = control_of(root.page, item, root.core)
        if number in foreign:
            control = control.model_copy(update={"purpose": "other"})
        if control.where.selector not in taken and (control.text or control.purpose != "other"):
            made.append(control)
    return tuple(_with_settings(_with_save(made, switches=any(c.toggle != "none" for c in categories))))


def _with_save(row: list[Control], *, switches: bool) -> list[Control]:
    """The controls; a button that saves and waits hidden until the one for the settings is pressed is not known to be hidden."""
    shown = {c.purpose for c in row if c.visible is not False}
    if not switches or "settings" not in shown or "save" in shown:
        return row
    return [c.model_copy(update={"visible": None}) if c.purpose == "save" and c.look is None else c for c in row]


def _with_settings(row: list[Control]) -> list[Control]:
    """The controls; a tab leads to the settings only where no button does and nothing can be saved, and a button that
    only promises more where it is all that a person can press beside those that accept and decline."""
    shown = {c.purpose for c in row if c.visible is not False and c.role != "tab"}
    if shown & {"settings", "save"}:
        row = [_become(c, "other") if c.role == "tab" and c.purpose == "settings" else c for c in row]
    if "accept-all" in shown and not shown & {"settings", "save", "opt-out"}:
        return [_become(c, "settings") if c.role == "button" and not c.href and is_more(c.text) else c for c in row]
    return row


def _become(control: Control, purpose: Purpose) -> Control:
    return control.model_copy(update={"purpose": purpose})


def _surface(categories: tuple[Category, ...], controls: tuple[Control, ...]) -> Surface:
    purposes = {c.purpose for c in controls if c.visible is not False}
    switches = any(c.toggle != "none" for c in categories)
    if not categories:
        return (
            "banner"
            if purposes & {"accept-all", "decline-all", "settings", "close"} or "save" not in purposes
            else "preferences"
        )
    if not switches and not any(c.always_active for c in categories) and "save" not in purposes:
        return "banner" if purposes & {"accept-all", "decline-all"} else "cookie-list"
    if "settings" in purposes and purposes & {"accept-all", "decline-all"} and "save" not in purposes:
        return "banner"
    return "preferences"


def _passages(root: Root, categories: tuple[Category, ...]) -> tuple[Passage, ...]:
    taken = {p.where.selector for c in categories for p in c.passages} | {c.where.selector for c in categories}
    names = {c.name for c in categories}
    made: list[Passage] = []
    for item in root.items:
        if item.kind != "text" or item.table or item.text in names or is_always_active(item.text):
            continue
        if len(made) >= MOST_PASSAGES:
            break
        where = root.page.where(item.node, item.text)
        if where.selector in taken:
            continue
        role = item.role if item.role in {"heading", "item", "label"} else "paragraph"
        made.append(Passage(text=item.text, where=where, role=role))
    return tuple(made)
