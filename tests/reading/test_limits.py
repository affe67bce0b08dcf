"""Pages that would keep the parser busy for minutes are refused by name; those that only look like it are read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from consentcheck.reading.limits import MOST_ATTRIBUTES, MOST_CHARACTERS, MOST_OPTIONS, too_much
from consentcheck.reading.saved import read_saved

OPTIONS = "<select>" + "<option>A" * 5000 + "</select>"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p " + " ".join(f"a{n}='1'" for n in range(MOST_ATTRIBUTES + 1)) + ">", "attributes"),
        ("<p" + "/a" * (MOST_ATTRIBUTES + 1) + ">", "attributes"),
        ("<SELECT>" + "<Option>A" * (MOST_OPTIONS + 1), "options"),
        ("x" * (MOST_CHARACTERS + 1), "characters"),
    ],
)
def test_what_no_page_holds_is_refused_by_name(page: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page)
    (problem,) = read_saved(path).problems
    assert (problem.code, problem.fatal) == ("too-large", True)
    assert said in problem.message


@pytest.mark.parametrize(
    "page",
    [OPTIONS + OPTIONS, "<p title='" + "a b " * 20_000 + "'>", "<p>" + "a b " * 20_000, "<script>" + "a = b;\n" * 9000],
)
def test_long_lists_words_and_scripts_are_read(page: str) -> None:
    assert too_much([page]) is None


def test_a_tag_without_end_takes_no_time() -> None:
    began = time.process_time()
    for page in ("<a " + "x=" * 500_000, "<a " + "x='" * 500_000, "<a x='" * 200_000, "< a" * 500_000):
        too_much([page])
    assert time.process_time() - began < 4
