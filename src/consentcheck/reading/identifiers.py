"""What a request carries that can single out a person.

A value counts when its name says that it identifies (``uid``, ``email``), or when it looks random and is either a cookie's value or was
sent more than once. A value of an ambiguous name that is the same in two fresh profiles names an account or a version, not a person.
Consent strings never count.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consentcheck.model.evidence import Request, Visit
from consentcheck.model.words import Scenario
from consentcheck.reading.signals.decoded import MAX_LENGTH
from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.tcf import decode_tcf
from consentcheck.reading.urls import body_parameters, query_parameters


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CONSENT_NAMES = _names(
    "us_privacy usprivacy usp ccpa us_privacy_string gpp gpp_sid gppsid __gpp otgppconsent gdpr gdpr_consent gdpr_pd "
    "addtl_consent consent consents consentid consent_id euconsent euconsent-v2 eupubconsent-v2 gcs gcd gcu npa rdp dma "
    "dma_cps pscdl dpo dpoco dpost asc optanonconsent optanonalertboxclosed onetrustwpccpagoogleoptout cookieconsent "
    "didomi_token cmapi_cookie_privacy notice_preferences notice_gdpr_prefs notice_behavior osano_consentmanager "
    "tcf_consent tc_string optout opt_out"
)
_PERSON_NAMES = _names(
    "uid user_id userid visitor_id visitorid vid device_id deviceid anonymous_id anonymousid anon_id distinct_id fbp fbc "
    "_fbp _fbc gclid fbclid msclkid ttclid ttp _ttp puid ppid buyeruid partner_uid partneruid ext_uid external_id "
    "external_user_id maid idfa aaid gaid ifa hem em email email_sha256 ph phone uidh ecid tdid ttd_id muid google_gid lr_id "
    "idl id5id sharedid pubcid pubcid_id cookie_id cookieid ga_vid person_id personid customer_id _ga"
)
"""Names that say that their value is a person's or a browser's."""

_LIKELY_NAMES = _names("uuid guid cid client_id clientid did mid eid sid session_id sessionid auid google_cver_gid")
"""Names that mean a person at one party and an account at another."""

_PASSING_NAMES = _names(
    "cb ord rnd rand random cachebuster cache_buster cachebust nocache correlator nonce ts time timestamp t z _ v ver "
    "version hash sig signature gtm tag_exp hl url dl dr ref referrer title dt"
)
"""Names of values that change with every request, or that say nothing of the person."""

_DIRECT = frozenset({"em", "email", "email_sha256", "hem", "ph", "phone"})
_PLAIN = re.compile(r"[\w.:|%/+=~-]{8,256}", re.ASCII)
_GA_COOKIE = re.compile(r"GA1\.[0-9]{1,2}\.([0-9]{5,12}\.[0-9]{5,12})")
_MOMENT = re.compile(r"1[5-9][0-9]{8}(?:[0-9]{3})?(?:\.[0-9]{1,6})?")

_PROFILE_OF: Mapping[Scenario, Scenario] = {"revisit-after-opt-out": "opt-out", "revisit-after-gpc": "gpc"}


@dataclass(frozen=True)
class Identifier:
    """A value that may single out a person. ``kind``: cookie, param or body."""

    kind: str
    name: str
    value: str

    @property
    def label(self) -> str:
        """As facts show it, without the value."""
        return f"{self.kind}:{self.name[:60]}"


class Profiles:
    """All values of all visits, to tell what is one person's from what is everybody's.

    ``static``: values seen in two fresh profiles. ``repeated``: of each visit, values sent in several requests or held in a cookie.
    """

    def __init__(self, visits: Iterable[Visit]) -> None:
        seen_in: dict[str, set[tuple[Scenario, int]]] = {}
        self._known: dict[tuple[Scenario, int], frozenset[str]] = {}
        for visit in visits:
            profile = (_PROFILE_OF.get(visit.scenario, visit.scenario), visit.round)
            sent = Counter(
                value for request in visit.requests for value in {item.value for item in _candidates(request)}
            )
            held = {normalised(cookie.value) for jar in visit.jars for cookie in jar.cookies}
            self._known[(visit.scenario, visit.round)] = frozenset({v for v, n in sent.items() if n > 1} | held)
            for value in sent:
                seen_in.setdefault(value, set()).add(profile)
        self._static = frozenset(value for value, profiles in seen_in.items() if len(profiles) > 1)

    def identifiers(self, visit: Visit, request: Request) -> tuple[Identifier, ...]:
        """What a request carries that can single out the visitor."""
        known = self._known.get((visit.scenario, visit.round), frozenset())
        found: dict[str, Identifier] = {}
        for item in _candidates(request):
            name = item.name.casefold()
            certain = item.kind == "cookie" or name in _PERSON_NAMES
            likely = item.value not in self._static and (name in _LIKELY_NAMES or item.value in known)
            if certain or likely:
                found.setdefault(item.label, item)
        return tuple(found.values())


def normalised(value: str) -> str:
    """A value as it is compared: Google's client id without the cookie's own beginning."""
    match = _GA_COOKIE.fullmatch(value)
    return match.group(1) if match else value


def _candidates(request: Request) -> list[Identifier]:
    """Values that might identify: of cookies sent, of the query, of the body."""
    found = [
        Identifier("cookie", name, normalised(value))
        for name, value in request.cookies.items()
        if not is_consent(name, value) and _PLAIN.fullmatch(value) and looks_random(value)
    ]
    for kind, pairs in (("param", query_parameters(request.url)), ("body", body_parameters(request.body))):
        for name, value in pairs:
            item = Identifier(kind, name, normalised(value))
            if name.casefold() in _PASSING_NAMES or is_consent(name, value):
                continue
            named = name.casefold() in _PERSON_NAMES | _LIKELY_NAMES
            if _is_named_value(item) if named else looks_random(value):
                found.append(item)
    return found


def is_consent(name: str, value: str) -> bool:
    """Whether a value is a consent string, by its name or by its form."""
    if name.casefold() in _CONSENT_NAMES:
        return True
    if value.startswith("DB") and ("~" in value or len(value) < 9):
        return decode_gpp(value).valid
    return 30 < len(value) < MAX_LENGTH and value[0] == "C" and decode_tcf(value).valid


def _is_named_value(item: Identifier) -> bool:
    """Whether the value of a name that identifies is one: not empty, not a flag, not a word."""
    value = item.value
    if item.name.casefold() in _DIRECT:
        return "@" in value or len(value) >= 16
    return bool(_PLAIN.fullmatch(value)) and any(letter.isdigit() for letter in value) and not _MOMENT.fullmatch(value)


def looks_random(value: str) -> bool:
    """Long enough, and of mixed letters and digits (or digits alone, and many), as an identifier is."""
    if not 10 <= len(value) <= 256 or not _PLAIN.fullmatch(value) or "//" in value or _MOMENT.fullmatch(value):
        return False
    digits = sum(letter.isdigit() for letter in value)
    if digits < 3:
        return False
    counts = Counter(value)
    entropy = -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
    return entropy >= 2.8
