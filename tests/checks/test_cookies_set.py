"""How a listed name stands for those that were set."""

from __future__ import annotations

import pytest

from consentcheck.checks.cookies_set import _Names, _stem
from consentcheck.model.facts import DeclaredCookie


@pytest.mark.parametrize(
    ("listed", "stem"),
    [
        (DeclaredCookie(name="_ga"), None),
        (DeclaredCookie(name="_ga_*"), "_ga_"),
        (DeclaredCookie(name="_ga_<container-id>"), "_ga_"),
        (DeclaredCookie(name="_gat_UA-########-#"), "_gat_UA-"),
        (DeclaredCookie(name="_hjSession_xxxxxx"), "_hjSession_"),
        (DeclaredCookie(name="_pk_id", wildcard=True), "_pk_id"),
        (DeclaredCookie(name="*"), None),
        (DeclaredCookie(name="_"), None),
        (DeclaredCookie(name="x", wildcard=True), None),
        (DeclaredCookie(name="boxx"), None),
    ],
)
def test_stem(listed: DeclaredCookie, stem: str | None) -> None:
    assert _stem(listed) == stem


def test_names() -> None:
    listed = _Names([DeclaredCookie(name="_ga_*"), DeclaredCookie(name="sid")])
    assert "_ga_QK3" in listed
    assert "sid" in listed
    assert "sid2" not in listed
    assert "_gid" not in listed
    assert "anything" not in _Names([])
