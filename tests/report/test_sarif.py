from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from consentcheck.model.base import Where
from consentcheck.model.facts import Facts
from consentcheck.model.result import AuditResult, TargetResult
from consentcheck.report.sarif import artifact, log, render
from tests.report.hostile import HOSTILE
from tests.report.sample import RESULT, SEVERAL, finding, rule


def _run(result: AuditResult = RESULT) -> dict[str, Any]:
    run: dict[str, Any] = log(result)["runs"][0]
    return run


def _alone(target: str, **facts: Any) -> TargetResult:
    found = finding("m", "r", "f", Where(line=35, quote="X"))
    return TargetResult(
        target=target, status="complete", facts=Facts(**facts), results=(rule("ccpa-x", "t", "failed", "r", found),)
    )


@pytest.mark.npm
@pytest.mark.parametrize("result", [RESULT, SEVERAL, HOSTILE, RESULT.model_copy(update={"targets": ()})])
def test_it_is_valid(result: AuditResult, npm: Callable[[str, str, str], Path]) -> None:
    schema = npm("@microsoft/jest-sarif", "1.0.0-beta.0", "lib/schemas/sarif-2.1.0-rtm.5.json")
    validator = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    validator.validate(json.loads(render(result)))


def test_failures_and_reviews_are_results_and_passes_are_not() -> None:
    assert [(r["ruleId"], r["kind"], r["level"]) for r in _run()["results"]] == [
        ("ccpa-symmetry-banner", "fail", "error"),
        ("gpc-trackers-stop", "fail", "error"),
        ("category-description-duplicate", "fail", "warning"),
        ("policy-updated-yearly", "fail", "warning"),
        ("gpc-display-status", "informational", "none"),
        ("category-always-active-purpose", "review", "none"),
    ]


def test_only_a_failure_has_a_level_as_the_standard_asks() -> None:
    for result in (RESULT, HOSTILE):
        for found in _run(result)["results"]:
            assert (found["kind"] == "fail") == (found["level"] != "none")


def test_a_result_names_its_rule_by_index_and_is_known_by_its_fingerprint() -> None:
    run = _run()
    for found in run["results"]:
        assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"]
    assert run["results"][0]["partialFingerprints"] == {"consentcheck/v1": "8d1f02c6b7a94e35"}


def test_what_was_not_tested_is_told_apart_from_results() -> None:
    invocation = _run(SEVERAL)["invocations"][0]
    assert invocation["executionSuccessful"] is False
    notes = [
        (n.get("associatedRule", n.get("descriptor"))["id"], n["level"])
        for n in invocation["toolExecutionNotifications"]
    ]
    assert notes[:4] == [
        ("http-error", "error"),
        ("optout-persists", "warning"),
        ("optout-account", "note"),
        ("connection-refused", "error"),
    ]
    assert len(notes) == 4 + 11


def test_a_waiver_is_a_suppression() -> None:
    waived = next(r for r in _run()["results"] if r["ruleId"] == "policy-updated-yearly")
    (suppression,) = waived["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert "2026-07-01" in suppression["justification"]


@pytest.mark.parametrize(
    ("target", "uri"),
    [
        ("https://www.Example.com/news/today?id=1#x", "sites/www.example.com/news/today"),
        ("https://user:secret@example.com:8443/", "sites/example.com-8443"),
        ("https://evil.example/../../a b", "sites/evil.example/target/target/a-b"),
        ("pages/saved page.html", "pages/saved%20page.html"),
        ("/home/x/../page.html", "home/x/page.html"),
        ("..", "target"),
    ],
)
def test_a_path_is_relative_and_the_same_in_each_run(target: str, uri: str) -> None:
    assert artifact(_alone(target)) == uri


def test_a_text_has_its_line() -> None:
    text = RESULT.model_copy(update={"targets": (_alone("capture.txt", kind="text"),)})
    assert _run(text)["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "capture.txt"},
        "region": {"startLine": 35},
    }


def test_it_holds_no_time_of_day() -> None:
    assert "T09:1" not in render(RESULT)
