from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from consentcheck.errors import EvidenceError
from consentcheck.model.base import Where
from consentcheck.model.facts import Facts, StepFact
from consentcheck.model.facts import Path as ClickPath
from consentcheck.report.json import read_report, render, to_facts, write
from consentcheck.report.saved import load, save
from consentcheck.report.schema import report_schema
from tests.report.sample import RESULT, SEVERAL, finding, rule


def _report(result: Any = RESULT) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render(result))
    return report


def test_keys_are_those_of_the_contract() -> None:
    report = _report()
    assert list(report) == ["schema", "tool", "as_of", "profile", "targets"]
    assert report["schema"] == "consentcheck/report/1"
    assert list(report["tool"]) == ["name", "version", "rules"]
    target = report["targets"][0]
    assert list(target) == ["target", "status", "problems", "facts", "results"]
    assert list(target["problems"][0]) == ["scenario", "code", "message"]
    facts = target["facts"]
    assert list(facts) == ["cmp", "dialogs", "opt_out_links", "trackers", "cookies", "signals", "steps"]
    assert list(facts["dialogs"][0]) == ["surface", "scenario", "title", "text", "controls", "categories"]
    assert list(facts["dialogs"][0]["controls"][0]) == ["text", "role", "purpose", "visible", "state", "where"]
    assert list(facts["dialogs"][1]["categories"][0]) == [
        "name", "kind", "description", "always_active", "toggle", "cookies", "where",
    ]  # fmt: skip
    assert list(facts["opt_out_links"][0]) == ["text", "href", "title_kind", "placement", "visible", "where"]
    assert list(facts["trackers"][0]) == [
        "scenario", "host", "owner", "purpose", "identifiers", "restricted_by", "initiator",
    ]  # fmt: skip
    assert list(facts["cookies"][0]) == [
        "scenario", "name", "domain", "party", "purpose", "declared_as", "lifetime_days", "set_by",
    ]  # fmt: skip
    assert list(facts["signals"][0]) == ["scenario", "signal", "raw", "says_opted_out"]
    result = target["results"][0]
    assert list(result) == [
        "rule", "title", "outcome", "severity", "basis", "citation", "reason", "findings",
    ]  # fmt: skip
    assert list(result["findings"][0]) == ["message", "remedy", "fingerprint", "where"]


def test_a_place_has_only_the_keys_that_apply() -> None:
    place = _report()["targets"][0]["results"][1]["findings"][0]["where"][0]
    assert place == {"surface": "page", "scenario": "gpc", "request": "https://px.adfathom.example/sync?uid=…"}


def test_what_is_accepted_or_not_in_force_says_so() -> None:
    results = {result["rule"]: result for result in _report()["targets"][0]["results"]}
    assert results["policy-updated-yearly"]["findings"][0]["waived"]["owner"] == "legal@morningledger.example"
    assert results["gpc-display-status"]["advisory"] is True
    assert results["optout-account"]["asked"] is False


def test_the_schema_admits_the_reports_and_nothing_else() -> None:
    validator = jsonschema.Draft202012Validator(report_schema())
    validator.check_schema(report_schema())
    for result in (RESULT, SEVERAL):
        validator.validate(_report(result))
    assert report_schema()["$id"] == "consentcheck/report/1"
    for wrong in ({"verdict": "fine"}, {"targets": [{}]}, {"schema": "consentcheck/report/2"}):
        assert not validator.is_valid(_report() | wrong)
    missing = _report()
    del missing["targets"][0]["facts"]["steps"]
    assert not validator.is_valid(missing)


def test_every_key_is_documented() -> None:
    schema = report_schema()
    silent = [
        f"{name}.{key}"
        for name, part in {"Report": schema, **schema["$defs"]}.items()
        for key, what in part.get("properties", {}).items()
        if not what.get("description")
    ]
    assert silent == []


def test_steps_are_those_of_the_shortest_way_that_was_walked_to_its_end() -> None:
    def way(count: int, completed: bool) -> ClickPath:
        steps = (StepFact(text="click"),) * count
        return ClickPath(goal="opt-out", scenario="opt-out", steps=steps, completed=completed)

    steps = to_facts(Facts(paths=(way(1, False), way(4, True), way(3, True)))).steps
    assert (steps.accept, steps.opt_out) == (None, 3)


def test_a_report_is_read_back(tmp_path: Path) -> None:
    write(RESULT, tmp_path)
    assert read_report(tmp_path) == read_report(tmp_path / "report.json")
    assert read_report(tmp_path).targets[0].results[0].findings[0].fingerprint == "8d1f02c6b7a94e35"


@pytest.mark.parametrize("text", ["", "{}", '{"schema": "consentcheck/report/2"}', "[1]"])
def test_what_is_no_report_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text)
    with pytest.raises(EvidenceError, match=r"report\.json: is not a consentcheck report"):
        read_report(tmp_path)
    with pytest.raises(EvidenceError, match=r"result\.json: cannot be read: No such file"):
        load(tmp_path)


def test_the_whole_result_is_read_back(tmp_path: Path) -> None:
    save(SEVERAL, tmp_path)
    assert load(tmp_path) == SEVERAL
    assert save(load(tmp_path), tmp_path).read_bytes() == save(SEVERAL, tmp_path).read_bytes()


def test_half_a_surrogate_pair_does_not_stop_the_report(tmp_path: Path) -> None:
    odd = finding("m", "r", "f", Where(quote="a\ud800b"))
    target = RESULT.targets[0].model_copy(update={"results": (rule("ccpa-x", "t", "failed", "r", odd),)})
    result = RESULT.model_copy(update={"targets": (target,)})
    assert _report(result)["targets"][0]["results"][0]["findings"][0]["where"] == [{"quote": "a\ufffdb"}]
    save(result, tmp_path)
    assert load(tmp_path).targets[0].results[0].findings[0].where[0].quote == "a\ufffdb"


def test_a_report_from_before_cookies_had_setters_is_read_and_valid(tmp_path: Path) -> None:
    report = _report()
    for cookie in report["targets"][0]["facts"]["cookies"]:
        del cookie["set_by"]
    jsonschema.Draft202012Validator(report_schema()).validate(report)
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report), encoding="utf-8")
    assert read_report(file).targets[0].facts.cookies[0].set_by is None
