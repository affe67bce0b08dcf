"""What the site shows and says under the signal."""

from __future__ import annotations

import datetime as dt

import pytest

from consentcheck.checks import Case, NoParams
from consentcheck.checks.gpc import signal_needs_nothing_more, signal_status_shown
from consentcheck.checks.signal_policy import policy_explains_signal
from consentcheck.model.facts import Dialog, Facts, Passage, Policy, Status
from consentcheck.model.rule import Profile


def _case(facts: Facts) -> Case:
    return Case(facts=facts, profile=Profile(), as_of=dt.date(2026, 6, 1), seller="yes")


def _status(text: str = "Opt-Out Request Honored", **more: object) -> Status:
    return Status.model_validate({"scenario": "gpc", "text": text, "visible": True, **more})


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), ("failed", None)),
        ((_status(),), ("passed", None)),
        ((_status(visible=False),), ("failed", "hidden")),
        ((_status(kind="conditional"),), ("failed", "conditional")),
        ((_status(after_click=True),), ("cantTell", "after-click")),
        ((_status(visible=None),), ("cantTell", "unsure")),
        ((_status(), _status(scenario="first-visit")), ("failed", "always")),
        ((_status(), _status(scenario="first-visit", visible=False)), ("passed", None)),
    ],
)
def test_status(statuses: tuple[Status, ...], expected: tuple[str, str | None]) -> None:
    (observation,) = signal_status_shown(_case(Facts(statuses=statuses)), NoParams())
    assert (observation.outcome, observation.variant) == expected


@pytest.mark.parametrize(
    ("words", "outcomes"),
    [
        ("Please confirm your opt-out by e-mail.", ["failed", "passed"]),
        ("Your opt-out has been confirmed.", ["passed"]),
        ("Log in to complete your opt-out across devices.", ["cantTell", "passed"]),
        ("Confirm your e-mail address to get the newsletter.", ["passed"]),
    ],
)
def test_what_is_asked_for_besides(words: str, outcomes: list[str]) -> None:
    dialog = Dialog(surface="banner", scenario="gpc", visible=True, passages=(Passage(text=words),))
    observations = signal_needs_nothing_more(_case(Facts(dialogs=(dialog,))), NoParams())
    assert [observation.outcome for observation in observations] == outcomes


def test_what_the_policy_leaves_out_is_named() -> None:
    policy = Policy(
        passages=(Passage(text="We honor Global Privacy Control for this browser."), Passage(text="Contact us."))
    )
    (observation,) = policy_explains_signal(_case(Facts(policy=policy)), NoParams())
    assert observation.data == {"missing": "how to use one"}
    assert observation.where[0].quote == "We honor Global Privacy Control for this browser."
