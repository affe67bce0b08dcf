"""Sites that do half of what an opt-out is, do it now and then, or have nothing to opt out of."""

from __future__ import annotations

import itertools

from consentcheck.demo.server import Asked, Reply, Site
from consentcheck.model.words import Scenario
from tests.sites.building import APPEARANCE_ONLY, HONEST, HOST, MENDED, Case, Shop

SCENARIOS: tuple[Scenario, ...] = ("first-visit", "gpc", "opt-out")


def _now_and_then() -> dict[str, Site]:
    """Every third visitor who opted out, by choice or by signal, is tracked all the same."""
    opted_out = {"choice": itertools.count(1), "signal": itertools.count(1)}

    def answer(asked: Asked) -> Reply:
        how = "signal" if asked.headers.get("sec-gpc") == "1" else "choice"
        turn = asked.cookies.get("turn")
        cookies: tuple[str, ...] = ()
        if turn is None and asked.headers.get("sec-fetch-dest") == "document" and (
            how == "signal" or asked.cookies.get("choice") == "out"
        ):  # fmt: skip
            turn = str(next(opted_out[how]))
            cookies = (f"turn={turn}; Path=/; Secure",)
        reply = Shop(ways=HONEST.but(leaks=turn is not None and int(turn) % 3 == 0)).handler()(asked)
        return Reply(reply.body, reply.status, reply.type, reply.headers, reply.cookies + cookies)

    return Shop().sites() | {HOST: answer}


def _header_only() -> dict[str, Site]:
    """The server reads ``Sec-GPC``; no script ever looks at the property."""

    def answer(asked: Asked) -> Reply:
        heard = asked.headers.get("sec-gpc") == "1"
        return Shop(ways=HONEST.but(gpc=False, optedOut=heard)).handler()(asked)

    return Shop().sites() | {HOST: answer}


CASES = (
    Case(
        name="appearance-only",
        about="The opt-out writes its cookie and closes its dialog; trackers and signals go on as before.",
        faulty=Shop(ways=APPEARANCE_ONLY).sites,
        corrected=MENDED,
        fails=("optout-effective-trackers", "optout-effective-cookies", "gpc-honored-trackers", "gpc-honored-signals"),
        scenarios=SCENARIOS,
    ),
    Case(
        name="trackers-not-signal",
        about="The trackers stop and the signals still say that nobody opted out.",
        faulty=Shop(ways=HONEST.but(flips=False)).sites,
        corrected=MENDED,
        fails=("gpc-honored-signals",),
        expects={"optout-effective-trackers": "passed", "gpc-honored-trackers": "passed"},
        scenarios=SCENARIOS,
    ),
    Case(
        name="signal-not-trackers",
        about="The signals flip and the trackers go on.",
        faulty=Shop(ways=HONEST.but(stops=False)).sites,
        corrected=MENDED,
        fails=("optout-effective-trackers", "gpc-honored-trackers"),
        expects={"gpc-honored-signals": "passed"},
        scenarios=SCENARIOS,
    ),
    Case(
        name="now-and-then",
        about="One opted-out visitor in three is tracked.",
        faulty=_now_and_then,
        corrected=MENDED,
        expects={"optout-effective-trackers": "cantTell", "gpc-honored-trackers": "cantTell"},
        scenarios=SCENARIOS,
        repeat=3,
    ),
    Case(
        name="nothing-to-opt-out-of",
        about="No trackers and no opt-out.",
        faulty=Shop(ways=HONEST.but(tracks=False), links="", dialogs="", policy="<h1>Privacy</h1>").sites,
        expects={
            "ccpa-optout-link": "inapplicable",
            "gpc-honored-trackers": "inapplicable",
            "optout-effective-trackers": "inapplicable",
        },
        scenarios=SCENARIOS,
    ),
    Case(
        name="gpc-by-header",
        about="GPC is honoured by the server, from the header alone.",
        faulty=_header_only,
        expects={"gpc-honored-trackers": "passed", "gpc-honored-signals": "passed"},
        scenarios=SCENARIOS,
    ),
    Case(
        name="forgets",
        about="The choice is kept for thirty days.",
        faulty=Shop(ways=HONEST.but(days=30)).sites,
        corrected=MENDED,
        expects={"optout-persists": "cantTell"},
        scenarios=("first-visit", "opt-out", "revisit-after-opt-out"),
    ),
)
