"""Every refusal of the rule format, each at the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.checks import all_checks
from consentcheck.errors import RuleError, UsageError
from consentcheck.rulebook import Rulebook, load_rulebook, read_rule, rule_files

GOOD = """\
id: ccpa-made-up
title: A banner offers to decline
basis: regulation
severity: high
citation: {law: CCPA regulations, section: 11 CCR 7004, in_force: 2023-03-29, verified: true}
why: Because.
means: {failed: not satisfied}
needs: [first-visit]
check: controls-on-same-layer
params: {surface: banner, first: accept-all, second: [decline-all]}
messages:
  failed: No decline.
  passed: Both.
remedy: Add one.
examples:
  - name: no decline
    expect: failed
    facts:
      dialogs:
        - {surface: banner, controls: [{text: Accept, purpose: accept-all}]}
  - name: both
    expect: passed
    facts: {}
"""


def refusal(text: str, name: str = "ccpa-made-up.yaml") -> tuple[str, int | None]:
    with pytest.raises(RuleError) as caught:
        read_rule(text.encode(), name, all_checks())
    assert str(caught.value).startswith(name)
    return caught.value.message, caught.value.line


def test_a_good_rule_is_read() -> None:
    rule = read_rule(GOOD.encode(), "rules/ccpa/ccpa-made-up.yaml", all_checks())
    assert (rule.id, rule.pack, rule.scenarios()) == ("ccpa-made-up", "ccpa", ("first-visit",))


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("severity: high\n", "severity: high\nseverty: low\n", "severty: unknown key", 5),
        ("severity: high\n", "severity: high\nseverity: low\n", "key 'severity' is given twice", 5),
        ("severity: high", "severity: grave", "severity: Input should be", 4),
        ("title: A banner offers to decline", "title: yes", "bare yes is ambiguous", 2),
        ("check: controls-on-same-layer", "check: guess", "unknown check 'guess'", 9),
        ("second: [decline-all]}", "second: [decline-all], third: save}", "params.third: unknown key", 10),
        ("  - name: both\n    expect: passed\n    facts: {}\n", "", "no example expects passed", 1),
        ("  failed: No decline.", "  broken: No decline.", "neither an outcome nor outcome/variant", 11),
        ("{text: Accept, purpose: accept-all}", "{text: Accept, porpoise: accept-all}", "unknown key", 20),
        ("facts: {}", "facts: &again {}", None, None),
        ("remedy: Add one.", "remedy: *again", "found undefined alias", 14),
        ("id: ccpa-made-up", "id: CCPA", "id: String should match", 1),
        ("id: ccpa-made-up", "id: ccpa-other", "must be called ccpa-other.yaml", 1),
        ("remedy: Add one.\n", "", "remedy: Field required", 1),
        ("remedy: Add one.", "remedy: [unclosed", "did not find expected", 15),
    ],
)
def test_refusals(old: str, new: str, message: str | None, line: int | None) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new)
    if message is None:
        read_rule(text.encode(), "ccpa-made-up.yaml", all_checks())
        return
    said, at = refusal(text)
    assert message in said
    assert at == line


def test_an_alias_is_refused() -> None:
    text = GOOD.replace("failed: not satisfied", "failed: &words not satisfied").replace(
        "remedy: Add one.", "remedy: *words"
    )
    assert refusal(text)[0] == "aliases are not used in rule files"


def test_what_is_no_mapping_is_refused() -> None:
    assert refusal("- a list\n") == ("a rule file is a mapping of keys to values", 1)
    assert refusal("")[0] == "a rule file is a mapping of keys to values"
    with pytest.raises(RuleError, match="not UTF-8"):
        read_rule(b"\xff\xfe\xff", "x.yaml", {})


def test_an_outside_pack_is_added_and_a_clash_refused(tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "ccpa-made-up.yaml").write_text(GOOD, encoding="utf-8")
    book = load_rulebook([pack])
    assert "ccpa-made-up" in book.rules
    assert book.version.sha256 != load_rulebook().version.sha256
    again = tmp_path / "again"
    again.mkdir()
    (again / "ccpa-made-up.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match="already defined"):
        load_rulebook([pack, again])


def test_selection_by_rule_and_pack() -> None:
    book = load_rulebook()
    packs = {rule.pack for rule in book.select(select=["category"]).rules.values()}
    assert packs == {"category"}
    assert "ccpa-optout-link" not in book.select(ignore=["ccpa-optout-link"]).rules
    with pytest.raises(UsageError, match="no rule and no pack is called 'nosuch'"):
        book.select(select=["nosuch"])


def test_no_such_folder() -> None:
    with pytest.raises(UsageError, match="is not a folder of rules"):
        rule_files(Path("no/such/folder"))


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook()


def test_promises_of_every_rule(book: Rulebook) -> None:
    for rule in book.rules.values():
        source = book.sources[rule.id]
        assert source.parent.name == rule.pack, f"{rule.id} lies in the folder of its pack"
        words = " ".join((rule.title, rule.why, rule.remedy, rule.means.failed, *rule.messages.values())).lower()
        assert "complian" not in words, f"{rule.id}: passing never means compliance"
        assert rule.citation.verified or rule.citation.section, rule.id
        if rule.basis == "disclosure-quality" and not rule.scenarios():
            assert rule.severity != "critical", f"{rule.id}: words alone are not critical"
        assert not rule.title.endswith("."), f"{rule.id}: a title is no sentence"
