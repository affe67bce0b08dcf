"""One target from capture to result: the only place where the stages meet."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from consentcheck import __version__, knowledge
from consentcheck.capture import CaptureSettings, capture
from consentcheck.engine import judge
from consentcheck.errors import ConsentcheckError, EvidenceError
from consentcheck.model.base import Model
from consentcheck.model.evidence import Evidence, Problem
from consentcheck.model.facts import Facts
from consentcheck.model.result import AuditResult, TargetResult
from consentcheck.model.rule import Profile
from consentcheck.model.words import SCENARIOS, Scenario
from consentcheck.reading.facts import read_facts
from consentcheck.reading.saved import read_saved
from consentcheck.rulebook import Rulebook
from consentcheck.store import MANIFEST, read_evidence, write_evidence

Progress = Callable[[str, str, str], None]
"""Called with target, scenario (may be empty) and what is being done."""


class Judging(Model):
    """How evidence is judged."""

    profile: Profile = Profile()
    as_of: dt.date
    asked: tuple[Scenario, ...] = SCENARIOS


def scan(
    targets: Sequence[str],
    rulebook: Rulebook,
    judging: Judging,
    settings: CaptureSettings,
    out: Path,
    *,
    jobs: int = 1,
    progress: Progress = lambda *_: None,
    done: Callable[[TargetResult], None] = lambda _: None,
) -> AuditResult:
    """Capture live pages and judge them; evidence goes to ``out/evidence/<n>-<host>``. A target that fails is a failed result."""
    folders = [out / "evidence" / f"{number:03d}-{slug(target)}" for number, target in enumerate(targets, 1)]

    def one(target: str, folder: Path) -> TargetResult:
        def report(scenario: str, what: str) -> None:
            progress(target, scenario, what)

        try:
            evidence = capture(target, settings, folder, report)
            report("", "writing the evidence")
            write_evidence(evidence, folder, rules=rulebook.version.sha256)
        except ConsentcheckError as error:
            return _unread(
                target, Problem(code=getattr(error, "code", "internal"), message=str(error)), rulebook, judging
            )
        report("", "judging")
        return judged(evidence, rulebook, judging, folder=folder, out=out)

    def finished(target: str, folder: Path) -> TargetResult:
        result = one(target, folder)
        done(result)
        return result

    pool = ThreadPoolExecutor(max_workers=max(1, jobs))
    try:
        results = tuple(pool.map(finished, targets, folders))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # idle by now, unless the user broke the run off
    return concluded(results, rulebook, judging)


def check(
    paths: Iterable[Path],
    rulebook: Rulebook,
    judging: Judging,
    out: Path,
    *,
    progress: Progress = lambda *_: None,
    done: Callable[[TargetResult], None] = lambda _: None,
) -> AuditResult:
    """Judge what was captured or saved: evidence folders, and files of the kinds that `read_saved` knows."""
    results = []
    for path in paths:
        progress(str(path), "", "reading")
        result = _checked(path, rulebook, judging, out)
        done(result)
        results.append(result)
    return concluded(tuple(results), rulebook, judging)


def _checked(path: Path, rulebook: Rulebook, judging: Judging, out: Path) -> TargetResult:
    if not path.is_dir():
        return judged(read_saved(path), rulebook, judging)
    try:
        evidence = read_evidence(path)
    except EvidenceError as error:
        return _unread(str(path), Problem(code="altered-evidence", message=str(error)), rulebook, judging)
    # What was never visited was not asked for then, so it is no gap now.
    visited = {visit.scenario for visit in evidence.visits}
    asked = tuple(scenario for scenario in judging.asked if scenario in visited)
    return judged(evidence, rulebook, judging.model_copy(update={"asked": asked}), folder=path, out=out)


def judged(
    evidence: Evidence, rulebook: Rulebook, judging: Judging, *, folder: Path | None = None, out: Path | None = None
) -> TargetResult:
    """One target's result from its evidence. Pure but for the hash of the evidence folder's manifest."""
    facts = read_facts(evidence)
    results = judge(rulebook.rules.values(), facts, judging.profile, judging.as_of, judging.asked)
    manifest = folder / MANIFEST if folder else None
    return TargetResult(
        target=evidence.target,
        status=_status(evidence, facts),
        problems=_problems(evidence),
        facts=facts,
        results=results,
        provenance=evidence.provenance,
        started=evidence.started,
        ended=evidence.ended,
        evidence_dir=_relative(folder, out) if folder else None,
        evidence_sha256=hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest and manifest.exists() else None,
    )


def concluded(results: tuple[TargetResult, ...], rulebook: Rulebook, judging: Judging) -> AuditResult:
    """The run's result."""
    return AuditResult(
        version=__version__,
        rules=rulebook.version,
        knowledge=knowledge.version(),
        as_of=judging.as_of,
        profile=judging.profile,
        targets=results,
    )


def slug(target: str) -> str:
    """A folder name made of a target's host: lower case letters, digits and dashes, at most 60 characters."""
    host = urlsplit(target if "//" in target else f"//{target}").hostname or "target"
    return re.sub(r"[^a-z0-9]+", "-", host.lower()).strip("-")[:60] or "target"


def _unread(target: str, problem: Problem, rulebook: Rulebook, judging: Judging) -> TargetResult:
    """The result of a target of which nothing can be judged: every rule untested."""
    evidence = Evidence(target=target, kind="live", problems=(problem,))
    return judged(evidence, rulebook, judging)


def _status(evidence: Evidence, facts: Facts) -> Literal["complete", "partial", "failed"]:
    if any(problem.fatal for problem in evidence.problems):
        return "failed"
    if evidence.kind != "live":
        return "complete"
    first = facts.scenario("first-visit")
    if facts.scenarios and all(s.status == "failed" for s in facts.scenarios):
        return "failed"
    if first is not None and first.status == "failed":
        return "failed"
    return "complete" if all(s.status == "complete" for s in facts.scenarios) else "partial"


def _problems(evidence: Evidence) -> tuple[Problem, ...]:
    return evidence.problems + tuple(
        problem.model_copy(update={"scenario": problem.scenario or visit.scenario})
        for visit in evidence.visits
        for problem in visit.problems
    )


def _relative(folder: Path, out: Path | None) -> str:
    """Where the evidence is from the reports' folder: it may lie beside it, so it may begin with ``..``."""
    return Path(os.path.relpath(folder.resolve(), (out or folder.parent).resolve())).as_posix()
