"""The consent signals that a request carries: ``us_privacy``, ``gpp``, ``gcs``, ``npa``, ``rdp``, ``dpo``, ``asc`` ..."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from consentcheck.knowledge.sites import host_of
from consentcheck.model.evidence import Request
from consentcheck.model.words import SignalName
from consentcheck.reading.signals.decoded import Decoded
from consentcheck.reading.signals.google import decode_flag, decode_gcd, decode_gcs
from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.meta import decode_ldu
from consentcheck.reading.signals.tcf import decode_tcf
from consentcheck.reading.signals.uet import decode_asc
from consentcheck.reading.signals.usp import decode_usp
from consentcheck.reading.urls import body_parameters, parameters, query_parameters

_SECTION_ID = re.compile(r"(?<![-\w])[0-9]{1,5}(?![0-9])|(?<=_)[0-9]{1,5}(?![0-9])")
_GOOGLE = (
    ".google.com",
    ".google-analytics.com",
    ".googleadservices.com",
    ".googlesyndication.com",
    ".doubleclick.net",
)


@dataclass(frozen=True)
class CarriedSignal:
    """A signal in a request: its parameter, and what it says."""

    signal: SignalName
    parameter: str
    raw: str
    decoded: Decoded


def carried_signals(request: Request) -> tuple[CarriedSignal, ...]:
    """The consent signals that a request carries, in its URL or in the body of a form."""
    host = host_of(request.url)
    params = parameters(request)
    found: list[CarriedSignal] = []

    def add(signal: SignalName, parameter: str, decode: Callable[[str], Decoded]) -> None:
        raw = params.get(parameter, "")
        if raw and not _is_macro(raw):
            found.append(CarriedSignal(signal, parameter, raw, decode(raw)))

    add("usp", "us_privacy", decode_usp)
    for name in ("usp", "ccpa", "us_privacy_string"):
        if decode_usp(params.get(name, "")).valid:
            add("usp", name, decode_usp)
    add("gpp", "gpp", lambda raw: decode_gpp(raw, section_ids(request)))
    add("tcf", "gdpr_consent", decode_tcf)
    add("google-consent-mode", "gcs", decode_gcs)
    add("google-consent-mode", "gcd", decode_gcd)
    if f".{host}".endswith(_GOOGLE):
        add("google-consent-mode", "npa", lambda raw: decode_flag("npa", raw))
        add("google-consent-mode", "rdp", lambda raw: decode_flag("rdp", raw))
    if f".{host}".endswith(".facebook.com") and "dpo" in params:
        decoded = decode_ldu(params["dpo"], params.get("dpoco", ""), params.get("dpost", ""))
        raw = "&".join(f"{name}={params[name]}" for name in ("dpo", "dpoco", "dpost") if name in params)
        found.append(CarriedSignal("meta-ldu", "dpo", raw, decoded))
    if host == "bat.bing.com":
        add("microsoft-uet", "asc", decode_asc)
    return tuple(found)


def section_ids(request: Request) -> tuple[int, ...]:
    """All of ``gpp_sid``, a list (``7,8``, ``7_8``, ``[7, 8]``) or given again and again: the sections that apply, without -1 (none)."""
    every = (*query_parameters(request.url), *body_parameters(request.body))
    listed = " ".join(value[:200] for name, value in every if name == "gpp_sid")
    return tuple(map(int, _SECTION_ID.findall(listed)[:40]))


def _is_macro(raw: str) -> bool:
    """A place holder that nobody filled in (``${US_PRIVACY}``, ``[CCPA]``, ``{gpp}``)."""
    return raw[0] in "$[{%" or raw.lower() in ("undefined", "null", "none", "na")


_OPT_OUT_NAMES = frozenset(
    {"optout", "opt_out", "opt-out", "usprivacy", "us_privacy", "donotsell", "do_not_sell", "dns"}
)


def opts_out_by_name(name: str, value: str) -> bool:
    """Whether a cookie's name or value says that it records an opt-out (``OPTOUT``, ``id=OPT_OUT``)."""
    return name.casefold().strip("_") in _OPT_OUT_NAMES or value.casefold().strip("_") in {
        "optout",
        "opt_out",
        "opt-out",
    }
