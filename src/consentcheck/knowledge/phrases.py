"""What dialogs say: the purpose of a control, the kind of a category, the marks that surround them.

The words are in ``phrases.yaml``, which a person can edit; its head explains the patterns. Matching takes time in
proportion to the words of one label, and labels longer than `LONGEST` words match nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from consentcheck.knowledge import table
from consentcheck.knowledge.patterns import Meaning, Pattern, Patterns, parse_pattern
from consentcheck.model.words import Kind, Purpose

LONGEST = 24
"""Words of the longest label that is looked at."""
_WORD = re.compile(
    r"[^\s.,;:!?()\[\]{}<>\"“”„«»*|+=~^_\u200e\u200f…→›»·•–—✓✔✗✘☑☒-]+(?:-[^\s.,;:!?()\[\]{}<>\"“”*|+=…–—-]+){0,3}"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "\u00a0": " ", "\u200e": "", "\u200f": ""})
_REMARK = re.compile(r"(?<=\w) \([^()]{1,60}\)$")
_NEGATED = re.compile(
    r"\W{0,3}(?:please )?(?:are you sure(?: that)? you (?:want|wish|would like) to )?"
    r"(?:(?:do|would|should) (?:you|we|i)(?: (?:want|wish|like|prefer))?(?: us)?(?: to)? )?"
    r"(?:do not|not|don['’]t|no|never|opt[- ]?(?:me )?out|i (?:want to |would like to )?opt[- ]?out|i do not|i don['’]t|"
    r"decline|reject|refuse|stop|block|disable|turn off|restrict|limit)\b",
    re.I,
)
_NAME = re.compile(r"[#.]([\w-]+)")
_CLOSE_SIGNS = frozenset("×✕✖╳⨯✗⊗")


def plain(text: str) -> tuple[str, ...]:
    """The words of a label in lower case, without punctuation; joined words split at slashes and ampersands."""
    return _plain(text[:600])


@lru_cache(maxsize=20_000)
def _plain(text: str) -> tuple[str, ...]:
    straight = text.replace("`", "'") if text.isascii() else text.translate(_APOSTROPHES)
    lowered = straight.lower().replace("/", " ").replace("&", " & ")
    if "opt-" in lowered:
        lowered = lowered.replace("opt-out", "opt out").replace("opt-in", "opt in")
    words = _WORD.findall(lowered)
    if not lowered.isascii():
        words = [word for word in words if len(word) > 1 or word.isalnum() or word in _CLOSE_SIGNS or word == "&"]
    return tuple(word.strip("'") or word for word in words) if "'" in lowered else tuple(words)


@dataclass(frozen=True)
class Phrases:
    """The tables, read."""

    purposes: Patterns[Purpose]
    kinds: dict[tuple[str, ...], Kind]
    leading: frozenset[tuple[str, ...]]
    not_kinds: frozenset[tuple[str, ...]]
    not_categories: Patterns[bool]
    always_active: Patterns[bool]
    list_titles: Patterns[bool]
    more: Patterns[bool]
    iab: tuple[str, ...]
    tabs: frozenset[tuple[str, ...]]
    openers: frozenset[str]
    strong: tuple[str, ...]
    asking: tuple[str, ...]
    context: tuple[str, ...]
    others: dict[str, tuple[str, ...]]
    layers: dict[str, frozenset[str]]
    """CSS selectors of the containers that consent managers use, each with the ids and classes in it, in lower case."""
    vendor_regions: tuple[str, ...]
    label_words: dict[str, frozenset[str]]
    vocabulary: frozenset[str]
    """Words of any label that is known."""


@cache
def phrases() -> Phrases:
    """The shipped tables."""
    return read_phrases(table("phrases.yaml"))


def read_phrases(data: dict[str, Any]) -> Phrases:
    """Tables from the YAML's content; ValueError names the pattern that cannot be read."""

    def rows(meaning: Meaning, lines: list[str]) -> list[tuple[Meaning, Pattern]]:
        return [(meaning, pattern) for line in lines for pattern in parse_pattern(str(line))]

    kinds: dict[tuple[str, ...], Kind] = {}
    for kind, names in data["kinds"].items():
        for name in names:
            kinds.setdefault(plain(name), kind)
    purposes = [
        row
        for table in ("purposes_first", "purposes")
        for purpose, lines in data[table].items()
        for row in rows(purpose, lines)
    ]
    marks = rows(True, data["always_active"])
    return Phrases(
        purposes=Patterns(purposes),
        kinds=kinds,
        leading=frozenset(plain(name) for name in data["leading"]),
        not_kinds=frozenset(plain(name) for name in data["not_kinds"]),
        not_categories=Patterns(rows(True, data["not_categories"])),
        always_active=Patterns(marks),
        list_titles=Patterns(rows(True, data["list_titles"])),
        more=Patterns(rows(True, data["more"])),
        tabs=frozenset(plain(name) for name in data["tabs"]),
        openers=frozenset(data["openers"]) | {word for name in kinds for word in name if len(word) > 3},
        iab=tuple(data["iab_purposes"]),
        strong=tuple(data["consent_words"]["strong"]),
        context=tuple(data["consent_words"]["context"]),
        asking=tuple(data["consent_words"]["asking"]),
        others={name: tuple(words) for name, words in data["other_dialogs"].items()},
        layers={selector: frozenset(_NAME.findall(selector.lower())) for selector in data["layers"]},
        vendor_regions=tuple(data["vendor_regions"]),
        label_words={name: frozenset(words) for name, words in data["label_words"].items()},
        vocabulary=frozenset(word for name in kinds for word in name)
        | {word for _, pattern in (*purposes, *marks) for slot in pattern for word in slot.words or ()},
    )


@lru_cache(maxsize=20_000)
def purpose_of(text: str) -> Purpose:
    """What a control with these words does; ``other`` when they do not say. A remark in parentheses at their end may be left out."""
    if text.strip() and set(text.strip()) <= _CLOSE_SIGNS:
        return "close"
    words = plain(text)
    if not words or len(words) > LONGEST:
        return "other"
    purpose = phrases().purposes.first(words) or "other"
    return purpose_of(_REMARK.sub("", text)) if purpose == "other" and _REMARK.search(text) else purpose


def is_negated(words: str) -> bool:
    """Whether a switch or a radio button with these words opts out when it is on; of a question, when the answer is yes."""
    return _NEGATED.match(words) is not None


@lru_cache(maxsize=20_000)
def kinds_of(name: str) -> tuple[Kind, ...]:
    """All kinds that a category's name speaks of, in its order but for those that lead; empty when it names none."""
    words = plain(name)
    table, beginnings = phrases(), _kind_beginnings()
    found: list[Kind] = []
    proper = len(plain(name.partition("(")[0]))
    at = 0
    while at < min(len(words), LONGEST):
        if words[at] not in beginnings:
            at += 1
            continue
        for length in (3, 2, 1):
            part = words[at : at + length]
            if len(part) == length and part in table.not_kinds:
                at += length
                break
            if len(part) == length and (kind := table.kinds.get(part)):
                leads = part in table.leading and at < proper
                if leads and kind in found:
                    found.remove(kind)
                if kind not in found:
                    found.insert(0 if leads else len(found), kind)
                at += length
                break
        else:
            at += 1
    return tuple(found)


@cache
def _kind_beginnings() -> frozenset[str]:
    """First words of all that `kinds_of` knows: most words of a text are none of them."""
    return frozenset(part[0] for part in (*phrases().kinds, *phrases().not_kinds))


def speaks_of_consent(text: str) -> bool:
    """Whether words speak of cookies, personal information or the opt-out in so many words."""
    return _strong().search(text.lower()) is not None


@cache
def _strong() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(phrases().strong, key=len))))


@lru_cache(maxsize=20_000)
def is_always_active(text: str) -> bool:
    """Whether the words are a mark that a category cannot be switched off."""
    words = plain(text)
    return len(words) <= 8 and bool(phrases().always_active.first(words))


@lru_cache(maxsize=20_000)
def is_list_title(text: str) -> bool:
    """Whether the words are the title of a list of cookies."""
    return bool(phrases().list_titles.first(plain(text)[: LONGEST + 1]))


def is_more(text: str) -> bool:
    """Whether a label only promises more, and does not say of what."""
    words = plain(text)
    return "more" in words and len(words) <= 4 and bool(phrases().more.first(words))


@lru_cache(maxsize=20_000)
def is_no_category(text: str) -> bool:
    """Whether the words are a title, a tab or a template's label that only looks like a category."""
    words = plain(text)
    return not words or (len(words) <= LONGEST and bool(phrases().not_categories.first(words)))


@lru_cache(maxsize=20_000)
def is_iab_purpose(text: str) -> bool:
    """Whether the words name a purpose, feature or stack of the IAB's framework."""
    words = plain(text)
    joined = " ".join(word for word in words if word != "&")
    return joined.startswith(phrases().iab) or "iab" in words or "tcf" in words


def is_tab_row(text: str) -> bool:
    """Whether the words are two or more tabs' labels side by side."""
    words = plain(text)
    tabs = phrases().tabs
    at = count = 0
    while at < len(words) <= LONGEST:
        length = next((n for n in (3, 2, 1) if words[at : at + n] in tabs), 0)
        if not length:
            return False
        at += length
        count += 1
    return count >= 2
