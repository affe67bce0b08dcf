"""Whether the privacy strings themselves are in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.checks.signal_states import named, signal_where
from consentcheck.model.facts import Facts, SignalFact
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario, SignalName

_CALIFORNIAN = frozenset({"7", "8"})
_NOTICES = ("SaleOptOutNotice", "SharingOptOutNotice")


def _of(facts: Facts, signal: SignalName, scenario: Scenario | None = None) -> list[SignalFact]:
    return [f for f in facts.signals if f.signal == signal and f.raw and scenario in (None, f.scenario)]


def _resolved(case: Case) -> bool | None:
    """Whether the site took the visitor for a Californian; None where it did not say."""
    return None if case.facts.region is None else case.facts.region.casefold() == "us-ca"


class SignalParams(Params):
    """``signal`` whose strings are judged."""

    signal: SignalName


@check("string-is-valid", SignalParams)
def string_is_valid(case: Case, params: SignalParams) -> Iterator[Observation]:
    """Every string has the form that its specification gives."""
    strings = _of(case.facts, params.signal)
    seen: set[str] = set()
    for fact in strings:
        if not fact.valid and fact.raw not in seen:
            seen.add(fact.raw)
            data = {"raw": fact.raw[:80], "why": fact.meaning, "signal": named(fact)}
            yield Observation(outcome="failed", where=(signal_where(fact),), data=data, key=fact.raw[:80])
    if strings and not seen:
        yield Observation(outcome="passed", data={"raw": strings[0].raw[:80]})


@check("usp-applies", NoParams)
def usp_applies(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The US Privacy string does not say, of a Californian, that the law does not apply."""
    strings = [f for f in _of(case.facts, "usp", "first-visit") if f.valid and not f.source.startswith("request ")]
    resolved = _resolved(case)
    for fact in strings:
        if fact.raw != "1---":
            yield Observation(outcome="passed", data={"raw": fact.raw})
        elif resolved is not False:
            outcome: Literal["failed", "cantTell"] = "failed" if resolved else "cantTell"
            yield Observation(outcome=outcome, where=(signal_where(fact),), data={"raw": fact.raw}, key=named(fact))


@check("usp-has-successor", NoParams)
def usp_has_successor(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Where there is a US Privacy string there is a GPP string too."""
    old = [f for f in _of(case.facts, "usp", "first-visit") if not f.source.startswith("request ")]
    if old:
        new = _of(case.facts, "gpp", "first-visit")
        outcome: Literal["passed", "failed"] = "passed" if new else "failed"
        yield Observation(outcome=outcome, where=(signal_where(old[0]),), data={"raw": old[0].raw[:80]}, key="no gpp")


@check("gpp-gives-notice", NoParams)
def gpp_gives_notice(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The GPP string says that notice of the right to opt out of sale and sharing was given."""
    judged = False
    for fact in _of(case.facts, "gpp", "first-visit"):
        if not fact.valid or fact.source.startswith("request "):
            continue
        for section in ("usca", "usnat"):
            said = {name: fact.fields.get(f"{section}.{name}") for name in _NOTICES}
            without = [name for name, value in said.items() if value in (0, 2)]
            judged = judged or any(value is not None for value in said.values())
            if without:
                fields = ", ".join(f"{name} {said[name]}" for name in without)
                data = {"section": section, "fields": fields}
                key = f"{section} {' '.join(without)}"
                yield Observation(outcome="failed", where=(signal_where(fact),), data=data, key=key)
    if judged:
        yield Observation(outcome="passed")


@check("gpp-becomes-ready", NoParams)
def gpp_becomes_ready(case: Case, _params: NoParams) -> Iterator[Observation]:
    """``__gpp`` says at some time of the first visit that its signal is ready."""
    answers = [
        f
        for f in case.facts.signals
        if f.signal == "gpp" and f.scenario == "first-visit" and "signalStatus" in f.fields
    ]
    if not answers:
        return
    if any(fact.fields["signalStatus"] == "ready" for fact in answers):
        yield Observation(outcome="passed")
        return
    last = answers[-1]
    data = {"status": str(last.fields["signalStatus"]), "cmp": str(last.fields.get("cmpStatus", "not said"))}
    yield Observation(outcome="failed", where=(signal_where(last),), data=data, key="not ready")


@check("gpp-carries-gpc", NoParams)
def gpp_carries_gpc(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Under GPC, a GPP section that has room for the signal says that it is on."""
    told = False
    seen: set[str] = set()
    for fact in _of(case.facts, "gpp", "gpc"):
        for name, value in fact.fields.items():
            if not name.endswith(".Gpc") or not fact.after_choice:
                continue
            told = told or value is True
            if value is False and name not in seen and not fact.source.startswith("request "):
                seen.add(name)
                section = name.partition(".")[0]
                yield Observation(outcome="failed", where=(signal_where(fact),), data={"section": section}, key=section)
    if told:
        yield Observation(outcome="passed")


@check("gpp-section-applies", NoParams)
def gpp_section_applies(case: Case, _params: NoParams) -> Iterator[Observation]:
    """For a Californian, the sections that apply have the national or the Californian one among them."""
    if "us-ca" not in case.profile.regimes or _resolved(case) is False:
        return
    for fact in case.facts.signals:
        listed = fact.fields.get("applicableSections")
        if fact.signal != "gpp" or fact.scenario != "first-visit" or not isinstance(listed, str):
            continue
        if _CALIFORNIAN & set(listed.split(",")):
            yield Observation(outcome="passed", data={"sections": listed})
        else:
            data = {"sections": listed or "none"}
            yield Observation(outcome="cantTell", where=(signal_where(fact),), data=data, key="sections")
        return


@check("tcf-does-not-apply", NoParams)
def tcf_does_not_apply(case: Case, _params: NoParams) -> Iterator[Observation]:
    """``__tcfapi`` does not say, of a Californian, that the GDPR applies."""
    for fact in case.facts.signals:
        applies = fact.fields.get("gdprApplies")
        if fact.signal != "tcf" or fact.scenario != "first-visit" or not isinstance(applies, bool):
            continue
        resolved = _resolved(case)
        if not applies:
            yield Observation(outcome="passed")
        elif resolved is not False:
            outcome: Literal["failed", "cantTell"] = "failed" if resolved else "cantTell"
            yield Observation(outcome=outcome, where=(signal_where(fact),), key="gdpr applies")
        return
