"""The bundled publisher, The Morning Ledger, in two editions.

The *faulty* edition has the defects that the rules look for, in its words and in its behaviour; the *corrected* edition
is the same paper with all of them mended. Nothing is left to chance, and dates are worked out from the day given.
"""

from __future__ import annotations

import csv
import datetime as dt
import html
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from string import Template
from typing import Literal

from consentcheck.demo.server import Asked, Handler, Reply, Site, not_found, redirect
from consentcheck.demo.trackers import tracker_sites

Edition = Literal["faulty", "corrected"]

START_URL = "https://www.morningledger.example/"
_SITE = Path(__file__).parent / "site"
_OPT_OUT = "functional=1&analytics=1&sale=0&by=form"
_YEAR = 395 * 86400

# Kind -> name and description, the same on every surface.
_CATEGORIES = {
    "necessary": (
        "Strictly Necessary Cookies",
        "These cookies keep the site secure, keep you signed in, and remember your privacy choices. The site cannot "
        "work without them. They are used for nothing else.",
    ),
    "functional": (
        "Functional Cookies",
        "These cookies remember settings that you make, such as your regional edition and the size of the text, so "
        "that the site opens the way you left it.",
    ),
    "analytics": (
        "Analytics Cookies",
        "These cookies count visits and show which pages are read, so that we can measure how the site performs. The "
        "measuring company works for us alone and may not use the counts for anything else.",
    ),
    "sale": (
        "Sale and Sharing: Advertising and Social Media Cookies",
        "With these cookies we sell and share personal information: advertising and social media partners learn which "
        "pages you read and use a unique identifier to show you targeted advertising on this and other sites. When you "
        "opt out, we stop the sale and the sharing, and the advertisements you see no longer depend on what you read.",
    ),
}


def sites(edition: Edition = "faulty", today: dt.date | None = None) -> dict[str, Site]:
    """Handlers by host for ``LocalSites``: the paper, and the third parties that its pages call."""
    paper = _paper(edition, today or dt.datetime.now(dt.UTC).date())
    bare = "morningledger.example"
    return {f"www.{bare}": paper, bare: lambda asked: redirect(f"https://www.{bare}{asked.path}"), **tracker_sites()}


def _paper(edition: Edition, today: dt.date) -> Handler:
    words = _words(edition, today)
    pages = _pages(edition, words)
    assets = {
        "/assets/style.css": ("text/css", _SITE / "style.css"),
        "/assets/signals.js": ("text/javascript", _SITE / "signals.js"),
        "/assets/tags.js": ("text/javascript", _SITE / "tags.js"),
        "/assets/consent.js": ("text/javascript", _SITE / edition / "consent.js"),
    }
    gpc = json.dumps({"gpc": True, "lastUpdate": (today - dt.timedelta(days=60)).isoformat()})
    visits = itertools.count(1)

    def answer(asked: Asked) -> Reply:
        if asked.path in assets:
            kind, file = assets[asked.path]
            return Reply(file.read_bytes(), type=f"{kind}; charset=utf-8")
        if asked.path == "/.well-known/gpc.json":
            return Reply(gpc, type="application/json")
        page = pages.get((asked.method, asked.path))
        if page is None:
            return not_found()
        cookies = []
        if "ml_session" not in asked.cookies:
            cookies.append(f"ml_session=visit-{next(visits)}; Path=/; Secure; HttpOnly")
        if edition == "corrected" and (asked.method, asked.path) == ("POST", "/do-not-sell-or-share"):
            cookies += [
                f"{name}={value}; Path=/; Max-Age={_YEAR}; Secure; SameSite=Lax"
                for name, value in (("ml_consent", _OPT_OUT), ("usprivacy", "1YYN"))
            ]
        return Reply(page, cookies=tuple(cookies))

    return answer


def _pages(edition: Edition, words: dict[str, str]) -> dict[tuple[str, str], str]:
    """Whole documents by method and path."""
    layout = Template((_SITE / "layout.html").read_text(encoding="utf-8"))
    consent = _fill(edition, "consent.html", words)
    footer = _fill(edition, "footer.html", words)

    def page(title: str, folder: str, name: str) -> str:
        main = _fill(folder, name, words)
        return layout.substitute(title=title, main=main, footer=footer, consent=consent, today=words["today"])

    shared = {
        ("GET", "/"): ("Front page", "pages", "front.html"),
        ("GET", "/news/"): ("News", "pages", "news.html"),
        ("GET", "/news/night-ferry"): ("The night ferry sails again", "pages", "night-ferry.html"),
        ("GET", "/news/library-hours"): ("School library to open on Sundays", "pages", "library-hours.html"),
        ("GET", "/weather"): ("Weather", "pages", "weather.html"),
        ("GET", "/sign-in"): ("Sign in", "pages", "sign-in.html"),
        ("GET", "/privacy"): ("Privacy Policy", edition, "privacy.html"),
        ("GET", "/cookies"): ("Cookie Policy", edition, "cookies.html"),
    }
    own = {
        "faulty": {
            ("GET", "/do-not-sell"): ("Do Not Sell My Personal Information", "faulty", "do-not-sell.html"),
            ("POST", "/do-not-sell"): ("Check your e-mail", "faulty", "requested.html"),
        },
        "corrected": {
            ("GET", "/do-not-sell-or-share"): (
                "Do Not Sell or Share My Personal Information", "corrected", "do-not-sell-or-share.html",
            ),
            ("POST", "/do-not-sell-or-share"): ("Opt-out processed", "corrected", "requested.html"),
            ("GET", "/limit"): ("Limit the Use of My Sensitive Personal Information", "corrected", "limit.html"),
            ("POST", "/limit"): ("Limit processed", "corrected", "limited.html"),
        },
    }  # fmt: skip
    return {where: page(*what) for where, what in (shared | own[edition]).items()}


def _words(edition: Edition, today: dt.date) -> dict[str, str]:
    """What the templates leave open."""
    words = {"today": _long(today), "updated": _long(today - dt.timedelta(days=40))}
    if edition == "faulty":
        words |= {name: _fill("faulty", f"{name}.html", {}).strip() for name in ("locked", "optional")}
    else:
        with (_SITE / "corrected" / "cookies.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        words["categories"] = _each(_switch)
        words["lists"] = _each(lambda kind, name, text: _table(name, text, [r for r in rows if r["category"] == kind]))
    return words


def _fill(folder: str, name: str, words: dict[str, str]) -> str:
    return Template((_SITE / folder / name).read_text(encoding="utf-8")).safe_substitute(words)


def _long(day: dt.date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _each(make: Callable[[str, str, str], str]) -> str:
    return "\n".join(make(kind, name, text) for kind, (name, text) in _CATEGORIES.items())


def _switch(kind: str, name: str, text: str) -> str:
    control = (
        '<span class="locked">Always Active</span>'
        if kind == "necessary"
        else f'<span class="choice"><span id="state-{kind}">Allowed</span><button class="switch" data-kind="{kind}" '
        f'type="button" role="switch" aria-checked="true" aria-labelledby="name-{kind}" '
        f'aria-describedby="state-{kind}"></button></span>'
    )
    return (
        f'<div class="category"><header><h4 id="name-{kind}">{html.escape(name)}</h4>{control}</header>'
        f"<p>{html.escape(text)}</p></div>"
    )


def _table(name: str, text: str, rows: list[dict[str, str]]) -> str:
    columns = ("name", "host", "duration", "purpose")
    head = "".join(f"<th>{column.capitalize()}</th>" for column in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(row[column])}</td>" for column in columns) + "</tr>" for row in rows
    )
    return (
        f'<div class="category"><h4>{html.escape(name)}</h4><p>{html.escape(text)}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
