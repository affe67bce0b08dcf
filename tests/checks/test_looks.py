"""Colours and contrast, against values that WCAG's formula gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.checks.looks import colour, contrast, median_of


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rgb(0, 0, 0)", "rgb(255, 255, 255)", 21.0),
        ("rgb(255, 255, 255)", "rgb(255, 255, 255)", 1.0),
        ("rgb(118, 118, 118)", "rgb(255, 255, 255)", 4.54),
        ("rgba(118, 118, 118, 1)", "rgb(255 255 255)", 4.54),
    ],
)
def test_contrast(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("css", [None, "", "rgba(0, 0, 0, 0)", "url(x.png)", "rgb(1,2)", "rgb(1..2, 3, 4)", "x" * 500])
def test_what_is_no_opaque_colour_has_no_contrast(css: str | None) -> None:
    assert colour(css) is None
    assert contrast(css, "rgb(0, 0, 0)") is None


def test_median_leaves_out_what_is_not_known() -> None:
    assert median_of([None, 12.0, 14.0, None, 30.0]) == 14.0
    assert median_of([None]) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_raising(css: str) -> None:
    read = colour(css)
    assert read is None or len(read) == 3
