"""Statements about the opt-out itself: that a signal or request was honoured, may be, or was not.

Consent managers ship such words hidden and show them once a signal is seen, and sites print generic copy about what happens "if" there
is one. So a status has its visibility and its kind, and only an unconditional one that can be seen says anything of this visitor.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Literal

from consentcheck.model.evidence import Evidence, Snapshot, Visit
from consentcheck.model.facts import Status
from consentcheck.model.words import Surface
from consentcheck.reading.document import Page, parse
from consentcheck.reading.flatten import wordset
from consentcheck.reading.tree import Block

StatusKind = Literal["honoured", "conditional", "not-honoured"]

_WORDS = re.compile(r"[a-z']+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_DONE = wordset(
    "honored honoured processed applied respected recognized recognised accepted completed confirmed saved successful"
)
_STATE = wordset("opted")
_OPEN = wordset("if when whenever where should will would can may might once unless until requests signals within")
_PROMISED = wordset(
    "honor honour honors honours process processes apply applies respect respects recognize recognizes recognise"
)
_DENIED = wordset("not unable cannot failed no never isn't hasn't haven't wasn't couldn't")
_TELLING = ("opt", "gpc", "global", "signal", "request")
"""Words of which a status holds one."""
_MOST = 500
"""Statuses of one document."""
_LONGEST = 300
"""Characters of a sentence that can be a status; longer ones are prose."""


def status_kind(sentence: str) -> StatusKind | None:
    """What a sentence says of this visitor's opt-out; None if it is about something else.

    >>> status_kind("Opt-Out Request Honored")
    'honoured'
    >>> status_kind("If we detect a signal, it will be honored.")
    'conditional'
    """
    if len(sentence) > _LONGEST:
        return None
    words = _WORDS.findall(sentence.casefold().replace("\u2019", "'"))
    has = frozenset(words)
    if not _about_opt_out(words, has) or not has & (_DONE | _STATE | _PROMISED):
        return None
    if has & _OPEN or not has & (_DONE | _STATE):
        return "conditional"
    return "not-honoured" if has & _DENIED and "sell" not in has else "honoured"


def _about_opt_out(words: list[str], has: frozenset[str]) -> bool:
    pairs = set(itertools.pairwise(words))
    return (
        bool(pairs & {("opt", "out"), ("opted", "out")})
        or bool(has & {"gpc", "optout"})
        or {"global", "privacy", "control"} <= has
        or ("signal" in has and bool(has & {"privacy", "preference"}))
        or ("request" in has and bool(has & {"sell", "sale", "sharing"}))
    )


def read_statuses(evidence: Evidence) -> tuple[Status, ...]:
    """Statements of every scenario, each once; of the same words the visible ones win, then those seen without a click."""
    found: dict[tuple[str, str], Status] = {}
    for visit in evidence.visits:
        if visit.failed:
            continue
        for snapshot in visit.snapshots:
            for status in _of_snapshot(visit, snapshot):
                key = (status.scenario, status.text.casefold())
                before = found.get(key)
                if before is None or _strength(status) > _strength(before):
                    found[key] = status
    return tuple(found.values())


def _strength(status: Status) -> tuple[int, int]:
    return {True: 2, None: 1, False: 0}[status.visible], int(not status.after_click)


def _of_snapshot(visit: Visit, snapshot: Snapshot) -> Iterator[Status]:
    for document in snapshot.documents:
        page = parse(document)
        if page.root is None:
            continue
        said: set[tuple[str, bool | None]] = set()
        for block in page.blocks(page.root, _may_tell):
            folded = block.text.casefold()
            told = "opt" in folded or len(folded) < 600
            for sentence in _SENTENCES.split(block.text) if told else ():
                if not (kind := status_kind(sentence)):
                    continue
                visible = page.visible(block.node)
                if (sentence, visible) not in said and len(said) < _MOST:
                    said.add((sentence, visible))
                    surface = _surface(page, block, snapshot)
                    where = page.where(block.node, sentence, surface)
                    yield Status(
                        scenario=visit.scenario,
                        text=sentence,
                        kind=kind,
                        visible=visible,
                        surface=surface,
                        after_click=snapshot.moment == "opened",
                        where=where.model_copy(update={"scenario": visit.scenario, "screenshot": snapshot.screenshot}),
                    )


def _may_tell(text: str) -> bool:
    folded = text.casefold()
    return any(word in folded for word in _TELLING)


def _surface(page: Page, block: Block, snapshot: Snapshot) -> Surface:
    if page.landmark(block.node) != "dialog":
        return "page"
    return snapshot.opened or "banner"
