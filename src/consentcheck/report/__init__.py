"""Reports: each format is written by its own module from one `AuditResult`. They show; they judge nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from consentcheck.errors import EvidenceError, UsageError
from consentcheck.model.result import AuditResult
from consentcheck.report import csv, html, json, junit, markdown, sarif, saved

_WRITERS: dict[str, Callable[[AuditResult, Path], Path]] = {
    "json": json.write,
    "sarif": sarif.write,
    "junit": junit.write,
    "markdown": markdown.write,
    "csv": csv.write,
}
_TEXTS: dict[str, Callable[[AuditResult], str]] = {
    "json": json.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "csv": csv.render,
}
FORMATS: tuple[str, ...] = ("html", *_WRITERS)
TEXT_FORMATS: tuple[str, ...] = tuple(_TEXTS)
"""Those that can go to standard output."""


def write(result: AuditResult, out: Path, formats: Sequence[str], evidence: Path | None = None) -> list[Path]:
    """Write the formats, and ``result.json`` of which they can be made again, into ``out``; returns the paths.

    ``evidence``: as for `html.write`. Raises UsageError for an unknown format.
    """
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"there is no format {name!r}; there are {', '.join(FORMATS)}")
    out.mkdir(parents=True, exist_ok=True)
    written = [saved.save(result, out)]
    for name in dict.fromkeys(formats):
        written += html.write(result, out, evidence) if name == "html" else [_WRITERS[name](result, out)]
    return written


def remove(out: Path) -> None:
    """Remove the reports of an earlier run from ``out``, so that none stands beside another run's; nothing else is touched."""
    modules = (saved, json, sarif, junit, markdown, csv)
    names = {module.FILE for module in modules} | {html.INDEX}
    with suppress(EvidenceError):  # without its result nobody can tell which pages are ours
        names |= set(html.page_names(saved.load(out)))
    pages = {Path(name).with_suffix(".pdf").name for name in names if name.endswith(".html")}
    for name in names | pages:
        (out / name).unlink(missing_ok=True)


def text(result: AuditResult, name: str) -> str:
    """One format as text, for standard output. Raises UsageError for ``html``, which can be many files."""
    if name not in _TEXTS:
        raise UsageError(f"{name!r} cannot be written to standard output; {', '.join(_TEXTS)} can")
    return _TEXTS[name](result)
