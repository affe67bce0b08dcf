"""A page of any size or depth ends in a result, or in a problem with a name, in time."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consentcheck.cli.app import app

DIALOG = "<div role=dialog><p>This website uses cookies.</p><button>Accept all</button></div>"
TELLING = "Some words of an article that goes on for a while, as articles do, and says this and that of the day. " * 3
WIDE = f'<div class=entry><p>{TELLING} With a <a href="/more">link</a> in them.</p></div>'
DEEP = 200_000
SECONDS = 10
"""Of one core's time: what else the machine does is not counted."""


@pytest.mark.parametrize(
    "page",
    [
        DIALOG + WIDE * (20_000_000 // len(WIDE)),
        DIALOG + "<div>" * DEEP + "deep down" + "</div>" * DEEP,
        "<div id=cookie-consent>" * DEEP + DIALOG + "</div>" * DEEP,
        DIALOG + "<ul><li>" * DEEP,
    ],
    ids=["wide", "deep", "dialog deep down", "never closed"],
)
def test_a_large_page_ends_in_time(page: str, tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(f"<!doctype html><body>{page}</body>", encoding="utf-8")
    began = time.process_time()
    result = CliRunner().invoke(app, ["check", str(saved), "--format", "json", "-o", "-"])
    assert time.process_time() - began < SECONDS
    assert result.exit_code in (0, 1, 3)
    target = json.loads(result.stdout)["targets"][0]
    assert target["status"] == "complete"
    assert target["results"]
    assert [dialog["text"] for dialog in target["facts"]["dialogs"]] == ["This website uses cookies."]


def test_a_page_of_nothing_but_tags_is_named(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(f"<!doctype html><body>{DIALOG}{'<b>a</b>' * 1_000_000}</body>", encoding="utf-8")
    began = time.process_time()
    result = CliRunner().invoke(app, ["check", str(saved), "--format", "json", "-o", "-"])
    assert time.process_time() - began < SECONDS
    assert result.exit_code == 3
    target = json.loads(result.stdout)["targets"][0]
    assert [problem["code"] for problem in target["problems"]] == ["too-large"]
    assert {one["outcome"] for one in target["results"]} <= {"untested", "inapplicable"}
