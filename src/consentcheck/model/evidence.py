"""What the browser saw, and nothing more. Capture writes these; nothing here judges.

One `Evidence` is one target. It holds a `Visit` a scenario; a visit holds `Snapshot`s (the page as rendered at one moment, every
frame of it), all traffic, cookies, storage, what the consent APIs answered, and each thing that was done (`Step`).
"""

from __future__ import annotations

from typing import Literal

from consentcheck.model.base import Model
from consentcheck.model.deeds import Persistence, Readback, Step, Watch
from consentcheck.model.stored import Cookie, CookieWrite, Jar, SetCookie, StorageItem
from consentcheck.model.words import Scenario, SignalName, Surface, TargetKind

__all__ = [
    "Console",
    "Cookie",
    "CookieWrite",
    "Document",
    "Evidence",
    "Jar",
    "Layout",
    "Persistence",
    "Probe",
    "Problem",
    "ProblemCode",
    "Provenance",
    "Readback",
    "Request",
    "SetCookie",
    "Snapshot",
    "Step",
    "StorageItem",
    "Visit",
    "Watch",
]

ProblemCode = Literal[
    "unknown-host",
    "connection-refused",
    "connection-failed",
    "tls-error",
    "http-error",
    "bot-wall",
    "rate-limited",
    "empty-page",
    "download",
    "timeout",
    "redirect-loop",
    "renderer-crash",
    "browser-missing",
    "browser-failed",
    "too-large",
    "unreadable",
    "altered-evidence",
    "gpc-not-effective",
    "step-failed",
    "scenario-failed",
    "collector-failed",
    "region",
    "not-settled",
    "internal",
]


class Problem(Model):
    """Something that kept evidence from being taken. ``fatal``: nothing of the scenario may be judged."""

    code: ProblemCode
    message: str
    scenario: Scenario | None = None
    fatal: bool = True


class Layout(Model):
    """How one element was rendered and what it is called, as a person or a screen reader would find it."""

    visible: bool
    """Has area, is not hidden, not transparent, and is on the page (it may need scrolling)."""
    box: tuple[float, float, float, float] | None = None
    """x, y, width, height in CSS pixels from the top left of the top document."""
    font_size: float | None = None
    font_weight: float | None = None
    color: str | None = None
    """Computed text colour, ``rgb()`` or ``rgba()``."""
    background: str | None = None
    """The first opaque background behind the element, as ``rgb()``; None when it is a picture."""
    opacity: float = 1.0
    """Product over the element and its ancestors."""
    covered: bool | None = None
    """Whether something else lies over its centre; None when that was not tested."""
    fixed: bool = False
    """Stays where it is when the page scrolls (itself or an ancestor is fixed or sticky)."""
    role: str | None = None
    name: str | None = None
    """Accessible name."""
    checked: bool | None = None
    """State of a checkbox, switch, radio or pressed button."""
    disabled: bool | None = None
    expanded: bool | None = None
    focusable: bool | None = None


class Document(Model):
    """One frame's rendered document.

    ``html`` is the tree as it stood, serialised by us: each element that has a layout carries ``data-cc="<id>"``, its key in
    ``layout`` (attributes of that name from the page are dropped). A shadow root stands as a ``<cc-shadow mode="open|closed">``
    child of its host. A saved page has no layout: ``layout`` is None.
    """

    url: str
    html: str
    frame: str = "main"
    """Name of the frame within the snapshot: ``main``, or ``frame-N``."""
    parent_frame: str | None = None
    owner: str | None = None
    """``data-cc`` of the frame element in the parent's document."""
    layout: dict[str, Layout] | None = None


class Snapshot(Model):
    """The page at one moment, all frames."""

    id: str
    """Unique in the visit, e.g. ``0-page`` or ``1-preferences``."""
    moment: Literal["page", "opened", "acted", "revisit"]
    """page: settled after navigation; opened: after a further layer was opened; acted: after a choice."""
    page: int = 0
    """Index of the page visited: 0 is the start page."""
    url: str = ""
    title: str = ""
    opened: Surface | None = None
    """For ``opened``: what the control that was clicked promised."""
    after_step: int | None = None
    """Index in ``Visit.steps`` of the last thing done before."""
    documents: tuple[Document, ...] = ()
    screenshot: str | None = None
    """Path in the evidence folder."""
    viewport: tuple[int, int] = (1280, 900)
    scroll_locked: bool | None = None


class Request(Model):
    """One request of a visit, with what carried it there."""

    id: str
    url: str
    method: str = "GET"
    type: str = "other"
    """The browser's resource type: document, script, image, xhr, fetch, ping, websocket ..."""
    page: int = 0
    after_step: int | None = None
    time: float = 0.0
    """Seconds since the visit began."""
    frame_url: str = ""
    initiators: tuple[str, ...] = ()
    """URLs of the scripts or documents that caused it, the nearest first."""
    redirected_from: str | None = None
    """Id of the request that redirected here."""
    headers: dict[str, str] = {}
    body: str | None = None
    """Request body, cut at 64 KiB."""
    cookies: dict[str, str] = {}
    """Cookies that were sent."""
    status: int | None = None
    mime: str = ""
    response_headers: dict[str, str] = {}
    set_cookies: tuple[SetCookie, ...] = ()
    failure: str | None = None
    response_body: str | None = None
    """Kept for the few responses that are evidence in themselves: CMP configuration, gpc.json."""


class Probe(Model):
    """What a consent API or record answered, raw."""

    signal: SignalName
    source: str
    """How it was read: ``__uspapi``, ``__gpp ping``, ``cookie usprivacy``, ``navigator.globalPrivacyControl`` ..."""
    raw: str
    snapshot: str | None = None
    frame: str = "main"
    kind: Literal["answer", "absent", "error"] = "answer"


class Console(Model):
    """A console message or an uncaught error of the page."""

    level: str
    text: str


class Visit(Model):
    """One target under one scenario."""

    scenario: Scenario
    round: int = 0
    """0 for the first look; ``--repeat N`` makes rounds 0..N-1."""
    started: str = ""
    """ISO 8601, UTC."""
    ended: str = ""
    requested_url: str = ""
    final_url: str = ""
    http_status: int | None = None
    gpc: Literal["off", "browser", "header-and-script"] = "off"
    gpc_verified: dict[str, bool] = {}
    """Where the signal was seen to hold: header, page, frame, worker."""
    pages: tuple[str, ...] = ()
    """URLs of the pages visited, in order."""
    problems: tuple[Problem, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    requests: tuple[Request, ...] = ()
    jars: tuple[Jar, ...] = ()
    cookie_writes: tuple[CookieWrite, ...] = ()
    """Cookies that scripts wrote, once a name, domain, script and step."""
    probes: tuple[Probe, ...] = ()
    console: tuple[Console, ...] = ()
    steps: tuple[Step, ...] = ()
    completed: bool | None = None
    """Whether the scenario's choice was made and read back; None when there was none to make."""
    stopped_because: str = ""
    readback: Readback | None = None
    persistence: tuple[Persistence, ...] = ()
    watches: tuple[Watch, ...] = ()
    """Pages that were watched for the same time in every scenario."""
    cmp_hint: str | None = None
    """What the consent-manager detector called it; a hint, never a verdict."""

    @property
    def failed(self) -> bool:
        """Whether nothing of this visit may be judged."""
        return any(problem.fatal for problem in self.problems)


class Provenance(Model):
    """How the evidence came to be, for whoever must rely on it later. Never holds a secret."""

    tool: str = "consentcheck"
    version: str = ""
    browser: str = ""
    browser_path: str = ""
    sandbox: bool = True
    user_agent: str = ""
    viewport: tuple[int, int] = (1280, 900)
    locale: str = "en-US"
    region: str | None = None
    """Region the site resolved the visitor to, where it said so (``us-ca``)."""
    settings: dict[str, str] = {}


class Evidence(Model):
    """All that was captured of one target."""

    target: str
    kind: TargetKind
    started: str = ""
    ended: str = ""
    provenance: Provenance = Provenance()
    visits: tuple[Visit, ...] = ()
    aliases: dict[str, str] = {}
    """Host of the site itself -> its canonical name in the DNS; empty where that could not be found out."""
    text: str | None = None
    """For ``text`` targets: the whole text."""
    problems: tuple[Problem, ...] = ()
    """Problems of the target as a whole."""
