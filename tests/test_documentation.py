"""The README and the page of rules say what the program does: every command, option, file and number in them is held against it."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
import yaml

from consentcheck.capture import DEFAULT_SCENARIOS
from consentcheck.cli.app import app
from consentcheck.cli.config import Config
from consentcheck.cli.console import FINDINGS, INTERRUPTED, MISUSED, UNTESTED
from consentcheck.cli.options import ALL_FORMATS
from consentcheck.model.words import OUTCOMES
from tests.cli.calling import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: Any, *path: str) -> dict[tuple[str, ...], Any]:
    """Every command with its words: ``("rules", "list")``."""
    found: dict[tuple[str, ...], Any] = {path: group}
    for name, command in group.commands.items():
        found |= commands(command, *path, name) if hasattr(command, "commands") else {(*path, name): command}
    return found


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, ...], Any]:
    return commands(typer.main.get_command(app))


def options(command: Any) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def test_every_call_in_the_readme_is_one_that_the_program_takes(known: dict[tuple[str, ...], Any]) -> None:
    joined = README.replace("\\\n", " ")
    calls = re.findall(
        r"(?:^ +|`|/)consentcheck ([a-z-]+(?: (?:list|explain|test)\b)?)([^`\n#]*)", joined, re.MULTILINE
    )
    assert len(calls) > 12
    for words, rest in calls:
        command = known.get(tuple(words.split()))
        assert command is not None, f"consentcheck {words}"
        for option in re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", rest):
            assert option in options(command), f"consentcheck {words} {option}"


def test_every_option_in_the_readme_exists(known: dict[tuple[str, ...], Any]) -> None:
    every = set().union(*(options(command) for command in known.values()))
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert named - every == set()


def test_every_command_has_a_place_in_the_readme(known: dict[tuple[str, ...], Any]) -> None:
    missing = [
        " ".join(path)
        for path in known
        if path and path != ("rules",) and f"consentcheck {' '.join(path)}" not in README
    ]
    assert missing == []


def test_the_tables_of_the_readme_are_the_programs() -> None:
    rows = re.findall(r"^\| (\d+) \|", README, re.MULTILINE)
    assert [int(row) for row in rows] == [0, FINDINGS, MISUSED, UNTESTED, INTERRUPTED]
    for outcome in OUTCOMES:
        assert re.search(rf"^\| .*\b{outcome}\b", README, re.MULTILINE), outcome
    assert f"--format {','.join(ALL_FORMATS)}" in README
    assert len(DEFAULT_SCENARIOS) == 6, "the README says six consent states"


def test_the_configuration_in_the_readme_is_one() -> None:
    block = README.split("prints its schema.\n\n", 1)[1].split("\n## ", 1)[0]
    config = Config.model_validate(tomllib.loads("\n".join(line.removeprefix("    ") for line in block.splitlines())))
    assert config.waivers[0].rule == "ccpa-language-plain"
    assert run("rules", "explain", config.waivers[0].rule).exit_code == 0


def test_the_workflow_in_the_readme_uses_the_action_as_it_is() -> None:
    workflow = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)[0])
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = workflow["jobs"]["consent"]["steps"][-1]
    assert step["uses"].split("@")[0].endswith("/consentcheck")
    assert step["with"].keys() <= action["inputs"].keys()


def test_every_file_and_make_target_in_the_readme_exists() -> None:
    for name in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / name).exists(), name
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^ +|`)make ([a-z-]+)", README, re.MULTILINE)) <= targets
    assert 10_000 < (ROOT / "docs" / "report.png").stat().st_size < 200_000


def test_help_is_readable_in_a_narrow_window(
    known: dict[tuple[str, ...], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for path in known:
        said = run(*path, "--help").stdout
        assert said.startswith("Usage: ")
        assert max(map(len, said.splitlines())) <= 80, path
        listed = said.partition("Commands:")[2]
        assert "..." not in listed, f"{path}: cut short"


@pytest.fixture
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_rules_page", ROOT / "scripts" / "make_rules_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_rules_is_up_to_date(maker: ModuleType) -> None:
    if Path(maker.PAGE).read_text(encoding="utf-8") != maker.page():
        pytest.fail("docs/rules.md differs from the rules; renew it: python scripts/make_rules_page.py")
