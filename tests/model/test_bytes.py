"""What is written is the same to the byte in every run of the interpreter."""

from __future__ import annotations

import subprocess
import sys

from tests.cli.calling import environment

DUMP = """
from consentcheck.model.facts import ScenarioStatus
from consentcheck.model.words import EVIDENCE_OF
print(ScenarioStatus(scenario="first-visit", has=EVIDENCE_OF["live"]).model_dump_json())
"""


def dumped(seed: str) -> bytes:
    command = [sys.executable, "-c", DUMP]
    return subprocess.run(command, env=environment(PYTHONHASHSEED=seed), check=True, capture_output=True).stdout  # noqa: S603


def test_sets_are_written_in_one_order_whatever_the_hash_seed() -> None:
    assert dumped("1") == dumped("2")
