"""The seed: a real publisher page with its dialog, and the findings expected of it, to the letter.

The text is third parties' and stays outside the repository; without it these tests are skipped, and ``tests/test_demo.py`` holds a page
of our own with the same defects against the same rules.
"""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from consentcheck.cli.app import app

SEED = Path(__file__).parents[2] / "shared" / "seed"
SURFACES = {"banner": "banner", "preference_center": "preferences", "cookie_list": "cookie-list"}

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed is not there")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def target(expected: dict[str, Any]) -> dict[str, Any]:
    arguments = ["check", str(SEED / expected["seed"]), "--as-of", expected["as_of"], "--format", "json", "-o", "-"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    found: dict[str, Any] = json.loads(result.stdout)["targets"][0]
    return found


@pytest.fixture(scope="module")
def outcomes(target: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["rule"]: one for one in target["results"]}


def test_categories_are_exactly_the_models(target: dict[str, Any], expected: dict[str, Any]) -> None:
    for theirs, ours in (("preference_center", "preferences"), ("cookie_list", "cookie-list")):
        (dialog,) = [d for d in target["facts"]["dialogs"] if d["surface"] == ours]
        assert [(c["name"], c["cookies"]) for c in dialog["categories"]] == [
            (c["name"], c.get("cookies", [])) for c in expected["model"][theirs]["categories"]
        ]
        for read, known in zip(dialog["categories"], expected["model"][theirs]["categories"], strict=True):
            if "always_active" in known:
                assert read["always_active"] == known["always_active"]
            if "heading_line" in known:
                assert read["where"]["line"] == known["heading_line"]


@pytest.mark.parametrize("outcome", ["failed", "cantTell"])
def test_findings_are_exactly_those_expected(
    outcome: str, outcomes: dict[str, dict[str, Any]], expected: dict[str, Any]
) -> None:
    found = sorted(
        (rule, finding.get("severity", one["severity"]), tuple(sorted({where["line"] for where in finding["where"]})))
        for rule, one in outcomes.items()
        if one["outcome"] == outcome
        for finding in one["findings"]
    )
    known = sorted(
        (e["rule"], e["severity"], tuple(sorted({place["line"] for place in e["locations"]})))
        for e in expected[outcome]
    )
    assert found == known


def test_quotations_stand_where_they_are_said_to(target: dict[str, Any], expected: dict[str, Any]) -> None:
    lines = (SEED / expected["seed"]).read_text(encoding="utf-8").split("\n")
    places = [where for one in target["results"] for finding in one["findings"] for where in finding["where"]]
    assert places
    for where in places:
        assert where["quote"] in lines[where["line"] - 1]
        assert where["line"] > 33, "nothing is found in the article"
        assert where["surface"] in SURFACES.values()


def test_passes(outcomes: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    assert {p["rule"]: outcomes[p["rule"]]["outcome"] for p in expected["passes"]} == {
        p["rule"]: "passed" for p in expected["passes"]
    }


def test_what_needs_a_browser_is_untested(outcomes: dict[str, dict[str, Any]], expected: dict[str, Any]) -> None:
    patterns = [name.split("(")[0].split(" ")[0] for name in expected["not_tested"] if "NA" not in name]
    tested = {
        rule: one["outcome"]
        for rule, one in outcomes.items()
        if any(fnmatch(rule, pattern) for pattern in patterns) and one["outcome"] not in ("untested", "inapplicable")
    }
    assert tested == {}
    assert outcomes["ccpa-altlink-title-icon"]["outcome"] in ("inapplicable", "untested")
