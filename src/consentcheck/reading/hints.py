"""What hints that an element is about consent: its id or class, its title, its switches; and that it is a form instead."""

from __future__ import annotations

from consentcheck.knowledge.phrases import kinds_of, phrases, plain, speaks_of_consent
from consentcheck.reading.document import Page
from consentcheck.reading.items import Item
from consentcheck.reading.tree import Node

_MAKERS = (
    "cookie", "consent", "gdpr", "ccpa", "onetrust", "optanon", "privacy", "truste", "didomi", "usercentrics", "osano", "borlabs",
    "iubenda", "termly", "cmplz", "cky-", "cmp2", "klaro", "orejime", "ketch", "transcend", "evidon", "axeptio", "tarteaucitron",
)  # fmt: skip
"""What the id or class of a consent dialog says."""
_FIELDS = "textarea, input[type=text], input[type=email], input[type=tel], input[type=password], input:not([type])"
_TITLE_WORDS = frozenset({"cookie", "cookies", "consent"})
_CHOICE_WORDS = frozenset({"preferences", "settings", "choices", "options"})


def asks_for_words(node: Node) -> bool:
    """Whether something is to be written, as in a form; a list of vendors may be searched."""
    return any(
        "search" not in f"{field.id} {field.attributes.get('placeholder')}".lower() for field in node.css(_FIELDS)
    )


def is_hinted(page: Page, node: Node, row: list[Item], told: str) -> bool:
    """Whether an element that asks for something says somewhere that it is about consent."""
    asking = any(word in told for word in phrases().asking)
    return asking or _is_named(page, node) or _is_titled(page, node) or any(map(_is_entitled, row))


def _is_entitled(item: Item) -> bool:
    """Whether a heading, a title or a switch's name speaks of cookies or consent in a few words."""
    if len(item.text) > 80 or item.kind == "control":
        return False
    words = set(plain(item.text)[:9])
    titled = item.kind == "toggle" or item.role == "heading" or (len(words) < 5 and bool(words & _CHOICE_WORDS))
    return titled and bool(words & _TITLE_WORDS)


def is_named_choice(text: str) -> bool:
    """Whether a switch is one of consent by its own words: a category's name, or a sentence on selling or sharing."""
    return bool(kinds_of(text)) if len(plain(text)) <= 6 else speaks_of_consent(text) or "sale" in kinds_of(text)


def _is_named(page: Page, node: Node) -> bool:
    own = f"{page.attribute(node, 'id')} {page.attribute(node, 'class')}".lower()
    return any(word in own for word in _MAKERS)


def _is_titled(page: Page, node: Node) -> bool:
    """Whether a dialog is called by words about cookies or consent."""
    label = page.by_id(page.attribute(node, "aria-labelledby"))
    title = f"{page.attribute(node, 'aria-label')} {page.text(label) if label is not None else ''}".lower()
    return any(word in title for word in ("cookie", "consent", "privacy"))
