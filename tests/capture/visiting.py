"""Visits to the site of these tests, by scenario."""

from __future__ import annotations

from pathlib import Path

from consentcheck.capture import CaptureSettings, capture
from consentcheck.demo.server import LocalSites
from consentcheck.model.evidence import Visit
from consentcheck.model.words import Scenario

HOST = "https://www.gazette.example/"


def visits(folder: Path, sites: dict[str, object], *scenarios: Scenario, **more: object) -> dict[str, Visit]:
    """The visits by scenario; pages=1 unless said otherwise, to be quick."""
    with LocalSites(sites) as server:  # type: ignore[arg-type]
        settings = CaptureSettings(scenarios=scenarios, resolve=server.resolve, insecure=True, pages=1, watch=0)
        seen = capture(HOST, settings.model_copy(update=more), folder).visits
    return {visit.scenario: visit for visit in seen}
