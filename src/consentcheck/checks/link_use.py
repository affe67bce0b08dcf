"""The opt-out link in use: how it looks, where it leads, what the alternative link needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consentcheck.checks.layers import at_link, controls_of, layers, listed, opt_out_links, unique
from consentcheck.checks.links import CLEAR, normalised
from consentcheck.checks.looks import contrast, median_of
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.model.facts import LinkTarget, Look, OptOutLink
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome

Judged = tuple[Outcome, str | None]
_DEAD: Judged = ("failed", "dead")
_OF_SALE = ("names-sale", "names-sharing")
"""Statements by which a layer speaks of what the opt-out is about."""


class ConspicuousParams(Params):
    """How far the link may fall behind its neighbours."""

    font_ratio: float = 0.85
    contrast: float = 4.5
    contrast_gap: float = 2.0
    opacity: float = 0.6
    smallest: float = 2.0
    """Pixels: a box no wider or higher than this is not to be seen."""


@check("link-conspicuous", ConspicuousParams)
def link_conspicuous(case: Case, params: ConspicuousParams) -> Iterator[Observation]:
    """Compares each clear link with the links beside it: small among small links is no fault."""
    links = [link for link in case.facts.opt_out_links if link.title_kind in CLEAR and link.scenario == "first-visit"]
    for link in links:
        if link.look is None:
            continue
        outcome, variant, data = _look_of(link, link.look, params)
        data["title"] = link.text
        yield Observation(
            outcome=outcome, variant=variant, where=(at_link(link),), data=data, key=f"{link.text} {variant or ''}"
        )


def _look_of(link: OptOutLink, look: Look, params: ConspicuousParams) -> tuple[Outcome, str | None, dict[str, str]]:
    size = median_of(n.font_size for n in link.neighbours)
    own = contrast(look.color, look.background)
    theirs = median_of(contrast(n.color, n.background) for n in link.neighbours)
    if look.box and (
        min(look.box[2:]) <= params.smallest or look.box[0] + look.box[2] <= 0 or look.box[1] + look.box[3] <= 0
    ):
        return "failed", "out-of-sight", {}
    if look.opacity is not None and look.opacity < params.opacity:
        return "failed", "faint", {"opacity": f"{look.opacity:g}"}
    if look.font_size and size and look.font_size < params.font_ratio * size:
        return "failed", "small", {"size": f"{look.font_size:g}", "neighbours": f"{size:g}"}
    if own is None:
        return "cantTell", "background", {}
    if own < params.contrast and theirs is not None and theirs - own > params.contrast_gap:
        return "failed", "contrast", {"contrast": f"{own:.1f}", "neighbours": f"{theirs:.1f}"}
    if own < params.contrast and theirs is None:
        return "cantTell", "alone", {"contrast": f"{own:.1f}"}
    return "passed", None, {}


@check("link-target-works", NoParams)
def link_target_works(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Follows each link once: it opens a control or a form for the opt-out, without a search."""
    links = opt_out_links(case.facts)
    followed: dict[str, tuple[OptOutLink, LinkTarget]] = {}
    for link in links:
        if link.target:
            followed.setdefault(normalised(link.text), (link, link.target))
    opened_later = {
        normalised(link.text): link.target
        for link in case.facts.opt_out_links
        if link.scenario != "first-visit" and link.target and link.target.opened == "dialog"
    }
    for text, (link, first) in followed.items():
        # While the dialog that it opens stands open, a link has nothing to do.
        target = opened_later.get(text, first) if _judge_target(first) == _DEAD else first
        judged = _judge_target(target)
        if judged is None:
            continue
        if judged == _DEAD and any(layer.blocks_page for layer in layers(case.facts)):
            judged = ("cantTell", "covered")
        if judged in (_DEAD, ("failed", "search")) and _took_effect(case):
            judged = ("passed", None)
        status = f" (HTTP {target.http_status})" if target.http_status else ""
        data = {"title": link.text, "url": target.url or "", "status": status}
        where = unique([at_link(link), *([target.where] if target.where.screenshot or target.where.selector else [])])
        yield Observation(outcome=judged[0], variant=judged[1], where=where, data=data, key=link.text)
    if links and not followed:
        where = unique(map(at_link, links))
        data = {"title": links[0].text}
        yield Observation(outcome="cantTell", variant="not-followed", where=where, data=data, key="not followed")


def _took_effect(case: Case) -> bool:
    """Whether a press on the first visit was answered with words that the opt-out was made: a link may act at once."""
    return any(
        s.scenario == "first-visit" and s.kind == "honoured" and s.visible and s.after_click
        for s in case.facts.statuses
    )


def _judge_target(target: LinkTarget) -> Judged | None:
    """None for what other rules judge: mailboxes, phones and industry tools."""
    if target.third_party_tool or target.opened in ("mail", "phone"):
        return None
    if target.bot_wall:
        return "cantTell", "bot-wall"
    if target.opened == "error" or (target.http_status or 0) >= 400:
        return "failed", "broken"
    if target.opened == "file":
        return "failed", "file"
    if target.opened in ("nothing", "same-page"):
        appeared = any(seen for _seconds, seen in target.persisted)
        return ("cantTell", "unsure") if appeared else _DEAD
    offers = target.sale_control if target.form is None else True
    if offers is False and target.opened in ("page", "dialog"):
        return "failed", "search"
    if target.off_domain:
        return "cantTell", "off-domain"
    return ("passed", None) if offers else ("cantTell", "unsure")


class IconParams(Params):
    """``smallest``: the icon's height against the page's other icons."""

    smallest: float = 0.75


@check("alternative-link-icon", IconParams)
def alternative_link_icon(case: Case, params: IconParams) -> Iterator[Observation]:
    """Title and icon of the alternative link go together; beside the full statutory link both are optional."""
    links = opt_out_links(case.facts)
    if any(link.title_kind == "statutory" for link in links):
        return
    for link in links:
        judged = _judge_icon(link, params)
        if judged:
            yield Observation(
                outcome=judged[0], variant=judged[1], where=(at_link(link),), data={"title": link.text}, key=link.text
            )


def _judge_icon(link: OptOutLink, params: IconParams) -> Judged | None:
    if link.title_kind != "alternative":
        return ("failed", "no-title") if link.icon == "official" else None
    if link.icon == "none":
        return "failed", "no-icon"
    if link.icon != "official":
        return "cantTell", link.icon
    if link.icon_ratio is not None and link.icon_ratio < params.smallest:
        return "failed", "small-icon"
    return "passed", None


@check("alternative-link-covers-both", NoParams)
def alternative_link_covers_both(case: Case, _params: NoParams) -> Iterator[Observation]:
    """What the alternative link opens serves the opt-out and, where it applies, the limit."""
    for link in opt_out_links(case.facts):
        offers = None if link.target is None else _offers_sale_choice(link.target)
        if link.title_kind != "alternative" or link.target is None or offers is None:
            continue
        limit_needed = case.profile.sensitive_pi != "no"
        judged: Judged = ("passed", None)
        if not offers:
            judged = ("failed", None)
        elif limit_needed and not link.target.limit_control:
            judged = ("cantTell", "no-limit")
        data = {"title": link.text}
        yield Observation(outcome=judged[0], variant=judged[1], where=(at_link(link),), data=data, key=link.text)


def _offers_sale_choice(target: LinkTarget) -> bool | None:
    """Whether what a link opens has a choice about sale or sharing; None when that is not known.

    A button that declines everything is one only where the words about it speak of sale or sharing.
    """
    declines = any(control.purpose == "decline-all" and control.visible is not False for control in target.controls)
    if target.sale_control is not None or not declines:
        return target.sale_control
    words = (target.title, target.text, *(f"{control.text} {control.label}" for control in target.controls))
    return None if any(statements.says(kind, text) for kind in _OF_SALE for text in words) else False


@check("opt-out-label-says-sale", NoParams, reads_words=True)
def opt_out_label_says_sale(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where the only way to the opt-out has a vague name, the layer it opens has to speak of sale or sharing."""
    links = opt_out_links(case.facts)
    vague = [link for link in links if link.title_kind == "near-synonym"]
    if not vague or any(link.title_kind in CLEAR or link.title_kind == "other-language" for link in links):
        return
    where = unique(map(at_link, vague))
    data = {"title": listed(link.text for link in vague)}
    if any(statements.says("sale-or-sharing-words", text) for text in _labels(case, vague)):
        yield Observation(outcome="passed", where=where, data=data)
    else:
        yield Observation(outcome="failed", where=where, data=data, key=data["title"])


def _labels(case: Case, links: Sequence[OptOutLink]) -> Iterator[str]:
    """Words around the choices that the link may open."""
    for dialog in layers(case.facts, "preferences", "opt-out-page"):
        yield dialog.title
        yield from (category.name for category in dialog.categories)
        yield from (f"{control.text} {control.label}" for control in controls_of(dialog))
        yield from (passage.text for passage in dialog.prose())
    for link in links:
        if link.target:
            yield from (link.target.title, link.target.text)
            yield from (f"{control.text} {control.label}" for control in link.target.controls)
