"""Which of a scenario's signals count, and which of them contradict each other."""

from __future__ import annotations

import datetime as dt

from consentcheck.checks import Case, NoParams
from consentcheck.checks.signal_states import VendorParams, google_is_told, opt_out_persists, signals_agree, states
from consentcheck.model.facts import Category, Choice, Dialog, Facts, SignalFact
from consentcheck.model.result import Observation
from consentcheck.model.rule import Profile
from consentcheck.model.words import Scenario, SignalName


def _signal(
    signal: SignalName, says: bool | None, source: str = "__api", scenario: Scenario = "gpc", raw: str = "x"
) -> SignalFact:
    return SignalFact(signal=signal, says_opted_out=says, source=source, scenario=scenario, raw=raw)


def _case(facts: Facts) -> Case:
    return Case(facts=facts, profile=Profile(), as_of=dt.date(2026, 6, 1), seller="yes")


def _outcomes(observations: list[Observation]) -> list[tuple[str, str | None]]:
    return [(observation.outcome, observation.variant) for observation in observations]


def test_the_last_reading_of_each_own_source_counts() -> None:
    facts = Facts(
        signals=(
            _signal("usp", False, raw="1YNN"),
            _signal("usp", True, raw="1YYN"),
            _signal("usp", False, source="request us_privacy"),
            _signal("google-consent-mode", False, source="dataLayer consent"),
            _signal("gpp", False, scenario="first-visit"),
        )
    )
    assert [(fact.signal, fact.raw) for fact in states(facts, "gpc")] == [("usp", "1YYN")]


def test_three_voices_give_a_finding_a_contradicting_pair() -> None:
    facts = Facts(signals=(_signal("usp", True), _signal("gpp", False), _signal("onetrust", False)))
    found = list(signals_agree(_case(facts), NoParams()))
    assert [(o.data["yes"], o.data["no"]) for o in found if o.outcome == "failed"] == [
        ("usp (__api)", "gpp (__api)"),
        ("usp (__api)", "onetrust (__api)"),
    ]


def test_sources_of_one_signal_that_say_the_same_are_one_voice() -> None:
    facts = Facts(
        signals=(
            _signal("usp", True),
            _signal("gpp", False, "__gpp ping"),
            _signal("gpp", False, "cookie __gpp"),
        )
    )
    (failed, _passed) = signals_agree(_case(facts), NoParams())
    assert failed.data["no"] == "gpp (__gpp ping, cookie __gpp)"
    assert [where.quote for where in failed.where] == ["__api: x", "__gpp ping: x", "cookie __gpp: x"]
    own = Facts(signals=(_signal("usp", True), _signal("usp", False, "cookie usprivacy")))
    (failed, _passed) = signals_agree(_case(own), NoParams())
    assert (failed.data["yes"], failed.data["no"]) == ("usp (__api)", "usp (cookie usprivacy)")


def test_a_toggle_that_is_shown_is_a_voice_too() -> None:
    sale = Category(name="Sale", kind="sale", toggle="on")
    facts = Facts(
        signals=(_signal("usp", True),), dialogs=(Dialog(surface="preferences", scenario="gpc", categories=(sale,)),)
    )
    (failed, passed) = signals_agree(_case(facts), NoParams())
    assert failed.data["no"] == "the toggle Sale"
    assert passed.outcome == "passed"


def test_google_is_judged_in_every_scenario_that_was_finished() -> None:
    facts = Facts(
        signals=(
            _signal("google-consent-mode", True, "request gcs"),
            _signal("google-consent-mode", False, "request gcs", scenario="opt-out"),
        ),
        choices=(Choice(scenario="opt-out", completed=True),),
    )
    params = VendorParams(scenarios=("gpc", "opt-out"))
    assert _outcomes(list(google_is_told(_case(facts), params))) == [("passed", None), ("failed", "granted")]
    unfinished = facts.model_copy(update={"choices": (Choice(scenario="opt-out"),)})
    assert _outcomes(list(google_is_told(_case(unfinished), params))) == [("passed", None)]


def test_a_signal_that_never_flipped_is_not_lost() -> None:
    facts = Facts(
        signals=(
            _signal("usp", False, scenario="opt-out"),
            _signal("usp", False, scenario="revisit-after-opt-out"),
        ),
        choices=(Choice(scenario="opt-out", completed=True, record_lifetime_days=400),),
    )
    assert list(opt_out_persists(_case(facts), NoParams())) == []
