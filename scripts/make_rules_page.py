"""Write ``docs/rules.md``, the page of all rules, from the rule files: ``python scripts/make_rules_page.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from consentcheck.content import rules_dir
from consentcheck.model.rule import Citation, Rule
from consentcheck.report.words import BASIS, OUTCOME, PACK, WORST_FIRST
from consentcheck.rulebook import load_rulebook

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"

_MARKS = re.compile(r"([\\`*_\[\]<>|])")


def page() -> str:
    """The Markdown text."""
    rules = sorted(load_rulebook().rules.values(), key=lambda rule: (rule.pack, rule.id))
    packs = {pack: list(members) for pack, members in groupby(rules, lambda rule: rule.pack)}
    lines = [
        "# The rules",
        "",
        f"{len(rules)} rules in {len(packs)} packs, made from the files under `rules/` by `scripts/make_rules_page.py`. "
        "`consentcheck rules explain ID` prints one of them with its examples. Laws are cited and put in our own words; "
        "a citation that was not checked against an official copy says so. Passing a rule means only that further "
        "review is still needed.",
        "",
        *(
            f"- [{_shown(PACK.get(pack, pack))}](#{_anchor(PACK.get(pack, pack))}): {len(m)}"
            for pack, m in packs.items()
        ),
        "",
    ]
    for pack, members in packs.items():
        lines += [f"## {_shown(PACK.get(pack, pack))}", ""]
        for rule in members:
            lines += [*_rule(rule), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    source = next(rules_dir().rglob(f"{rule.id}.yaml")).relative_to(rules_dir()).as_posix()
    yield f"### {rule.id}"
    yield ""
    yield f"{_shown(rule.title)}. **{rule.severity}**, {BASIS[rule.basis].lower()}. [Rule file](../rules/{source})"
    yield ""
    yield f"- Law: {'; '.join(_cited(citation) for citation in (rule.citation, *rule.also))}"
    if rule.enforcement:
        yield f"- Faulted in: {_shown(', '.join(rule.enforcement))}"
    yield f"- Applies to: {rule.applies_to}{' in ' + ', '.join(rule.regimes) if rule.regimes else ''}"
    yield f"- Needs: {', '.join(rule.needs)}"
    yield f"- Why: {_shown(rule.why)}"
    yield f"- To mend it: {_shown(rule.remedy)}"
    for outcome in WORST_FIRST:
        cases = [example.name for example in rule.examples if example.expect == outcome]
        if cases and outcome in ("failed", "cantTell", "passed"):
            yield f"- {OUTCOME[outcome]}, for example: {_shown('; '.join(cases))}"


def _cited(citation: Citation) -> str:
    text = _shown(f"{citation.law}, {citation.section}")
    linked = f"[{text}](<{citation.url}>)" if citation.url else text
    since = f", in force from {citation.in_force.isoformat()}" if citation.in_force else ""
    return linked + since + ("" if citation.verified else " (not checked against an official copy)")


def _shown(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _anchor(title: str) -> str:
    """The address that GitHub gives a heading."""
    return re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(PAGE.parents[1]))
