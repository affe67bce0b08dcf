"""result.json: the whole result, of which every report can be made again; report.json is its public view."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from consentcheck.errors import EvidenceError
from consentcheck.model.result import AuditResult
from consentcheck.report.plain import to_json

FILE = "result.json"


def save(result: AuditResult, out: Path) -> Path:
    """Write ``result.json`` into the folder ``out``; returns its path."""
    path = out / FILE
    path.write_text(to_json(result.model_dump()), encoding="utf-8")
    return path


def load(folder: Path) -> AuditResult:
    """The result that was saved in a folder. Raises EvidenceError naming the file."""
    file = folder / FILE
    try:
        return AuditResult.model_validate_json(file.read_bytes())
    except OSError as error:
        raise EvidenceError(f"{file}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise EvidenceError(f"{file}: is not a result of this tool: {place}: {first['msg']}") from error
