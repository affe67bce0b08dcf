"""Saved files as evidence."""

from __future__ import annotations

import gzip

import pytest

from consentcheck.reading import saved
from consentcheck.reading.saved import decode, read_saved


def html_of(evidence):
    return evidence.visits[0].snapshots[0].documents[0].html


def test_a_page_and_a_text(tmp_path):
    page, text = tmp_path / "a.html", tmp_path / "a.txt"
    page.write_text("<p>Hé</p>", "utf-8")
    text.write_text("One\r\nTwo", "utf-8")
    assert html_of(read_saved(page)) == "<p>Hé</p>"
    assert read_saved(page).kind == "page"
    assert read_saved(page).visits[0].snapshots[0].documents[0].layout is None
    assert (read_saved(text).kind, read_saved(text).text) == ("text", "One\nTwo")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\xc3\xa9", "aé"),
        ("aé".encode("utf-16"), "aé"),
        (b"<meta charset=iso-8859-1>\xe9", "<meta charset=iso-8859-1>é"),
        (b"a\xe9\x80", "aé€"),
        (b"<meta charset=nonsense>\xc3\xa9", "<meta charset=nonsense>é"),
    ],
)
def test_encodings(data, text):
    assert decode(data) == text


def test_mhtml_with_a_frame(tmp_path):
    path = tmp_path / "a.mhtml"
    path.write_bytes(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"
        b"--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://a.test/\r\n\r\n<p>a=3Db</p>\r\n"
        b"--B\r\nContent-Type: text/html\r\nContent-Location: https://cmp.test/\r\n\r\n<p>frame</p>\r\n--B--\r\n"
    )
    documents = read_saved(path).visits[0].snapshots[0].documents
    assert [(d.url, d.frame, d.html.strip()) for d in documents] == [
        ("https://a.test/", "main", "<p>a=b</p>"),
        ("https://cmp.test/", "frame-1", "<p>frame</p>"),
    ]


def test_warc(tmp_path):
    path = tmp_path / "a.warc.gz"
    records = b""
    for url, mime, body in (
        ("https://a.test/x.js", "text/javascript", b"1"),
        ("https://a.test/", "text/html; charset=utf-8", "é".encode()),
    ):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
        records += gzip.compress(f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n")
    path.write_bytes(records)
    assert html_of(read_saved(path)) == "é"
    assert read_saved(path).visits[0].final_url == "https://a.test/"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.html", b"", "empty-page"),
        ("a.txt", b" \n ", "empty-page"),
        ("a.pdf", b"%PDF", "unreadable"),
        ("a.warc", b"not a warc at all", "empty-page"),
        ("a.mhtml", b"nothing", "empty-page"),
        ("missing.html", None, "unreadable"),
    ],
)
def test_what_cannot_be_read_is_a_named_problem(tmp_path, name, data, code):
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    evidence = read_saved(path)
    assert [p.code for p in evidence.problems] == [code]
    assert name in evidence.problems[0].message
    assert evidence.visits == ()


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(saved, "LARGEST", 10)
    path = tmp_path / "a.html"
    path.write_text("<p>more than ten</p>")
    assert [p.code for p in read_saved(path).problems] == ["too-large"]


def test_a_text_that_is_too_long_for_a_dialog_is_not_read_in_part(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("We use cookies. " * 100_000)
    assert [(p.code, p.fatal) for p in read_saved(path).problems] == [("too-large", True)]
    path.write_text("We use cookies. " * 60_000)
    assert read_saved(path).problems == ()
