"""What following an opt-out link led to, from what the visit did and saw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from consentcheck.knowledge.sites import host_of, same_site
from consentcheck.model.base import Where
from consentcheck.model.evidence import Snapshot, Visit
from consentcheck.model.facts import Control, Dialog, Form, LinkTarget, OptOutLink
from consentcheck.reading.dialogs import read_opened, read_snapshot
from consentcheck.reading.document import parse
from consentcheck.reading.forms import forms_of
from consentcheck.reading.optout_words import is_industry_place
from consentcheck.reading.urls import page_address

_MOST_TEXT = 20_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LONGEST_STEP = 300
"""Characters of a control's words that a step keeps."""
_BOT_WALL = re.compile(
    r"just a moment|verify (?:that )?you are (?:a )?human|are you a robot|access denied|attention required", re.I
)
_SALE = re.compile(r"\b(?:sell|sale|selling|shar(?:e|ing)|targeted advertising|targeting)\b", re.I)
_LIMIT = re.compile(r"\blimit\b[^.]{0,60}\bsensitive\b|\bsensitive\b[^.]{0,60}\blimit\b", re.I)
_SALE_KINDS = frozenset({"sale", "advertising"})


def link_target(link: OptOutLink, visit: Visit, start: Snapshot) -> LinkTarget | None:
    """What the link opened; None when nobody followed it and its address does not say."""
    href = (link.href or "").strip().lower()
    if href.startswith(("mailto:", "tel:")):
        return LinkTarget(opened="mail" if href.startswith("mailto:") else "phone", url=link.href)
    at = _step_of(link, visit)
    pressed_on = _page_before(visit, at) if at is not None else None
    if at is None or (pressed_on is not None and pressed_on.page != start.page):
        return None
    samples = next((p.samples for p in visit.persistence if _same(p.control, link.text)), ())
    after = next((s for s in visit.snapshots if s.after_step == at and s.moment == "opened"), None)
    if not visit.steps[at].ok or after is None:
        # A link that could not be pressed, behind a wall say, leads we do not know where.
        opened: Literal["nothing", "unknown"] = "nothing" if visit.steps[at].ok else "unknown"
        return LinkTarget(opened=opened, url=link.href, persisted=samples)
    target = _opened(visit, pressed_on or start, after, samples)
    if target.opened == "same-page" and (file := _file(visit, at)):
        return LinkTarget(opened="file", url=file, where=target.where)
    if target.opened != "same-page":
        return target
    return _opened_later(link, visit, at) or target


def _file(visit: Visit, step: int) -> str | None:
    """Address of what a press asked for as a page, where it was one to be kept and not shown: a PDF, say."""
    asked = (r for r in visit.requests if r.type == "document" and r.after_step == step and r.status == 200)
    return next((r.url for r in asked if r.failure and r.mime and r.mime not in _PAGES), None)


def _opened_later(link: OptOutLink, visit: Visit, first: int) -> LinkTarget | None:
    """What the link opened when it was pressed again, once the dialog that it may have had nothing to add to was gone."""
    for at, step in enumerate(visit.steps):
        if at <= first or not step.ok or step.action != "click" or not _same(step.text, link.text[:_LONGEST_STEP]):
            continue
        after = next((s for s in visit.snapshots if s.after_step == at and s.moment == "opened"), None)
        before = _page_before(visit, at)
        if after is not None and before is not None:
            target = _opened(visit, before, after, ())
            if target.opened == "dialog":
                return target
    return None


def _step_of(link: OptOutLink, visit: Visit) -> int | None:
    """Index of the first press of the link."""
    pressed = (
        at
        for at, step in enumerate(visit.steps)
        if step.action == "click" and step.purpose == "opt-out" and _same(step.text, link.text[:_LONGEST_STEP])
    )
    return next(pressed, None)


def _page_before(visit: Visit, step: int) -> Snapshot | None:
    """The page as it was last seen before a step."""
    earlier = [s for s in visit.snapshots if s.moment != "opened" and (s.after_step is None or s.after_step < step)]
    return earlier[-1] if earlier else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _opened(visit: Visit, start: Snapshot, after: Snapshot, samples: tuple[tuple[float, bool], ...]) -> LinkTarget:
    moved = page_address(after.url) != page_address(start.url)
    shown = _new_dialogs(visit, start, after)
    controls = tuple(c for d in shown for c in (*d.controls, *(t for g in d.categories for t in g.controls)))
    form = next((form for form in forms_of(after) if "opt-out" in form.purposes), None)
    loads = [request for request in visit.requests if request.type == "document" and request.url == after.url]
    page_text = _text(after)
    offers = _offers_sale_choice(shown, [c for c in controls if not (moved and _leads_away(c))], form)
    words = page_text if moved or not shown else "\n".join(p.text for d in shown for p in d.prose())[:_MOST_TEXT]
    return LinkTarget(
        opened="page" if moved else "dialog" if shown else "same-page",
        url=after.url,
        http_status=loads[-1].status if moved and loads else None,
        title=after.title if moved or not shown else shown[0].title,
        text=words,
        controls=controls,
        sale_control=offers,
        limit_control=_LIMIT.search(words) is not None and bool(controls or form),
        off_domain=moved and not same_site(host_of(after.url), host_of(start.url)),
        third_party_tool=is_industry_place(after.url),
        bot_wall=len(page_text) < 3000 and _BOT_WALL.search(f"{after.title} {page_text}") is not None,
        login=moved and not offers and _asks_for_password(after),
        persisted=samples,
        form=form,
        where=shown[0].where if shown else Where(surface="opt-out-page", screenshot=after.screenshot),
    )


def _asks_for_password(snapshot: Snapshot) -> bool:
    pages = (parse(document) for document in snapshot.documents)
    return any(page.visible(node) is not False for page in pages for node in page.css("input[type=password]"))


def _new_dialogs(visit: Visit, start: Snapshot, after: Snapshot) -> list[Dialog]:
    """Dialogs that can be seen, and could not before; and the page itself, where it is another."""
    before = read_snapshot(start, scenario=visit.scenario)
    known = {(dialog.surface, dialog.where.selector, dialog.title) for dialog in before if dialog.visible is not False}
    return [
        dialog
        for dialog in read_opened(after, start.url, scenario=visit.scenario)
        if dialog.visible is not False and (dialog.surface, dialog.where.selector, dialog.title) not in known
    ]


def _leads_away(control: Control) -> bool:
    """Whether it is a link to yet another place, where a person would have to search on."""
    return bool(control.href) and not (control.href or "").startswith(("#", "javascript:"))


def _text(snapshot: Snapshot) -> str:
    """Words of the page itself, without its header, footer and navigation where they are marked as such."""
    for document in snapshot.documents:
        if document.frame == "main":
            page = parse(document)
            main = page.css("main, [role=main]")[:1] or page.css("body")[:1]
            return page.text(main[0], shown=True)[:_MOST_TEXT] if main else ""
    return ""


def _offers_sale_choice(dialogs: Sequence[Dialog], controls: Sequence[Control], form: Form | None) -> bool | None:
    """Whether a toggle, button or form for sale or sharing stands there, without searching.

    None for a button that declines everything: it may well mean the sale too.
    """
    if form is not None:
        return True
    toggled = any(
        category.toggle not in {"none"} and _SALE_KINDS & set(category.all_kinds())
        for dialog in dialogs
        for category in dialog.categories
    )
    named = any(
        control.visible is not False
        and (
            control.purpose == "opt-out" or (control.purpose == "toggle" and _SALE.search(control.text + control.label))
        )
        for control in controls
    )
    declines = any(control.visible is not False and control.purpose == "decline-all" for control in controls)
    return toggled or named or (None if declines else False)
