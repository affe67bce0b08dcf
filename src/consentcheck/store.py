"""An evidence folder on disk, and `Evidence` in memory.

    manifest.json            every file's SHA-256 and size, versions, settings, start and end, final URL and HTTP status
    evidence.json            the evidence without its visits
    visits/NN-<scenario>.json.gz
    screenshots/*.png        written by capture

The manifest is written last, under another name first: a folder with a manifest is whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from pydantic import ValidationError

from consentcheck.errors import EvidenceError
from consentcheck.model.evidence import Evidence, Visit

MANIFEST = "manifest.json"
SCHEMA = "consentcheck/evidence/1"
REDACTED = "[redacted]"

_EVIDENCE = "evidence.json"
_PARTIAL = f".{MANIFEST}.partial"
_OURS = frozenset({"visits", "screenshots", MANIFEST, _EVIDENCE, _PARTIAL})
_LARGEST = 512 * 1024 * 1024
"""Bytes of one file, unpacked: more is not ours."""


def prepare_folder(folder: Path) -> None:
    """Make the folder, or empty it of earlier evidence. EvidenceError when it holds anything else."""
    if folder.exists():
        if not folder.is_dir():
            raise EvidenceError(f"{folder}: is a file, not a folder")
        foreign = sorted(entry.name for entry in folder.iterdir() if entry.name not in _OURS)
        if foreign:
            raise EvidenceError(f"{folder}: holds {foreign[0]}, which is not evidence; it is left as it is")
        for path in sorted(folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def write_evidence(evidence: Evidence, folder: Path, *, rules: str = "") -> None:
    """Write evidence beside the pictures that capture put there. EvidenceError when the folder holds something foreign."""
    folder.mkdir(parents=True, exist_ok=True)
    foreign = sorted(entry.name for entry in folder.iterdir() if entry.name not in _OURS)
    if foreign:
        raise EvidenceError(f"{folder}: holds {foreign[0]}, which is not evidence; nothing was written")
    (folder / MANIFEST).unlink(missing_ok=True)
    (folder / "visits").mkdir(exist_ok=True)
    for old in (folder / "visits").iterdir():
        old.unlink()
    (folder / _EVIDENCE).write_bytes(
        _encoded(evidence.model_dump(mode="json", exclude={"visits"}, exclude_defaults=True))
    )
    for number, visit in enumerate(evidence.visits):
        content = _encoded(visit.model_dump(mode="json", exclude_defaults=True))
        name = f"{number:02d}-{visit.scenario}.json.gz"
        (folder / "visits" / name).write_bytes(gzip.compress(content, compresslevel=6, mtime=0))
    manifest = {
        "schema": SCHEMA,
        "target": evidence.target,
        "kind": evidence.kind,
        "started": evidence.started,
        "ended": evidence.ended,
        "tool": {"name": evidence.provenance.tool, "version": evidence.provenance.version},
        "rules": rules,
        "browser": evidence.provenance.browser,
        "settings": evidence.provenance.settings,
        "visits": [_visit_line(visit) for visit in evidence.visits],
        "files": {name: _described(folder / name) for name in sorted(_files(folder))},
    }
    partial = folder / _PARTIAL
    with partial.open("wb") as file:
        file.write(json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False).encode())
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / MANIFEST)


def read_evidence(folder: Path) -> Evidence:
    """Read a folder back. EvidenceError names the file that is missing, altered, added or unreadable."""
    files = _manifest(folder)
    added = sorted(set(_files(folder)) - set(files))
    if added:
        raise EvidenceError(f"{folder / added[0]}: not in the manifest; it was added later")
    for name, described in files.items():
        path = folder / name
        if not path.is_file() or path.is_symlink():
            raise EvidenceError(f"{path}: missing")
        if _described(path) != described:
            raise EvidenceError(f"{path}: altered since it was captured")
    if _EVIDENCE not in files:
        raise EvidenceError(f"{folder / _EVIDENCE}: missing")
    visits = tuple(_visit(folder / name) for name in sorted(files) if name.startswith("visits/"))
    try:
        return Evidence.model_validate(
            {**_json((folder / _EVIDENCE).read_bytes(), folder / _EVIDENCE), "visits": visits}
        )
    except ValidationError as error:
        raise EvidenceError(f"{folder / _EVIDENCE}: {_first(error)}") from error


def redact(evidence: Evidence, secrets: Iterable[str]) -> Evidence:
    """The same evidence with every occurrence of a secret blanked out, as it is, escaped and in a URL's form."""
    wanted = [secret for secret in secrets if secret]
    if not wanted:
        return evidence
    forms = sorted({form for secret in wanted for form in _forms(secret)}, key=len, reverse=True)

    def cleaned(value: Any) -> Any:
        """Dump of a model: depth is the model's own, not the page's."""
        if isinstance(value, str):
            for form in forms:
                value = value.replace(form, REDACTED)
            return value
        if isinstance(value, dict):
            return {cleaned(key): cleaned(each) for key, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [cleaned(each) for each in value]
        return value

    return Evidence.model_validate(cleaned(evidence.model_dump(mode="python")))


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield escape(secret)
    yield escape(secret, quote=False)
    yield quote(secret, safe="")
    yield quote(secret)
    yield quote_plus(secret)
    yield json.dumps(secret)[1:-1]


def _visit_line(visit: Visit) -> dict[str, Any]:
    return {
        "scenario": visit.scenario,
        "round": visit.round,
        "started": visit.started,
        "ended": visit.ended,
        "requested_url": visit.requested_url,
        "final_url": visit.final_url,
        "http_status": visit.http_status,
        "problems": [problem.code for problem in visit.problems],
    }


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    if not path.is_file():
        raise EvidenceError(f"{path}: missing")
    manifest = _json(path.read_bytes(), path)
    files = manifest.get("files")
    if manifest.get("schema") != SCHEMA or not isinstance(files, dict):
        raise EvidenceError(f"{path}: not a manifest of this kind ({SCHEMA})")
    for name in files:
        if not _is_our_name(name):
            raise EvidenceError(f"{path}: names the file {name!r}, which is none of ours")
    return files


def _is_our_name(name: str) -> bool:
    """Whether a path of a manifest can only lie within the folder."""
    parts = name.split("/")
    return parts[0] in _OURS and len(parts) <= 2 and all(p and not p.startswith(".") and "\\" not in p for p in parts)


def _files(folder: Path) -> Iterator[str]:
    """Names of all files but the manifest, as the manifest has them."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in (MANIFEST, _PARTIAL):
            yield name


def _described(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": digest, "size": path.stat().st_size}


def _visit(path: Path) -> Visit:
    try:
        with gzip.open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except (OSError, EOFError) as error:
        raise EvidenceError(f"{path}: cannot be unpacked ({error})") from error
    if len(content) > _LARGEST:
        raise EvidenceError(f"{path}: too large")
    try:
        return Visit.model_validate_json(content)
    except ValidationError as error:
        raise EvidenceError(f"{path}: {_first(error)}") from error


def _json(content: bytes, path: Path) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise EvidenceError(f"{path}: not readable as JSON ({error})") from error
    if not isinstance(value, dict):
        raise EvidenceError(f"{path}: not an object")
    return value


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
