"""Forms that take an opt-out request: what they ask for, what they demand, and for which rights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from consentcheck.model.evidence import Evidence, Snapshot, Visit
from consentcheck.model.facts import Field, Form
from consentcheck.reading.document import Page, parse
from consentcheck.reading.optout_words import word_set, words_of
from consentcheck.reading.tree import Node, tidy

AsksFor = Literal[
    "name", "email", "phone", "address", "state", "identity-document", "one-time-code", "birth-date",
    "account", "captcha", "request-type", "free-text", "vehicle", "other",
]  # fmt: skip
FormPurpose = Literal["opt-out", "delete", "know", "correct", "limit"]

_MOST_FIELDS = 120
_MOST_TEXT = 4000
_NO_FIELD = frozenset({"hidden", "submit", "button", "reset", "image", "search"})
_ASTERISKS = ("*", "＊", "∗")

_ASKS: tuple[tuple[AsksFor, frozenset[str]], ...] = (
    ("captcha", word_set("captcha recaptcha hcaptcha turnstile robot")),
    ("one-time-code", word_set("otp passcode onetimecode")),
    ("identity-document", word_set("passport license licence government photo identification selfie ssn")),
    ("vehicle", word_set("vin vehicle")),
    ("email", word_set("email mail correo emailaddress")),
    ("phone", word_set("phone telephone mobile tel cell phonenumber")),
    ("birth-date", word_set("birth dob birthday birthdate age")),
    ("account", word_set("account username login password member membership subscriber loyalty customer")),
    ("state", word_set("state province residency residence country region")),
    ("address", word_set("address street zip zipcode postal postcode city town")),
    ("name", word_set("name firstname lastname fullname surname nombre")),
)
"""First match wins: "email address" is an e-mail, "account name" an account, "state of residence" a state."""
_PURPOSE_SIGNS: dict[FormPurpose, str] = {
    "opt-out": r"opt[ -]{0,2}out|do not (?:sell|share)|don['’]t sell|stop (?:selling|sharing)|targeted advertising"
    r"|privacy choices",
    "delete": r"\bdelet(?:e|ion)\b|\beras(?:e|ure)\b|right to be forgotten",
    "know": r"\bright to know\b|\baccess\b[^.]{0,30}\b(?:data|information)\b|\bcopy of\b|request to know|data access",
    "correct": r"\bcorrect(?:ion)?\b[^.]{0,40}\b(?:data|information|inaccura)|\brectif|right to correct|^correct\b",
    "limit": r"\blimit\b[^.]{0,30}\b(?:use|sensitive)",
}
_PURPOSES = {purpose: re.compile(signs, re.IGNORECASE) for purpose, signs in _PURPOSE_SIGNS.items()}
_ABOUT_RIGHTS = word_set("ccpa cpra california sale sell sold")
_ABOUT_OTHER_THINGS = word_set("newsletter subscribe comment comments cart coupon search")
_ACCOUNT_WALL = re.compile(
    r"(?:must|need to|have to|please|required to) (?:first )?(?:log|sign) ?-?in"
    r"|(?:log|sign) ?-?in to (?:submit|continue|make|opt)"
    r"|create an account to|only (?:available )?(?:for|to) (?:registered|logged)",
    re.IGNORECASE,
)


def read_forms(evidence: Evidence) -> tuple[Form, ...]:
    """Opt-out request forms of every page seen, each once; one that was sent, with what was answered."""
    found: dict[tuple[object, ...], Form] = {}
    for visit in evidence.visits:
        if visit.round or visit.failed:
            continue
        sent_from, answer = _sent(visit)
        for snapshot in visit.snapshots:
            for form in forms_of(snapshot):
                key = (form.purposes, tuple(field.label for field in form.fields), form.where.selector)
                if snapshot is sent_from and "opt-out" in form.purposes:
                    found[key] = _in_scenario(form, visit.scenario).model_copy(
                        update={"submitted": True, "answer": answer}
                    )
                found.setdefault(key, _in_scenario(form, visit.scenario))
    return tuple(found.values())


def _sent(visit: Visit) -> tuple[Snapshot | None, str]:
    """The snapshot whose form was sent, and what the page said afterwards."""
    at = next((n for n, step in enumerate(visit.steps) if step.action == "submit" and step.ok), None)
    if at is None:
        return None, ""
    before = [s for s in visit.snapshots if s.moment == "opened" and (s.after_step is None or s.after_step < at)]
    after = next((s for s in visit.snapshots if s.after_step is not None and s.after_step >= at), None)
    return before[-1] if before else None, _words(after)[:_MOST_TEXT] if after else ""


def _words(snapshot: Snapshot) -> str:
    """What the main part of a page says."""
    for document in snapshot.documents:
        if document.frame == "main":
            page = parse(document)
            main = page.css("main, [role=main]")[:1] or page.css("body")[:1]
            return page.text(main[0], shown=True) if main else ""
    return ""


def _in_scenario(form: Form, scenario: str) -> Form:
    return form.model_copy(update={"where": form.where.model_copy(update={"scenario": scenario})})


def forms_of(snapshot: Snapshot) -> Iterator[Form]:
    """The request forms of one snapshot, those in its frames too."""
    for document in snapshot.documents:
        page = parse(document)
        for top in page.css("form, [role=form]")[:40]:
            if (form := _form(page, top, snapshot)) is not None:
                yield form


def _form(page: Page, top: Node, snapshot: Snapshot) -> Form | None:
    fields = tuple(_fields(page, top))
    if not fields or page.visible(top) is False:
        return None
    text = page.text(top)[:_MOST_TEXT]
    around = f"{_heading_before(page, top)} {text}"
    options = [option.text()[:200] for option in page.css("option, label", top)[:80]]
    asked = {
        purpose
        for purpose, pattern in _PURPOSES.items()
        if pattern.search(around) or any(pattern.search(option) for option in options)
    }
    # A newsletter's or a shop's form speaks of none of these rights, or of opting out of its own mail.
    if not asked or _is_another_form(fields, around, snapshot):
        return None
    return Form(
        fields=fields,
        purposes=tuple(purpose for purpose in _PURPOSES if purpose in asked),
        needs_account=bool(_ACCOUNT_WALL.search(around)) or any(field.type == "password" for field in fields),
        text=_text_around(page, top) or text,
        where=page.where(top, around.strip()[:200], "opt-out-page" if snapshot.opened == "opt-out-page" else "page"),
    )


def _text_around(page: Page, top: Node) -> str:
    """All words of the part of the page that is there for this form; nothing where the part holds more than that."""
    at = top.parent
    for _ in range(_LEVELS_AROUND):
        if at is None or at.tag in {"body", "html"}:
            return ""
        if at.tag in _PARTS or page.attribute(at, "role") in {"main", "dialog"}:
            text = page.text(at)
            return text if len(text) <= _MOST_TEXT and len(page.css("form, [role=form]", at)[:2]) == 1 else ""
        at = at.parent
    return ""


_LEVELS_AROUND = 8
_PARTS = frozenset({"main", "section", "article", "dialog"})


def _is_another_form(fields: Sequence[Field], around: str, snapshot: Snapshot) -> bool:
    words = frozenset(words_of(around))
    if snapshot.opened == "opt-out-page" or words & _ABOUT_RIGHTS or {"personal", "information"} <= words:
        return False
    return bool(words & _ABOUT_OTHER_THINGS) or len(fields) < 2


def _heading_before(page: Page, top: Node) -> str:
    """The page's title and the heading that a form stands under."""
    titles = [title.text() for title in page.css("title, h1")[:2]]
    inner = [page.text(heading) for heading in page.css("h1, h2, h3, legend", top)[:3]]
    return tidy(" ".join(titles + inner))[:600]


def _fields(page: Page, top: Node) -> Iterator[Field]:
    radios: set[str] = set()
    for node in page.css("input, select, textarea, [class*=recaptcha], [class*=hcaptcha], [class*=turnstile]", top)[
        :_MOST_FIELDS
    ]:
        kind = _type(page, node)
        if kind in _NO_FIELD or (page.visible(node) is False and kind != "captcha"):
            continue
        if kind == "radio":
            name = page.attribute(node, "name")
            if name in radios:
                continue
            radios.add(name)
        label = _label(page, node)
        yield Field(
            label=label.strip("*＊∗: "),
            type=kind,
            required=_required(page, node, label),
            asks_for=_asks_for(page, node, kind, label),
        )


def _type(page: Page, node: Node) -> str:
    if node.tag == "input":
        return page.attribute(node, "type").strip().lower() or "text"
    return node.tag if node.tag in {"select", "textarea"} else "captcha"


def _label(page: Page, node: Node) -> str:
    """A field's words: its label, else what stands in it or before it; a group of radios is called by its legend."""
    if page.attribute(node, "type").lower() == "radio":
        group = page.closest(node, frozenset({"fieldset"}), 8)
        legend = page.css("legend", group)[:1] if group is not None else []
        if legend:
            return page.text(legend[0])
    words = page.label(node) or page.attribute(node, "aria-label") or page.attribute(node, "placeholder")
    return tidy(words or page.attribute(node, "title") or page.attribute(node, "name"))[:300]


def _required(page: Page, node: Node, label: str) -> bool:
    if page.has(node, "required") or page.attribute(node, "aria-required") == "true":
        return True
    if "required" in page.classes(node):
        return True
    return any(mark in label for mark in _ASTERISKS) or label.lower().endswith("(required)")


def _asks_for(page: Page, node: Node, kind: str, label: str) -> AsksFor:
    if kind in {"captcha", "file", "email", "tel"}:
        fixed: dict[str, AsksFor] = {
            "captcha": "captcha",
            "file": "identity-document",
            "email": "email",
            "tel": "phone",
        }
        return fixed[kind]
    own = f"{label} {page.attribute(node, 'name')} {page.attribute(node, 'autocomplete')}".replace("_", " ")
    if kind in {"select", "radio", "checkbox"} and _offers_requests(page, node, own):
        return "request-type"
    words = frozenset(words_of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", own)))
    if {"verification", "code"} <= words or {"one", "time"} <= words or {"security", "code"} <= words:
        return "one-time-code"
    found = next((asks for asks, signs in _ASKS if words & signs), None)
    return found or ("free-text" if kind == "textarea" else "other")


def _offers_requests(page: Page, node: Node, own: str) -> bool:
    options = " ".join(option.text()[:120] for option in page.css("option", node)[:40])
    words = frozenset(words_of(own))
    named = "request" in words and bool(words & {"type", "kind", "right"})
    return named or any(pattern.search(f"{own} {options}") for pattern in _PURPOSES.values())
