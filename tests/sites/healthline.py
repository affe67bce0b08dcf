"""Healthline (California attorney general, 2025): form, signal and banner together left the trackers running."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from consentcheck.demo.server import Asked, Handler, Reply, Site
from tests.sites.building import CHOICES, HONEST, HOST, Case, Shop, button, form
from tests.sites.honda import BANNER

FORM = "<h1>Opt-out form</h1><p>Send this form to opt out of sale and sharing.</p>" + form(
    "/opt-out", {"E-mail (optional)": "email"}, required=False
)
SHOP = Shop(
    dialogs=BANNER.format(button("Accept All", "accept") + button("Reject All", "opt-out"))
    + CHOICES.replace("<p>You have", '<p>You may also use the <a href="/opt-out">opt-out form</a>.</p><p>You have', 1),
    pages={
        "/opt-out": FORM,
        "/candles": "<h1>You have just been told that you have Crohn's disease: what now?</h1><p>Breathe, first.</p>",
    },
)


def _deaf(handler: Handler) -> Handler:
    """An ad host that is sent the privacy string and does not read it."""

    def answer(asked: Asked) -> Reply:
        kept = [(name, value) for name, value in parse_qsl(asked.query) if name != "us_privacy"]
        return handler(Asked(asked.method, asked.host, asked.path, urlencode(kept), asked.headers, asked.body))

    return answer


def _unread() -> dict[str, Site]:
    sites = SHOP.but(ways=HONEST.but(stops=False)).sites()
    return {host: site if host == HOST or not callable(site) else _deaf(site) for host, site in sites.items()}


CASES = (
    Case(
        name="healthline",
        about="All three opt-outs are passed on as a privacy string that nobody reads: the trackers go on.",
        faulty=_unread,
        corrected=SHOP.sites,
        fails=("optout-effective-trackers", "optout-effective-cookies", "gpc-honored-trackers"),
        scenarios=("first-visit", "gpc", "opt-out", "every-opt-out"),
    ),
)
