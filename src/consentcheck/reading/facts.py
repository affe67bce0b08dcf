"""All facts of one target: each reader is asked in turn."""

from __future__ import annotations

from consentcheck.model.evidence import Evidence, Visit
from consentcheck.model.facts import Facts, ScenarioStatus
from consentcheck.model.words import EVIDENCE_OF
from consentcheck.reading import choices, cmp, cookies, dialogs, forms, links, policy, signals, traffic
from consentcheck.reading.moments import watched
from consentcheck.reading.pictures import pictured_dialogs, pictured_links, pictured_notices
from consentcheck.reading.visitor_region import read_region


def read_facts(evidence: Evidence) -> Facts:
    """All facts of one target."""
    if any(problem.fatal for problem in evidence.problems):
        return Facts(target=evidence.target, kind=evidence.kind, problems=evidence.problems)
    found = pictured_dialogs(evidence, dialogs.read_dialogs(evidence))
    configured, disagreements = cmp.read_configuration(evidence, found)
    every = found + configured
    other_links = links.read_links(evidence, found)
    return Facts(
        target=evidence.target,
        kind=evidence.kind,
        scenarios=_scenarios(evidence),
        problems=evidence.problems,
        language=next((dialog.language for dialog in found), "en"),
        region=read_region(evidence),
        cmp=cmp.read_cmp(evidence),
        dialogs=every,
        opt_out_links=pictured_links(evidence, links.read_opt_out_links(evidence, found)),
        links=pictured_notices(evidence, other_links),
        trackers=traffic.read_trackers(evidence),
        cookies=cookies.read_cookies(evidence, every),
        signals=signals.read_signals(evidence),
        paths=choices.read_paths(evidence),
        choices=choices.read_choices(evidence, found),
        statuses=choices.read_statuses(evidence),
        forms=forms.read_forms(evidence),
        policy=policy.read_policy(evidence),
        well_known_gpc=signals.read_well_known_gpc(evidence),
        disagreements=disagreements,
        accounts=links.read_accounts(other_links, found),
        page_passages=links.read_page_passages(evidence),
    )


def _unheard(visit: Visit) -> tuple[str, ...]:
    """Where what stands in for the browser's own signal did not hold; its own holds everywhere, whatever a page makes of it."""
    stood_in = visit.gpc == "header-and-script"
    return tuple(where for where, holds in visit.gpc_verified.items() if stood_in and not holds)


def _scenarios(evidence: Evidence) -> tuple[ScenarioStatus, ...]:
    """What was captured of each scenario; a saved file stands for a first visit."""
    has = EVIDENCE_OF[evidence.kind]
    if evidence.kind != "live":
        return (ScenarioStatus(scenario="first-visit", has=has),)
    by_scenario: dict[str, list[Visit]] = {}
    for visit in evidence.visits:
        by_scenario.setdefault(visit.scenario, []).append(visit)
    statuses = []
    for visits in by_scenario.values():
        usable = [visit for visit in visits if not visit.failed]
        shown = (usable or visits)[0]
        problems = tuple(problem for visit in visits for problem in visit.problems)
        incomplete = any(visit.completed is False for visit in usable) or len(usable) < len(visits)
        statuses.append(
            ScenarioStatus(
                scenario=shown.scenario,
                status="failed" if not usable else "partial" if incomplete else "complete",
                has=has if usable else frozenset(),
                rounds=len(usable),
                watched=min((s for visit in usable if (s := watched(visit)) is not None), default=None),
                pages=shown.pages,
                gpc=shown.gpc,
                gpc_missing=tuple(dict.fromkeys(where for visit in usable for where in _unheard(visit))),
                completed=shown.completed,
                problems=problems,
            )
        )
    return tuple(statuses)
