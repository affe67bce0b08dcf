"""For which region the site took the visitor: what consent managers write down, never a guess from the visitor's address.

Sources: OneTrust's ``OptanonConsent`` cookie (``geolocation=US;CA``) and its location service (``{"country": "US", "state": "CA"}``),
Cookiebot's ``CookieConsent`` cookie (``region:'us-06'``, a FIPS number of the state).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote

from consentcheck.model.evidence import Evidence, Visit

_COOKIEBOT = re.compile(r"region\s*:\s*'([a-z]{2})-(\d{2})'")
_STATES_BY_FIPS = {
    "06": "ca", "08": "co", "09": "ct", "10": "de", "12": "fl", "18": "in", "19": "ia", "21": "ky", "24": "md", "27": "mn", "30": "mt",
    "31": "ne", "33": "nh", "34": "nj", "36": "ny", "41": "or", "44": "ri", "47": "tn", "48": "tx", "49": "ut", "51": "va",
}  # fmt: skip
_PLACE = re.compile(r"[a-z]{2}")


def read_region(evidence: Evidence) -> str | None:
    """``us-ca``, or ``gb`` for a place without states; None where the site did not say, or said different things."""
    told = {region for visit in evidence.visits for region in _told(visit)}
    return told.pop() if len(told) == 1 else evidence.provenance.region


def _told(visit: Visit) -> Iterator[str]:
    for jar in visit.jars:
        for cookie in jar.cookies:
            value = unquote(cookie.value)
            if cookie.name == "OptanonConsent":
                country, _, state = (parse_qs(cookie.value).get("geolocation") or [""])[0].partition(";")
                yield from _place(country, state)
            elif cookie.name == "CookieConsent" and (found := _COOKIEBOT.search(value)):
                yield from _place(found[1], _STATES_BY_FIPS.get(found[2], ""))
    for request in visit.requests:
        if "geolocation.onetrust.com" in request.url and request.response_body:
            yield from _from_service(request.response_body)


def _from_service(body: str) -> Iterator[str]:
    try:
        answer = json.loads(body[body.find("{") : body.rfind("}") + 1])
    except (ValueError, RecursionError):
        return
    if isinstance(answer, dict):
        yield from _place(str(answer.get("country", "")), str(answer.get("state", "")))


def _place(country: str, state: str) -> Iterator[str]:
    country, state = country.strip().lower(), state.strip().lower()
    if not _PLACE.fullmatch(country):
        return
    if country == "us":
        if _PLACE.fullmatch(state):
            yield f"us-{state}"
        return
    yield country
