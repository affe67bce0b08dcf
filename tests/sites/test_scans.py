"""Each case, scanned: its rules fail on the site that behaves as the case describes, and not on the corrected twin."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from consentcheck import audit
from consentcheck.demo.server import Asked, Reply
from consentcheck.model.result import TargetResult
from consentcheck.model.words import SCENARIOS, Outcome
from consentcheck.report.gate import exit_code
from consentcheck.rulebook import load_rulebook
from tests.sites.building import HOST, MENDED, URL, Case
from tests.sites.cases import CASES
from tests.sites.scanning import TODAY, scan, scan_case

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("browser_path"), pytest.mark.xdist_group("scans")]

AT_ONCE = 3
"""Sites scanned at the same time: a scan is mostly waiting."""

Outcomes = Mapping[str, Outcome]


def _shared(case: Case) -> str:
    """What names a case's corrected twin: most share the mended shop, which is scanned once."""
    return "mended" if case.corrected is MENDED else case.name


def _mended() -> Case:
    """The mended shop in every scenario that one of its cases needs."""
    needed = {scenario for case in CASES.values() if case.corrected is MENDED for scenario in case.scenarios}
    scenarios = tuple(scenario for scenario in SCENARIOS if scenario in needed)
    return Case("mended", "Everything as it should be.", faulty=MENDED, corrected=MENDED, scenarios=scenarios)


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], TargetResult]:
    """Results by case and twin; the mended shop as ``("mended", "corrected")``."""
    folder = tmp_path_factory.mktemp("scans")
    asked = {(case.name, "faulty"): (case, case.faulty) for case in CASES.values()}
    for case in (*CASES.values(), _mended()):
        if case.corrected is not None:
            name = _shared(case)
            asked[name, "corrected"] = (_mended() if name == "mended" else replace(case, repeat=1), case.corrected)

    def scanned(key: tuple[str, str]) -> TargetResult:
        case, sites = asked[key]
        own = folder / "-".join(key)
        own.mkdir()
        return scan_case(case, sites(), own)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        longest_first = sorted(asked, key=lambda key: -len(asked[key][0].scenarios) * asked[key][0].repeat)
        running: dict[tuple[str, str], Future[TargetResult]] = {key: pool.submit(scanned, key) for key in longest_first}
        return {key: future.result() for key, future in running.items()}


def outcomes(target: TargetResult) -> Outcomes:
    assert target.status != "failed", [problem.message for problem in target.problems]
    return {result.rule: result.outcome for result in target.results}


@pytest.mark.parametrize("name", CASES)
def test_the_faulty_site_gets_the_outcomes_of_its_case(
    name: str, scans: Mapping[tuple[str, str], TargetResult]
) -> None:
    case = CASES[name]
    found = outcomes(scans[name, "faulty"])
    expected = dict.fromkeys(case.fails, "failed") | dict(case.expects or {})
    assert {rule: found[rule] for rule in expected} == expected


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.corrected])
def test_the_corrected_twin_fails_none_of_the_rules(name: str, scans: Mapping[tuple[str, str], TargetResult]) -> None:
    found = outcomes(scans[_shared(CASES[name]), "corrected"])
    assert {rule: found[rule] for rule in CASES[name].fails if found[rule] in ("failed", "untested")} == {}


@pytest.mark.parametrize("name", sorted({_shared(case) for case in CASES.values() if case.corrected}))
def test_nothing_grave_fails_on_a_corrected_twin(name: str, scans: Mapping[tuple[str, str], TargetResult]) -> None:
    failed = [
        (result.rule, [finding.message for finding in result.findings])
        for result in scans[name, "corrected"].results
        if result.outcome == "failed" and result.severity in ("high", "critical")
    ]
    assert failed == []


def test_a_scenario_that_fails_leaves_its_rules_untested(tmp_path: Path) -> None:
    shop = MENDED()

    def refuses_the_signal(asked: Asked) -> Reply:
        page = shop[HOST]
        assert callable(page)
        return Reply("Busy", status=503) if asked.headers.get("sec-gpc") == "1" else page(asked)

    target = scan(shop | {HOST: refuses_the_signal}, URL, tmp_path / "out", scenarios=("first-visit", "gpc"))
    assert target.status == "partial"
    signal = {one.rule: (one.outcome, one.asked) for one in target.results if one.rule.startswith("gpc-honored")}
    assert set(signal.values()) == {("untested", True)}
    assert next(one.outcome for one in target.results if one.rule == "ccpa-optout-link") == "passed"
    whole = audit.concluded((target,), load_rulebook(), audit.Judging(as_of=TODAY))
    assert exit_code(whole) == 3
