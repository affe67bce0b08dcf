"""The golden reports: made again from the sample and compared, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.report import FORMATS, write
from consentcheck.report.saved import load
from tests.report.renew_samples import FOLDER
from tests.report.sample import RESULT


def test_every_format_is_as_committed(tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in write(RESULT, tmp_path, FORMATS, FOLDER)}
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    differ = sorted(name for name in made | kept if made.get(name) != kept.get(name))
    if differ:
        pytest.fail(f"{', '.join(differ)} changed; if that is meant: python -m tests.report.renew_samples")


def test_the_sample_can_be_reported_from_its_folder(tmp_path: Path) -> None:
    write(load(FOLDER), tmp_path, FORMATS, FOLDER)
    assert (tmp_path / "index.html").read_bytes() == (FOLDER / "index.html").read_bytes()
