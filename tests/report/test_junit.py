from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from consentcheck.model.result import AuditResult
from consentcheck.report.junit import render, write
from tests.report.hostile import HOSTILE
from tests.report.sample import BROKEN, RESULT, SEVERAL


def _root(result: AuditResult) -> ElementTree.Element:
    return ElementTree.fromstring(render(result).encode())  # noqa: S314 (our own)


def _kinds(suite: ElementTree.Element) -> dict[str, str]:
    return {
        (case.get("name") or "").partition(":")[0]: next((c.tag for c in case if c.tag != "system-out"), "passed")
        for case in suite
    }


def test_a_suite_is_a_target_and_a_case_a_rule() -> None:
    root = _root(SEVERAL)
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors"), s.get("skipped")) for s in root] == [
        ("https://morningledger.example/", "11", "3", "0", "6"),
        ("https://refused.example/", "12", "0", "1", "11"),
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("23", "3", "1", "17")


def test_only_a_pass_looks_like_one() -> None:
    assert _kinds(_root(RESULT)[0]) == {
        "gpc-trackers-stop": "failure",
        "ccpa-symmetry-banner": "failure",
        "category-description-duplicate": "failure",
        "gpc-display-status": "skipped",
        "policy-updated-yearly": "skipped",
        "category-always-active-purpose": "skipped",
        "optout-account": "skipped",
        "optout-persists": "skipped",
        "category-sale-no-toggle": "passed",
        "ccpa-optout-link": "passed",
        "notice-minors": "skipped",
    }


def test_a_skipped_case_says_why() -> None:
    messages = [skipped.get("message") or "" for skipped in _root(RESULT).iter("skipped")]
    assert [message.partition(":")[0] for message in messages] == [
        "not yet in force", "accepted by a waiver", "needs a person’s review", "not tested", "not tested",
        "does not apply",
    ]  # fmt: skip


def test_a_target_that_was_not_captured_is_an_error() -> None:
    error = _root(RESULT.model_copy(update={"targets": (BROKEN,)})).find(".//error")
    assert error is not None
    assert error.attrib == {"message": "nothing answers at refused.example", "type": "connection-refused"}


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    path = write(HOSTILE, tmp_path)
    root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 (our own)
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "skipped", "system-out",
    }  # fmt: skip
    assert "⟦U+0000⟧" in path.read_text(encoding="utf-8")
    assert path.stat().st_size < 200_000
