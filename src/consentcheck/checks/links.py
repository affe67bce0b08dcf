"""The opt-out link: that there is one, what it is called, where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from consentcheck.checks.layers import at_link, layers, listed, opt_out_links, place, unique
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.knowledge import statements
from consentcheck.model.base import Where
from consentcheck.model.facts import OptOutLink
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome, Placement, TitleKind

CLEAR: frozenset[TitleKind] = frozenset({"statutory", "alternative", "outdated", "variant"})
"""Titles from which a consumer learns that this is the opt-out."""
_EVERYWHERE: frozenset[Placement] = frozenset({"header", "footer", "navigation"})
_IN_A_LAYER: frozenset[Placement] = frozenset({"banner", "dialog"})


@check("opt-out-link-offered", NoParams, reads_words=True)
def opt_out_link_offered(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Passes on one visible link with a clear title; unclear, or only inside a policy, needs review."""
    links = opt_out_links(case.facts)
    clear = [link for link in links if link.title_kind in CLEAR]
    outside = [link for link in clear if link.placement != "policy" and link.visible is not False]
    if outside:
        yield Observation(outcome="passed", where=(at_link(outside[0]),), data={"title": outside[0].text})
        return
    yield _no_clear_link(case, links)


def _no_clear_link(case: Case, links: Sequence[OptOutLink]) -> Observation:
    hidden = [link for link in case.facts.opt_out_links if link.visible is False and link.title_kind in CLEAR]
    in_policy = [link for link in links if link.title_kind in CLEAR and link.placement == "policy"]
    if case.profile.frictionless == "yes":
        return Observation(outcome="cantTell", variant="frictionless", key="no link")
    if in_policy:
        return _about(in_policy, "cantTell", "policy-only")
    if hidden:
        return _about(hidden, "failed" if case.facts.kind == "live" else "cantTell", "hidden")
    if links:
        return _about(links, "cantTell", links[0].title_kind)
    if case.facts.kind == "text":
        return Observation(outcome="cantTell", variant="text", key="no link")
    return Observation(outcome="failed", key="no link")


def _about(links: Sequence[OptOutLink], outcome: Outcome, variant: str) -> Observation:
    titles = listed(link.text for link in links)
    where = unique(at_link(link) for link in links)
    return Observation(outcome=outcome, variant=variant, where=where, data={"title": titles}, key=f"{variant} {titles}")


@check("opt-out-link-title", NoParams, reads_words=True)
def opt_out_link_title(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Judges each wording once, with the headings of the layers that repeat it."""
    headings = _headings(case)
    for title, links in _by_wording(_offered(opt_out_links(case.facts))).items():
        outcome, variant = _judge_title(links[0])
        if outcome is None:
            continue
        same = headings.pop(title, []) if outcome == "failed" else []
        where = unique([*(at_link(link) for link in links), *same])
        yield Observation(outcome=outcome, variant=variant, where=where, data={"title": links[0].text}, key=title)
    for title, places in headings.items():
        data = {"title": places[0].quote or ""}
        yield Observation(
            outcome="cantTell", variant="heading", where=unique(places), data=data, key=f"heading {title}"
        )


def _offered(links: Sequence[OptOutLink]) -> list[OptOutLink]:
    """Links that offer the opt-out; not those that a layer's prose merely holds where a clear link stands outside."""
    outside = any(link.title_kind in CLEAR and link.placement != "dialog" for link in links)
    return [link for link in links if not (outside and link.placement == "dialog" and link.title_kind == "variant")]


def _judge_title(link: OptOutLink) -> tuple[Outcome | None, str | None]:
    match link.title_kind:
        case "statutory" | "alternative":
            return "passed", None
        case "outdated":
            return "failed", None
        case "variant":
            return ("cantTell", "extra-words") if statements.says("names-sharing", link.text) else ("failed", None)
        case "other-language":
            return "cantTell", "translation"
        case _:
            return None, None


def _by_wording(links: Iterable[OptOutLink]) -> dict[str, list[OptOutLink]]:
    found: dict[str, list[OptOutLink]] = {}
    for link in links:
        found.setdefault(normalised(link.text), []).append(link)
    return found


def _headings(case: Case) -> dict[str, list[Where]]:
    """Headings of layers that speak of not selling but not of sharing, by their wording."""
    found: dict[str, list[Where]] = {}
    for dialog in layers(case.facts, "preferences", "opt-out-page"):
        title = normalised(dialog.title)
        if re.search(r"\b(not|n't) sell\b", title) and not re.search(r"\bshar(e|ing)\b", title):
            found.setdefault(title, []).append(place(dialog.title_where, dialog.title, dialog.surface))
    return found


def normalised(title: str) -> str:
    """A title for comparison: case, spaces, quotes and closing punctuation do not count."""
    return re.sub(r"\s+", " ", title.replace("’", "'")).strip(" .:|/\u00a0").casefold()


@check("opt-out-link-placement", NoParams)
def opt_out_link_placement(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Wants the link in the header, footer or navigation of every page that was looked at."""
    links = [link for link in opt_out_links(case.facts) if link.title_kind in CLEAR]
    if not links:
        return
    lasting = [link for link in links if link.placement in _EVERYWHERE]
    without = _pages_without(case, lasting)
    if lasting and not without:
        yield Observation(outcome="passed", where=(at_link(lasting[0]),), data={"placement": lasting[0].placement})
    elif lasting:
        data = {"pages": ", ".join(without)}
        yield Observation(
            outcome="failed", variant="missing-page", where=unique(map(at_link, lasting)), data=data, key="missing page"
        )
    else:
        yield _without_lasting_place(case, links)


def _pages_without(case: Case, links: Sequence[OptOutLink]) -> list[str]:
    """Pages of the first visit that lack the link; what was opened to read a policy or an opt-out is no sample."""
    first = case.facts.scenario("first-visit")
    pages = first.pages if first else ()
    have = {link.page for link in links}
    opened = {
        _address(link.target.url) for link in links if link.target and link.target.url and link.target.opened == "page"
    }
    if case.facts.policy and case.facts.policy.url:
        opened.add(_address(case.facts.policy.url))
    return [
        page for index, page in enumerate(pages) if index not in have and (index == 0 or _address(page) not in opened)
    ]


def _address(url: str) -> str:
    return url.split("#", 1)[0].rstrip("/")


def _without_lasting_place(case: Case, links: Sequence[OptOutLink]) -> Observation:
    outside = _outside_layers(links, links)
    places = {link.placement for link in outside}
    if outside and places == {"policy"}:
        return _about(links, "failed", "policy-only")
    if places <= {"policy"}:
        return _about(links, *_after_dismissal(case, links))
    variant = "floating" if "floating" in places else "body"
    return _about(outside, "cantTell", variant)


def _outside_layers(links: Iterable[OptOutLink], known: Sequence[OptOutLink]) -> list[OptOutLink]:
    """Links that stand in no layer: neither themselves, nor as a known link of a layer seen at another moment."""
    in_layer = {link.where.selector for link in known if link.placement in _IN_A_LAYER and link.where.selector}
    return [link for link in links if link.placement not in _IN_A_LAYER and link.where.selector not in in_layer]


def _after_dismissal(case: Case, links: Sequence[OptOutLink]) -> tuple[Outcome, str]:
    """What became of a link that stood in the banner alone, once the banner was closed."""
    closed = case.facts.scenario("close")
    if closed is None or closed.status == "failed":
        return "cantTell", "banner-only"
    after = [link for link in case.facts.opt_out_links if link.scenario == "close" and link.visible is not False]
    left = [link for link in _outside_layers(after, links) if link.placement != "policy" and link.title_kind in CLEAR]
    return ("cantTell", "after-closing") if left else ("failed", "gone")


@check("limit-link", NoParams, reads_words=True)
def limit_link(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A limit link, or an alternative link, which stands for both rights."""
    if case.profile.sensitive_pi == "no":
        return
    links = [
        link
        for link in case.facts.opt_out_links
        if link.title_kind in ("limit", "alternative") and link.visible is not False and link.scenario == "first-visit"
    ]
    other = [link for link in case.facts.links if link.kind == "limit" and link.visible is not False]
    if links:
        yield Observation(outcome="passed", where=(at_link(links[0]),), data={"title": links[0].text})
    elif other:
        yield Observation(
            outcome="passed", where=(place(other[0].where, other[0].text),), data={"title": other[0].text}
        )
    else:
        outcome: Outcome = "failed" if case.profile.sensitive_pi == "yes" else "cantTell"
        yield Observation(outcome=outcome, key="no limit link")
