"""How dialogs speak: plainly or not, and for or against the choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from consentcheck.checks.layers import (
    SOLD,
    Saying,
    at,
    at_link,
    controls_of,
    every_saying,
    in_english,
    layers,
    listed,
    opt_out_links,
    place,
    prose_of,
    sayings,
    shown,
    unique,
    unread,
)
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.model.base import Where
from consentcheck.model.facts import Dialog, Passage
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome


class NeutralParams(Params):
    """Kinds of statement (``knowledge/statements.yaml``): those to review, and those that no dialog may make."""

    review: tuple[str, ...]
    fail: tuple[str, ...]


@check("neutral-wording", NeutralParams, reads_words=True)
def neutral_wording(case: Case, params: NeutralParams) -> Iterator[Observation]:
    """Phrases around the opt-out that press the consumer; controls count as well as prose."""
    seen = layers(case.facts)
    dialogs = in_english(seen)
    if not dialogs:
        yield from unread(seen)
        return
    pressing = unique(saying.where for kind in params.review for saying in _around_the_opt_out(dialogs, kind))
    shaming = unique(
        saying.where for kind in params.fail for saying in (*sayings(dialogs, kind), *_labels(dialogs, kind))
    )
    if shaming:
        yield _quoting("failed", None, shaming)
    if pressing:
        yield _quoting("cantTell", "pressing", pressing)
    if not shaming and not pressing and any(dialog.passages or dialog.categories for dialog in dialogs):
        yield Observation(outcome="passed")


def _around_the_opt_out(dialogs: Iterable[Dialog], kind: str) -> Iterator[Saying]:
    """Statements on controls, in a layer's own prose and in categories of sale or advertising.

    What breaks without necessary or functional cookies is a plain fact about them.
    """
    for dialog in dialogs:
        sold = tuple(category for category in dialog.categories if set(category.all_kinds()) & SOLD)
        yield from sayings([dialog.model_copy(update={"categories": sold})], kind)
        yield from _labels([dialog], kind)


def _labels(dialogs: Iterable[Dialog], kind: str) -> Iterator[Saying]:
    for dialog in dialogs:
        for control in controls_of(dialog):
            said = statements.find(kind, control.text) if shown(control) else None
            if said:
                yield Saying(said.sentence, at(control, dialog))


def _quoting(outcome: Outcome, variant: str | None, where: tuple[Where, ...]) -> Observation:
    words = listed(place.quote or "" for place in where)
    return Observation(outcome=outcome, variant=variant, where=where, data={"words": words}, key=words)


@check("no-double-negative", NoParams, reads_words=True)
def no_double_negative(case: Case, _params: NoParams) -> Iterator[Observation]:
    """No control, and no instruction for one, sets one “not” upon another over selling, sharing or opting out."""
    seen = layers(case.facts)
    dialogs = in_english(seen)
    if not dialogs:
        yield from unread(seen)
        return
    found = [saying.where for saying in (*sayings(dialogs, "double-negative"), *_labels(dialogs, "double-negative"))]
    found += [
        at(control, dialog)
        for dialog in dialogs
        for control in controls_of(dialog)
        if shown(control) and _negated_twice(control.text, control.label)
    ]
    found += [at_link(link) for link in opt_out_links(case.facts) if _negators(link.text) > 1]
    if found:
        yield _quoting("failed", None, unique(found))
    else:
        yield Observation(outcome="passed")


_NEGATIVE = re.compile(
    r"\b(?:not|never|no|don't|doesn't|uncheck|untick|deselect|unselect|refuse|stop)\b|\bopt[ -]?out\b"
)
_NEGATIVE_STATE = frozenset({"off", "no", "disabled", "inactive"})
_SIDE_BY_SIDE = re.compile(r"[/,;:|()–—]| - |\b(?:or|and|nor|but)\b")


def _negators(text: str) -> int:
    """Most negations upon one another in a control's name, if it is about selling, sharing or opting out.

    ``Do not sell / do not share`` holds two side by side: neither turns the other around.
    """
    words = text.casefold().replace("’", "'")
    if not re.search(r"\b(?:sell|sold|sale|shar(?:e|ing)|opt[ -]?out)\b", words):
        return 0
    return max(len(_NEGATIVE.findall(part)) for part in _SIDE_BY_SIDE.split(words))


def _negated_twice(text: str, label: str) -> bool:
    """``Do not not sell``; or a switch called “do not sell” that says “off”."""
    states = (label.strip().casefold(), text.rpartition(":")[2].strip().casefold())
    off = any(state in _NEGATIVE_STATE for state in states)
    return _negators(text) > 1 or (off and bool(re.search(r"\b(?:not|don't) (?:sell|share)\b", text.casefold())))


class PlainParams(Params):
    """``flesch``: reading ease below which a text of at least ``words`` words needs review."""

    flesch: float = 30.0
    words: int = 80


@check("plain-language", PlainParams, reads_words=True)
def plain_language(case: Case, params: PlainParams) -> Iterator[Observation]:
    """Garbled phrases, trade abbreviations and hard reading: for a person to look at, never a failure."""
    seen = layers(case.facts)
    dialogs = in_english(seen)
    passages = list(prose_of(dialogs))
    if not passages:
        yield from unread(() if dialogs else seen)
        return
    found = False
    for variant, kind in (("garbled", "garbled"), ("jargon", "trade-jargon")):
        where = unique(saying.where for saying in every_saying(passages, kind) if not _QUOTED.search(saying.words))
        if where:
            found = True
            words = listed(place.quote or "" for place in where)
            yield Observation(
                outcome="cantTell", variant=variant, where=where, data={"words": words}, key=f"{variant} {words}"
            )
    for dialog in dialogs:
        text = "\n".join(passage.text for passage in dialog.prose())
        ease = reading_ease(text)
        if ease is not None and ease < params.flesch and len(statements.words_of(text)) >= params.words:
            found = True
            first = dialog.prose()[0]
            where = (place(first.where, first.text[:80].strip(), dialog.surface),)
            data = {"ease": f"{ease:.0f}", "surface": dialog.surface}
            yield Observation(outcome="cantTell", variant="hard", where=where, data=data, key=f"hard {dialog.surface}")
    if not found:
        yield Observation(outcome="passed")


_QUOTED = re.compile(r"[\"“”‘’']\s|\s[\"“”‘’']")
"""A name in quotation marks among the words: no part of the phrase around it."""


def reading_ease(text: str) -> float | None:
    """Flesch reading ease (Flesch 1948): 206.835 - 1.015 words/sentence - 84.6 syllables/word; None for a text without words."""
    words = [word for word in statements.words_of(text) if word.isalpha()]
    if not words:
        return None
    ends = max(1, len(statements.sentences(text)))
    return 206.835 - 1.015 * len(words) / ends - 84.6 * sum(map(_syllables, words)) / len(words)


@lru_cache(maxsize=4096)
def _syllables(word: str) -> int:
    """Groups of vowels, a silent last ``e`` left out: near enough for English."""
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - (word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1))


@check("separate-consents", NoParams, reads_words=True)
def separate_consents(case: Case, _params: NoParams) -> Iterator[Observation]:
    """One agreement that takes in both the service's terms and advertising or sale. A bundled opt-out helps, and is no finding."""
    where = unique(saying.where for saying in sayings(layers(case.facts), "bundled-consent", whole=True))
    if where:
        yield _quoting("cantTell", "bundled", where)
    elif sayings(layers(case.facts), "seeks-consent"):
        yield Observation(outcome="passed")


class StaleParams(Params):
    """``least``: signs of the old law from which the wording as a whole counts as stale."""

    least: int = 2


@check("wording-up-to-date", StaleParams, reads_words=True)
def wording_up_to_date(case: Case, params: StaleParams) -> Iterator[Observation]:
    """Counts signs of words written before 2023, in links, dialogs and the policy."""
    dialogs = layers(case.facts)
    if not dialogs and case.facts.policy is None:
        return
    signs = dict(_signs(case, dialogs))
    data = {"signs": "; ".join(signs), "count": str(len(signs))}
    if len(signs) >= params.least:
        where = unique(place for place in signs.values() if place.quote or place.line or place.selector)
        yield Observation(outcome="failed", where=where, data=data, key="stale wording")
    else:
        yield Observation(outcome="passed", data=data)


def _signs(case: Case, dialogs: tuple[Dialog, ...]) -> Iterator[tuple[str, Where]]:
    links = opt_out_links(case.facts)
    for link in links:
        if link.title_kind == "outdated":
            yield "the opt-out link has the title of before 2023", at_link(link)
            break
    for dialog in dialogs:
        for category in dialog.categories:
            if "SPD_BG" in (category.where.selector or "") and "SSPD_BG" not in (category.where.selector or ""):
                yield "a sale-only group of an old consent manager template", place(category.where, category.name)
    sale = sayings(dialogs, "opt-out-of-sale")
    named = any(statements.says("names-sharing", link.text) for link in links) or any(
        statements.says("names-sharing", text) for dialog in dialogs for text in (dialog.title, dialog.text)
    )
    if sale and not named and not sayings(dialogs, "opt-out-of-sharing"):
        yield "the dialogs speak of opting out of sale alone", sale[0].where
    if case.facts.policy:
        yield from _signs_of_policy([(passage, "policy") for passage in case.facts.policy.passages])


def _signs_of_policy(passages: list[tuple[Passage, str]]) -> Iterator[tuple[str, Where]]:
    old = every_saying(passages, "cites-old-regulations")
    if old:
        yield "the policy cites the regulations by their numbers of before 2022", old[0].where
    ccpa = every_saying(passages, "cites-ccpa")
    if not ccpa:
        return
    lacks = {
        "sharing": every_saying(passages, "policy-sharing"),
        "sensitive personal information": every_saying(passages, "policy-sensitive"),
        "the right to correct": every_saying(passages, "policy-correction"),
    }
    for what, said in lacks.items():
        if not said:
            yield f"the policy's Californian part does not mention {what}", ccpa[0].where
