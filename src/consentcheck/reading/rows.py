"""Text in which one space stands between elements, cut into its labels and the prose between them.

Labels (`reading.labels`) begin with a capital and stand where a sentence could begin: at the start, after a sentence's
end, after another label. What follows a label is another or begins with a capital too: "Functional Cookies Remember
your choices. Yes No" holds a name, a sentence and a switch's positions.
"""

from __future__ import annotations

import re

from consentcheck.knowledge.phrases import kinds_of, phrases, plain, purpose_of
from consentcheck.reading.labels import LONGEST_LABEL, STRICT, cost_of, is_mark

_LONGEST_RUN = 60
"""Words of the longest run of labels that is weighed at once."""
_LONGEST_TAIL = 40
MOST_STARTS = 5000
"""Places of one part where labels are looked for."""
_SEPARATORS = frozenset(["/", "|", "•", "·", "→", "-", "–", "›", "»", "☐", "☑", "☒", "✓", "✔"])
_SENTENCE_END = re.compile(r"(?<![A-Z]\.[A-Z])[.!?:;][”\"’')\]]{0,3}$")
"""An abbreviation of single capitals ("U.S.") ends no sentence."""
_INNER_END = re.compile(r"(?<![A-Z]\.[A-Z])[.!?;][”\"’')\]]{0,3}$")

Run = list[str]


def cut_rows(part: str) -> list[str]:
    """The labels and the stretches of prose of a part of a line, in order. Every one is an exact part of it."""
    words = part.split(" ")
    found: list[str] = []
    small = max((n for n, word in enumerate(words) if word[:1].islower()), default=-1)
    prose = at = starts = 0
    while at < len(words) and starts < MOST_STARTS:
        starts += 1
        if at > small and len(words) - at > _LONGEST_RUN:
            break
        run, end = _run(words, at, small)
        if run:
            found += [" ".join(words[prose:at]), *run]
            prose = at = end
            continue
        at = _next_start(words, at)
    rest = words[prose:]
    if rest and not _INNER_END.search(rest[-1]):
        begun, run = _tail(rest)
        return [p for p in (*found, " ".join(rest[:begun]), *run) if p]
    return [p for p in (*found, " ".join(rest)) if p]


def _next_start(words: list[str], at: int) -> int:
    """The place after the next word that ends a sentence."""
    return next((n + 1 for n in range(at, len(words)) if _SENTENCE_END.search(words[n])), len(words))


def _run(words: list[str], start: int, small: int) -> tuple[Run, int]:
    """The labels that stand from a place on, and where they end: the furthest place from which text can go on.

    Text goes on only with words in small letters somewhere: ``small`` is the place of the last.
    """
    reached = _reach(words, start)
    for end in sorted(reached, reverse=True):
        if end > start and (end == len(words) or _begins(words[end])):
            run = _trace(reached, words, end)
            if end == len(words) and len(run) == 1 and start == 0:
                return [], start
            if small < end < len(words):
                continue
            if not run:
                continue
            alone = start > 0 and end == len(words) and purpose_of(run[0]) in STRICT
            if (_speaks(run) or alone) and not (end < len(words) and _goes_on(run[-1], words[end])):
                return run, end
    return [], start


def _goes_on(label: str, following: str) -> bool:
    """Whether the word after a label belongs to it, so that a sentence begins with both: "Social", "Media cookies are".

    A word that says the same kind once more begins a sentence of its own: "Analytics", "Analytical cookies are".
    """
    if kinds_of(label) and kinds_of(following) == kinds_of(label):
        return False
    longer = cost_of(f"{label} {following.rstrip('.,;:!?')}")
    return longer is not None and longer <= (cost_of(label) or 0.0)


def _tail(words: list[str]) -> tuple[int, Run]:
    """The buttons at the end of prose that no mark ends, and where they begin."""
    for start in range(max(1, len(words) - _LONGEST_TAIL), len(words)):
        if not _begins(words[start]) or words[start - 1].endswith(","):
            continue
        reached = _reach(words, start)
        if len(words) not in reached:
            continue
        run = _trace(reached, words, len(words))
        buttons = sum(purpose_of(label) in STRICT for label in run)
        if buttons and (buttons > 1 or start > 3):
            return start, run
    return len(words), []


def _reach(words: list[str], start: int) -> dict[int, tuple[float, int]]:
    """Every place that labels side by side reach, with what the cheapest ones cost and where the last of them begins."""
    reached: dict[int, tuple[float, int]] = {start: (0.0, start)}
    last = min(len(words), start + _LONGEST_RUN)
    for at in range(start, last):
        if at not in reached:
            continue
        spent = reached[at][0]
        if words[at] in _SEPARATORS:
            _relax(reached, at + 1, spent, at)
        elif _begins(words[at]) and (at == start or words[at][0] not in "(["):
            for end in range(at + 1, min(last, at + LONGEST_LABEL) + 1):
                cost = cost_of(" ".join(words[at:end]))
                if cost is not None:
                    _relax(reached, end, spent + cost, at)
                if _INNER_END.search(words[end - 1]) or words[end - 1] in _SEPARATORS - {"-", "–", "/"}:
                    break
                if words[end - 1] == "/" and not kinds_of(words[end - 2]):
                    break
    return reached


def _relax(reached: dict[int, tuple[float, int]], place: int, cost: float, begun: int) -> None:
    if place not in reached or cost < reached[place][0]:
        reached[place] = (cost, begun)


def _trace(reached: dict[int, tuple[float, int]], words: list[str], end: int) -> Run:
    run: Run = []
    while reached[end][1] != end:
        begun = reached[end][1]
        label = " ".join(words[begun:end])
        if label not in _SEPARATORS:
            run.append(label)
        end = begun
    return run[::-1]


def _begins(word: str) -> bool:
    first = word.lstrip("“\"'‘([{¿¡")[:1]
    return first.isupper() or first.isdigit() or word in _SEPARATORS


def _speaks(run: Run) -> bool:
    """Whether labels are more than one word that could begin a sentence by itself."""
    return bool(run) and (
        len(run) > 1 or len(plain(run[0])) > 1 or bool(kinds_of(run[0])) or is_mark(run[0]) or _decides(run[0])
    )


def _decides(label: str) -> bool:
    """Whether one word is a name that says nothing of a kind, or a decision's own word, with which no sentence begins."""
    words = plain(label)
    return words in phrases().not_kinds or words[0] in phrases().label_words["deciding_alone"]


def unglued_words(word: str) -> list[str]:
    """A word of capitals that two or more known words were glued into, cut; else the word alone."""
    if len(word) < 6 or not word.isupper() or not word.isalpha() or word.lower() in phrases().vocabulary:
        return [word]
    known = phrases().vocabulary
    best: dict[int, list[str]] = {0: []}
    for end in range(2, min(len(word), 60) + 1):
        for begun in range(max(0, end - 16), end - 1):
            if (
                begun in best
                and word[begun:end].lower() in known
                and (end not in best or len(best[begun]) < len(best[end]) - 1)
            ):
                best[end] = [*best[begun], word[begun:end]]
    return best.get(len(word)) or [word]
