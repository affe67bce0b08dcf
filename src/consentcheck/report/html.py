"""The HTML report: one self-contained page a target, and an index over several. It asks no network for anything."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from consentcheck.content import templates_dir
from consentcheck.model.result import AuditResult, TargetResult
from consentcheck.model.words import SEVERITIES
from consentcheck.report import layers, summary, tables, words
from consentcheck.report.pictures import Album
from consentcheck.report.safe import one_line, shown, slug, web_address

INDEX = "index.html"


def write(result: AuditResult, out: Path, evidence: Path | None = None) -> list[Path]:
    """Write ``index.html`` into ``out``, and a page a target where there are several; returns the paths, index first.

    ``evidence`` is the folder that targets' ``evidence_dir`` are relative to, or the one target's evidence folder
    itself; without it ``out`` is.
    """
    names = page_names(result)
    index = out / INDEX
    written = [index]
    if len(result.targets) == 1:
        only = result.targets[0]
        index.write_text(render_target(result, only, evidence_of(only, out, evidence)), encoding="utf-8")
        return written
    index.write_text(render_index(result), encoding="utf-8")
    for target, name in zip(result.targets, names, strict=True):
        page = out / name
        page.write_text(render_target(result, target, evidence_of(target, out, evidence), INDEX), encoding="utf-8")
        written.append(page)
    return written


def page_names(result: AuditResult) -> list[str]:
    """File name of each target's page: its number and its host, in letters of our own choosing."""
    digits = len(str(len(result.targets)))
    return [f"{n:0{digits}}-{slug(host_of(t.target))}.html" for n, t in enumerate(result.targets, 1)]


def host_of(target: str) -> str:
    """The host of a URL, or the last part of a path."""
    rest = target.split("://", 1)[-1] if "://" in target else target.rstrip("/").rsplit("/", 1)[-1]
    return rest.split("/", 1)[0].split("?", 1)[0] or target


def evidence_of(target: TargetResult, out: Path, evidence: Path | None) -> Path:
    """Where a target's screenshots lie."""
    base = evidence or out
    return base / target.evidence_dir if target.evidence_dir and (base / target.evidence_dir).is_dir() else base


def render_target(result: AuditResult, target: TargetResult, evidence: Path | None, index: str | None = None) -> str:
    """The page of one target. ``index`` is the address of the index, where there is one."""
    album = Album(evidence)
    facts = target.facts
    return _render(
        "target.html.j2",
        result=result,
        target=target,
        index=index,
        album=album,
        counts=summary.count(target.results),
        verdict=summary.verdict(target),
        packs=summary.by_pack(target.results),
        gravest=summary.gravest(target),
        results=summary.worst_first(target.results),
        trackers=tables.tracker_matrix(facts),
        signals=tables.signal_table(facts),
        links=tables.link_table(facts),
        cookies=tables.cookie_table(facts),
        layers=layers.layers(facts, album),
        paths=layers.paths(facts, album),
        categories=layers.side_by_side(facts),
    )


def render_index(result: AuditResult) -> str:
    """The list of all targets, worst first."""
    rows = [
        (target, name, summary.count(target.results), summary.verdict(target))
        for target, name in zip(result.targets, page_names(result), strict=True)
    ]
    rows.sort(key=lambda row: summary.target_gravity(row[0]))
    return _render("index.html.j2", result=result, rows=rows)


def _render(template: str, **values: Any) -> str:
    folder = templates_dir()
    script = (folder / "report.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    text = _environment(folder).get_template(template).render(
        **values, style=Markup((folder / "report.css").read_text(encoding="utf-8")),  # noqa: S704 (files of ours)
        script=Markup(script), script_hash=digest,  # noqa: S704
    )  # fmt: skip
    return text.encode("utf-8", "replace").decode()


@cache
def _environment(folder: Path) -> Environment:
    """Jinja with everything that is printed made visible first (`shown`) and escaped then."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, severities=SEVERITIES, web_address=web_address, host_of=host_of)
    environment.globals.update(
        opted_out=tables.OPTED_OUT, outcomes=words.WORST_FIRST, accepted=summary.accepted, proof=layers.proof
    )
    environment.filters.update(
        breaking=breaking, cut=shown, one_line=one_line, sentence=words.sentence, plural=words.plural
    )
    return environment


def breaking(text: str) -> Markup:
    """Text whose long names (hosts, parameters) break after a dot or an underscore rather than anywhere."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(escape(shown(text)))))  # noqa: S704 (escaped)


def _finalize(value: object) -> object:
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value
