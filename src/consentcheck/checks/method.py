"""The method of opting out: what it covers, how far it reaches, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from consentcheck.checks.forms import opt_out_forms
from consentcheck.checks.layers import (
    SOLD,
    Saying,
    at,
    at_link,
    controls_of,
    layers,
    listed,
    opt_out_links,
    place,
    sayings,
    shown,
    unique,
)
from consentcheck.checks.links import CLEAR
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.knowledge import statements
from consentcheck.model.base import Where
from consentcheck.model.facts import Dialog, LinkTarget
from consentcheck.model.result import Observation
from consentcheck.model.words import Outcome


@check("cookie-tool-alone", NoParams, reads_words=True)
def cookie_tool_alone(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Fails when the opt-out opens a cookie tool that does not speak of sale and sharing, and there is no other method."""
    links = [link for link in opt_out_links(case.facts) if link.title_kind in CLEAR]
    behind = [link.target.form for link in links if link.target and link.target.form]
    tools = [dialog for dialog in layers(case.facts, "preferences") if _is_cookie_tool(dialog)]
    titled = [dialog for dialog in tools if statements.says("opt-out-of-sale", dialog.title)]
    forms = behind or ([] if tools else opt_out_forms(case.facts))
    if forms:
        yield Observation(outcome="passed", where=(forms[0].where,))
    if forms or not tools or not (links or titled):
        return
    opened = bool(titled) or any(link.target and _opens_a_layer(link.target) for link in links)
    shown = titled or tools[:1]
    places = [place(dialog.title_where, dialog.title, dialog.surface) for dialog in shown if dialog.title]
    places = places or [at_link(link) for link in links[:1]]
    yield _judge_tool(case, tools, places, opened)


def _judge_tool(case: Case, tools: Sequence[Dialog], places: Sequence[Where], opened: bool) -> Observation:
    elsewhere = [saying.where for saying in sayings(layers(case.facts), "request-elsewhere")]
    elsewhere = elsewhere or [form.where for form in opt_out_forms(case.facts)]
    if elsewhere:
        where = unique([*places, *elsewhere])
        return Observation(outcome="cantTell", variant="other-page", where=where, key="other page")
    if any(_names(tool, "names-sale") for tool in tools) and any(_names(tool, "names-sharing") for tool in tools):
        return Observation(outcome="cantTell", variant="addresses-both", where=unique(places), key="addresses both")
    if opened and case.facts.kind == "live":
        return Observation(outcome="failed", where=unique(places), key="cookie tool alone")
    return Observation(outcome="cantTell", variant="not-followed", where=unique(places), key="not followed")


def _opens_a_layer(target: LinkTarget) -> bool:
    """Whether following the link showed a layer on the same page."""
    return target.opened == "dialog" or (
        target.opened == "same-page" and any(seen for _seconds, seen in target.persisted)
    )


def _is_cookie_tool(dialog: Dialog) -> bool:
    return bool(dialog.categories) or "cookie" in f"{dialog.title} {dialog.text}".casefold()


def _names(dialog: Dialog, kind: str) -> bool:
    """Whether a layer's words make a statement anywhere: heading, prose, names of categories, controls."""
    words = [dialog.title, *(passage.text for passage in dialog.prose())]
    words += [category.name for category in dialog.categories]
    words += [f"{control.text} {control.label}" for control in controls_of(dialog)]
    return any(statements.says(kind, text) for text in words)


@check("one-request-covers-all", NoParams, reads_words=True)
def one_request_covers_all(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Looks for words that send the consumer elsewhere to opt out of other sales."""
    dialogs = layers(case.facts)
    for variant, kind in ((None, "split-request"), ("alternative", "alternative-request")):
        for saying in sayings(dialogs, kind, whole=True):
            yield Observation(
                outcome="cantTell" if variant else "failed",
                variant=variant,
                where=(saying.where,),
                data={"words": saying.words},
                key=saying.words,
            )
    if sayings(dialogs, "split-request") or sayings(dialogs, "alternative-request"):
        return
    whole = sayings(dialogs, "covers-everything")
    second = sayings(dialogs, "request-elsewhere", whole=True)
    if whole:
        yield Observation(outcome="passed", variant="said", where=tuple(saying.where for saying in whole))
    elif second:
        data = {"words": second[0].words}
        where = unique(saying.where for saying in second)
        yield Observation(outcome="cantTell", variant="second", where=where, data=data, key=second[0].words)
    elif any(_names(dialog, "opt-out-of-sale") for dialog in dialogs if dialog.surface in _OF_CHOICES):
        yield Observation(outcome="passed")


_OF_CHOICES = frozenset({"preferences", "opt-out-page"})


@check("opt-out-covers-sharing", NoParams, reads_words=True)
def opt_out_covers_sharing(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where advertising across sites is admitted or seen, the opt-out has to speak of sharing too."""
    dialogs = layers(case.facts)
    yield from _sharing_left_on(case)
    admitted = [
        *_first_on_each(sayings(dialogs, "shares-for-ads", whole=True)),
        *_first_on_each(sayings(dialogs, "ads-elsewhere", whole=True)),
    ]
    seen = [
        t for t in case.facts.trackers if t.scenario == "first-visit" and t.purpose == "advertising" and t.identifiers
    ]
    if not admitted and not seen:
        return
    proof = [saying.where for saying in admitted] or [seen[0].where]
    sale = _first_on_each(sayings(dialogs, "opt-out-of-sale"))
    titles = [link.text for link in opt_out_links(case.facts)] + [dialog.title for dialog in dialogs]
    in_titles = any(statements.says("names-sharing", title) for title in titles)
    outdated = [link for link in opt_out_links(case.facts) if link.title_kind == "outdated"]
    if sayings(dialogs, "opt-out-of-sharing") or _controls_name_sharing(dialogs) or (in_titles and not sale):
        yield Observation(outcome="passed")
    elif sale or outdated:
        words = [saying.where for saying in sale] or [at_link(link) for link in outdated]
        outcome: Outcome = "cantTell" if in_titles else "failed"
        variant = "title-only" if in_titles else None
        where = _one_a_passage([*proof, *words])
        data = {"admission": admitted[0].words if admitted else f"requests to {seen[0].host}"}
        yield Observation(outcome=outcome, variant=variant, where=where, data=data, key="sale only")


def _sharing_left_on(case: Case) -> Iterator[Observation]:
    """After the opt-out, a GPP string that opts out of sale and says that sharing goes on."""
    for signal in case.facts.signals:
        fields = signal.fields
        if signal.scenario == "opt-out" and fields.get("SaleOptOut") == 1 and fields.get("SharingOptOut") == 2:
            yield Observation(
                outcome="failed", variant="state", where=(signal.where,), data={"signal": signal.raw}, key="gpp"
            )
            return


def _controls_name_sharing(dialogs: Iterable[Dialog]) -> bool:
    names = [category.name for dialog in dialogs for category in dialog.categories]
    toggles = [f"{c.text} {c.label}" for dialog in dialogs for c in controls_of(dialog) if c.purpose == "toggle"]
    return any(statements.says("names-sharing", text) for text in (*names, *toggles))


def _first_on_each(found: Iterable[Saying]) -> list[Saying]:
    """The first statement on each surface: enough to show, without a list of repetitions."""
    first: dict[str | None, Saying] = {}
    for saying in found:
        first.setdefault(saying.where.surface, saying)
    return list(first.values())


def _one_a_passage(places: Iterable[Where]) -> tuple[Where, ...]:
    """Places, the first of each passage."""
    first: dict[object, Where] = {}
    for where in places:
        first.setdefault((where.surface, where.line, where.selector) if where.line or where.selector else where, where)
    return tuple(first.values())


@check("opt-out-reaches-account", NoParams, reads_words=True)
def opt_out_reaches_account(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A choice said to hold on this browser alone, on a site that knows its users; or seen to, when logged in."""
    logged_in = case.facts.choice("logged-in")
    if logged_in and logged_in.completed and logged_in.shown_off_on_reopen is False:
        yield Observation(outcome="failed", where=(logged_in.where,), key="logged in")
        return
    told = _limits_for_the_known(case)
    if told:
        words = listed(saying.words for saying in told)
        where = unique(saying.where for saying in told)
        yield Observation(outcome="failed", variant="told", where=where, data={"words": words}, key=words)
        return
    if case.accounts == "no":
        return
    dialogs = layers(case.facts)
    limits = sayings(dialogs, "scope-limit")
    wide = sayings(dialogs, "account-wide")
    if limits and not wide:
        where = unique([*(saying.where for saying in limits), *case.facts.accounts])
        variant = "limited" if case.accounts == "yes" else "accounts-unknown"
        data = {"words": listed(saying.words for saying in limits)}
        yield Observation(outcome="cantTell", variant=variant, where=where, data=data, key=data["words"])
    elif wide:
        yield Observation(outcome="passed", where=(wide[0].where,), data={"words": wide[0].words})


def _limits_for_the_known(case: Case) -> tuple[Saying, ...]:
    """Limits told to a visitor who was logged in when the dialog was shown."""
    shown = [dialog for dialog in case.facts.dialogs if dialog.scenario == "logged-in" and dialog.visible is not False]
    return () if sayings(shown, "account-wide") else sayings(shown, "scope-limit")


@check("own-opt-out-method", NoParams, reads_words=True)
def own_opt_out_method(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The business has an opt-out of its own wherever it points to an industry tool, browser settings, a phone or a mailbox."""
    pointed, named = list(_links_that_point_away(case)), list(_named_for_choice(case))
    anywhere = [place for kind in _AWAY for place in sayings(layers(case.facts), kind)]
    if _has_own_method(case):
        if pointed or anywhere:
            where = pointed[0] if pointed else anywhere[0].where
            yield Observation(outcome="passed", where=(where,))
        return
    if pointed:
        yield Observation(outcome="failed", where=unique(pointed), data=_data(pointed), key="points away")
    elif named:
        followed = all(link.target for link in opt_out_links(case.facts) if link.title_kind in CLEAR)
        yield Observation(
            outcome="failed" if followed and case.facts.kind != "text" else "cantTell",
            variant=None if followed and case.facts.kind != "text" else "not-followed",
            where=unique(named),
            data=_data(named),
            key="points away",
        )


_AWAY = ("industry-tool", "browser-settings", "contact-to-opt-out")


def _data(places: Iterable[Where]) -> dict[str, str]:
    return {"words": listed(where.quote or "" for where in places)}


def _links_that_point_away(case: Case) -> Iterator[Where]:
    for link in opt_out_links(case.facts):
        target = link.target
        away = target and (target.third_party_tool or target.opened in ("mail", "phone"))
        if away or statements.says("industry-tool", link.href or ""):
            yield at_link(link)


def _named_for_choice(case: Case) -> Iterator[Where]:
    """Tools named anywhere but in the description of necessary cookies, where they are no opt-out."""
    for dialog in layers(case.facts):
        yield from (
            at(c, dialog) for c in dialog.controls if shown(c) and statements.says("industry-tool", c.href or "")
        )
        optional = [c for c in dialog.categories if not c.always_active and c.kind != "necessary"]
        for passage in (*dialog.passages, *(p for category in optional for p in category.prose())):
            for kind in _AWAY:
                said = statements.find(kind, passage.text)
                if said:
                    yield place(passage.where, said.words, dialog.surface)


def _has_own_method(case: Case) -> bool:
    dialogs = layers(case.facts)
    toggles = any(
        category.toggle != "none" and set(category.all_kinds()) & SOLD
        for dialog in dialogs
        for category in dialog.categories
    )
    declines = any(c.purpose in ("decline-all", "opt-out") and c.role != "link" for d in dialogs for c in d.controls)
    targets = [link.target for link in opt_out_links(case.facts) if link.target]
    controls = any(target.sale_control and not target.third_party_tool for target in targets)
    return (
        toggles
        or declines
        or controls
        or bool(opt_out_forms(case.facts))
        or bool(sayings(dialogs, "request-elsewhere"))
    )
