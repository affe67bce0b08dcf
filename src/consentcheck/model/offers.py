"""What pages offer beside dialogs: opt-out links and what they lead to, forms, policies and notices."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from consentcheck.model.base import Model, Where
from consentcheck.model.dialogs import Control, Look, Passage
from consentcheck.model.words import Placement, Scenario, TitleKind


class OptOutLink(Model):
    """A link or button that offers the opt-out, or might."""

    text: str
    href: str | None = None
    title_kind: TitleKind = "variant"
    placement: Placement = "unknown"
    scenario: Scenario = "first-visit"
    page: int = 0
    """Index of the page it stands on."""
    visible: bool | None = None
    icon: Literal["official", "unidentified", "none", "unknown"] = "unknown"
    """Whether the opt-out icon stands beside it."""
    icon_ratio: float | None = None
    """Icon height over the median height of the page's other icons beside text."""
    look: Look | None = None
    neighbours: tuple[Look, ...] = ()
    """Looks of the links beside it."""
    target: LinkTarget | None = None
    node: str | None = None
    """As ``Control.node``."""
    where: Where = Where()


class LinkTarget(Model):
    """What following an opt-out link led to."""

    opened: Literal["dialog", "page", "file", "nothing", "error", "same-page", "mail", "phone", "unknown"] = "unknown"
    url: str | None = None
    http_status: int | None = None
    title: str = ""
    text: str = ""
    controls: tuple[Control, ...] = ()
    sale_control: bool | None = None
    """Whether a control or form for sale or sharing was there without searching."""
    limit_control: bool | None = None
    off_domain: bool = False
    third_party_tool: bool = False
    """An industry tool (NAI, DAA) instead of the business's own method."""
    bot_wall: bool = False
    login: bool = False
    """A page that asks for a password, and offers no choice beside it."""
    persisted: tuple[tuple[float, bool], ...] = ()
    """(seconds after the click, visible and clickable)."""
    form: Form | None = None
    where: Where = Where()


class Field(Model):
    """One input of an opt-out form."""

    label: str
    type: str = "text"
    required: bool = False
    asks_for: Literal[
        "name", "email", "phone", "address", "state", "identity-document", "one-time-code", "birth-date",
        "account", "captcha", "request-type", "free-text", "vehicle", "other",
    ] = "other"  # fmt: skip


class Form(Model):
    """A form that takes an opt-out request; read, and submitted only when the user allowed it."""

    fields: tuple[Field, ...] = ()
    purposes: tuple[Literal["opt-out", "delete", "know", "correct", "limit"], ...] = ()
    needs_account: bool = False
    text: str = ""
    submitted: bool = False
    answer: str = ""
    """What the page said after it was submitted."""
    where: Where = Where()

    @property
    def asks_for_data(self) -> bool:
        """Whether something has to be told, as far as is known; boxes and radio buttons alone are a choice."""
        return not self.fields or any(field.type not in ("checkbox", "radio") for field in self.fields)


class Policy(Model):
    """A privacy policy, as read."""

    url: str | None = None
    passages: tuple[Passage, ...] = ()
    dates: tuple[PolicyDate, ...] = ()
    contact: tuple[Where, ...] = ()
    where: Where = Where()


class PolicyDate(Model):
    """A date that the policy gives for itself."""

    date: dt.date
    kind: Literal["updated", "effective", "reviewed"]
    where: Where = Where()


class Link(Model):
    """A link to a policy or notice."""

    text: str
    href: str | None = None
    kind: Literal["privacy-policy", "cookie-policy", "notice-at-collection", "california-rights", "limit", "account"]
    placement: Placement = "unknown"
    visible: bool | None = None
    anchor: bool = False
    """Whether it leads to a section of a page."""
    node: str | None = None
    """As ``Control.node``."""
    where: Where = Where()


class WellKnownGpc(Model):
    """``/.well-known/gpc.json``. ``status``: HTTP status, None when it could not be fetched."""

    status: int | None = None
    valid: bool | None = None
    is_page: bool = False
    """Whether a page came in its place, as from a site that answers every address with one."""
    gpc: bool | None = None
    where: Where = Where()


OptOutLink.model_rebuild()
LinkTarget.model_rebuild()
Policy.model_rebuild()
