"""Links and buttons that offer the opt-out, lead to a policy or notice, or open an account; footers' words on "
"privacy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Snapshot, Visit
from consentcheck.model.facts import Dialog, Link, OptOutLink, Passage
from consentcheck.model.words import Placement, Scenario, Surface, TitleKind
from consentcheck.reading.controls import look_of
from consentcheck.reading.dialogs import read_snapshot
from consentcheck.reading.document import Page, parse
from consentcheck.reading.icons import icon_beside, icon_ratio, neighbours_of
from consentcheck.reading.link_words import link_kind, may_speak_of_choices, speaks_of_account, speaks_of_choices
from consentcheck.reading.mentions import mentioned_links
from consentcheck.reading.optout_words import LONGEST_TITLE, classify_opt_out
from consentcheck.reading.placement import Places
from consentcheck.reading.targets import link_target
from consentcheck.reading.tree import RAW, Node, tidy

_CONTROLS = (
    "a, button, [role=button], [role=link], input[type=button], input[type=submit], area, "
    "[onclick], .ot-sdk-show-settings, .optanon-show-settings"
)
_MOST_LINKS, _MOST_CANDIDATES = 60, 2000
"""Opt-out links that are kept of one document, and controls so named, or named as other links are, that are looked at."""
_MOST_NOTICES = 200
_TELLING = re.compile(
    r"sell|sold|sale|shar|person|priva|cookie|consent|opt[\s_-]{0,3}out|choice|limit|ccpa|cpra|exercise|track|dns[ms]pi|data|request|here|link"
    r"|vend|verkauf|confiden|opcion|opç|prefer"
)
"""At least one of these stands, capitals apart, in every opt-out link's name: the rest of a page's links are not looked at twice."""
_ANYWHERE: frozenset[TitleKind] = frozenset(
    {"statutory", "alternative", "outdated", "variant", "limit", "other-language"}
)
"""Wordings that stand for themselves wherever they are; a near-synonym counts only where a page keeps its notices."""
_SURFACES: dict[Placement, Surface] = {"banner": "banner", "dialog": "preferences", "policy": "policy"}
_OF_OTHERS = "article, [role=dialog], [class*=cookie], [id*=cookie], [class*=consent], [id*=consent]"
"""What holds words that are no notice of the page's own."""
_NOTICE_PLACES = frozenset({"header", "footer", "navigation", "floating", "unknown"})


def read_opt_out_links(evidence: Evidence, dialogs: Sequence[Dialog]) -> tuple[OptOutLink, ...]:
    """Every link or button that offers the opt-out, or may, once a scenario, page, wording and place.

    In a plain text they are the titles that its dialogs mention, with their lines.
    """
    if evidence.kind == "text":
        return mentioned_links(dialogs)
    found: dict[tuple[object, ...], OptOutLink] = {}
    for visit in _visits(evidence):
        for snapshot in _pages_of(visit):
            here = _shown_in(snapshot, visit, evidence, dialogs)
            for link in _links_of(snapshot, here, visit.scenario):
                key = (visit.scenario, snapshot.page, link.text.casefold(), link.placement)
                if key not in found or (link.visible and not found[key].visible):
                    target = link_target(link, visit, snapshot)
                    found[key] = link.model_copy(update={"target": target})
    return tuple(found.values())


def read_opt_out_links_of(snapshot: Snapshot) -> tuple[OptOutLink, ...]:
    """The opt-out links of one snapshot, in document order; ``node`` is what a driver clicks."""
    return tuple(_links_of(snapshot, (), "first-visit"))


def read_links(evidence: Evidence, dialogs: Sequence[Dialog]) -> tuple[Link, ...]:
    """Links to policies, notices, rights pages and accounts on the first visit's pages, each wording and place once."""
    found: dict[tuple[object, ...], Link] = {}
    for visit in _visits(evidence):
        if visit.scenario != "first-visit":
            continue
        for snapshot in _pages_of(visit):
            here = _shown_in(snapshot, visit, evidence, dialogs)
            for link in _other_links_of(snapshot, here):
                found.setdefault((link.kind, link.text.casefold(), link.placement), link)
    return tuple(found.values())


def read_accounts(links: Sequence[Link], dialogs: Sequence[Dialog]) -> tuple[Where, ...]:
    """Places that show that the site has accounts: links to log in, and what dialogs say of logging in."""
    linked = (link.where for link in links if link.kind == "account")
    said = (
        passage.where.model_copy(update={"quote": quote})
        for dialog in dialogs
        for passage in dialog.prose()
        if (quote := speaks_of_account(passage.text))
    )
    return (*linked, *dict.fromkeys(said))


def read_page_passages(evidence: Evidence) -> tuple[Passage, ...]:
    """Sentences outside dialogs that speak of privacy choices, from footers and notices; never from the article."""
    found: dict[str, Passage] = {}
    for visit in _visits(evidence):
        if visit.scenario != "first-visit":
            continue
        for snapshot in _pages_of(visit):
            for document in snapshot.documents:
                if document.frame == "main":
                    for passage in _notices(parse(document)):
                        found.setdefault(passage.text, passage)
    return tuple(found.values())


def _visits(evidence: Evidence) -> Iterator[Visit]:
    """The first look of each scenario, as far as it may be judged."""
    return (visit for visit in evidence.visits if visit.round == 0 and not visit.failed)


def _pages_of(visit: Visit) -> Iterator[Snapshot]:
    """Pages as a visitor meets them; after closing the banner, as it leaves them."""
    closed = visit.scenario == "close" and any(snapshot.moment == "acted" for snapshot in visit.snapshots)
    moments = {"acted"} if closed else {"page", "revisit"}
    first = {snapshot.page: snapshot for snapshot in reversed(visit.snapshots) if snapshot.moment in moments}
    return iter(sorted(first.values(), key=lambda snapshot: snapshot.page))


def _shown_in(snapshot: Snapshot, visit: Visit, evidence: Evidence, dialogs: Sequence[Dialog]) -> Sequence[Dialog]:
    """The dialogs of one snapshot.

    Of a live target each is kept once, perhaps from another moment; so they are read again from the snapshot itself.
    """
    if evidence.kind == "live":
        return read_snapshot(snapshot, scenario=visit.scenario)
    return [dialog for dialog in dialogs if dialog.snapshot == snapshot.id]


def _links_of(snapshot: Snapshot, dialogs: Sequence[Dialog], scenario: Scenario) -> Iterator[OptOutLink]:
    for document in snapshot.documents:
        page = parse(document)
        for node, text, kind, placement in _found(page, Places(page, dialogs)):
            icon, picture = icon_beside(page, node)
            surface = _SURFACES.get(placement, "page")
            yield OptOutLink(
                text=text,
                href=page.attribute(node, "href") or None,
                title_kind=kind,
                placement=placement,
                scenario=scenario,
                page=snapshot.page,
                visible=page.visible(node),
                icon=icon,
                icon_ratio=icon_ratio(page, picture) if picture is not None else None,
                look=look_of(page.layout(node)),
                neighbours=neighbours_of(page, node),
                node=page.key(node),
                where=page.where(node, text, surface).model_copy(update={"scenario": scenario}),
            )


def _found(page: Page, places: Places) -> Iterable[tuple[Node, str, TitleKind, Placement]]:
    """The opt-out links of a document, each wording and place once: the first that is shown, else the first."""
    found: dict[tuple[str, Placement], tuple[Node, str, TitleKind, Placement]] = {}
    looked_at = 0
    for node, raw in _named(page, _CONTROLS):
        text, kind = _opt_out_name(page, node, raw)
        if kind is None:
            continue
        looked_at += 1
        if looked_at > _MOST_CANDIDATES or len(found) >= _MOST_LINKS:
            break
        placement = places.placement(node)
        if kind not in _ANYWHERE and (placement not in _NOTICE_PLACES or page.document.frame != "main"):
            continue
        key = (text.casefold(), placement)
        if key not in found or (page.visible(node) and not page.visible(found[key][0])):
            found[key] = (node, text, kind, placement)
    return found.values()


def _named(page: Page, selector: str) -> Iterator[tuple[Node, str]]:
    """Controls with their raw words, as long as these are no more than the page twice over.

    Controls that hold each other would have the same words read again and again.
    """
    budget = 2 * len(page.document.html) + 10_000
    for node in page.css(selector):
        raw = node.text()
        budget -= len(raw)
        if budget < 0:
            return
        yield node, raw


def _opt_out_name(page: Page, node: Node, raw: str) -> tuple[str, TitleKind | None]:
    """The words of a control that make it an opt-out link, and how; its own words come before its other names."""
    href = page.attribute(node, "href")
    if len(raw) <= LONGEST_TITLE * 4 and _TELLING.search(raw.casefold()):
        # Words for screen readers often follow in a span of their own, with no space before it.
        for text in (page.text(node), tidy(node.text(separator=" "))):
            if kind := classify_opt_out(text, href):
                return text, kind
    for name in ("aria-label", "value", "title") if not raw.strip() or node.tag == "input" else ("aria-label",):
        words = page.attribute(node, name)
        if _TELLING.search(words[:LONGEST_TITLE].casefold()) and (kind := classify_opt_out(tidy(words), href)):
            return tidy(words), kind
    if not raw.strip():
        for picture in node.css("img[alt]")[:3]:
            words = tidy(page.attribute(picture, "alt"))
            if kind := classify_opt_out(words, href):
                return words, kind
    return "", None


def _other_links_of(snapshot: Snapshot, dialogs: Sequence[Dialog]) -> Iterator[Link]:
    for document in snapshot.documents:
        if document.frame != "main":
            continue
        page = parse(document)
        places = Places(page, dialogs)
        looked_at = 0
        for node, raw in _named(page, "a, button, [role=button], [role=link]"):
            words = raw if raw.strip() else page.attribute(node, "aria-label") or page.attribute(node, "title")
            if len(words) > LONGEST_TITLE * 2 or (kind := link_kind(words)) is None:
                continue
            looked_at += 1
            if looked_at > _MOST_CANDIDATES:
                break
            href = page.attribute(node, "href")
            placement = places.placement(node)
            if kind == "account" and placement == "body" and raw.strip().casefold() == "account":
                continue
            yield Link(
                text=page.text(node) or tidy(words),
                href=href or None,
                kind=kind,
                placement=placement,
                visible=page.visible(node),
                anchor="#" in href.rstrip("#"),
                node=page.key(node),
                where=page.where(node, tidy(words), "page"),
            )


def _notices(page: Page) -> Iterator[Passage]:
    """Sentences of the page's footers, and of what calls itself a notice, that speak of privacy choices."""
    seen: set[int] = set()
    others = {node.mem_id for node in page.css(_OF_OTHERS)[:80]}
    walked: set[int] = set()
    for top in page.css("footer, [role=contentinfo], [id*=footer], [class*=footer], [class*=privacy-notice]")[:30]:
        if top.tag in RAW or page.stands_in(top, others | walked):
            continue
        walked.add(top.mem_id)
        for block in page.blocks(top, may_speak_of_choices)[:2000]:
            known = block.node.mem_id in seen or len(seen) > _MOST_NOTICES
            if known or block.role not in {"paragraph", "item"} or not speaks_of_choices(block.text):
                continue
            seen.add(block.node.mem_id)
            if not page.stands_in(block.node, others):
                yield Passage(text=block.text, role=block.role, where=page.where(block.node, block.text[:200], "page"))
