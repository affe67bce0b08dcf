"""What consent dialogs disclose and offer: layers, controls, categories."""

from __future__ import annotations

from typing import Literal

from consentcheck.model.base import Model, Where
from consentcheck.model.words import Kind, Purpose, Scenario, Surface, Toggle


class Look(Model):
    """How a control was rendered; None where rendering was not captured."""

    box: tuple[float, float, float, float] | None = None
    font_size: float | None = None
    font_weight: float | None = None
    color: str | None = None
    background: str | None = None
    opacity: float | None = None
    covered: bool | None = None
    fixed: bool = False


class Passage(Model):
    """A block of prose on a surface."""

    text: str
    where: Where = Where()
    role: Literal["heading", "paragraph", "item", "label"] = "paragraph"


class Control(Model):
    """A thing a person can act on."""

    text: str = ""
    """Its accessible name, or its words."""
    role: str = "button"
    purpose: Purpose = "other"
    visible: bool | None = None
    """None: not known (saved pages without a stylesheet, plain text)."""
    state: Literal["on", "off", "unknown", "none"] = "none"
    """For toggles; ``none`` for what has no state."""
    enabled: bool = True
    href: str | None = None
    label: str = ""
    """Words beside a toggle that say what its positions mean."""
    category: str | None = None
    """Name of the category it stands in."""
    focusable: bool | None = None
    look: Look | None = None
    node: str | None = None
    """Key of its element in the snapshot it was read from, ``<frame>/<data-cc>``: what a driver clicks."""
    where: Where = Where()


class DeclaredCookie(Model):
    """A row of a cookie table."""

    name: str
    host: str | None = None
    duration: str | None = None
    """As written."""
    lifetime_days: float | None = None
    """0 for a session cookie; None where the words could not be read."""
    description: str = ""
    party: Literal["first", "third"] | None = None
    wildcard: bool = False
    where: Where = Where()


class Category(Model):
    """A cookie category as disclosed on one surface."""

    name: str
    kind: Kind = "other"
    kinds: tuple[Kind, ...] = ()
    """All kinds that the name of a bundle covers; just ``kind`` for a plain category."""
    description: str = ""
    passages: tuple[Passage, ...] = ()
    """The description's paragraphs with their places; empty in examples that give ``description`` alone."""
    always_active: bool = False
    toggle: Toggle = "none"
    """``unknown``: there is one, or may be (plain text); ``none``: looked for and absent."""
    toggle_enabled: bool | None = None
    controls: tuple[Control, ...] = ()
    cookies: tuple[DeclaredCookie, ...] = ()
    parent: str | None = None
    """Name of the bundle or category that this one stands under."""
    source: Literal["document", "text", "configuration"] = "document"
    stopped_by_gpc: bool | None = None
    """For ``configuration``: whether the consent manager is told to switch it off on the browser's signal."""
    where: Where = Where()

    def prose(self) -> tuple[Passage, ...]:
        """The description's passages, made of ``description`` when it stands alone."""
        if self.passages or not self.description:
            return self.passages
        return (Passage(text=self.description, where=self.where),)

    def all_kinds(self) -> tuple[Kind, ...]:
        """``kinds``, or ``kind`` alone."""
        return self.kinds or (self.kind,)


class Dialog(Model):
    """One layer of consent words and controls: a banner, preferences, a cookie list, an opt-out page."""

    surface: Surface
    scenario: Scenario = "first-visit"
    title: str = ""
    title_where: Where = Where()
    passages: tuple[Passage, ...] = ()
    """Prose outside the categories, in reading order."""
    controls: tuple[Control, ...] = ()
    """Controls outside the categories' own toggles, in reading order."""
    categories: tuple[Category, ...] = ()
    visible: bool | None = None
    blocks_page: bool | None = None
    """Whether it covers the page or locks scrolling; None where rendering was not captured."""
    language: str = "en"
    """ISO 639-1 code of its words."""
    snapshot: str | None = None
    look: Look | None = None
    where: Where = Where()

    @property
    def text(self) -> str:
        """The dialog's own prose, one passage a line."""
        return "\n".join(passage.text for passage in self.passages)

    def prose(self) -> tuple[Passage, ...]:
        """All prose of the layer: its own, then each category's."""
        return self.passages + tuple(p for category in self.categories for p in category.prose())


class Cmp(Model):
    """The consent manager in use."""

    name: str
    confidence: Literal["high", "medium", "low"] = "medium"


class CategoryDisagreement(Model):
    """A consent manager's configuration and its rendered dialog say different things."""

    category: str
    field: Literal["name", "description", "always_active", "cookies", "missing"]
    document: str = ""
    configuration: str = ""
    where: Where = Where()
