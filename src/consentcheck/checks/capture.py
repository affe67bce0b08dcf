"""Whether the capture itself can be relied on. What it could not take is no fault of the site: never ``failed``."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.prose import and_list
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.model.evidence import Problem, ProblemCode
from consentcheck.model.facts import Facts
from consentcheck.model.result import Observation
from consentcheck.model.words import TargetKind


def _problems(facts: Facts) -> tuple[Problem, ...]:
    """Problems of the target and of its scenarios, each once."""
    of_scenarios = (p.model_copy(update={"scenario": s.scenario}) for s in facts.scenarios for p in s.problems)
    found: dict[tuple[str, str, str | None], Problem] = {}
    for problem in (*of_scenarios, *facts.problems):
        found.setdefault((problem.code, problem.message, problem.scenario), problem)
    return tuple(found.values())


class ProblemParams(Params):
    """``codes``: the problems that the rule is about; ``kinds``: the targets in which they can occur."""

    codes: tuple[ProblemCode, ...]
    kinds: tuple[TargetKind, ...] = ("live", "page", "text")


@check("capture-without-problem", ProblemParams)
def capture_without_problem(case: Case, params: ProblemParams) -> Iterator[Observation]:
    """None of these problems was met."""
    met = [problem for problem in _problems(case.facts) if problem.code in params.codes]
    if met:
        said = "; ".join(dict.fromkeys(_said(problem) for problem in met[:5]))
        yield Observation(outcome="untested", data={"problems": said}, key=met[0].code)
    elif case.facts.kind in params.kinds and case.facts.scenarios:
        yield Observation(outcome="passed")


def _said(problem: Problem) -> str:
    message = problem.message.rstrip(".")
    return f"{problem.scenario}: {message}" if problem.scenario else message


@check("scenarios-complete", NoParams)
def scenarios_complete(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Every scenario that was visited was captured, and its choice made and read back."""
    if case.facts.kind != "live":
        return
    missing = [s for s in case.facts.scenarios if s.status != "complete" or s.completed is False]
    if missing or not case.facts.scenarios:
        names = and_list(s.scenario for s in missing) or "every scenario"
        yield Observation(outcome="untested", data={"scenarios": names}, key=names)
    else:
        yield Observation(outcome="passed", data={"scenarios": and_list(s.scenario for s in case.facts.scenarios)})


@check("region-in-profile", NoParams)
def region_in_profile(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The region that the site took the visitor for is one of the profile's."""
    region = case.facts.region
    data = {"region": region or "unknown", "regimes": and_list(case.profile.regimes)}
    if case.facts.kind != "live":
        yield Observation(outcome="untested", variant="saved", data=data)
    elif region is None:
        yield Observation(outcome="cantTell", data=data, key="region unknown")
    elif region in case.profile.regimes:
        yield Observation(outcome="passed", data=data)
    else:
        yield Observation(outcome="untested", variant="elsewhere", data=data, key=region)


@check("manager-is-known", NoParams)
def manager_is_known(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The consent manager was recognised; a text names none."""
    if case.facts.kind == "text" or not case.facts.dialogs:
        return
    if case.facts.cmp is None:
        where = (case.facts.dialogs[0].where,) if case.facts.dialogs[0].where.selector else ()
        yield Observation(outcome="cantTell", where=where, key="unknown manager")
    else:
        yield Observation(outcome="passed", data={"name": case.facts.cmp.name})


@check("dialog-is-shown", NoParams)
def dialog_is_shown(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A banner that is in the document is visible, or another one is."""
    banners = case.facts.on("banner")
    if case.facts.kind != "live" or not banners:
        return
    if all(banner.visible is False for banner in banners):
        name = case.facts.cmp.name if case.facts.cmp else "the consent manager"
        where = tuple(banner.where for banner in banners if banner.where.selector)
        yield Observation(outcome="cantTell", where=where, data={"name": name}, key="hidden banner")
    elif any(banner.visible for banner in banners):
        yield Observation(outcome="passed")
