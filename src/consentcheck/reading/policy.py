"""A privacy policy as read: its prose, the dates that it gives for itself, the ways to reach someone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Literal

from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Snapshot
from consentcheck.model.facts import Passage, Policy, PolicyDate
from consentcheck.reading.dates import dates_in
from consentcheck.reading.document import Page, parse
from consentcheck.reading.optout_words import words_of
from consentcheck.reading.tree import Node

DateKind = Literal["updated", "effective", "reviewed"]

_MOST_PASSAGES = 4000
_SHORTEST_POLICY = 120
"""Words; a page with fewer that is called a privacy policy may only link to one."""
_SHORTEST_OWN = 10
"""Words of a page that is called a privacy policy, was opened as one, and links to no other."""
_POLICY = re.compile(r"\b(?:policy|notice|statement|document)\b", re.IGNORECASE)
_TITLE_WORDS = frozenset({"policy", "notice", "statement", "rights", "disclosure", "disclosures", "addendum"})
_CHOICES = frozenset(
    {"preference", "preferences", "settings", "choices", "options", "manager", "controls", "tools", "overview"}
)
"""What dialogs are titled: ``Privacy Preference Center``."""
_LONGEST_HEADING = 80
"""Characters; what stands before a text's title as a policy is no longer than a heading or a menu's words."""
_OF_ITSELF = re.compile(r"\b(?:this|our) (?:\w+ ){0,3}(?:policy|notice|statement)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:(?P<updated>(?:last |most recently |recently )?(?:updated|revised|modified|changed|amended)|last update|"
    r"(?:date of )?last revision|revision date|date last (?:updated|revised)|version (?:date|of|dated)|as of)"
    r"|(?P<reviewed>(?:last )?reviewed)"
    r"|(?P<effective>effective(?: date)?(?: as of)?|in effect (?:since|from|as of)|takes effect|posted(?: on)?|published(?: on)?|dated))\b",
    re.IGNORECASE,
)
_BETWEEN = 45
"""Characters between a label and its date, at most."""
_HEAD, _TAIL = 2500, 900
"""Characters at a policy's beginning and end, where it speaks of itself; in between, a date must name the policy."""
_LAW = re.compile(r"\b(?:act|law|laws|regulation|ccpa|cpra|gdpr|statute)\b", re.IGNORECASE)
_OF_A_PART = re.compile(r"\b(?:section|paragraph|appendix|list of|table) [^.]{0,30}$", re.IGNORECASE)

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|\b1[-. ]8\d\d[-. ][\dA-Z-]{7,9}\b")
_ADDRESS = re.compile(r"\bP\.? ?O\.? Box \d|\b[A-Z]{2} \d{5}(?:-\d{4})?\b")
_STREET = re.compile(
    r"\b\d{1,5} (?:[A-Z][\w.]{0,20} ){1,4}(?:St|Street|Ave|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Plaza|Square)\b"
)
_CONTACT = re.compile(
    r"\bcontact (?:us|form|our|me|info|the)|\bget in touch with\b"
    r"|\breach out to (?:us|our|the)\b|[\[(]at[\])]|\b(?:write|e-?mail|reach|call) (?:to )?us\b|\bprivacy request\b|\bweb ?form\b"
    r"|\bdata protection officer\b",
    re.IGNORECASE,
)


def read_policy(evidence: Evidence) -> Policy | None:
    """The policy that a visit opened, or the target itself when it is one; None when no policy was seen."""
    if evidence.kind == "text":
        return _of_text(evidence.text or "")
    for visit in evidence.visits:
        if visit.failed:
            continue
        for snapshot in visit.snapshots:
            if snapshot.opened == "policy" or (snapshot.moment == "page" and snapshot.page == 0):
                policy = _of_snapshot(snapshot, visit.scenario)
                if policy is not None:
                    return policy
    return None


def is_policy_title(title: str) -> bool:
    """Whether a title names a privacy policy.

    >>> is_policy_title("Privacy Notice | The Paper")
    True
    """
    words = words_of(title[:200])
    has = frozenset(words)
    named = bool(has & _TITLE_WORDS) or (words[:1] == ("privacy",) and not has & _CHOICES)
    return "privacy" in has and named and len(words) <= 14


def _of_snapshot(snapshot: Snapshot, scenario: str) -> Policy | None:
    main = next((document for document in snapshot.documents if document.frame == "main"), None)
    if main is None:
        return None
    page = parse(main)
    titled = any(is_policy_title(heading.text()) for heading in page.css("title, h1")[:3])
    if not titled and snapshot.opened != "policy":
        return None
    passages = tuple(islice(_passages(page, scenario), _MOST_PASSAGES))
    whole = titled and snapshot.opened == "policy" and not _links_on(page)
    if sum(passage.text.count(" ") + 1 for passage in passages) < (_SHORTEST_OWN if whole else _SHORTEST_POLICY):
        return None
    contact = (*_contact_links(page, scenario), *_contacts(passages))
    where = Where(surface="policy", scenario=scenario, screenshot=snapshot.screenshot)
    return Policy(
        url=main.url or None,
        passages=passages,
        dates=tuple(_dates(passages)),
        contact=tuple(dict.fromkeys(contact)),
        where=where,
    )


def _links_on(page: Page) -> bool:
    """Whether what stands in the page's content leads to a policy elsewhere."""
    links = page.css("a[href]", _content(page))[:200]
    return any(
        page.landmark(link) not in {"header", "footer", "navigation"}
        and not page.attribute(link, "href").startswith(("#", "mailto:", "tel:"))
        and is_policy_title(page.text(link))
        for link in links
    )


def _of_text(text: str) -> Policy | None:
    read = (
        Passage(text=line.strip(), where=Where(surface="policy", quote=line.strip()[:200], line=number))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )
    passages = tuple(islice(read, _MOST_PASSAGES))
    if not _titled(passages) or sum(passage.text.count(" ") + 1 for passage in passages) < _SHORTEST_POLICY:
        return None
    return Policy(
        passages=passages,
        dates=tuple(_dates(passages)),
        contact=tuple(_contacts(passages)),
        where=Where(surface="policy", line=passages[0].where.line),
    )


def _titled(passages: Sequence[Passage]) -> bool:
    """Whether a text begins with a policy's title, and speaks of itself as one or has a date: a dialog only names the policy."""
    head = list(takewhile(lambda passage: len(passage.text) <= _LONGEST_HEADING, passages[:5]))
    if not any(is_policy_title(passage.text) for passage in head):
        return False
    rest = passages[1:]
    return any(_OF_ITSELF.search(passage.text[:2000]) for passage in rest) or any(True for _ in _dates(passages))


def _passages(page: Page, scenario: str) -> Iterator[Passage]:
    top = _content(page)
    if top is None:
        return
    for block in page.blocks(top):
        if page.landmark(block.node) in {"header", "footer", "navigation", "dialog"} and top.tag == "body":
            continue
        where = page.where(block.node, block.text[:200], "policy").model_copy(update={"scenario": scenario})
        yield Passage(text=block.text, role=block.role, where=where)


def _content(page: Page) -> Node | None:
    """The element that holds the policy: the main part with most words, else the body."""
    parts = page.css("main, [role=main], article")[:12]
    longest = max(parts, key=lambda node: len(node.text()), default=None)
    body = page.tree.body
    if longest is None or (body is not None and len(longest.text()) < 0.3 * len(body.text())):
        return body
    return longest


def _dates(passages: Sequence[Passage]) -> Iterator[PolicyDate]:
    """The dates that the policy gives for itself, in order; those of a law or of one section are none."""
    total = sum(len(passage.text) + 1 for passage in passages)
    at = 0
    label_before: DateKind | None = None
    seen: set[tuple[object, DateKind]] = set()
    for passage in passages:
        outside = at < _HEAD or at + len(passage.text) > total - _TAIL
        for kind, date in _labelled(passage.text, outside, label_before):
            if (date, kind) not in seen:
                seen.add((date, kind))
                yield PolicyDate(date=date, kind=kind, where=passage.where)
        label_before = _bare_label(passage.text) if outside else None
        at += len(passage.text) + 1


def _labelled(text: str, outside: bool, label_before: DateKind | None) -> Iterator[tuple[DateKind, object]]:
    if len(text) > 20_000:
        return
    for date, start, end in dates_in(text):
        before = text[max(0, start - 160) : start]
        labels = [label for label in _LABEL.finditer(before) if len(before) - label.end() <= _BETWEEN]
        after = _LABEL.match(text[end : end + 30].lstrip(" ()-–,"))
        kind = _kind_of(labels[-1]) if labels else (_kind_of(after) if after else None)
        if kind is None and label_before is not None and start < 3:
            kind = label_before
        if kind is None or _OF_A_PART.search(before) or "©" in before[-30:]:
            continue
        sentence = re.split(r"[.;!?] ", before)[-1]
        names_policy = _POLICY.search(sentence) is not None
        of_law = kind == "effective" and _LAW.search(sentence) is not None and not names_policy
        if not of_law and (names_policy or (outside and (len(text) < 300 or kind != "effective"))):
            yield kind, date


def _kind_of(label: re.Match[str]) -> DateKind:
    return "updated" if label["updated"] else "reviewed" if label["reviewed"] else "effective"


def _bare_label(text: str) -> DateKind | None:
    """The label of a block that holds nothing else: its date is the next block."""
    label = _LABEL.search(text) if len(text) < 60 else None
    return _kind_of(label) if label is not None and len(text) - label.end() < 12 else None


def _contact_links(page: Page, scenario: str) -> Iterator[Where]:
    top = _content(page)
    if top is None:
        return
    for node in page.css("a[href^='mailto:'], a[href^='tel:']", top)[:20]:
        quote = page.text(node) or page.attribute(node, "href")[:120]
        yield page.where(node, quote, "policy").model_copy(update={"scenario": scenario})


def _contacts(passages: Sequence[Passage]) -> Iterator[Where]:
    for passage in passages:
        text = passage.text[:20_000]
        found = _MAIL.search(text) or _PHONE.search(text) or _ADDRESS.search(text)
        found = found or _STREET.search(text) or _CONTACT.search(text)
        if found is not None:
            yield passage.where.model_copy(update={"quote": found[0]})
