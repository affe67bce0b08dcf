"""The records that consent managers keep of their own: cookies, storage and answers of their scripts.

A record names categories or purposes; it says that a consumer opted out when those for sale, or else those for advertising, are off.
Flags such as OneTrust's ``isGpcEnabled`` say what was configured or seen, not what was done with it: they are fields, and no answer.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote

from consentcheck.model.words import SignalName
from consentcheck.reading.signals.decoded import (
    Decoded,
    FieldValue,
    combined,
    json_object,
    json_value,
    malformed,
    plain,
)
from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.usp import decode_usp

_SALE_GROUPS = ("SPD_BG", "SSPD_BG", "OSSTA_BG")
_AD_GROUPS = ("C0004", "4")
_AD_WORD = re.compile(
    r"advertis|(?<![a-z])(?:ads?|sales?|sell(?:ing)?|shar(?:e|ing)|marketing|targeting)(?![a-z])", re.IGNORECASE
)
_NOT_FOR_OTHERS = re.compile(r"e-?mail|(?<![a-z])sms(?![a-z])|newsletter|social", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def told(name: str, says: bool | None) -> str:
    """What a record says, in a sentence."""
    heads = {True: "opted out", False: "not opted out", None: "nothing certain of sale or advertising"}
    return f"{name}'s own record says: {heads[says]}."


def decode_onetrust(raw: str) -> Decoded:
    """``OptanonConsent``: a query string with ``groups=C0001:1,SSPD_BG:0``; a group that is off has 0.

    The bundle for sale or sharing decides where there is one, else the targeting group (C0004, once 4).
    """
    text = unquote(raw) if "groups%3D" in raw or "&" not in raw else raw
    query = {key: values[-1] for key, values in parse_qs(text, keep_blank_values=True, max_num_fields=200).items()}
    if not query or not ({"groups", "isGpcEnabled", "consentId", "version"} & query.keys()):
        return malformed("OptanonConsent cookie", "it has none of the keys that one has")
    fields: dict[str, FieldValue] = {
        key: query[key]
        for key in (
            "isGpcEnabled",
            "browserGpcFlag",
            "geolocation",
            "interactionCount",
            "gppSid",
            "version",
            "datestamp",
        )
        if key in query
    }
    groups = dict(pair.split(":", 1) for pair in query.get("groups", "").split(",") if ":" in pair)
    fields.update({f"groups.{name[:40]}": state[:8] for name, state in list(groups.items())[:100]})
    chosen = [name for name in _SALE_GROUPS if name in groups] or [name for name in _AD_GROUPS if name in groups]
    says = combined([{"0": True, "1": False}.get(groups[name]) for name in chosen])
    decided = f" ({', '.join(f'{name} {groups[name]}' for name in chosen)})" if chosen else ""
    return Decoded(told("OneTrust", says).replace(".", f"{decided}."), says, fields=fields)


def decode_onetrust_google(raw: str) -> Decoded:
    """``OneTrustWPCCPAGoogleOptOut``: ``true`` once the consumer opted out.

    ``false`` is what OneTrust's older script writes to begin with, also beside ``usprivacy=1---`` where the law is said not to apply, and
    leaves as it is where the groups alone are changed: no answer.
    """
    flag = {"true": True, "false": False}.get(raw)
    says = flag or None
    return Decoded(told("OneTrust", says), says, fields={"GoogleOptOut": flag})


def decode_onetrust_active(raw: str) -> Decoded:
    """``OnetrustActiveGroups``: ``,C0001,C0003,``. A group that is missing may be off, or may not exist: no answer."""
    active = [name for name in raw.strip().split(",") if name][:100]
    on = [name for name in (*_SALE_GROUPS, *_AD_GROUPS) if name in active]
    says = False if on else None
    return Decoded(told("OneTrust", says), says, fields={"active": ",".join(active)[:500]})


_COOKIEBOT = re.compile(r"(\w{1,40})\s{0,4}:\s{0,4}(?:(true|false)|'([^']{0,200})'|([\w.-]{1,40}))")


def decode_cookiebot(raw: str) -> Decoded:
    """``CookieConsent``: ``{stamp:'..',necessary:true,...,marketing:false,method:'explicit',region:'us-06'}``, or ``Cookiebot.consent``.

    A stamp of -1 means that nobody was asked. Marketing decides.
    """
    text = unquote(raw)[:5000]
    fields: dict[str, FieldValue] = {}
    if isinstance(consent := json_object(raw).get("consent"), dict):
        fields = {str(name)[:40]: plain(state) for name, state in consent.items()}
        text = ""
    for name, flag, quoted, bare in _COOKIEBOT.findall(text) if text.lstrip().startswith("{") else ():
        fields[name] = flag == "true" if flag else quoted or bare
    marketing = fields.get("marketing")
    if "necessary" not in fields:
        return malformed("CookieConsent cookie", "it names no categories")
    says = not marketing if isinstance(marketing, bool) else None
    return Decoded(told("Cookiebot", says), says, fields=fields)


def decode_didomi(raw: str) -> Decoded:
    """``didomi_token`` (base64 of JSON), or the answer of ``Didomi.getCurrentUserStatus()`` (JSON).

    Purposes for advertising or sale decide where their ids say so, else all purposes if they are all off or all on.
    """
    value = json_object(raw) or json_object(base64_text(unquote(raw)))
    purposes = value.get("purposes")
    if not isinstance(purposes, dict):
        return malformed("Didomi record", "it names no purposes")
    states: dict[str, bool] = {}
    for state, ids in (("enabled", True), ("disabled", False)):
        listed = purposes.get(state)
        states.update({str(name): ids for name in listed} if isinstance(listed, list) else {})
    for name, entry in purposes.items():
        if isinstance(entry, dict) and isinstance(entry.get("enabled"), bool):
            states[str(name)] = entry["enabled"]
    fields: dict[str, FieldValue] = {f"purposes.{name[:60]}": on for name, on in list(states.items())[:100]}
    if (regulation := value.get("regulation")) is not None:
        fields["regulation"] = plain(regulation)
    says = _by_words(states)
    return Decoded(told("Didomi", says), says, fields=fields)


_GPP_KEYS = ("gppString", "IABGPP_HDR_GppString", "consentString")


def decode_sourcepoint(raw: str) -> Decoded:
    """Sourcepoint's storage entry ``_sp_user_consent_<id>`` (JSON): its strings and its own status, where they apply."""
    value = json_object(raw)
    if not value:
        return malformed("Sourcepoint record", "it is no JSON object")
    fields: dict[str, FieldValue] = {}
    answers: list[bool | None] = []
    applying = [data for data in _objects(value, "usnat", "ccpa") if data.get("applies") is not False]
    for data in (*_objects(value, "gppData", "GPPData"), *applying):
        text = next((said for key in _GPP_KEYS if isinstance(said := data.get(key), str) and "~" in said), "")
        if text:
            fields["gppString"] = text[:500]
            answers.append(decode_gpp(text).says_opted_out)
    for data in applying:
        if isinstance(usp := data.get("uspstring"), str):
            fields["uspstring"] = usp[:8]
            answers.append(decode_usp(usp).says_opted_out)
        status = data.get("consentStatus")
        granular = status.get("granularStatus") if isinstance(status, dict) else None
        for name in ("sellStatus", "shareStatus", "gpcStatus"):
            if isinstance(granular, dict) and isinstance(state := granular.get(name), bool):
                fields[name] = state
        if isinstance(data.get("status"), str):
            fields["status"] = data["status"][:40]
            answers.append({"rejectedAll": True, "rejectedNone": False, "consentedAll": False}.get(data["status"]))
    says = combined(answers)
    return Decoded(told("Sourcepoint", says), says, fields=fields)


def decode_trustarc(raw: str) -> Decoded:
    """``cmapi_cookie_privacy``: ``permit 1,2,3`` (1 required, 2 functional, 3 advertising) or ``permit 1 required``.

    TrustArc's other cookies (``notice_preferences``, ``notice_gdpr_prefs``) are told about differently by different sources: no answer.
    """
    text = unquote(raw).strip().strip('"')
    fields: dict[str, FieldValue] = {"value": text[:100]}
    match = re.match(r"permit((?:[ ,]{1,2}[0-9]){1,10})", text)
    if match is None:
        return Decoded("TrustArc's own record, which says nothing certain of sale or advertising.", fields=fields)
    permitted = re.findall(r"[0-9]", match.group(1))
    says = "3" not in permitted
    fields["permitted"] = ",".join(permitted)
    return Decoded(told("TrustArc", says), says, fields=fields)


def decode_osano(raw: str) -> Decoded:
    """The answer of ``Osano.cm.getConsent()`` (JSON, category -> ACCEPT or DENY).

    ``OPT_OUT`` is accepted by who opts out of sale; elsewhere it stays DENY and ``MARKETING`` is denied.
    Osano's own cookie is opaque: no answer.
    """
    states = {name: str(plain(state)).upper() for name, state in json_object(raw).items()}
    if not states:
        return Decoded("Osano's own record, which only its script can read.")
    fields: dict[str, FieldValue] = {name[:40]: state[:20] for name, state in list(states.items())[:50]}
    opt_out, marketing = states.get("OPT_OUT"), states.get("MARKETING")
    says = None
    if opt_out == "ACCEPT" or marketing == "DENY":
        says = True
    elif opt_out == "DENY" or marketing == "ACCEPT":
        says = False
    return Decoded(told("Osano", says), says, fields=fields)


def decode_usercentrics(raw: str) -> Decoded:
    """Usercentrics' storage (JSON): services with ``consentStatus`` or ``consent``, a US string, or both.

    The string decides, else the consent mode that is kept beside the services, else the services: those named after
    advertising, or all that are not known to be essential, if they are all off or all on.
    """
    value = json_object(raw)
    if isinstance(usp := value.get("ccpaString") or value.get("uspString"), str):
        decoded = decode_usp(usp)
        return Decoded(
            told("Usercentrics", decoded.says_opted_out), decoded.says_opted_out, decoded.valid, decoded.fields
        )
    if isinstance(mode := value.get("gcm"), dict) and mode.get("adStorage") in ("granted", "denied"):
        states = {str(name)[:40]: str(state)[:20] for name, state in list(mode.items())[:20]}
        denied = mode["adStorage"] == "denied"
        return Decoded(told("Usercentrics", denied), denied, fields=dict(states))
    services = value.get("consents") or value.get("services")
    if isinstance(consent := value.get("consent"), dict):
        services = services or consent.get("services")
    listed = services if services is not None else json_value(raw)
    entries = list(listed.values()) if isinstance(listed, dict) else listed
    if not isinstance(entries, list):
        return malformed("Usercentrics record", "it names no services")
    given: dict[str, bool] = {}
    for number, entry in enumerate(entries[:500]):
        if not isinstance(entry, dict) or entry.get("isEssential") or entry.get("category") == "essential":
            continue
        said = entry.get("consentStatus", entry.get("status", entry.get("consent")))
        state = said.get("given", said.get("status")) if isinstance(said, dict) else said
        if isinstance(state, bool):
            given[str(entry.get("name") or entry.get("templateId") or number)[:60]] = state
    says = _by_words(given)
    return Decoded(told("Usercentrics", says), says, fields=dict(given))


def decode_record(signal: SignalName, raw: str) -> Decoded:
    """The record of a consent manager, named by its signal, decoded."""
    return RECORDS[signal](raw)


RECORDS: Mapping[SignalName, Callable[[str], Decoded]] = {
    "onetrust": decode_onetrust,
    "cookiebot": decode_cookiebot,
    "didomi": decode_didomi,
    "sourcepoint": decode_sourcepoint,
    "trustarc": decode_trustarc,
    "osano": decode_osano,
    "usercentrics": decode_usercentrics,
}


def by_ad_words(states: Mapping[str, bool]) -> bool | None:
    """The answer of the states whose names speak of advertising or sale; None where none does, or where they differ."""
    return _agreed([on for name, on in states.items() if _is_about_ads(_CAPITAL.sub("_", name))])


def _by_words(states: Mapping[str, bool]) -> bool | None:
    """The answer of what is named after advertising or sale, else of all, if all are off or all are on."""
    about_ads = [on for name, on in states.items() if _is_about_ads(_CAPITAL.sub("_", name))]
    return _agreed(about_ads or list(states.values()))


def _is_about_ads(name: str) -> bool:
    return _AD_WORD.search(name) is not None and not _NOT_FOR_OTHERS.search(name)


def _agreed(states: list[bool]) -> bool | None:
    """Whether all are off; None where some are on: which of them are for advertising is not known."""
    return None if len(set(states)) != 1 else not states[0]


def _objects(value: Mapping[str, Any], *names: str) -> list[Mapping[str, Any]]:
    """The objects under these keys, at the top or one level below."""
    below = [inner for inner in value.values() if isinstance(inner, dict)]
    return [found for holder in (value, *below) for name in names if isinstance(found := holder.get(name), dict)]


def base64_text(raw: str) -> str:
    """The text that is in base64, in either alphabet; empty if there is none."""
    try:
        return base64.b64decode(raw + "=" * (-len(raw) % 4), altchars=b"-_").decode("utf-8")
    except (ValueError, binascii.Error):
        return ""
