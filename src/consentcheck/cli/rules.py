"""``consentcheck rules``: list, explain and test rules."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from consentcheck.cli import options
from consentcheck.cli.console import FINDINGS, guarded
from consentcheck.engine import run_example
from consentcheck.errors import UsageError
from consentcheck.model.rule import Citation, Rule
from consentcheck.rulebook import load_rulebook, rule_files

app = typer.Typer(help="List, explain and test rules.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
@guarded
def list_rules(rules: options.Rules = None, select: options.Select = None, ignore: options.Ignore = None) -> None:
    """One line a rule: id, severity, basis, title."""
    book = load_rulebook(rules or ()).select(options.comma_list(select), options.comma_list(ignore))
    width = max((len(name) for name in book.rules), default=0)
    for rule in book.rules.values():
        typer.echo(f"{rule.id:<{width}}  {rule.severity:<8}  {rule.basis:<20}  {rule.title}")


@app.command(short_help="Say what a rule asks, and by which law.")
@guarded
def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")], rules: options.Rules = None
) -> None:
    """What a rule asks, by which law, how it decides and how to mend a failure."""
    book = load_rulebook(rules or ())
    if name not in book.rules:
        near = sorted(known for known in book.rules if name in known) or get_close_matches(name, book.rules)
        hint = f"did you mean {', '.join(near[:5])}?" if near else "`consentcheck rules list` shows all"
        raise UsageError(f"no rule is called {name!r}; {hint}")
    typer.echo(explained(book.rules[name], book.sources[name]))


@app.command()
@guarded
def test(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of rule files.")]) -> None:
    """Run every example of every rule in a folder."""
    files = rule_files(folder)
    if not files:
        raise UsageError(f"{folder} holds no rule files (*.yaml)")
    shipped = set(load_rulebook().sources.values())
    outside = [] if {path.resolve() for path in files} <= {path.resolve() for path in shipped} else [folder]
    book = load_rulebook(outside)
    tested = {path.stem for path in files}
    wrong = total = 0
    for rule in book.rules.values():
        if rule.id not in tested:
            continue
        for example in rule.examples:
            total += 1
            outcome = run_example(rule, example)
            if outcome.outcome != example.expect:
                wrong += 1
                typer.echo(
                    f"{rule.id}: {example.name}: expected {example.expect}, got {outcome.outcome}: {outcome.reason}"
                )
    typer.echo(f"{total - wrong} of {total} examples of {len(tested)} rules are as expected")
    if wrong:
        raise typer.Exit(FINDINGS)


def explained(rule: Rule, source: Path) -> str:
    """A rule in prose, for a terminal."""
    parts = [
        f"{rule.id} ({rule.severity}, {rule.basis})",
        textwrap.fill(rule.title, 100),
        "",
        f"Law      {_cited(rule.citation)}",
        *(f"         {_cited(citation)}" for citation in rule.also),
        *([f"Cases    {', '.join(rule.enforcement)}"] if rule.enforcement else []),
        f"Applies  {rule.applies_to}{' in ' + ', '.join(rule.regimes) if rule.regimes else ''}",
        f"Needs    {', '.join(rule.needs)}",
        f"Check    {rule.check}",
        "",
        _section("Why", rule.why),
        _section("Failed means", rule.means.failed),
        _section("Passed means", rule.means.passed),
        _section("To mend", rule.remedy),
        "Examples",
        *(f"  {example.expect:<12}  {example.name}" for example in rule.examples),
        "",
        f"File     {source}",
    ]
    return "\n".join(parts)


def _cited(citation: Citation) -> str:
    since = f", in force since {citation.in_force}" if citation.in_force else ""
    checked = "" if citation.verified else " (citation not verified)"
    link = f"\n         {citation.url}" if citation.url else ""
    return f"{citation.law}, {citation.section}{since}{checked}{link}"


def _section(title: str, text: str) -> str:
    return f"{title}\n{textwrap.fill(text, 100, initial_indent='  ', subsequent_indent='  ')}\n"
