"""What advertising and social parties are told of pages that the profile calls sensitive."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.checks.sharing import SELLING, by_party, places, told
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario


@check("sensitive-pages-stay-private", NoParams)
def sensitive_pages_stay_private(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Addresses and titles of pages that the profile calls sensitive do not go to advertising or social parties."""
    looked = False
    scenarios: tuple[Scenario, ...] = ("first-visit", "opt-out")
    for scenario in scenarios:
        status = case.facts.scenario(scenario)
        pages = {
            number
            for number, url in enumerate(status.pages if status else ())
            if any(_path(url).startswith(prefix) for prefix in case.profile.sensitive_paths)
        }
        looked = looked or bool(pages)
        told_of = [
            t
            for t in case.facts.trackers
            if t.scenario == scenario and t.after_choice and t.page in pages and t.purpose in SELLING and t.page_data
        ]
        for party, trackers in by_party(told_of):
            what = " and ".join(sorted({name for tracker in trackers for name in tracker.page_data}))
            data = told(party, trackers) | {"what": what}
            where = places(trackers)
            yield Observation(outcome="cantTell", variant=scenario, where=where, data=data, key=f"{scenario} {party}")
    if looked:
        yield Observation(outcome="passed")


def _path(url: str) -> str:
    rest = url.partition("://")[2]
    return "/" + rest.partition("/")[2]
