"""Scans a local site as the command line does, for tests that hold results against what a site does."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from consentcheck import audit
from consentcheck.capture import CaptureSettings
from consentcheck.demo.server import LocalSites, Site
from consentcheck.model.result import TargetResult
from consentcheck.model.rule import Profile
from consentcheck.model.words import Scenario
from consentcheck.rulebook import load_rulebook
from tests.sites.building import Case

TODAY = dt.datetime.now(dt.UTC).date()


def scan(
    sites: Mapping[str, Site],
    url: str,
    folder: Path,
    *,
    scenarios: Sequence[Scenario] = ("first-visit",),
    select: Sequence[str] = (),
    pages: int = 1,
    repeat: int = 1,
    watch: float = 0,
    storage_state: Path | None = None,
    submit: Sequence[str] = (),
    profile: Profile | None = None,
) -> TargetResult:
    """One target's result."""
    with LocalSites(sites) as served:
        settings = CaptureSettings.from_options(
            scenarios=tuple(scenarios),
            pages=pages,
            repeat=repeat,
            timeout=90,
            watch=watch,
            resolve=served.resolve,
            insecure=True,
            storage_state=storage_state,
            submit=tuple(submit),
        )
        judging = audit.Judging(profile=profile or Profile(), as_of=TODAY, asked=settings.scenarios)
        return audit.scan([url], load_rulebook().select(select), judging, settings, folder).targets[0]


def scan_case(case: Case, sites: Mapping[str, Site], folder: Path) -> TargetResult:
    """A case's faulty or corrected site, in the scenarios that the case needs."""
    state = None
    if case.storage_state is not None:
        state = folder / "state.json"
        state.write_text(json.dumps(case.storage_state), encoding="utf-8")
    return scan(
        sites,
        case.url,
        folder / "out",
        scenarios=case.scenarios,
        pages=2,
        repeat=case.repeat,
        storage_state=state,
        submit=case.submit,
        profile=Profile(has_accounts="yes") if case.storage_state else None,
    )
