"""A publisher's end-to-end test of its own consent dialog, run against a preview server."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

URL = os.environ.get("PREVIEW_URL", "https://www.morningledger.example/")
RESOLVE = os.environ.get("PREVIEW_RESOLVE", "").split()


@pytest.fixture(scope="session")
def preview(consentcheck_scan: Callable[..., Any]) -> Any:
    return consentcheck_scan(URL, scenarios=["first-visit", "gpc", "opt-out"], resolve=RESOLVE, insecure=True)


def test_everything_could_be_tested(preview: Any) -> None:
    assert preview.not_tested() == []


def test_the_opt_out_holds(preview: Any) -> None:
    assert preview.failures("high") == []


def test_the_link_is_there(preview: Any) -> None:
    assert preview.outcome("ccpa-optout-link") == "passed"
