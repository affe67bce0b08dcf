"""What the evidence means. Pure functions in ``reading/`` make these; checks see nothing else.

Every field has a default, so that a rule's example states only the facts that matter to it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from consentcheck.model.base import Model, Where
from consentcheck.model.evidence import Problem
from consentcheck.model.words import (
    Evidence,
    Kind,
    Placement,
    Purpose,
    Scenario,
    SignalName,
    Surface,
    TargetKind,
    TitleKind,
    Toggle,
)


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

    opened: Literal["dialog", "page", "nothing", "error", "same-page", "mail", "phone", "unknown"] = "unknown"
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


class Tracker(Model):
    """A third-party request (or a first-party one that stands in for it) under one scenario."""

    scenario: Scenario = "first-visit"
    host: str
    owner: str | None = None
    purpose: Literal[
        "advertising", "analytics", "social", "customer-success", "tag-manager", "content", "cdn", "hosting", "utility",
        "consent", "marketing", "video", "security", "unknown",
    ] = "unknown"  # fmt: skip
    url: str = ""
    page: int = 0
    rounds: tuple[int, ...] = (0,)
    """Looks in which it was seen."""
    after_choice: bool = True
    """Whether it was sent after the scenario's choice took effect (always true where there is no choice)."""
    type: str = "other"
    identifiers: tuple[str, ...] = ()
    """What it carried that can single out a person: ``cookie:uid``, ``param:cid``, ``body:email`` ..."""
    shared_ids: tuple[str, ...] = ()
    """Hosts at which the same identifier was seen."""
    page_data: tuple[Literal["url", "title", "referrer"], ...] = ()
    restricted_by: tuple[str, ...] = ()
    """What tells the receiver to restrict use: ``us_privacy=1YYN``, ``gpp:usca``, ``gcs=G100``, ``dpo=LDU`` ..."""
    contradicted_by: tuple[str, ...] = ()
    """What tells the receiver that there is no opt-out: ``us_privacy=1YNN`` ..."""
    initiator: str | None = None
    first_party_proxy: bool = False
    before_cmp: bool = False
    """Sent before the consent manager had initialised."""
    count: int = 1
    where: Where = Where()


class CookieFact(Model):
    """A cookie or storage key as observed under one scenario."""

    scenario: Scenario = "first-visit"
    name: str
    domain: str = ""
    party: Literal["first", "third"] = "first"
    storage: Literal["cookie", "local", "session", "indexeddb"] = "cookie"
    purpose: Kind | Literal["consent", "security"] | None = None
    """From the knowledge tables; None when unknown."""
    purpose_certain: bool = False
    """The table knows the exact name with one purpose (not by a pattern)."""
    owner: str | None = None
    declared_as: str | None = None
    """Name of the category that lists it."""
    lifetime_days: float | None = None
    """0 for a session cookie."""
    after_choice: bool = False
    """Set or renewed after the scenario's choice."""
    opt_out_record: bool = False
    where: Where = Where()


class SignalFact(Model):
    """A consent signal as read at one moment."""

    scenario: Scenario = "first-visit"
    signal: SignalName
    raw: str = ""
    says_opted_out: bool | None = None
    """True: opted out of sale or sharing; False: not; None: silent, malformed or not about it."""
    source: str = ""
    valid: bool = True
    meaning: str = ""
    """Decoded, in a sentence."""
    fields: dict[str, str | int | bool | None] = {}
    """Decoded fields, e.g. ``SaleOptOut: 1``."""
    after_choice: bool = True
    page: int = 0
    where: Where = Where()


class StepFact(Model):
    """One counted step of a path."""

    text: str
    action: str = "click"
    counts: bool = True
    screenshot: str | None = None
    box: tuple[float, float, float, float] | None = None


class Path(Model):
    """What a person must do to reach one state."""

    goal: Literal["accept", "opt-out", "opt-in"]
    scenario: Scenario
    steps: tuple[StepFact, ...] = ()
    completed: bool = True
    verified: bool | None = None
    """Whether the state was read back and agrees."""
    where: Where = Where()

    @property
    def count(self) -> int:
        """Steps that a person needs."""
        return sum(step.counts for step in self.steps)


class Choice(Model):
    """What became of the choice that a scenario makes."""

    scenario: Scenario
    completed: bool = False
    stopped_because: str = ""
    sale_toggles: dict[str, bool] = {}
    """Sale, sharing or advertising toggles read back: name -> on."""
    dialog_gone: bool | None = None
    confirmation: str = ""
    confirmation_seconds: float | None = None
    shown_off_on_reopen: bool | None = None
    record_changed: bool | None = None
    """Whether a stored consent record changed."""
    record_says_accepted: bool | None = None
    """For ``close``: whether the record now equals that of accept-all."""
    prompted_again: bool | None = None
    """For revisits: a banner asks again."""
    record_lifetime_days: float | None = None
    two_step: bool | None = None
    """For opt-back-in: a second confirming action was needed."""
    interstitials: tuple[Passage, ...] = ()
    """Screens between the link and the control."""
    wait_seconds: float | None = None
    """A blocking wait that the site imposed."""
    where: Where = Where()


class Status(Model):
    """A visible statement about the opt-out signal or request."""

    scenario: Scenario
    text: str
    kind: Literal["honoured", "conditional", "not-honoured"] = "honoured"
    visible: bool | None = None
    surface: Surface = "page"
    after_click: bool = False
    where: Where = Where()


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


class ScenarioStatus(Model):
    """What was captured of one scenario."""

    scenario: Scenario
    status: Literal["complete", "partial", "failed"] = "complete"
    has: frozenset[Evidence] = frozenset()
    rounds: int = 1
    pages: tuple[str, ...] = ()
    gpc: str = "off"
    completed: bool | None = None
    """Whether the scenario's choice was made and read back."""
    problems: tuple[Problem, ...] = ()


class WellKnownGpc(Model):
    """``/.well-known/gpc.json``. ``status``: HTTP status, None when it could not be fetched."""

    status: int | None = None
    valid: bool | None = None
    gpc: bool | None = None
    where: Where = Where()


class Facts(Model):
    """Everything that is known of one target."""

    target: str = "https://example.test/"
    kind: TargetKind = "live"
    scenarios: tuple[ScenarioStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    region: str | None = None
    cmp: Cmp | None = None
    dialogs: tuple[Dialog, ...] = ()
    opt_out_links: tuple[OptOutLink, ...] = ()
    links: tuple[Link, ...] = ()
    trackers: tuple[Tracker, ...] = ()
    cookies: tuple[CookieFact, ...] = ()
    signals: tuple[SignalFact, ...] = ()
    paths: tuple[Path, ...] = ()
    choices: tuple[Choice, ...] = ()
    statuses: tuple[Status, ...] = ()
    forms: tuple[Form, ...] = ()
    policy: Policy | None = None
    well_known_gpc: WellKnownGpc | None = None
    disagreements: tuple[CategoryDisagreement, ...] = ()
    accounts: tuple[Where, ...] = ()
    """Places that show that the site has accounts."""
    page_passages: tuple[Passage, ...] = ()
    """Prose outside dialogs that speaks of privacy choices (footers, notices); never the article."""

    def on(self, *surfaces: Surface, scenario: Scenario = "first-visit") -> tuple[Dialog, ...]:
        """Dialogs of these surfaces seen in a scenario, in order."""
        return tuple(d for d in self.dialogs if d.surface in surfaces and d.scenario == scenario)

    def scenario(self, name: Scenario) -> ScenarioStatus | None:
        """Status of a scenario, None if it was not visited."""
        return next((s for s in self.scenarios if s.scenario == name), None)

    def choice(self, name: Scenario) -> Choice | None:
        """The choice made in a scenario, None if there was none."""
        return next((c for c in self.choices if c.scenario == name), None)


OptOutLink.model_rebuild()
LinkTarget.model_rebuild()
Policy.model_rebuild()
