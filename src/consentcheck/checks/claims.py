"""Claims that a dialog makes of its own data use, held against what else it says and what was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consentcheck.checks.disclosed import DATA_SELLING, Disclosed, disclosed, known_kinds, name_key
from consentcheck.checks.partners import kind_of, tracker_where, unrestricted
from consentcheck.checks.prose import and_list, quoted, unique
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.knowledge.terms import plain, terms
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, Passage, Tracker
from consentcheck.model.result import Observation


class PersonalDataParams(Params):
    """``stock``: phrases of a consent manager's own copy."""

    stock: tuple[str, ...] = ()


@check("personal-data-not-denied", PersonalDataParams, reads_words=True, languages=ENGLISH)
def personal_data_not_denied(case: Case, params: PersonalDataParams) -> Iterator[Observation]:
    """A denial of personal information where a browser or device is singled out."""
    clean = True
    tracked = [tracker for tracker in unrestricted(case.facts) if kind_of(tracker) in DATA_SELLING]
    for item in disclosed(case.facts):
        for passage in item.category.prose():
            denied = statements.find("denies-personal-data", passage.text)
            if denied:
                clean = False
                yield _denial(item, quoted(passage.where, denied.sentence), tracked, params)
    if clean and any(item.category.prose() for item in disclosed(case.facts)):
        yield Observation(outcome="passed")


def _denial(item: Disclosed, claim: Where, tracked: list[Tracker], params: PersonalDataParams) -> Observation:
    quote = claim.quote or ""
    admitted = _admission(item, claim)
    sells = bool(known_kinds(item.category) & DATA_SELLING)
    failed = sells and bool(admitted or tracked)
    evidence = (admitted,) if admitted else tuple(tracker_where(tracker) for tracker in tracked[:3] if sells)
    stock = quote in terms(params.stock) if params.stock else False
    return Observation(
        outcome="failed" if failed else "cantTell",
        variant=("admitted" if admitted else "observed") if failed else "review",
        where=unique((claim, *evidence)),
        data={
            "name": item.category.name,
            "vendor_default": str(stock).lower(),
            "note": " The sentence is a consent manager's stock text." if stock else "",
        },
        key=f"{name_key(item.category.name)} {quote}",
    )


def _admission(item: Disclosed, claim: Where) -> Where | None:
    """Where the category admits to singling out: in the claim's own sentence, else in another."""
    if statements.says("singles-out", claim.quote or ""):
        return claim
    for passage in item.category.prose():
        admitted = statements.find("singles-out", passage.text)
        if admitted:
            return quoted(passage.where, admitted.sentence)
    return None


@check("tracking-claims-agree", NoParams, reads_words=True, languages=ENGLISH)
def tracking_claims_agree(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The surfaces do not both say and deny that a person is followed. Who is meant is for a reader to judge."""
    denied = _sentences_saying(case.facts, "denies-tracking")
    admitted = [where for where in _sentences_saying(case.facts, "tracks-across-sites") if where not in denied]
    if admitted and denied:
        yield Observation(
            outcome="cantTell",
            where=(*admitted, *denied),
            data={"admitted": str(len(admitted)), "denied": str(len(denied))},
            key=" ".join(where.quote or "" for where in (admitted[0], denied[0])),
        )
    elif admitted or denied:
        yield Observation(outcome="passed")


@check("promises-are-kept", NoParams, reads_words=True, languages=ENGLISH)
def promises_are_kept(case: Case, _params: NoParams) -> Iterator[Observation]:
    """An absolute promise is to be proved; requests to advertisers after the opt-out disprove it."""
    promised = _sentences_saying(case.facts, "absolute-promise")
    if not promised:
        if case.facts.dialogs:
            yield Observation(outcome="passed")
        return
    broken = [t for t in unrestricted(case.facts, "opt-out", "revisit-after-opt-out") if kind_of(t) in DATA_SELLING]
    yield Observation(
        outcome="failed" if broken else "cantTell",
        where=(*promised, *unique(tracker_where(tracker) for tracker in broken[:5])),
        data={
            "promise": promised[0].quote or "",
            "hosts": and_list(dict.fromkeys(tracker.host for tracker in broken)),
        },
        key=promised[0].quote or "",
    )


def _prose(facts: Facts) -> Iterator[Passage]:
    for dialog in facts.dialogs:
        if dialog.scenario == "first-visit":
            yield from dialog.prose()
    yield from facts.page_passages


def _sentences_saying(facts: Facts, kind: str) -> list[Where]:
    """Each different sentence that makes a statement of the kind, where it stands first."""
    found: dict[tuple[str, ...], Where] = {}
    for passage in _prose(facts):
        for said in statements.find_all(kind, passage.text):
            found.setdefault(plain(said.sentence), quoted(passage.where, said.sentence))
    return list(found.values())


class PlaceholderParams(Params):
    """``phrases``: filler; ``labels``: filler that consent managers also keep hidden, which counts only where it is seen."""

    phrases: tuple[str, ...]
    labels: tuple[str, ...] = ()


_TOKEN = re.compile(
    r"\{\{[^{}\n]{1,40}\}\}|\$\{[^{}\n]{1,40}\}|%\([a-z_]{1,20}\)s|\[\[[^\[\]\n]{1,40}\]\]|<%[^<>\n]{1,40}%>"
    r"|\[(?:company|website|your|site|insert|enter|add) [^\[\]\n]{1,40}\]"
    r"|\{(?:company|site|website|brand|domain|name|description|title|partner|vendor)(?:[ _.-]?\w{1,20})?\}"
    r"|(?-i:\bTODO:|(?<![^\W\d_] )\bTODO(?= [a-z])|\bFIXME\b|\b[xX]{4,}\b|%[A-Z]{2,}(?:_[A-Z]{2,})*%)",
    re.IGNORECASE,
)
_NOTHING_WRITTEN = re.compile(
    r"(?:tbd|tba|to be determined|to be added|undefined|null|n/a|nan|\[object object\])[.!]?", re.IGNORECASE
)
"""A description that is nothing else."""


@check("no-placeholders", PlaceholderParams)
def no_placeholders(case: Case, params: PlaceholderParams) -> Iterator[Observation]:
    """No filler and no template token in what a visitor reads."""
    dialogs = [d for d in case.facts.dialogs if d.scenario == "first-visit" and d.visible is not False]
    left: dict[str, Where] = {}
    for dialog in dialogs:
        labels = [c for c in (*dialog.controls, *(c for k in dialog.categories for c in k.controls)) if c.visible]
        seen = [Passage(text=control.text, where=control.where) for control in labels]
        described = [passage for category in dialog.categories for passage in category.prose()]
        for passage in (*dialog.prose(), *seen):
            if token := _TOKEN.search(passage.text):
                left.setdefault(token.group(), quoted(passage.where, token.group()))
            elif sentence := terms(params.phrases).first(passage.text):
                left.setdefault(sentence, quoted(passage.where, sentence))
        for passage in described:
            if nothing := _NOTHING_WRITTEN.fullmatch(passage.text.strip()):
                left.setdefault(nothing.group(), quoted(passage.where, nothing.group()))
        for passage in (*described, *seen):
            if params.labels and (sentence := terms(params.labels).first(passage.text)):
                left.setdefault(sentence, quoted(passage.where, sentence))
    if left:
        yield Observation(
            outcome="failed", where=tuple(left.values()), data={"texts": and_list(left)}, key=" ".join(left)
        )
    elif dialogs:
        yield Observation(outcome="passed")
