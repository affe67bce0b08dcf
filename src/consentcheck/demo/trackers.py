"""Ad, analytics and social hosts that answer on this machine: small scripts of our own under the hosts' real names.

Each does what its namesake does as far as a checker can see it: it sets its cookies, sends its ids, and reads the
consent state that its namesake reads. Ids come from a counter, not from chance: the first visitor always gets the same
ones.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from consentcheck.demo.server import Asked, Handler, Reply, not_found, redirect

_SCRIPTS = Path(__file__).parent / "third_party"
_DAY = 86400
_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def tracker_sites() -> dict[str, Handler]:
    """Handlers by host. The visitor counters start anew with each call."""
    return {
        "www.googletagmanager.com": _host({"/gtag/js": _script("gtag.js", _number)}),
        "www.google-analytics.com": _host({"/g/collect": lambda _: Reply(status=204)}),
        "securepubads.g.doubleclick.net": _host(
            {"/tag/js/gpt.js": _script("gpt.js", _hex), "/gampad/ads": _advertisement()}
        ),
        "connect.facebook.net": _host({"/en_US/fbevents.js": _script("fbevents.js", _number)}),
        "www.facebook.com": _host({"/tr/": _pixel("fr", "facebook.com", 90)}),
        "bat.bing.com": _host({"/bat.js": _script("bat.js", _hex), "/action/0": _pixel("MUID", "bing.com", 390)}),
        "analytics.tiktok.com": _host(
            {"/i18n/pixel/events.js": _script("tiktok.js", _hex), "/api/v2/pixel": _pixel("_ttp", "tiktok.com", 390)}
        ),
        "ads.northstar.example": _exchange(),
        "pixel.audiencegrid.example": _host({"/match": _pixel("ag_id", "audiencegrid.example", 90)}),
    }


def _host(paths: dict[str, Handler]) -> Handler:
    return lambda asked: paths[asked.path](asked) if asked.path in paths else not_found()


def _hex(salt: str, visitor: int) -> str:
    return hashlib.sha256(f"{salt} {visitor}".encode()).hexdigest()[:16]


def _number(salt: str, visitor: int) -> str:
    """Two numbers as the analytics and social ids have them: a nine-digit one, and a time that is always the same."""
    return f"{int(_hex(salt, visitor), 16) % 900_000_000 + 100_000_000}.1790000000"


def _script(name: str, make_id: Callable[[str, int], str]) -> Handler:
    text = (_SCRIPTS / name).read_text(encoding="utf-8")
    visitors = itertools.count(1)

    def answer(_: Asked) -> Reply:
        body = text.replace("__VISITOR__", make_id(name, next(visitors)))
        return Reply(body, type="text/javascript; charset=utf-8", headers=(("Cache-Control", "no-store"),))

    return answer


def _cookie(asked: Asked, name: str, domain: str, days: int, visitors: itertools.count[int]) -> tuple[str, str]:
    """The visitor's id, known or new, and the Set-Cookie value that keeps it."""
    value = asked.cookies.get(name) or _hex(name, next(visitors))
    return value, f"{name}={value}; Domain={domain}; Path=/; Max-Age={days * _DAY}; Secure; HttpOnly; SameSite=None"


def _pixel(name: str, domain: str, days: int) -> Handler:
    visitors = itertools.count(1)

    def answer(asked: Asked) -> Reply:
        restricted = asked.params.get("dpo") == "LDU" or asked.params.get("asc") == "D"
        cookies = () if restricted else (_cookie(asked, name, domain, days, visitors)[1],)
        if asked.method == "POST":
            return Reply(status=204, cookies=cookies)
        return Reply(_PIXEL, type="image/gif", cookies=cookies, headers=(("Cache-Control", "no-store"),))

    return answer


def _json(asked: Asked, value: object, cookies: tuple[str, ...]) -> Reply:
    origin = (
        ("Access-Control-Allow-Origin", asked.headers.get("origin", "null")),
        ("Access-Control-Allow-Credentials", "true"),
    )
    return Reply(json.dumps(value), type="application/json", headers=origin, cookies=cookies)


def _opted_out(asked: Asked) -> bool:
    return asked.params.get("us_privacy", "")[2:3] == "Y" or asked.params.get("rdp") == "1"


def _advertisement() -> Handler:
    visitors = itertools.count(1)

    def answer(asked: Asked) -> Reply:
        if _opted_out(asked):
            return _json(asked, {"line": "Rain coats, made in the valley"}, ())
        _, cookie = _cookie(asked, "IDE", "doubleclick.net", 390, visitors)
        return _json(asked, {"line": "Picked for you: rain coats, made in the valley"}, (cookie,))

    return answer


def _exchange() -> Handler:
    visitors = itertools.count(1)

    def bid(asked: Asked) -> Reply:
        if _opted_out(asked):
            return _json(asked, {"line": "Tulip bulbs, planted in November"}, ())
        uid, cookie = _cookie(asked, "ns_uid", "northstar.example", 365, visitors)
        sync = f"https://ads.northstar.example/sync?{urlencode({'ns_uid': uid})}"
        return _json(asked, {"line": "Because you read about gardens: tulip bulbs", "sync": sync}, (cookie,))

    def sync(asked: Asked) -> Reply:
        return redirect(f"https://pixel.audiencegrid.example/match?{asked.query}")

    return _host({"/serve.js": _script("northstar.js", _hex), "/bid": bid, "/sync": sync})
