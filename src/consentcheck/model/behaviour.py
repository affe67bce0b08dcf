"""What a site does: traffic, cookies, signals, and what became of choices."""

from __future__ import annotations

from typing import Literal

from consentcheck.model.base import Model, Where
from consentcheck.model.dialogs import Passage
from consentcheck.model.words import Kind, Scenario, SignalName, Surface


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
    late: float | None = None
    """Seconds from the page's load to the first such request; None where that was not recorded."""
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


class Setter(Model):
    """Who set a cookie: a response of a host, or a script."""

    how: Literal["response", "script"]
    url: str
    """Of the response or script, shortened; the document's for a script that stands in it."""
    owner: str | None = None
    """Whose that host is; None when unknown."""

    def __str__(self) -> str:
        return f"a {self.how} of {self.url.partition('?')[0]}" + (f" ({self.owner})" if self.owner else "")


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
    setter: Setter | None = None
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
    """Toggles of sale, sharing or advertising read back: name -> whether they let it go on ("Do Not Sell" does while it is off)."""
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
    """Of a record that is known as one."""
    may_be_record: str = ""
    """Where none is known: the cookie that came with the choice and lasts longest of those."""
    may_last_days: float | None = None
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
