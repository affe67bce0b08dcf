"""A category's name apart from the words that stand around it: marks, positions, counts, what a switch does."""

from __future__ import annotations

import re
from collections.abc import Collection

from consentcheck.knowledge.phrases import is_always_active, kinds_of, plain
from consentcheck.reading.flatten import wordset

_COUNT = re.compile(
    r"\s{0,3}(?:\(\d{1,4}\)|\d{1,4} ?(?:services?|cookies?|vendors?|partners?|providers?|items?))$", re.IGNORECASE
)
_LONGEST_COUNT = 24
"""Characters of the longest of them."""
_STATES_ANNOUNCED = frozenset({("status",), ("state",), ("default",)})
"""What stands before a mark and names nothing: ``Status: always on``."""
_GLUED = re.compile(r"(?<=[a-z])(?=Always |\d{1,3}$)")
"""Where a mark or a count stands right against a name: each was an element of its own."""
POSITIONS = wordset("allowed denied on off active inactive enabled disabled yes no blocked onoff offon yesno") | {
    "on off", "off on", "yes no", "opted in", "opted out", "opt in", "opt out",
}  # fmt: skip
"""What a switch may say of its own position, after its name."""
VERBS = wordset("enable disable toggle accept allow reject deny agree disagree expand switch collapse select activate") | {
    "agree to", "disagree to", "consent to", "turn on", "turn off", "object to", "opt in to", "opt out of", "switch for", "toggle for",
}  # fmt: skip
"""What a switch may say that it does, before its name."""
_LONGEST_VERB = max(len(verb.split()) for verb in VERBS)
NO_NAMES = frozenset({"toggle", "enable", "disable", "switch for", "toggle for"})
"""Those of them with which no category's name begins."""
NOUNS = wordset("cookie cookies consent switch toggle")
"""What a switch may add to the heading that names its category."""
_BEING = wordset("is are be being remain stay")
"""Verbs before a mark that make a sentence of it."""


def split_name(text: str) -> tuple[str, bool]:
    """A category's name without what stands at its end, and whether that was an "Always active" mark.

    At the end stand a mark, a switch's position, or a count of services.
    """
    counted = _COUNT.search(text, max(0, len(text) - _LONGEST_COUNT))
    text = (text[: counted.start()] if counted else "") or text
    if "Always " in text or any(character.isdigit() for character in text[-2:]):
        text = _GLUED.sub(" ", text)
    words = text.split()
    if 1 < len(words) <= 4 and words[-1].isdigit() and kinds_of(" ".join(words[:-1])):
        words = words[:-1]
        text = " ".join(words)
    for cut in (" - ", " – ", ": ", "("):
        head, found, tail = text.rpartition(cut)
        named = plain(head) not in _STATES_ANNOUNCED and head.strip() and (kinds_of(head) or not is_always_active(head))
        if found and is_always_active(tail) and len(plain(tail)) > 1 and named:
            return head.strip(), True
    for last in (2, 3):
        if (
            len(words) > last
            and is_always_active(" ".join(words[-last:]))
            and words[-last].lower() in {"always", "siempre"}
            and words[-last - 1].lower() not in _BEING
            and not is_always_active(text)
        ):
            return " ".join(words[:-last]).strip(" -–:"), True
    if len(words) > 1 and words[-1].lower() in {"enabled", "disabled"}:
        return split_name(" ".join(words[:-1]))
    return text, False


def name_of(text: str) -> str:
    """A category's name without what stands at its end; a heading and its switch's label run together are said once."""
    name = split_name(text)[0]
    words = name.split()
    for length in range(max(1, (len(words) - _LONGEST_VERB) // 2), (len(words) + 1) // 2):
        if words[:length] == words[-length:] and " ".join(words[length:-length]).lower() in VERBS:
            return " ".join(words[:length])
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] and kinds_of(name) else name


def is_marked(text: str) -> bool:
    """Whether a name ends in a mark that its category cannot be switched off."""
    return split_name(text)[1]


def without_state(name: str, spoken: Collection[tuple[str, ...]]) -> str:
    """A switch's name without its position or what it does, where the rest is ``spoken`` in the dialog as a heading is."""
    words = name.split()
    for count in (1, 2, 3):
        rest, verb = " ".join(words[count:]), " ".join(words[:count]).lower().rstrip(":")
        if verb in VERBS and (plain(rest) in spoken or (verb in NO_NAMES and kinds_of(rest))):
            return rest
    for count in (1, 2):
        rest = " ".join(words[:-count])
        if " ".join(words[-count:]).lower().strip(".:()") in POSITIONS and plain(rest) in spoken:
            return rest.rstrip(" -–:,")
    return name


def without_noun(name: str, spoken: Collection[tuple[str, ...]]) -> str:
    """A switch's name without "cookies", where the heading beside it does without that word."""
    *words, last = name.split() or [""]
    rest = " ".join(words)
    return rest if last.lower() in NOUNS and plain(rest) in spoken and plain(name) not in spoken else name
