"""Reports: each format is written by its own module from one `AuditResult`. They show; they judge nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from consentcheck.model.result import AuditResult
from consentcheck.report import html, json, saved

FORMATS = ("html", "json")


def write(result: AuditResult, out: Path, formats: Sequence[str], evidence: Path | None = None) -> list[Path]:
    """Write the formats, and ``result.json`` of which they can be made again, into ``out``; returns the paths."""
    out.mkdir(parents=True, exist_ok=True)
    written = [saved.save(result, out)]
    if "json" in formats:
        written.append(json.write(result, out))
    if "html" in formats:
        written += html.write(result, out, evidence)
    return written
