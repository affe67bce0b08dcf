"""Saved pages and texts as evidence: ``.html``, ``.mhtml``, ``.txt``, ``.warc`` and ``.warc.gz``.

A saved page has no layout and no traffic; a text has words alone. What cannot be read becomes a named problem.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from consentcheck.model.evidence import Document, Evidence, Problem, Snapshot, Visit
from consentcheck.model.words import TargetKind
from consentcheck.reading.limits import too_much
from consentcheck.reading.text import LONGEST_TEXT

LARGEST = 64 * 1024 * 1024
"""Bytes of the largest file, and of the largest page in an archive, that is read."""
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_.:-]{1,40})", re.I)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PAGES = frozenset({".html", ".htm", ".xhtml"})


def read_saved(path: Path) -> Evidence:
    """The evidence that a saved file is; total: a file that cannot be read gives evidence with a problem."""
    kind: TargetKind = "text" if _suffix(path) == ".txt" else "page"
    try:
        size = path.stat().st_size
        if size > LARGEST:
            return _failed(path, kind, "too-large", f"{path.name} has {size} bytes; at most {LARGEST} are read.")
        if size == 0:
            return _failed(path, kind, "empty-page", f"{path.name} is empty.")
        return _read(path, kind)
    except Exception as error:  # a damaged archive can fail in many ways, all of them the file's fault
        return _failed(path, kind, "unreadable", f"{path.name} could not be read: {type(error).__name__}.")


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of bytes: by byte order mark, declared charset, the page's own ``meta``, else UTF-8, else Windows-1252."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    meta = _META_CHARSET.search(data[:4096])
    for encoding in (declared, meta[1].decode("ascii") if meta else None, "utf-8"):
        if encoding:
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeError):
                continue
    return data.decode("cp1252", "replace")


def _suffix(path: Path) -> str:
    return path.suffix.lower()


def _read(path: Path, kind: TargetKind) -> Evidence:
    suffix = _suffix(path)
    if suffix == ".txt":
        text = decode(path.read_bytes()).replace("\r\n", "\n")
        if not text.strip():
            return _failed(path, kind, "empty-page", f"{path.name} holds no words.")
        if len(text) > LONGEST_TEXT:
            said = f"{path.name} has {len(text)} characters of text; at most {LONGEST_TEXT} are read."
            return _failed(path, kind, "too-large", said)
        return Evidence(target=str(path), kind="text", text=text)
    if suffix in {".mhtml", ".mht"}:
        documents = _of_mhtml(path)
    elif suffix in {".warc", ".gz"}:
        documents = _of_warc(path)
    elif suffix in _PAGES:
        documents = [Document(url=path.resolve().as_uri(), html=decode(path.read_bytes()))]
    else:
        return _failed(path, kind, "unreadable", f"{path.name}: only .html, .mhtml, .txt, .warc and .warc.gz are read.")
    documents = [d for d in documents if d.html.strip()]
    if not documents:
        return _failed(path, kind, "empty-page", f"{path.name} holds no page.")
    if much := too_much(d.html for d in documents):
        return _failed(path, kind, "too-large", f"{path.name} holds {much}; no page with so much is read.")
    return _page(path, documents)


def _page(path: Path, documents: list[Document]) -> Evidence:
    named = tuple(
        d if n == 0 else d.model_copy(update={"frame": f"frame-{n}", "parent_frame": "main"})
        for n, d in enumerate(documents)
    )
    url = named[0].url
    snapshot = Snapshot(id="0-page", moment="page", url=url, documents=named)
    visit = Visit(scenario="first-visit", requested_url=url, final_url=url, pages=(url,), snapshots=(snapshot,))
    return Evidence(target=str(path), kind="page", visits=(visit,))


def _failed(path: Path, kind: TargetKind, code: str, message: str) -> Evidence:
    return Evidence(target=str(path), kind=kind, problems=(Problem.model_validate({"code": code, "message": message}),))


def _of_mhtml(path: Path) -> list[Document]:
    """The HTML parts of an MHTML file, the page itself first."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    found: list[Document] = []
    for part in message.walk():
        if part.get_content_type() not in {"text/html", "application/xhtml+xml"} or not isinstance(part, EmailMessage):
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            url = str(part.get("Content-Location") or path.resolve().as_uri())
            found.append(Document(url=url, html=decode(data, part.get_content_charset())))
    return found


def _of_warc(path: Path) -> list[Document]:
    """The first HTML page of an archive that was answered with success."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response" or record.http_headers is None:
                continue
            mime = record.http_headers.get_header("Content-Type") or ""
            if not str(record.http_headers.get_statuscode()).startswith("2") or "html" not in mime.lower():
                continue
            data = record.content_stream().read(LARGEST)
            charset = re.search(r"charset=[\"']?([\w.:-]{1,40})", mime, re.I)
            url = record.rec_headers.get_header("WARC-Target-URI") or path.resolve().as_uri()
            return [Document(url=str(url), html=decode(data, charset[1] if charset else None))]
    return []
