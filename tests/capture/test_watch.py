"""Pages are watched for the same least time in every scenario: what comes late is seen, or known not to have been looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.demo.server import Reply
from consentcheck.model.evidence import Evidence, Request, Visit, Watch
from consentcheck.reading.facts import read_facts
from tests.capture.site import publisher
from tests.capture.visiting import HOST, visits

pytestmark = pytest.mark.browser

LATE = """<!doctype html><html lang=en><title>The Mercury</title><h1>The Mercury</h1><p>News of the day, and of the night.</p>
<a href="/story">A story</a><script>setTimeout(() => { new Image().src = "https://ads.example/pixel?late" }, 2500)</script></html>"""


@pytest.mark.parametrize(("watch", "seen"), [(0.0, 0), (3.5, 1)])
def test_every_page_of_every_scenario_is_watched_for_the_same_time(watch: float, seen: int, tmp_path: Path) -> None:
    sites = publisher() | {"www.gazette.example": lambda _: Reply(LATE)}
    for scenario, visit in visits(tmp_path, sites, "gpc", "close", pages=2, watch=watch).items():
        late = [r for r in visit.requests if r.url.endswith("?late") and r.page == 1]
        assert [watched.page for watched in visit.watches] == ([0, 1] if watch else []), scenario
        assert all(watch <= watched.seconds < watch + 4 for watched in visit.watches), scenario
        assert len(late) == seen, scenario
        assert [r.time - visit.watches[1].began for r in late] == pytest.approx([2.5] * seen, abs=0.8), scenario


def test_a_link_that_comes_late_is_followed_on_the_page_that_is_loaded_again(tmp_path: Path) -> None:
    page = """<!doctype html><html lang=en><title>The Mercury</title><h1>The Mercury</h1><p>News of the day, and of the night.</p>
      <footer id=end></footer><script>setTimeout(() => { end.innerHTML = '<a href="/dns">Your Privacy Choices</a>' }, 2000)</script>"""
    site = {
        "www.gazette.example": lambda asked: Reply(
            "<title>Choices</title><h1>Choices</h1>" if asked.path == "/dns" else page
        )
    }
    visit = visits(tmp_path, site, "first-visit", watch=3.0)["first-visit"]
    assert [snapshot.url for snapshot in visit.snapshots if snapshot.opened == "opt-out-page"] == [f"{HOST}dns"]


def test_a_party_that_the_first_visit_saw_too_late_proves_nothing() -> None:
    visit = Visit(
        scenario="first-visit",
        watches=(Watch(began=1.0, seconds=6.2), Watch(page=1, began=9.0, seconds=6.0)),
        requests=(
            Request(id="r0", url="https://ads.example/early", time=2.5),
            Request(id="r1", url="https://ads.example/early", time=8.0),
            Request(id="r2", url="https://ads.example/late", time=8.5),
            Request(id="r3", url="https://ads.example/inner", page=1, time=9.5),
        ),
    )
    late = {t.url: t.late for t in read_facts(Evidence(target=HOST, kind="live", visits=(visit,))).trackers}
    assert late == {"https://ads.example/early": 1.5, "https://ads.example/late": 7.5, "https://ads.example/inner": 0.5}
