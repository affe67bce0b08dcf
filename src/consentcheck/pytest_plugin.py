"""A pytest fixture, so that a publisher's own end-to-end tests can assert on results.

    def test_the_opt_out_works(consentcheck_scan):
        result = consentcheck_scan("https://preview.example.com/", resolve=["preview.example.com:10.0.0.5"])
        assert result.failures("high") == []
        assert result.not_tested() == []
        assert result.outcome("ccpa-optout-link") == "passed"

pytest finds the fixture by itself once consentcheck is installed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from consentcheck.model.result import TargetResult
from consentcheck.model.rule import Profile
from consentcheck.model.words import SEVERITIES, Outcome, Scenario, Severity


@dataclass(frozen=True)
class Scanned:
    """One target's results, with the questions that a test asks."""

    result: TargetResult
    folder: Path
    """Where the evidence is."""

    def outcome(self, rule: str) -> Outcome:
        """A rule's outcome. KeyError for a rule that was not asked."""
        return {one.rule: one.outcome for one in self.result.results}[rule]

    def failures(self, at_least: Severity = "high") -> list[str]:
        """``rule: reason`` of each failure of that severity or graver, the gravest first."""
        worth = SEVERITIES[: SEVERITIES.index(at_least) + 1]
        failed = [one for one in self.result.results if one.outcome == "failed" and one.severity in worth]
        return [f"{one.rule}: {one.reason}" for one in sorted(failed, key=lambda one: SEVERITIES.index(one.severity))]

    def not_tested(self) -> list[str]:
        """``rule: reason`` of what was asked for and could not be tested; empty when nothing is missing."""
        return [f"{one.rule}: {one.reason}" for one in self.result.results if one.outcome == "untested" and one.asked]


@pytest.fixture(scope="session")
def consentcheck_scan(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Scanned]:
    """Scan a page: ``consentcheck_scan(url, scenarios=..., resolve=..., insecure=..., profile=..., as_of=..., select=...)``."""
    # A session that uses no scan must not pay for the browser's libraries.
    from consentcheck import audit
    from consentcheck.capture import WATCH, CaptureSettings
    from consentcheck.rulebook import load_rulebook

    def scan(
        url: str,
        *,
        scenarios: Sequence[Scenario] | None = None,
        resolve: Sequence[str] = (),
        insecure: bool = False,
        storage_state: Path | None = None,
        headers: Sequence[str] = (),
        pages: int = 2,
        watch: float = WATCH,
        profile: Profile | None = None,
        as_of: dt.date | None = None,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
    ) -> Scanned:
        settings = CaptureSettings.from_options(
            scenarios=scenarios,
            pages=pages,
            watch=watch,
            resolve=tuple(resolve),
            insecure=insecure,
            storage_state=storage_state,
            headers=tuple(headers),
        )
        judging = audit.Judging(
            profile=profile or Profile(), as_of=as_of or dt.datetime.now(dt.UTC).date(), asked=settings.scenarios
        )
        folder = tmp_path_factory.mktemp("consentcheck")
        result = audit.scan([url], load_rulebook().select(select, ignore), judging, settings, folder)
        return Scanned(result.targets[0], folder)

    return scan
