"""The words of a command line become settings, or an error that names the option; secrets stay out of what is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentcheck.capture import DEFAULT_SCENARIOS, CaptureSettings
from consentcheck.capture.browser import arguments, proxy_of
from consentcheck.capture.scenarios import PLANS, in_order
from consentcheck.capture.settings import resolver_rule
from consentcheck.errors import UsageError
from consentcheck.model.words import SCENARIOS


def test_without_options_the_default_scenarios_are_visited() -> None:
    assert CaptureSettings.from_options().scenarios == (
        "first-visit", "gpc", "opt-out", "accept-all", "close", "revisit-after-opt-out",
    )  # fmt: skip
    assert set(CaptureSettings.from_options().scenarios) == set(DEFAULT_SCENARIOS)


def test_every_scenario_has_a_plan_and_comes_after_what_it_starts_from() -> None:
    assert set(PLANS) == set(SCENARIOS)
    assert in_order(("revisit-after-gpc",)) == ("gpc", "revisit-after-gpc")
    order = in_order(SCENARIOS)
    assert all(plan.after is None or order.index(plan.after) < order.index(s) for s, plan in PLANS.items())


@pytest.mark.parametrize(
    ("rule", "as_chromium_has_it"),
    [
        ("www.example:127.0.0.1:8443", "MAP www.example 127.0.0.1:8443"),
        ("*.example:10.0.0.1", "MAP *.example 10.0.0.1"),
        ("a.example:[::1]:443", "MAP a.example [::1]:443"),
    ],
)
def test_resolver_rules(rule: str, as_chromium_has_it: str) -> None:
    assert resolver_rule(rule) == as_chromium_has_it
    assert f"--host-resolver-rules={as_chromium_has_it}" in arguments((rule,))


@pytest.mark.parametrize(
    ("option", "value", "named"),
    [
        ("resolve", ("a.example",), "--resolve"),
        ("resolve", ("a.example:127.0.0.1, MAP * evil",), "--resolve"),
        ("headers", ("no colon",), "--header"),
        ("headers", ("a b: c",), "--header"),
        ("basic_auth", "nobody", "--basic-auth"),
        ("submit", ("email",), "--allow-submit"),
        ("storage_state", Path("missing.json"), "--storage-state"),
        ("scenarios", ("logged-in",), "--storage-state"),
    ],
)
def test_what_cannot_be_used_is_named(option: str, value: object, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        CaptureSettings.from_options(**{option: value})  # type: ignore[arg-type]


def test_all_scenarios_without_a_login_leave_out_the_one_that_needs_it() -> None:
    assert set(SCENARIOS) - set(CaptureSettings.from_options(scenarios=SCENARIOS).scenarios) == {"logged-in"}


def test_secrets_are_known_and_not_described(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"cookies": [{"name": "s", "value": "cookie-secret"}], "origins": []}))
    settings = CaptureSettings.from_options(
        headers=("Authorization: Bearer token-secret",),
        basic_auth="user:basic-secret",
        proxy="http://me:proxy-secret@proxy.example:3128",
        storage_state=state,
        submit=("email=mail@secret.example",),
    )
    secrets = settings.secrets()
    for secret in ("token-secret", "basic-secret", "proxy-secret", "cookie-secret", "mail@secret.example"):
        assert secret in secrets
    assert "secret" not in json.dumps(settings.described())
    assert settings.described()["headers"] == "Authorization"


def test_a_proxy_is_taken_apart() -> None:
    assert proxy_of("http://me:word@proxy.example:3128") == {
        "server": "http://proxy.example:3128", "username": "me", "password": "word",
    }  # fmt: skip
    assert proxy_of("socks5://proxy.example:1080") == {"server": "socks5://proxy.example:1080"}
    assert proxy_of(None) is None
