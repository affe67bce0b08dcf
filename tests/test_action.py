"""The GitHub Action: its steps, read from action.yml and run by bash as a runner would, against the demo site."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from consentcheck.demo.publisher import START_URL, sites
from consentcheck.demo.server import LocalSites
from tests.cli.calling import ROOT, environment

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


@dataclass
class Runner:
    """As much of a GitHub runner as a composite action of ``run`` steps needs. Steps that use other actions are noted, not run."""

    folder: Path
    inputs: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    def __post_init__(self) -> None:
        self.temporary = self.folder / "runner-temp"
        self.workspace = self.folder / "workspace"
        for made in (self.temporary, self.workspace):
            made.mkdir(parents=True, exist_ok=True)
        defaults = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        assert self.inputs.keys() <= defaults.keys(), "only inputs that the action has"
        self.inputs = defaults | self.inputs

    def run(self) -> int:
        """Every step in turn; the status of the job."""
        for step in ACTION["runs"]["steps"]:
            if not self._wanted(step.get("if")):
                continue
            if "uses" in step:
                self.used[step["uses"]] = {name: self._filled(str(value)) for name, value in step["with"].items()}
                continue
            code = self._step(step)
            self.failed = self.failed or code != 0
            self.last = code
        return self.last if self.failed else 0

    def outputs(self) -> dict[str, str]:
        """What the action hands on."""
        return {name: self._filled(one["value"]) for name, one in ACTION["outputs"].items()}

    def file(self, name: str) -> Path:
        return self.temporary / name

    def _step(self, step: dict[str, Any]) -> int:
        assert step["shell"] == "bash"
        script, output = self.file("step.sh"), self.file("output")
        script.write_text(step["run"], encoding="utf-8")
        output.write_text("", encoding="utf-8")
        given = {name: self._filled(value) for name, value in step.get("env", {}).items()}
        files = {
            "GITHUB_OUTPUT": str(output),
            "GITHUB_PATH": str(self.file("path")),
            "RUNNER_TEMP": str(self.temporary),
        }
        done = subprocess.run(  # noqa: S603
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # noqa: S607
            cwd=self.workspace,
            env=self.environment | given | files | {"GITHUB_STEP_SUMMARY": str(self.file("summary"))},
            capture_output=True,
            text=True,
            check=False,
        )
        self.said[step["name"]] = done.stdout + done.stderr
        lines = output.read_text(encoding="utf-8").splitlines()
        self.steps[step.get("id", step["name"])] = dict(line.split("=", 1) for line in lines)
        return done.returncode

    def _filled(self, text: str) -> str:
        """``${{ ... }}`` with its value; anything but the three kinds that the action uses is an error here."""

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name == "github.action_path":
                return str(ROOT)
            if name.startswith("inputs."):
                return self.inputs[name.removeprefix("inputs.")]
            step, key = re.fullmatch(r"steps\.([\w-]+)\.outputs\.([\w-]+)", name).groups()  # type: ignore[union-attr]
            return self.steps.get(step, {}).get(key, "")

        return re.sub(r"\$\{\{ *(\S+?) *\}\}", value, text)

    def _wanted(self, condition: str | None) -> bool:
        if condition is None:
            return not self.failed
        found = re.fullmatch(r"\$\{\{ always\(\)(?: && inputs\.([\w-]+) == '(\w+)')? \}\}", condition)
        assert found, condition
        return found[1] is None or self.inputs[found[1]] == found[2]


@pytest.fixture
def clean() -> dict[str, str]:
    """The environment without this checkout's package: the action installs its own."""
    return {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


@pytest.mark.browser
def test_the_whole_action_on_the_faulty_edition(tmp_path: Path, clean: dict[str, str]) -> None:
    """With its installation: half a minute, so everything that it does is looked at in one go."""
    with LocalSites(sites("faulty")) as served:
        options = [*(f"--resolve={rule}" for rule in served.resolve), "--insecure", "--scenarios=first-visit"]
        inputs = {
            "targets": f"{START_URL}\n",
            "args": "\n".join(options),
            "python": sys.executable,
            "upload-sarif": "true",
        }
        runner = Runner(tmp_path, inputs, clean)
        status = runner.run()

    assert status == 1, runner.said
    outputs = runner.outputs()
    assert outputs == {
        "exit-code": "1",
        "report": "consentcheck-out/index.html",
        "sarif": "consentcheck-out/report.sarif",
    }
    (program,) = runner.file("path").read_text(encoding="utf-8").split()
    assert (Path(program) / "consentcheck").is_file()

    assert (runner.workspace / outputs["report"]).is_file()
    log = json.loads((runner.workspace / outputs["sarif"]).read_text(encoding="utf-8"))
    assert {result["ruleId"] for result in log["runs"][0]["results"]} >= {"ccpa-optout-link-title"}

    summary = runner.file("summary").read_text(encoding="utf-8")
    assert summary == (runner.workspace / "consentcheck-out" / "report.md").read_text(encoding="utf-8")
    found = re.findall(r"^- \S+ \*\*(critical|high|medium|low)\*\*", summary, re.MULTILINE)
    assert found
    assert found == sorted(found, key=("critical", "high", "medium", "low").index), "the worst first"

    used = {name.split("@")[0]: given for name, given in runner.used.items()}
    assert used["actions/upload-artifact"]["path"] == "consentcheck-out"
    assert used["github/codeql-action/upload-sarif"]["sarif_file"] == outputs["sarif"]


def test_a_baseline_and_inputs_with_spaces_reach_the_program_whole(
    tmp_path: Path, clean: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is installed; a program in its place says what it was called with."""
    steps = [step for step in ACTION["runs"]["steps"] if step.get("id") != "install"]
    monkeypatch.setitem(ACTION["runs"], "steps", steps)
    again = Runner(
        tmp_path,
        {
            "targets": "https://a.example/\nhttps://b.example/?q=a b\n",
            "args": "--header=X-Preview: let me in\n--insecure",
            "baseline": "accepted reports/report.json",
            "fail-on": "medium",
            "out": "reports here",
            "upload-report": "false",
        },
        clean,
    )
    program = again.temporary / "consentcheck" / "bin" / "consentcheck"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\nfor word in "$@"; do echo "<$word>"; done\nexit 3\n', encoding="utf-8")
    program.chmod(0o755)
    status = again.run()
    assert status == 3
    words = re.findall(r"^<(.*)>$", again.said["Scan"], re.MULTILINE)
    assert words[:7] == [
        "scan",
        "--out",
        "reports here",
        "--format",
        "html,json,sarif,junit,markdown",
        "--fail-on",
        "medium",
    ]
    assert words[7:] == [
        "--baseline", "accepted reports/report.json", "--header=X-Preview: let me in", "--insecure",
        "https://a.example/", "https://b.example/?q=a b",
    ]  # fmt: skip
    assert again.outputs()["exit-code"] == "3"
    assert again.used == {}


def test_without_a_scan_it_does_not_pass(tmp_path: Path, clean: dict[str, str]) -> None:
    runner = Runner(tmp_path, {"python": "/no/such/python"}, clean)
    assert runner.run() == 3
    assert runner.outputs()["exit-code"] == ""
