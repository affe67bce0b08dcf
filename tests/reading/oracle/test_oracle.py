"""Our decoders against the IAB's own, over strings that theirs wrote."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.tcf import decode_tcf

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build" / "oracle"
COUNT = 2200

pytestmark = pytest.mark.npm


@pytest.fixture(scope="session")
def oracle() -> Path:
    """The folder in which the reference decoders are installed; skipped where there is no npm, never so in CI."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("node and npm are needed to compare the decoders with the reference ones")
        pytest.skip("node and npm are not installed")
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "generate.cjs"):
        shutil.copyfile(HERE / name, BUILD / name)
    with (BUILD / "lock").open("w") as lock:  # tests may run in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (BUILD / "installed").exists():
            install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]
            subprocess.run(install, cwd=BUILD, check=True, capture_output=True, timeout=300)  # noqa: S603
            (BUILD / "installed").touch()
    return BUILD


def _lines(oracle: Path, kind: str, seed: int) -> Iterator[dict[str, Any]]:
    command = ["node", "generate.cjs", kind, str(COUNT), str(seed)]
    done = subprocess.run(command, cwd=oracle, check=True, capture_output=True, timeout=300)  # noqa: S603
    lines = done.stdout.splitlines()
    assert len(lines) == COUNT
    yield from map(json.loads, lines)


def _joined(value: object) -> object:
    return ",".join(map(str, value)) if isinstance(value, list) else value


def test_gpp_agrees_with_the_reference(oracle: Path) -> None:
    seen: set[str] = set()
    for case in _lines(oracle, "gpp", seed=8):
        decoded = decode_gpp(case["raw"])
        expected = {"SectionIds": _joined(case["ids"])}
        for section, fields in case["sections"].items():
            seen.add(section)
            for name, value in fields.items():
                if name in ("GpcSegmentType", "GpcSegmentIncluded", "SensitiveDataConsentSegmentIncluded"):
                    continue
                ours = {"LspaCovered": "Lspa"}.get(name, name)
                expected[f"{section}.{ours}"] = _joined(value)
        assert decoded.fields == expected, case["raw"]
        assert decoded.valid, case["raw"]
    assert len(seen) == 22


def test_tcf_agrees_with_the_reference(oracle: Path) -> None:
    for case in _lines(oracle, "tcf", seed=9):
        decoded = decode_tcf(case["raw"])
        assert decoded.valid, case["raw"]
        for name, value in case["fields"].items():
            ours = decoded.fields.get(name, "")
            if name == "PublisherRestrictions":
                ours = ",".join(sorted(str(ours).split(",")))
            assert ours == _joined(value), (name, case["raw"])
