"""Evidence -> signals: what consent APIs answered, what cookies and storage hold, what requests carried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from consentcheck.knowledge.records import known_record
from consentcheck.knowledge.sites import host_of, path_of, same_site
from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Jar, Probe, Visit
from consentcheck.model.facts import SignalFact, WellKnownGpc
from consentcheck.model.words import SignalName
from consentcheck.reading.moments import choice_step, is_after, settled_step, snapshot_steps
from consentcheck.reading.signals.carried import carried_signals
from consentcheck.reading.signals.decoded import Decoded, FieldValue, json_object, plain
from consentcheck.reading.signals.google import decode_consent_state
from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.kept import decode_kept
from consentcheck.reading.signals.meta import decode_fbq
from consentcheck.reading.signals.records import decode_onetrust_active, decode_onetrust_google, decode_record
from consentcheck.reading.signals.tcf import decode_tcf, decode_tcf_answer
from consentcheck.reading.signals.uet import decode_uetq
from consentcheck.reading.signals.usp import decode_usp
from consentcheck.reading.signals.wellknown import read_gpc_json
from consentcheck.reading.urls import shortened

_CONFIGURATION = frozenset({"OneTrust.GetDomainData", "OneTrust.getGeolocationData", "_sp_.config"})
"""Probes that tell how a consent manager is set up, not what was chosen."""

_WELL_KNOWN = "/.well-known/gpc.json"

COOKIES: Mapping[str, SignalName] = {
    "usprivacy": "usp",
    "us_privacy": "usp",
    "__gpp": "gpp",
    "OTGPPConsent": "gpp",
    "euconsent-v2": "tcf",
    "eupubconsent-v2": "tcf",
    "OptanonConsent": "onetrust",
    "OneTrustWPCCPAGoogleOptOut": "onetrust",
    "CookieConsent": "cookiebot",
    "didomi_token": "didomi",
    "cmapi_cookie_privacy": "trustarc",
    "notice_preferences": "trustarc",
    "notice_gdpr_prefs": "trustarc",
    "osano_consentmanager": "osano",
}
"""Cookies and storage keys that hold a signal."""

_STORAGE: tuple[tuple[str, SignalName], ...] = (
    ("_sp_user_consent_", "sourcepoint"),
    ("usercentrics", "usercentrics"),
    ("uc_settings", "usercentrics"),
    ("ucData", "usercentrics"),
    ("IABGPP_HDR_GppString", "gpp"),
    ("IABUSPrivacy_String", "usp"),
)
"""Beginnings of storage keys that hold a signal."""


def read_signals(evidence: Evidence) -> tuple[SignalFact, ...]:
    """Every signal of every visit, once a scenario, source, value and side of the choice, in the order in which they were last seen."""
    found: dict[tuple[object, ...], SignalFact] = {}
    for visit in evidence.visits:
        if visit.failed:
            continue
        for fact in (*_of_probes(visit), *_of_jars(visit), *_of_requests(visit)):
            status = fact.fields.get("signalStatus")
            key = (fact.scenario, fact.signal, fact.source, fact.raw, fact.after_choice, status)
            found[key] = found.pop(key, fact)
    return tuple(found.values())


def read_well_known_gpc(evidence: Evidence) -> WellKnownGpc | None:
    """``/.well-known/gpc.json`` as it was answered; None if it was not asked for."""
    for visit in evidence.visits:
        for request in visit.requests:
            if path_of(request.url) == _WELL_KNOWN and same_site(host_of(request.url), host_of(visit.final_url)):
                return read_gpc_json(request.status, request.response_body or "", request.url)
        for probe in visit.probes:
            if probe.signal == "well-known-gpc" and probe.kind == "answer":
                return _well_known_probe(probe, visit)
    return None


def _of_probes(visit: Visit) -> Iterator[SignalFact]:
    steps = snapshot_steps(visit)
    since = choice_step(visit)
    foreign = _foreign_frames(visit)
    for probe in visit.probes:
        if probe.kind != "answer" or probe.signal == "well-known-gpc" or probe.source in _CONFIGURATION:
            continue
        if probe.signal != "gpc" and probe.frame in foreign.get(probe.snapshot or "", ()):
            continue
        after_step, page = steps.get(probe.snapshot or "", (None, 0))
        raw, decoded = _decode_probe(probe)
        yield SignalFact(
            scenario=visit.scenario,
            signal=probe.signal,
            raw=raw[:2000],
            says_opted_out=decoded.says_opted_out,
            source=probe.source,
            valid=decoded.valid,
            meaning=decoded.meaning,
            fields=decoded.fields,
            after_choice=is_after(visit, after_step, since),
            page=page,
            where=Where(scenario=visit.scenario, quote=f"{probe.source}: {raw[:160]}"),
        )


def _foreign_frames(visit: Visit) -> Mapping[str, frozenset[str]]:
    """Snapshot id -> frames of other sites: what is said there is not said by this one."""
    host = host_of(visit.final_url or visit.requested_url)
    return {
        snapshot.id: frozenset(
            document.frame for document in snapshot.documents if not same_site(host_of(document.url) or host, host)
        )
        for snapshot in visit.snapshots
    }


def _decode_probe(probe: Probe) -> tuple[str, Decoded]:
    """The signal's own string and what it says, from a bare string or an API's answer."""
    answer = json_object(probe.raw)
    if isinstance(data := answer.get("data"), dict):
        answer = data
    raw = probe.raw.strip().strip('"')
    match probe.signal:
        case "gpc":
            on = raw.casefold() in ("true", "1")
            return raw, Decoded(f"Global Privacy Control is {'on' if on else 'off'}.", on, fields={"gpc": on})
        case "usp":
            text = str(answer.get("uspString") or "") if answer else raw
            return text, decode_usp(text) if text else Decoded("No US Privacy string is set.")
        case "gpp":
            return _gpp_answer(raw, answer)
        case "tcf":
            return str(answer.get("tcString") or "") if answer else raw, decode_tcf_answer(probe.raw)
        case "google-consent-mode":
            return raw, decode_consent_state(raw)
        case "meta-ldu":
            return raw, decode_fbq(raw)
        case "microsoft-uet":
            return raw, decode_uetq(raw)
        case "onetrust":
            return raw, decode_onetrust_active(raw)
        case _:
            return raw, decode_record(probe.signal, raw)


def _gpp_answer(raw: str, answer: Mapping[str, object]) -> tuple[str, Decoded]:
    """What ``__gpp('ping')`` answered, or a bare string."""
    if not answer:
        return raw, decode_gpp(unquote(raw))
    inner = answer.get("pingData")
    data = inner if isinstance(inner, dict) else answer
    text = data.get("gppString")
    listed = data.get("applicableSections")
    applicable = tuple(n for n in listed if isinstance(n, int) and n > 0) if isinstance(listed, list) else ()
    decoded = decode_gpp(text, applicable) if isinstance(text, str) and text else Decoded("No GPP string is set.")
    if not _is_current(data):
        said = f"The interface says that its string is not current yet. {decoded.meaning}"
        decoded = Decoded(said, None, decoded.valid, decoded.fields)
    names = ("gppVersion", "cmpStatus", "cmpDisplayStatus", "signalStatus", "applicableSections", "cmpId")
    fields: dict[str, FieldValue] = {name: plain(data[name]) for name in names if name in data}
    return str(text or ""), Decoded(
        decoded.meaning, decoded.says_opted_out, decoded.valid, {**fields, **decoded.fields}
    )


def _is_current(answer: Mapping[str, object]) -> bool:
    """Whether a receiver may take the string of a ping: ``signalStatus`` says so since version 1.1, before it ``cmpStatus``."""
    status = answer.get("signalStatus")
    return status == "ready" if isinstance(status, str) else answer.get("cmpStatus") not in ("stub", "loading", "error")


def _of_jars(visit: Visit) -> Iterator[SignalFact]:
    steps = snapshot_steps(visit)
    since = choice_step(visit)
    host = host_of(visit.final_url or visit.requested_url)
    for jar in visit.jars:
        after_step, page = steps.get(jar.after, (None, 0))
        for signal, source, key, raw in _held(jar, host):
            text, decoded = _decode_held(signal, key, raw)
            yield SignalFact(
                scenario=visit.scenario,
                signal=signal,
                raw=text[:2000],
                says_opted_out=decoded.says_opted_out,
                source=source,
                valid=decoded.valid,
                meaning=decoded.meaning,
                fields=decoded.fields,
                after_choice=is_after(visit, after_step, since),
                page=page,
                where=Where(scenario=visit.scenario, quote=f"{source}: {text[:160]}"),
            )


def _held(jar: Jar, host: str) -> Iterator[tuple[SignalName, str, str, str]]:
    """(signal, source, key, value) of a jar's cookies and storage: the site's own only, for another party's says nothing of the site."""
    for cookie in jar.cookies:
        signal = signal_kept_as(cookie.name)
        if signal and cookie.value and same_site(cookie.domain.lstrip("."), host):
            yield signal, f"cookie {cookie.name}", cookie.name, cookie.value
    for item in jar.storage:
        prefixed = (signal for prefix, signal in _STORAGE if item.own_key.startswith(prefix))
        named = next(prefixed, None) or signal_kept_as(item.own_key)
        if named and item.value and same_site(host_of(item.origin), host):
            yield named, f"storage {item.key}", item.own_key, item.value


def signal_kept_as(key: str) -> SignalName | None:
    """The signal that a cookie or key of this name holds; None if it holds none that is known."""
    return COOKIES.get(key) or ("consent-record" if known_record(key) else None)


def _decode_held(signal: SignalName, key: str, raw: str) -> tuple[str, Decoded]:
    text = unquote(raw).strip().strip('"')
    match signal:
        case "usp":
            text = str(json_object(text).get("uspString") or text)  # some managers keep the string in an object
            return text, decode_usp(text)
        case "gpp":
            return text, decode_gpp(text)
        case "tcf":
            return text, decode_tcf(text)
        case "consent-record":
            return raw, decode_kept(key, raw)
        case _:
            return raw, decode_onetrust_google(text) if "GoogleOptOut" in key else decode_record(signal, raw)


def _of_requests(visit: Visit) -> Iterator[SignalFact]:
    since = settled_step(visit)
    for request in visit.requests:
        after = is_after(visit, request.after_step, since)
        for carried in carried_signals(request):
            decoded = carried.decoded
            yield SignalFact(
                scenario=visit.scenario,
                signal=carried.signal,
                raw=carried.raw[:2000],
                says_opted_out=decoded.says_opted_out,
                source=f"request {carried.parameter}",
                valid=decoded.valid,
                meaning=decoded.meaning,
                fields=decoded.fields,
                after_choice=after,
                page=request.page,
                where=Where(
                    scenario=visit.scenario,
                    request=shortened(request.url),
                    quote=f"{carried.parameter}={carried.raw[:160]}",
                ),
            )


def _well_known_probe(probe: Probe, visit: Visit) -> WellKnownGpc:
    """The probe's raw answer: JSON with ``status`` and ``body``, or the body alone."""
    answer = json_object(probe.raw)
    if isinstance(answer.get("body"), str):
        status = answer.get("status")
        return read_gpc_json(status if isinstance(status, int) else None, answer["body"], visit.final_url)
    return read_gpc_json(200, probe.raw, visit.final_url)
