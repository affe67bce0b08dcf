"""Disney (California attorney general, 2026): an opt-out for one device, though the visitor was signed in."""

from __future__ import annotations

from consentcheck.demo.server import Asked, Reply, Site
from tests.sites.building import CHOICES, HONEST, HOST, URL, Case, Shop

SIGNED_IN = {
    "cookies": [
        {
            "name": "account",
            "value": "reader-7",
            "domain": HOST,
            "path": "/",
            "expires": -1,
            "httpOnly": True,
            "secure": True,
            "sameSite": "Lax",
        }
    ],
    "origins": [],
}
ACCOUNT = '<a href="/account">Your account</a><a href="/sign-out">Sign out</a>'
HERE_ONLY = "Your choice counts only on this browser and this device, and must be made again on each of them."


def _for_the_account() -> dict[str, Site]:
    """Opt-outs, by signal or by choice, are kept with the account and hold wherever it signs in."""
    shop = Shop(ways=HONEST.but(account=True), links=Shop().links + ACCOUNT)
    opted_out: set[str] = set()

    def answer(asked: Asked) -> Reply:
        account = asked.cookies.get("account")
        if account and asked.path == "/choice":
            (opted_out.add if asked.query == "out" else opted_out.discard)(account)
            return Reply(status=204)
        if account and asked.headers.get("sec-gpc") == "1":
            opted_out.add(account)
        return shop.but(ways=shop.ways.but(optedOut=account in opted_out)).handler()(asked)

    return shop.sites() | {HOST: answer}


CASES = (
    Case(
        name="disney",
        about="A signed-in visitor's opt-out, by choice or by signal, holds on that device alone.",
        faulty=Shop(
            links=Shop().links + ACCOUNT,
            dialogs=CHOICES.replace(
                "Your choice covers cookies and every other sale and sharing of ours. When you are signed in, it "
                "covers your account on all devices.",
                HERE_ONLY,
            ),
        ).sites,
        corrected=_for_the_account,
        fails=("ccpa-optout-scope-account",),
        expects={"gpc-account": "cantTell"},  # one browser cannot show what a second one with the account gets
        scenarios=("first-visit", "gpc", "opt-out", "logged-in"),
        url=URL,
        storage_state=SIGNED_IN,
    ),
)
