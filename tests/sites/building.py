"""The blocks that the test sites are built of: a small shop whose opt-out works, until a case takes something away.

A case overrides only what its site gets wrong, so that the difference from the corrected twin is the case.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from consentcheck import demo
from consentcheck.demo.server import Asked, Handler, Reply, Site, not_found
from consentcheck.demo.trackers import tracker_sites
from consentcheck.model.words import Outcome, Scenario

HOST = "www.tallow-and-pine.example"
URL = f"https://{HOST}/"
_DEMO = Path(demo.__file__).parent / "site"
_SCRIPTS = {
    "/signals.js": _DEMO / "signals.js",
    "/tags.js": _DEMO / "tags.js",
    "/runtime.js": Path(__file__).parent / "runtime.js",
}


@dataclass(frozen=True)
class Ways:
    """How far the site means what it says; `runtime.js` explains each."""

    gpc: bool = True
    stops: bool = True
    flips: bool = True
    days: int = 395
    status: bool = True
    optedOut: bool = False  # noqa: N815  the script's name
    tracks: bool = True
    leaks: bool = False
    account: bool = False
    vanishes: bool = False

    def but(self, **changes: bool | int) -> Ways:
        """The same ways with some things changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


HONEST = Ways()
IGNORES_GPC = Ways(gpc=False)
APPEARANCE_ONLY = Ways(gpc=False, stops=False, flips=False, status=False)

OPT_OUT_LINK = '<a href="#choices" data-do="open choices">Do Not Sell or Share My Personal Information</a>'
LIMIT_LINK = '<a href="/limit">Limit the Use of My Sensitive Personal Information</a>'
SWITCH = (
    '<button role="switch" type="button" aria-checked="true" data-do="toggle" data-words="Allowed|Opted out" '
    'aria-labelledby="sale-name">Allowed</button>'
)
ICON = (
    '<svg width="30" height="14" viewBox="0 0 30 14" role="img" '
    'aria-label="California Consumer Privacy Act (CCPA) Opt-Out Icon">'
    '<rect x="1" y="1" width="28" height="12" rx="6" fill="#fff" stroke="#06f"/><path d="M17 1h6a6 6 0 0 1 0 12H13z" '
    'fill="#06f"/><path d="M5 7l3 3 4-6" fill="none" stroke="#06f"/><path d="M19 4l5 6m0-6l-5 6" stroke="#fff"/></svg>'
)


def dialog(title: str, inner: str, *, name: str = "choices") -> str:
    """A dialog that is hidden until it is opened."""
    return (
        f'<section class="dialog" role="dialog" aria-modal="true" aria-labelledby="{name}-title" id="{name}" hidden>'
        f'<button class="x" type="button" aria-label="Close" data-do="close {name}">X</button>'
        f'<h2 id="{name}-title">{title}</h2>{inner}</section>'
    )


def button(words: str, does: str) -> str:
    return f'<button type="button" data-do="{does}">{words}</button>'


NECESSARY = (
    "<div class=category><h3>Strictly Necessary Cookies</h3><span>Always Active</span>"
    "<p>These keep the basket and your sign-in, and remember your privacy choices.</p></div>"
)
SALE = (
    f'<div class=category><h3 id="sale-name">Sale and Sharing of Personal Information</h3>{SWITCH}'
    "<p>With these cookies we sell and share personal information with advertising and social media partners, who show "
    "you targeted advertising. When you opt out, the sale and sharing stop.</p></div>"
)
CHOICES = dialog(
    "Do Not Sell or Share My Personal Information",
    "<p>You have the right to opt out of the sale and sharing of your personal information. Your choice covers "
    "cookies and every other sale and sharing of ours. When you are signed in, it covers your account on all "
    "devices.</p>"
    + NECESSARY
    + SALE
    + button("Reject All", "opt-out")
    + button("Accept All", "accept")
    + button("Save My Choices", "save"),
)


def policy(*, updated: dt.date | None = None, signals: bool = True, sale: str | None = None) -> str:
    """A privacy policy; without ``signals`` it is silent on them, and ``sale`` replaces what it says of sales."""
    day = updated or dt.datetime.now(dt.UTC).date() - dt.timedelta(days=40)
    says = sale or "We sell and share identifiers and internet activity with advertising and social media partners."
    explains = (
        "<h2>Opt-out preference signals</h2><p>We process opt-out preference signals such as the Global Privacy "
        "Control as a valid request to opt out of sale and sharing, for the browser or device that sends it and, "
        "when you are signed in, for your account, online and offline. To use one, turn it on in a browser or an "
        "extension that has it.</p>"
    )
    return (
        f"<h1>Privacy Policy</h1><p>Last updated: {day:%B} {day.day}, {day.year}</p><p>{says}</p>"
        "<h2>What we collect</h2><p>We collect identifiers such as your name, your address, your e-mail address and the ids "
        "in cookies; commercial information such as your orders; and internet activity such as the pages you look at. They "
        "come from you, from your browser, and from the companies that deliver our parcels.</p>"
        "<h2>What we use it for</h2><p>We use it to send what you ordered, to answer your questions, to keep our books, to "
        "run and measure this site, and to show advertising. We keep orders for seven years and internet activity for "
        "thirteen months.</p>"
        "<h2>Your rights</h2><p>You have the right to know and get a copy of what we hold about you, the right to delete "
        "it, the right to correct it, the right to opt out of its sale and sharing, and the right to limit the use of "
        "sensitive personal information. We will not retaliate against you for using a right. An authorized agent may "
        "make any of these requests for you.</p>"
        f"{explains if signals else ''}"
        "<h2>Contact</h2><p>Write to privacy@tallow-and-pine.example, or call 1-800-555-0117.</p>"
    )


def form(action: str, fields: Mapping[str, str], *, submit: str = "Submit Request", required: bool = True) -> str:
    """A form by label and input type."""
    need = " required" if required else ""
    rows = "".join(
        f'<label>{label}{"*" if required else ""} <input type="{kind}" name="f{i}"{need}></label>'
        for i, (label, kind) in enumerate(fields.items())
    )
    return f'<form method="post" action="{action}">{rows}<button>{submit}</button></form>'


def document(title: str, main: str, *, ways: Ways, footer: str, dialogs: str) -> str:
    """A whole page."""
    settings = json.dumps(asdict(ways)).replace('"', "&quot;")
    scripts = (
        '<script src="/signals.js"></script><script src="/tags.js"></script>'
        f'<script src="/runtime.js" data-ways="{settings}"></script>'
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Tallow and Pine</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>
body {{ font: 17px/1.5 Georgia, serif; margin: 0 auto; max-width: 900px; padding: 0 20px 160px; color: #222; }}
header a, footer a {{ margin-right: 18px; color: inherit; }} footer {{ border-top: 1px solid; padding: 16px 0; }}
.dialog {{ position: fixed; inset: 8vh 0 auto; margin: auto; width: 560px; max-height: 84vh; overflow: auto; }}
.banner {{ position: fixed; inset: auto 0 0; }}
.wall {{ position: fixed; inset: 0; padding-top: 30vh; text-align: center; }}
.dialog, .banner, .wall {{ background: #fff; border: 1px solid #222; padding: 16px 24px; z-index: 9; }}
[hidden] {{ display: none; }} .x {{ float: right; }} label {{ display: block; margin: 8px 0; }}
button {{ font: 600 15px Arial; padding: 10px 18px; margin: 8px 8px 0 0; min-width: 44px; min-height: 40px;
  background: #fff; border: 2px solid #222; }}
</style>{scripts}</head><body>
<header><a href="/">Tallow and Pine</a><a href="/candles">Candles</a><a href="/soap">Soap</a></header>
<main>{main}</main><footer>{footer}</footer>{dialogs}</body></html>"""


@dataclass(frozen=True)
class Shop:
    """A small shop with an opt-out that works. Replace what a case gets wrong."""

    ways: Ways = HONEST
    links: str = OPT_OUT_LINK + LIMIT_LINK
    dialogs: str = CHOICES
    policy: str = ""
    pages: Mapping[str, str] | None = None
    """Further pages by path."""
    form_works: bool = True
    """Whether sending the form at /opt-out opts out."""
    thanks: str = "<h1>Done</h1><p>Your opt-out of sale and sharing has been processed.</p>"
    """What is shown after a form was sent."""

    def but(self, **changes: Any) -> Shop:
        """The same shop with some things changed."""
        return replace(self, **changes)

    def sites(self) -> dict[str, Site]:
        """Handlers by host, trackers included."""
        return {HOST: self.handler(), **tracker_sites()}

    def handler(self) -> Handler:
        footer = f'{self.links}<a href="/privacy">Privacy Policy</a>'
        mains = {
            "/": "<h1>Candles from the hill, soap from the valley</h1><p>Poured on Tuesdays, cut on Thursdays.</p>",
            "/candles": "<h1>Candles</h1><p>Pine, cedar and plain. A dozen for twenty dollars.</p>",
            "/soap": "<h1>Soap</h1><p>Oat, juniper and tar. It keeps for a year in a dry place.</p>",
            "/privacy": self.policy or policy(),
            "/limit": "<h1>Limit the Use of My Sensitive Personal Information</h1>"
            + form("/limit", {"E-mail (optional)": "email"}, required=False),
            **(self.pages or {}),
        }

        def answer(asked: Asked) -> Reply:
            if asked.path in _SCRIPTS:
                return Reply(_SCRIPTS[asked.path].read_bytes(), type="text/javascript; charset=utf-8")
            main = self.thanks if asked.method == "POST" else mains.get(asked.path)
            if main is None:
                return not_found()
            title = {"/": "Welcome", "/privacy": "Privacy Policy"}.get(asked.path, asked.path.strip("/").title())
            cookies: tuple[str, ...] = ()
            if asked.method == "POST" and asked.path == "/opt-out" and self.form_works:
                cookies = ("choice=out; Path=/; Max-Age=34128000; Secure; SameSite=Lax",)
            page = document(title, main, ways=self.ways, footer=footer, dialogs=self.dialogs)
            return Reply(page, cookies=cookies)

        return answer


MENDED = Shop().sites
"""The shop with nothing taken away: the corrected twin of most cases."""


@dataclass(frozen=True)
class Case:
    """One behaviour as a pair of sites, and what the rules must say of them."""

    name: str
    about: str
    """What the site does, in a sentence."""
    faulty: Callable[[], dict[str, Site]]
    corrected: Callable[[], dict[str, Site]] | None = None
    fails: tuple[str, ...] = ()
    """Rules that fail on the faulty site and do not fail on the corrected one."""
    expects: Mapping[str, Outcome] | None = None
    """Other outcomes on the faulty site."""
    scenarios: tuple[Scenario, ...] = ("first-visit",)
    url: str = URL
    repeat: int = 1
    submit: tuple[str, ...] = ()
    """``FIELD=VALUE`` for ``--allow-submit``; empty: forms are not sent."""
    storage_state: Mapping[str, Any] | None = None
    """For the logged-in scenario, as Playwright takes it."""
