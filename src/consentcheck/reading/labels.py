"""What can be one label in a flattened text, and how likely: buttons, links, marks, and the names of categories.

Each reading has a cost; `reading.rows` takes the cheapest labels that a stretch of text can be cut into. Patterns with
room for any words around their own cost more than two labels that say all of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from consentcheck.knowledge.phrases import (
    is_always_active,
    is_no_category,
    is_tab_row,
    kinds_of,
    phrases,
    plain,
    purpose_of,
)
from consentcheck.model.words import Purpose

LONGEST_LABEL = 14
STRICT = frozenset({"accept-all", "decline-all", "save", "settings"})
"""Purposes whose patterns say all of a label's words."""
POSITIONS = frozenset(
    {("enabled", "disabled"), ("on", "off"), ("off", "on"), ("yes", "no"), ("no", "yes"), ("disabled", "enabled")}
    | {("allow", "deny"), ("active", "inactive"), ("inactive", "active")}
)
"""The two positions of a switch, both written beside it."""
STATE_WORDS = frozenset({"active", "on", "enabled", "inactive", "off", "disabled"})
ANSWERS = frozenset({"accept-all", "decline-all", "save"})
"""Purposes of the buttons that decide for a whole layer."""
_CLEAR = STRICT | {"close"}
_WITH_ROOM = frozenset({"opt-out", "settings"})
"""Purposes whose patterns take in a decision's word before their own."""
_LOOSE = 0.9
"""What a word costs in a label whose pattern fits anything around its own words: a button beside it is cheaper apart."""
_TOLD = frozenset({"signal", "gpc", "honored", "honoured"})
"""Words of a status, which is a sentence and yet a label."""
_OPTING = frozenset({("opt", "in"), ("opt", "out")})
_SINGLE = 2.5
"""What a single word that opens settings, or stands for a title, costs: it ends longer labels too."""
_COUNTED = frozenset({"service", "services", "cookie", "cookies", "vendor", "vendors", "provider", "providers"})
"""What is counted beside a category's name."""
_COUNT = re.compile(r"\(?\d{1,4}\)?$")


def _among(name: str, words: Iterable[str]) -> bool:
    """Whether one of the words is in a table of `knowledge.phrases`."""
    return not phrases().label_words[name].isdisjoint(words)


def is_mark(label: str) -> bool:
    words = plain(label)
    counted = len(words) == 2 and words[0].isdigit() and words[1] in _COUNTED
    return counted or is_always_active(label) or words in POSITIONS or (len(words) == 1 and words[0] in STATE_WORDS)


@lru_cache(maxsize=20_000)
def cost_of(label: str) -> float | None:
    """What it costs to read words as one label; None when they are none."""
    words = plain(label)
    if _telling().isdisjoint(words) or label[-1] in "-–,;/&." or not _ends_well(words) or not _balanced(label):
        return None
    if is_mark(label) or is_tab_row(label) or words in phrases().not_kinds:
        return 1.0
    purpose = purpose_of(label)
    if _is_two(label, purpose):
        return None
    if purpose in STRICT and not label.endswith(":"):
        if len(words) == 1 and (purpose == "settings" or words in phrases().tabs) and not kinds_of(label):
            return _SINGLE
        return 1.0 + _uneven(label)
    kind = _kind_cost(label, words)
    if kind is not None:
        return kind
    if _among("speaking", words) and purpose != "close" and not _TOLD & set(words):
        return None
    if purpose != "other":
        return 1.0 + _LOOSE * len(words)
    if is_no_category(label) and not (_among("deciding", words[:1]) or _among("asking", words[:1])):
        return 1.0 + len(words) if len(words) > 1 else _SINGLE
    return None


@cache
def _telling() -> frozenset[str]:
    """Words of which every label holds one: told at a look, for the sake of all the prose that holds none."""
    table = phrases()
    begun = {words[0] for words in (*table.kinds, *table.not_kinds, *table.tabs, *POSITIONS)}
    return (
        STATE_WORDS | _COUNTED | begun | table.purposes.words | table.always_active.words | table.not_categories.words
    )


def _ends_well(words: tuple[str, ...]) -> bool:
    return (not _among("unfinished", words[-1:]) or words in _OPTING or words[-2:] == ("me", "in")) and (
        len(words) == 1 or not _among("continued", words[:1])
    )


def _balanced(label: str) -> bool:
    return label.count("(") == label.count(")") and label.count("“") == label.count("”") and label.count('"') % 2 == 0


def _uneven(label: str) -> float:
    """What it costs that a label in lower case goes on with a capital: "Accept only essential cookies Individual"."""
    words = label.split(" ")
    small = next(
        (n for n, word in enumerate(words) if word.islower() and len(word) > 3 and word != "without"), len(words)
    )
    return 2.5 if any(word[:1].isupper() for word in words[small:]) else 0.0


def _is_two(label: str, purpose: Purpose) -> bool:
    """Whether a pattern fits only because it has room for a second label: "Privacy Policy Settings", "Deny Close"."""
    words = label.split(" ")
    half = len(words) // 2
    if half > 1 and words[:half] == words[half:]:
        return True
    if purpose == "other":
        return False
    return any(words[at][:1].isupper() and _meet(words, at, purpose) for at in range(1, len(words)))


def _meet(words: list[str], at: int, purpose: Purpose) -> bool:
    """Whether two labels meet at a word, in words that one pattern fits as a whole."""
    head, tail = " ".join(words[:at]), " ".join(words[at:])
    said = plain(head)
    if plain(words[at - 1]) == () or not _ends_well(said):
        return False
    begun, following = purpose_of(head), purpose_of(tail)
    if purpose == "settings" and at > 1 and begun == "policy":
        return True
    if purpose == following and purpose in _WITH_ROOM and _decides(said):
        return True
    if purpose == following and purpose in {"policy", "close"} and begun in _CLEAR - {purpose}:
        return True
    if purpose in STRICT and begun != following and {begun, following} <= _CLEAR and not words[at - 1].endswith(","):
        goes_on = _among("thanking", plain(tail)[:1]) or (begun == "save" and " " not in tail)
        alone = _among("complete", said) or (begun == "settings" and " " in tail)
        return (at > 1 or alone) and not goes_on
    if begun != purpose or (said in _OPTING and following not in ANSWERS):
        return False
    if purpose in STRICT:
        decides = _among("deciding", plain(words[at])) and not frozenset(said) <= phrases().label_words["address"]
        return decides or (purpose == following == "settings" and at > 1 and is_no_category(tail) and " " in tail)
    return (
        following not in {purpose, "other"}
        or purpose_of(words[at]) in STRICT
        or is_mark(tail)
        or (_is_pure(tail) and not {"for", "of", "from"} & set(said[-4:]))
    )


def _decides(words: tuple[str, ...]) -> bool:
    """Whether words are a decision's button by themselves, and no address ("No, do not sell")."""
    return len(words) == 1 and _among("deciding", words) and not frozenset(words) <= phrases().label_words["address"]


def _is_pure(label: str) -> bool:
    return (_kind_cost(label, plain(label)) or 9.0) <= 1.0


def _kind_cost(label: str, words: tuple[str, ...]) -> float | None:
    """What a category's name costs: more for each word that says no kind, and for kinds that nothing joins."""
    if len(words) > 1 and _COUNT.search(words[-1]):
        words = words[:-1]
        label = label.rpartition(" ")[0]
    kinds = kinds_of(label)
    if not kinds or len(words) > LONGEST_LABEL + 1 or set(words) & STATE_WORDS or not _is_name(label, words):
        return None
    shown = [w.strip("()[]:,/") for w in label.split(" ")]
    strange = [w for w in shown if w and not (w.lower() in phrases().label_words["joining"] or kinds_of(w))]
    if any(not w[:1].isupper() for w in strange):
        return None
    joints = sum(word in {"and", "&", "or", "for"} for word in words) + label.count("/") + label.count(",")
    return 1.0 + 0.8 * len(strange) + 1.6 * max(0, len(kinds) - 1 - joints)


def _is_name(label: str, words: tuple[str, ...]) -> bool:
    """Whether words that speak of a kind are built as one name is."""
    if len(words) > 1 and (
        (any(map(is_always_active, words[1:])) and not label.endswith(")") and not _among("strengthening", words[:1]))
        or (is_no_category(words[0]) and words[0] not in {"about", "allow"} and words[:2] not in phrases().kinds)
        or purpose_of(label) == "settings"
    ):
        return False
    allowed = words[0] == "allow" and "sale" in kinds_of(label)
    told = [w for w in words if w not in phrases().label_words["joining"]]
    inner = any(a in {"cookies", "cookie"} and b not in {"and", "&", "or", "for"} for a, b in pairwise(words))
    return (
        len(set(told)) == len(told)
        and not _among("no_name", words)
        and not _among("speaking", words)
        and (words[0] != "opt" or "of" in words)
        and not inner
        and not _among("unfinished", words[-1:])
        and not _among("name_end", words[-1:])
        and (words[:2] in phrases().kinds or not _among("name_start", words[:1]))
        and not any(purpose_of(word) in {"accept-all", "decline-all", "save", "close"} for word in words[allowed:])
    )
