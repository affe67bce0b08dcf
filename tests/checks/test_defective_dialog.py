"""Every defect of one dialog is found, where it stands, and nothing else is."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from consentcheck.engine import judge
from consentcheck.model.result import RuleResult
from consentcheck.model.rule import Profile
from consentcheck.rulebook import load_rulebook
from tests.checks.defective import LINES, defective_facts

PACKS = frozenset({"category", "notice", "policy", "state", "capture"})
RULES = [rule for rule in load_rulebook().rules.values() if rule.pack in PACKS]
RESULTS = judge(RULES, defective_facts(), Profile(), dt.date(2026, 6, 1), ("first-visit",), strict=True)

FOUND = {
    "category-always-active-purpose": ("failed", "high", [(5, 6, 14)]),
    "category-claim-absolute": ("cantTell", "low", [(8,)]),
    "category-claim-contradiction": ("cantTell", "medium", [(9, 11, 20)]),
    "category-claim-not-pi": ("failed", "medium", [(10,)]),
    "category-claim-not-sale": ("cantTell", "medium", [(18, 2)]),
    "category-dangling-control": ("cantTell", "medium", [(20, 22, 24)]),
    "category-description-duplicate": ("failed", "high", [(14, 16, 18), (20, 22, 24)]),
    "category-description-inconsistent": ("failed", "low", [(8, 20, 11, 22, 10, 24)]),
    "category-description-name-mismatch": ("failed", "medium", [(15, 16), (21, 22)]),
    "category-list-empty": ("failed", "medium", [(13, 15, 17, 19, 21, 23)]),
    "category-nonessential-no-optout": ("cantTell", "high", [(16, 18)]),
    "category-preferences-list-mismatch": ("failed", "medium", [(7, 15, 17)]),
    "category-purpose-spill": ("cantTell", "low", [(20, 22, 24)]),
    "category-third-party-no-optout": ("cantTell", "high", [(2, 18)]),
}


def _lines(result: RuleResult) -> list[tuple[int | None, ...]]:
    return [tuple(where.line for where in finding.where) for finding in result.findings]


def test_finds_each_defect_and_nothing_else() -> None:
    found = {r.rule: (r.outcome, r.severity, _lines(r)) for r in RESULTS if r.outcome in ("failed", "cantTell")}
    assert found == FOUND


def test_quotes_what_stands_on_the_line() -> None:
    for result in RESULTS:
        for finding in result.findings:
            for where in finding.where:
                assert where.line is not None
                assert where.quote
                assert where.quote in LINES[where.line - 1]


def test_a_text_never_fails_what_a_browser_must_show() -> None:
    untested = {r.rule for r in RESULTS if r.outcome == "untested"}
    assert untested >= {
        "category-sale-no-toggle",
        "category-toggle-default",
        "policy-link",
        "policy-age",
        "capture-geo",
    }
    assert {r.rule for r in RESULTS if r.pack in ("notice", "policy")} <= untested
    assert {r.rule for r in RESULTS if r.rule.startswith("category-cookie-")} <= untested


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.rule)
def test_fingerprints_differ(result: RuleResult) -> None:
    prints = [finding.fingerprint for finding in result.findings]
    assert len(set(prints)) == len(prints)


def test_fingerprints_survive_moved_lines() -> None:
    facts = defective_facts()
    moved = facts.model_validate_json(re.sub(r'"line":\d+', '"line":1', facts.model_dump_json()))
    again = judge(RULES, moved, Profile(), dt.date(2026, 6, 1), ("first-visit",), strict=True)
    for before, after in zip(RESULTS, again, strict=True):
        assert [f.fingerprint for f in before.findings] == [f.fingerprint for f in after.findings]
