"""Which records are of a choice, and what closing leaves behind."""

from __future__ import annotations

import pytest

from consentcheck.reading.records_kept import is_consent_record, says_accepted


@pytest.mark.parametrize(
    "name",
    [
        "OptanonConsent",
        "ml_consent",
        "choice",
        "shop-privacy-choices",
        "opt_out",
        "optedOut",
        "cookie_settings",
        "ccpa",
    ],
)
def test_records_are_known_by_the_tables_or_by_their_name(name: str) -> None:
    assert is_consent_record(name)


@pytest.mark.parametrize("name", ["_ga", "_fbp", "basket", "session", "options", "cookies_seen", "optimizely"])
def test_other_cookies_are_no_record(name: str) -> None:
    assert not is_consent_record(name)


def test_closing_accepts_when_it_leaves_what_accepting_leaves() -> None:
    accepted, declined = {"choice": frozenset({("", "in")})}, {"choice": frozenset({("", "out")})}
    assert says_accepted(accepted, accepted, (declined,)) is True
    assert says_accepted({}, accepted, (declined,)) is False
    assert says_accepted({}, {}, (declined,)) is None
