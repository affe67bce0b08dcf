"""What following an opt-out link led to, from what the visit did and saw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urldefrag, urlsplit

from publicsuffixlist import PublicSuffixList

from consentcheck.model.base import Where
from consentcheck.model.evidence import Snapshot, Visit
from consentcheck.model.facts import Control, Dialog, Form, LinkTarget, OptOutLink
from consentcheck.reading.document import parse
from consentcheck.reading.forms import forms_of
from consentcheck.reading.optout_words import is_industry_place

_MOST_TEXT = 20_000
_BOT_WALL = re.compile(
    r"just a moment|verify (?:that )?you are (?:a )?human|are you a robot|access denied|attention required", re.I
)
_SALE = re.compile(r"\b(?:sell|sale|selling|shar(?:e|ing)|targeted advertising|targeting)\b", re.I)
_LIMIT = re.compile(r"\blimit\b[^.]{0,60}\bsensitive\b|\bsensitive\b[^.]{0,60}\blimit\b", re.I)
_SALE_KINDS = frozenset({"sale", "advertising"})


def link_target(link: OptOutLink, visit: Visit, start: Snapshot, dialogs: Sequence[Dialog]) -> LinkTarget | None:
    """What the link opened; None when nobody followed it and its address does not say."""
    href = (link.href or "").strip().lower()
    if href.startswith(("mailto:", "tel:")):
        return LinkTarget(opened="mail" if href.startswith("mailto:") else "phone", url=link.href)
    at = _step_of(link, visit, start)
    if at is None:
        return None
    step = visit.steps[at]
    after = next((s for s in visit.snapshots if s.after_step == at and s.moment == "opened"), None)
    samples = next((p.samples for p in visit.persistence if _same(p.control, link.text)), ())
    if after is None:
        return LinkTarget(opened="nothing" if step.ok else "error", url=link.href, persisted=samples)
    return _opened(visit, start, after, dialogs, samples)


def _step_of(link: OptOutLink, visit: Visit, start: Snapshot) -> int | None:
    """Index of the first click on the link; a click on another page's link of the same name is another link's."""
    for at, step in enumerate(visit.steps):
        if step.action == "click" and step.purpose in {"opt-out", None} and _same(step.text, link.text):
            return at if start.after_step is None or at > start.after_step else None
    return None


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _opened(
    visit: Visit, start: Snapshot, after: Snapshot, dialogs: Sequence[Dialog], samples: tuple[tuple[float, bool], ...]
) -> LinkTarget:
    shown = [d for d in dialogs if d.snapshot == after.id and d.scenario == visit.scenario and d.visible is not False]
    moved = urldefrag(after.url)[0] != urldefrag(start.url)[0]
    text = _text(after)
    controls = tuple(c for d in shown for c in (*d.controls, *(t for g in d.categories for t in g.controls)))
    form = next((form for form in forms_of(after) if "opt-out" in form.purposes), None)
    status = (
        next((r.status for r in visit.requests if r.type == "document" and r.url == after.url), None) if moved else None
    )
    words = "\n".join(d.text for d in shown) if shown and not moved else text
    return LinkTarget(
        opened="page" if moved else "dialog" if shown else "same-page",
        url=after.url,
        http_status=status,
        title=after.title if moved or not shown else shown[0].title,
        text=words[:_MOST_TEXT],
        controls=controls,
        sale_control=_offers_sale_choice(shown, controls, form),
        limit_control=bool(_LIMIT.search(words[:_MOST_TEXT])) and bool(controls or form),
        off_domain=moved and _site(after.url) != _site(start.url),
        third_party_tool=is_industry_place(after.url),
        bot_wall=bool(_BOT_WALL.search(f"{after.title} {text[:2000]}")) and len(text) < 3000,
        persisted=samples,
        form=form,
        where=shown[0].where if shown else Where(surface="opt-out-page", screenshot=after.screenshot),
    )


def _text(snapshot: Snapshot) -> str:
    """Words of the page itself, without its header, footer and navigation where they are marked as such."""
    for document in snapshot.documents:
        if document.frame == "main":
            page = parse(document)
            main = page.css("main, [role=main]")[:1] or page.css("body")[:1]
            return page.text(main[0], shown=True)[:_MOST_TEXT] if main else ""
    return ""


def _offers_sale_choice(dialogs: Sequence[Dialog], controls: Sequence[Control], form: Form | None) -> bool:
    """Whether a toggle, button or form for sale or sharing stands there, without searching."""
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
    return toggled or named


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _site(url: str) -> str:
    """Registrable domain of a URL, the host itself where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _suffixes().privatesuffix(host) or host
