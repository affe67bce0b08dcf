"""Opt-out request forms: left alone, unless the user allowed them to be sent and gave the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consentcheck.capture import driver
from consentcheck.capture.tab import Tab
from consentcheck.model.evidence import Document, Layout, Snapshot, Step
from consentcheck.model.facts import Control
from consentcheck.reading.document import Page, parse
from consentcheck.reading.forms import forms_of
from consentcheck.reading.tree import Node

_NOT_TYPED = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
_WRITTEN = "textarea, input:not([type]), input[type=text], input[type=email], input[type=tel]"
_SUBMITS = frozenset({"submit", "image"})


@dataclass(frozen=True)
class _Field:
    node: str
    names: tuple[str, ...]
    kind: str
    required: bool

    @property
    def label(self) -> str:
        return next((name for name in self.names if name), "a field")


def controls_of_forms(layer: Snapshot) -> frozenset[str]:
    """Node keys of everything in opt-out forms that ask for data: they are filled and sent as a whole, or left alone."""
    found: set[str] = set()
    for form in forms_of(layer):
        if "opt-out" in form.purposes and form.asks_for_data:
            for _, page, top in _forms(layer, form.where.selector):
                found.update(key for node in page.css("*", top) if (key := page.key(node)))
    return frozenset(found)


def controls_to_fill(layer: Snapshot) -> frozenset[str]:
    """Node keys of everything in forms of any kind that have a field to write in: their buttons send what was written."""
    pages = [parse(document) for document in layer.documents]
    forms = [(page, top) for page in pages for top in page.css("form, [role=form]")[:40] if page.css(_WRITTEN, top)]
    return frozenset(key for page, top in forms for node in page.css("*", top) if (key := page.key(node)))


async def submit_form(tab: Tab, layer: Snapshot) -> str | None:
    """Fill and send the opt-out form of a layer. None when it was sent, else why it was not."""
    wanted = next((form for form in forms_of(layer) if "opt-out" in form.purposes), None)
    if wanted is None:
        return "no control was found that opts out; accepting was not an option"
    if not tab.settings.submit:
        return "the opt-out is a form; it was read and not sent, because sending was not allowed"
    found = next(_forms(layer, wanted.where.selector), None)
    if found is None:
        return "the opt-out form could not be found again to be filled"
    document, page, top = found
    given = {name.casefold(): value for name, value in tab.settings.submit}
    for field in _fields(document, page, top):
        value = next((given[name] for name in field.names if name in given), None)
        if value is None:
            if field.required:
                return f"the opt-out form asks for “{field.label[:80]}”, for which no data was given"
            continue
        if field.kind in ("checkbox", "radio"):
            control = Control(text=field.label, role=field.kind, node=field.node, purpose="toggle")
            step = await driver.click(tab, control, "ticking a box of the opt-out form", surface="opt-out-page")
            if not step.ok:
                return f"the field “{field.label[:80]}” could not be ticked"
            continue
        handle = driver.handle_of(tab, field.node)
        if handle is None or not await driver.type_into(handle, value):
            return f"the field “{field.label[:80]}” could not be filled"
        tab.steps.append(
            Step(action="type", surface="opt-out-page", text=field.label[:300], why="filling the opt-out form")
        )
    button = _button(document, page, top)
    if button is None:
        return "the opt-out form has no button to send it"
    step = await driver.click(tab, button, "sending the opt-out form", purpose="opt-out", surface="opt-out-page")
    if not step.ok:
        return f"the button “{button.text[:80]}” could not be pressed: {step.changed}"
    tab.steps[-1] = step.model_copy(update={"action": "submit"})
    return None


def _forms(layer: Snapshot, selector: str | None) -> Iterator[tuple[Document, Page, Node]]:
    """Forms of the layer, the one that the selector names first."""
    for document in layer.documents:
        page = parse(document)
        for top in page.css("form, [role=form]")[:40]:
            if page.where(top).selector == selector:
                yield document, page, top


def _fields(document: Document, page: Page, top: Node) -> Iterator[_Field]:
    for node in page.css("input, select, textarea", top)[:60]:
        kind = page.attribute(node, "type").lower() if node.tag == "input" else str(node.tag)
        layout = _layout(document, page, node)
        if kind in _NOT_TYPED or layout is None or not layout[1].visible:
            continue
        names = (
            layout[1].name or "", page.attribute(node, "name"), page.attribute(node, "id"), page.attribute(node, "placeholder"),
            page.attribute(node, "type"), page.attribute(node, "autocomplete"),
        )  # fmt: skip
        yield _Field(
            node=f"{document.frame}/{layout[0]}",
            names=tuple(name.strip(" *:").casefold() for name in names),
            kind=kind,
            required=page.has(node, "required") or page.attribute(node, "aria-required") == "true",
        )


def _button(document: Document, page: Page, top: Node) -> Control | None:
    for node in page.css("button, input", top)[:80]:
        kind = page.attribute(node, "type").lower()
        layout = _layout(document, page, node)
        submits = kind in _SUBMITS or (node.tag == "button" and kind not in ("button", "reset"))
        if submits and layout is not None and layout[1].visible:
            return Control(
                text=layout[1].name or "Submit", node=f"{document.frame}/{layout[0]}", where=page.where(node)
            )
    return None


def _layout(document: Document, page: Page, node: Node) -> tuple[str, Layout] | None:
    key = page.attribute(node, "data-cc")
    layout = (document.layout or {}).get(key)
    return (key, layout) if layout is not None else None
