"""Which consent manager a site uses, and what that manager's published configuration says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from consentcheck.knowledge.cmps import CmpSigns, cmp_signs
from consentcheck.model.evidence import Document, Evidence, Visit
from consentcheck.model.facts import CategoryDisagreement, Cmp, Dialog
from consentcheck.reading.configurations import configuration_in_response, configurations_in_script
from consentcheck.reading.disagreements import disagreements_of
from consentcheck.reading.document import Page, parse

_WEIGHTS = {"ids": 3, "classes": 3, "elements": 3, "hosts": 3, "globals": 2, "cookies": 2}
_HIGH, _MEDIUM = 5, 3
"""Two kinds of sign, one of them strong, make it certain; one strong sign alone makes it likely."""
_MOST_LABELS = 6
"""Labels of a host, counted from its end, that are looked at: more than any sign has."""
_LONGEST_SCRIPT = 1_000_000


def read_cmp(evidence: Evidence) -> Cmp | None:
    """The consent manager in use, None when none is known; the first visits decide, each sign counts once."""
    found: dict[str, set[str]] = {}
    for visit in evidence.visits:
        if visit.round == 0 and not visit.failed:
            for name, kind in _signs_of(visit):
                found.setdefault(name, set()).add(kind)
            if visit.cmp_hint and (hinted := _named(visit.cmp_hint)):
                found.setdefault(hinted, set()).add("hint")
    scores = {name: sum(_WEIGHTS.get(kind, 1) for kind in kinds) for name, kinds in found.items()}
    best = max(scores, key=lambda name: scores[name], default=None)
    if best is None:
        return None
    confidence: Literal["high", "medium", "low"] = "low"
    if scores[best] >= _MEDIUM:
        confidence = "high" if scores[best] >= _HIGH else "medium"
    return Cmp(name=best, confidence=confidence)


def read_configuration(
    evidence: Evidence, dialogs: Sequence[Dialog]
) -> tuple[tuple[Dialog, ...], tuple[CategoryDisagreement, ...]]:
    """The categories that a consent manager publishes, and where the rendered dialogs of the scenario say otherwise.

    They come as dialogs whose categories' source is ``configuration``.
    """
    published: list[Dialog] = []
    differences: list[CategoryDisagreement] = []
    for visit in evidence.visits:
        if visit.round or visit.failed:
            continue
        configuration = next(_configurations(visit), None)
        if configuration is None:
            continue
        stamped = configuration.model_copy(update={"scenario": visit.scenario})
        if all(known.categories != stamped.categories for known in published):
            published.append(stamped)
            shown = [dialog for dialog in dialogs if dialog.scenario == visit.scenario]
            differences += disagreements_of(stamped, shown)
    return tuple(published), tuple(differences)


def _configurations(visit: Visit) -> Iterator[Dialog]:
    """Configurations of one visit: those sent over the wire first, then those written in the page."""
    for request in visit.requests:
        if request.response_body:
            found = configuration_in_response(request.url, request.response_body)
            if found is not None and found.categories:
                yield found
    for document in _documents(visit):
        for text in _inline_scripts(parse(document)):
            yield from (found for found in configurations_in_script(text) if found.categories)


def _documents(visit: Visit) -> Iterator[Document]:
    for snapshot in visit.snapshots[:1]:
        yield from snapshot.documents


def _signs_of(visit: Visit) -> Iterator[tuple[str, str]]:
    """(name of a consent manager, kind of sign) for each kind that a visit shows."""
    documents = list(_documents(visit))
    pages = [parse(document) for document in documents]
    loaded = [request.url for request in visit.requests] + [url for page in pages for url in _sources(page)]
    stored = {cookie.name for jar in visit.jars for cookie in jar.cookies}
    stored |= {item.own_key for jar in visit.jars for item in jar.storage}
    hosts = _by_host(loaded)
    scripts = "\n".join(text for page in pages for text in _inline_scripts(page))
    for signs in cmp_signs():
        if any(_has_id(page, signs.ids) for page in pages):
            yield signs.name, "ids"
        if any(_has_class(page, signs.classes) for page in pages):
            yield signs.name, "classes"
        if any(f"<{element}" in document.html for element in signs.elements for document in documents):
            yield signs.name, "elements"
        if any(_is_loaded(sign, hosts) for sign in signs.hosts):
            yield signs.name, "hosts"
        if any(word in scripts for word in signs.globals):
            yield signs.name, "globals"
        if any(_is_stored(sign, stored) for sign in signs.cookies):
            yield signs.name, "cookies"


def _has_id(page: Page, ids: Sequence[str]) -> bool:
    return any(
        page.tree.css_first(f'[id^="{name[:-1]}"]') is not None if name.endswith("*") else page.by_id(name) is not None
        for name in ids
    )


def _has_class(page: Page, names: Sequence[str]) -> bool:
    return any(name.lower() in page.names and page.tree.css_first(f'[class~="{name}"]') is not None for name in names)


def _inline_scripts(page: Page) -> Iterator[str]:
    for script in page.css("script:not([src])"):
        text = script.text()
        if len(text) < _LONGEST_SCRIPT:
            yield text


def _sources(page: Page) -> Iterator[str]:
    for node in page.css("script[src], iframe[src], link[href]"):
        yield page.attribute(node, "src") or page.attribute(node, "href")


def _by_host(urls: Iterable[str]) -> dict[str, set[str]]:
    """Paths of the addresses, by host and by the domains that it is in; the host of a relative address is empty."""
    found: dict[str, set[str]] = {}
    for url in urls:
        try:
            parts = urlsplit(url[:2000])
            host = parts.hostname or ""
        except ValueError:
            continue
        labels = host.split(".")[-_MOST_LABELS:]
        for start in range(len(labels)):
            found.setdefault(".".join(labels[start:]), set()).add(parts.path)
    return found


def _is_loaded(sign: str, hosts: dict[str, set[str]]) -> bool:
    if sign.startswith("/"):
        return any(sign in path for paths in hosts.values() for path in paths)
    host, slash, path = sign.partition("/")
    return any((slash + path) in one for one in hosts.get(host, ()))


def _is_stored(sign: str, stored: set[str]) -> bool:
    if "*" not in sign:
        return sign in stored
    first, _, last = sign.partition("*")
    if last.endswith("*"):
        return any(last.rstrip("*") in name for name in stored)
    return any(name.startswith(first) and name.endswith(last) for name in stored)


@cache
def _names() -> tuple[tuple[str, CmpSigns], ...]:
    return tuple((_letters(signs.name), signs) for signs in cmp_signs())


def _named(hint: str) -> str | None:
    """The consent manager that a detector's name for it means."""
    letters = _letters(hint)
    return next((signs.name for name, signs in _names() if letters and (name in letters or letters in name)), None)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
