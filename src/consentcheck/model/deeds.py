"""What was done to a page, and what could be read of it afterwards."""

from __future__ import annotations

from typing import Literal

from consentcheck.model.base import Model
from consentcheck.model.words import Purpose, Surface


class Step(Model):
    """One thing done to the page, and what came of it."""

    action: Literal["click", "toggle", "expand", "type", "submit", "navigate", "reload", "scroll", "wait"]
    purpose: Purpose | None = None
    surface: Surface | None = None
    text: str = ""
    """The control's words."""
    role: str = ""
    selector: str = ""
    why: str = ""
    """What it was done for, in a few words."""
    counts: bool = True
    """Whether a person needs this step too (reloads and waits do not count)."""
    ok: bool = True
    changed: str = ""
    """What was seen to change: dialog gone, toggle off, cookie written ..."""
    before: str | None = None
    """Screenshot path."""
    after: str | None = None
    box: tuple[float, float, float, float] | None = None


class Readback(Model):
    """The state read after a choice: the proof that it took, or did not."""

    toggles: dict[str, bool] = {}
    """Name of a category or control -> on."""
    record_changed: bool | None = None
    """Whether a stored record (cookie, storage) changed with the choice."""
    dialog_gone: bool | None = None
    message: str = ""
    """A confirmation shown, if any."""
    message_seconds: float | None = None
    """How long it stayed visible, as far as it was watched."""
    reopened: bool | None = None
    """Whether the preferences could be opened again to read the toggles."""
    wait_seconds: float | None = None
    """How long it took, once the page was at rest after the click, until the choice showed its first effect; None: no effect was seen."""


class Watch(Model):
    """How long a page was watched for what it sends, from its load on."""

    page: int = 0
    after_step: int | None = None
    """Index in ``Visit.steps`` of the last thing done before."""
    began: float = 0.0
    """When the page came, in seconds since the visit began."""
    seconds: float = 0.0


class Persistence(Model):
    """How long the opt-out dialog stayed usable after it was opened: (seconds after the click, visible and clickable)."""

    control: str
    samples: tuple[tuple[float, bool], ...] = ()
    selector: str = ""
