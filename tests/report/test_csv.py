from __future__ import annotations

import csv
import io

import pytest

from consentcheck.model.result import AuditResult
from consentcheck.report.csv import COLUMNS, inert, render
from tests.report.hostile import HOSTILE
from tests.report.sample import RESULT, SEVERAL


def _rows(result: AuditResult) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(result), newline="")))


def test_a_row_is_a_finding_or_a_rule_without_one() -> None:
    rows = _rows(SEVERAL)
    assert tuple(rows[0]) == COLUMNS
    assert [(row["rule"], row["outcome"], row["fingerprint"][:4]) for row in rows[:3]] == [
        ("gpc-trackers-stop", "failed", "17c9"),
        ("ccpa-symmetry-banner", "failed", "8d1f"),
        ("category-description-duplicate", "failed", "4be7"),
    ]
    assert {row["outcome"] for row in rows if row["target"] == "https://refused.example/"} == {"untested"}
    assert rows[1]["quote"] == "Accept all cookies"


def test_what_is_accepted_or_not_in_force_says_so() -> None:
    rows = {row["rule"]: row for row in _rows(RESULT)}
    assert rows["policy-updated-yearly"]["waived_until"] == "2026-07-01"
    assert rows["gpc-display-status"]["advisory"] == "yes"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert inert(text).startswith("'")


def test_an_ordinary_cell_is_left_alone() -> None:
    assert inert("a=b, “c”") == "a=b, “c”"


def test_hostile_text_stays_text() -> None:
    for row in _rows(HOSTILE):
        assert None not in row
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
        assert all(len(cell) < 3000 for cell in row.values())
