"""What the user calls a target."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.cli.targets import as_url, paths, urls
from consentcheck.errors import UsageError


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("example.com", "https://example.com/"),
        ("https://example.com", "https://example.com/"),
        ("http://example.com/a?b=1", "http://example.com/a?b=1"),
        ("localhost:8080", "http://localhost:8080/"),
        ("127.0.0.1:8443/x", "http://127.0.0.1:8443/x"),
        ("[::1]:80", "http://[::1]:80/"),
        ("https://example.com?x=1", "https://example.com?x=1"),
    ],
)
def test_urls(given: str, url: str) -> None:
    assert as_url(given) == url


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("file:///etc/passwd", "consentcheck check PATH"),
        ("ftp://example.com", "not a URL of a web page"),
        ("https://", "not a URL of a web page"),
        ("https://exa mple.com", "not a URL of a web page"),
        ("https://example.com:notaport/", "not a URL"),
        ("", "not a URL of a web page"),
    ],
)
def test_what_is_no_url(given: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        as_url(given)


def test_a_file_of_targets(tmp_path: Path) -> None:
    listed = tmp_path / "targets.txt"
    listed.write_text("# ours\nexample.com\n\nhttps://example.org/#top\nexample.com\n", encoding="utf-8")
    assert urls([], [listed]) == ["https://example.com/", "https://example.org/#top"]


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    listed = tmp_path / "targets.txt"
    listed.write_text("example.com\nftp://no\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"targets\.txt:2: 'ftp://no' is not a URL"):
        urls([], [listed])
    with pytest.raises(UsageError, match="No such file"):
        urls([], [tmp_path / "none.txt"])


def test_paths(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>", encoding="utf-8")
    evidence = tmp_path / "out" / "evidence" / "001-x"
    evidence.mkdir(parents=True)
    assert paths([page, tmp_path / "out", evidence.parent.parent]) == [page, evidence, evidence]
    assert paths([tmp_path]) == [page]
    with pytest.raises(UsageError, match="no such file"):
        paths([tmp_path / "none.html"])
    other = tmp_path / "page.pdf"
    other.write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not a kind of file"):
        paths([other])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match="neither an evidence folder"):
        paths([empty])
