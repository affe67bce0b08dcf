"""Who the site says receives data, and who was seen to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consentcheck.checks.prose import quoted
from consentcheck.knowledge.purpose_terms import kinds_named
from consentcheck.knowledge.terms import plain, sentences, terms, words
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, Tracker
from consentcheck.model.words import Kind, Scenario

_GIVES = (
    "share", "shares", "shared", "sharing", "disclose*", "provide*", "send", "sends", "sent", "transfer*",
    "pass", "passes", "passed", "give", "gives", "given", "made available", "make available", "goes to", "go to",
)  # fmt: skip
_RECEIVES = (
    "partners ~ receive",
    "vendors ~ receive",
    "providers ~ receive",
    "networks ~ receive",
    "companies ~ receive",
)
_RECEIVERS = frozenset({"partners", "partner", "vendors", "providers", "companies", "networks", "parties"})
_KIND_OF_TRACKER: dict[str, Kind] = {
    "advertising": "advertising",
    "marketing": "advertising",
    "social": "social",
    "analytics": "analytics",
}


@dataclass(frozen=True)
class Sharing:
    """A sentence that says data goes to partners, and the kinds of partner that it names."""

    where: Where
    kinds: frozenset[Kind]


def said_to_share(facts: Facts) -> tuple[Sharing, ...]:
    """Sentences outside the categories that name kinds of partner who receive data."""
    prose = [passage for dialog in facts.dialogs if dialog.scenario == "first-visit" for passage in dialog.passages]
    return tuple(
        Sharing(quoted(passage.where, sentence), kinds)
        for passage in (*prose, *facts.page_passages)
        for sentence in sentences(passage.text)
        if (kinds := _receiving(sentence))
    )


def _receiving(sentence: str) -> frozenset[Kind]:
    """Kinds of partner who are given data (``share it with our advertising partners``) or receive it."""
    receives = next(terms(_RECEIVES).find(sentence), None)
    if receives is not None:
        denied = "not" in plain(sentence)[receives.first : receives.last]
        return frozenset() if denied else kinds_named(sentence[: receives.end])
    gives = next(terms(_GIVES).find(sentence), None)
    if gives is None or "not" in plain(sentence)[max(0, gives.first - 3) : gives.first]:
        return frozenset()
    receivers = [word for word in words(sentence) if word.text in _RECEIVERS and word.start > gives.end]
    return kinds_named(sentence[gives.end : receivers[-1].end]) if receivers else frozenset()


def kind_of(tracker: Tracker) -> Kind | None:
    """The kind of category that a request belongs to, None where that cannot be said."""
    return _KIND_OF_TRACKER.get(tracker.purpose)


def unrestricted(facts: Facts, *scenarios: Scenario) -> Iterator[Tracker]:
    """Requests after the choice that carry an identifier and tell the receiver of no restriction; any scenario if none is named."""
    for tracker in facts.trackers:
        if (
            (not scenarios or tracker.scenario in scenarios)
            and tracker.after_choice
            and tracker.identifiers
            and not tracker.restricted_by
        ):
            yield tracker


def tracker_where(tracker: Tracker) -> Where:
    """Where a request is found in the evidence."""
    where = tracker.where
    return (
        where
        if where.request
        else where.model_copy(update={"request": tracker.url or tracker.host, "scenario": tracker.scenario})
    )
