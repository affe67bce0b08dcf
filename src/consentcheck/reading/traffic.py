"""Requests -> trackers: who was asked, what was carried there, what restricts it, and who started it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from consentcheck.knowledge.sites import host_of, path_of, same_site, site_of
from consentcheck.knowledge.trackers import KnownHost, owner_of
from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence, Request, Visit
from consentcheck.model.facts import Tracker
from consentcheck.model.words import Scenario
from consentcheck.reading.identifiers import Identifier, Profiles
from consentcheck.reading.moments import is_after, settled_step, since_load
from consentcheck.reading.signals.carried import CarriedSignal, carried_signals
from consentcheck.reading.urls import parameters, shortened

TrackerPurpose = Literal[
    "advertising", "analytics", "social", "customer-success", "tag-manager", "content", "cdn", "hosting", "utility",
    "consent", "marketing", "video", "security", "unknown",
]  # fmt: skip
PageData = Literal["url", "title", "referrer"]

_MOST = 20
"""Identifiers and hosts that one tracker lists at most."""


@dataclass(frozen=True)
class _Key:
    """What makes two requests one tracker."""

    scenario: Scenario
    host: str
    purpose: str
    path: str
    page: int
    after_choice: bool
    restricted_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    before_cmp: bool


@dataclass
class _Group:
    first: Request
    owner: str | None
    proxy: bool
    late: float | None = None
    count: int = 0
    rounds: set[int] = field(default_factory=set)
    identifiers: dict[str, None] = field(default_factory=dict)
    shared: dict[str, None] = field(default_factory=dict)
    page_data: dict[PageData, None] = field(default_factory=dict)


def read_trackers(evidence: Evidence) -> tuple[Tracker, ...]:
    """Every third-party request of every visit, and those to the site itself that stand in for one.

    Requests of one scenario, host, path, page and consent flags are one tracker, over all its rounds.
    """
    visits = [visit for visit in evidence.visits if not visit.failed]
    profiles = Profiles(visits)
    groups: dict[_Key, _Group] = {}
    for visit in visits:
        _add_visit(visit, profiles, groups, evidence.aliases)
    advertisers = {key.host for key in groups if key.purpose == "advertising"}
    return tuple(_tracker(key, group, advertisers) for key, group in groups.items())


def _add_visit(visit: Visit, profiles: Profiles, groups: dict[_Key, _Group], aliases: Mapping[str, str]) -> None:
    since = settled_step(visit)
    site = host_of(visit.final_url or visit.requested_url)
    titles = {snapshot.title for snapshot in visit.snapshots if len(snapshot.title) > 5}
    first_consent = _first_consent_request(visit)
    outside = [
        (request, known, proxy) for request in visit.requests for known, proxy in _party(request, site, visit, aliases)
    ]
    carried = {request.id: profiles.identifiers(visit, request) for request, _, _ in outside}
    holders = _holders((request, carried[request.id]) for request, _, _ in outside)
    for request, known, proxy in outside:
        restricted, contradicted = flags(carried_signals(request))
        host = host_of(request.url)
        key = _Key(
            scenario=visit.scenario,
            host=host,
            purpose=known.purpose if known else "unknown",
            path=shortened(request.url, 400),
            page=request.page,
            after_choice=is_after(visit, request.after_step, since),
            restricted_by=restricted,
            contradicted_by=contradicted,
            before_cmp=request.time < first_consent.get(request.page, -1.0),
        )
        group = groups.setdefault(key, _Group(request, known.owner if known else None, proxy))
        group.count += 1
        group.rounds.add(visit.round)
        group.late = min((s for s in (group.late, since_load(visit, request)) if s is not None), default=None)
        for item in carried[request.id]:
            group.identifiers.setdefault(item.label)
            for other in sorted(holders[item.value] - {host}):
                if not same_site(other, host):
                    group.shared.setdefault(other)
        group.page_data.update(dict.fromkeys(_page_data(request, visit, titles)))


def _party(
    request: Request, site: str, visit: Visit, aliases: Mapping[str, str]
) -> Iterator[tuple[KnownHost | None, bool]]:
    """Whose the request is, if it is a third party's or stands in for one: (the host's row, whether it is a stand-in)."""
    host = host_of(request.url)
    if not host or not request.url.startswith(("http:", "https:", "ws:", "wss:")):
        return
    if same_site(host, site):
        if known := proxied(request) or _aliased(request, site, aliases.get(host, "")):
            yield known, True
    elif not (request.type == "document" and request.url in (visit.final_url, *visit.pages)):
        yield owner_of(host, path_of(request.url)), False


_HOSTING = frozenset({"cdn", "hosting", "utility", "security", "content", "unknown"})
"""Purposes of hosts at which sites have their own pages: an alias of such a host is the site's."""


def _aliased(request: Request, site: str, canonical: str) -> KnownHost | None:
    """The party whose host the site's own host is another name of."""
    if not canonical or same_site(canonical, site) or request.type == "document":
        return None
    known = owner_of(canonical, path_of(request.url))
    return known if known and known.purpose not in _HOSTING else None


def proxied(request: Request) -> KnownHost | None:
    """The party for which a request to the site's own host stands in: known paths of collection, or their parameters."""
    path = path_of(request.url)
    params = parameters(request)
    host = host_of(request.url)
    if path.endswith(("/g/collect", "/j/collect", "/r/collect")) or ("gcd" in params and "tid" in params):
        return KnownHost(host, "Google", "analytics")
    if path.endswith("/ccm/collect") or "/pagead/" in path:
        return KnownHost(host, "Google", "advertising")
    if path.startswith("/b/ss/"):
        return KnownHost(host, "Adobe", "analytics")
    if path.rstrip("/") == "/tr" and {"id", "ev"} <= params.keys():
        return KnownHost(host, "Facebook", "advertising")
    return None


def flags(signals: Sequence[CarriedSignal]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what tells the receiver to restrict use, what tells it that there is no opt-out), as facts show them."""
    restricted: list[str] = []
    contradicted: list[str] = []
    for one in signals:
        if one.decoded.says_opted_out is None:
            continue
        label = f"{one.parameter}={one.raw[:40]}"
        if one.signal == "gpp":
            names = sorted({name.partition(".")[0] for name in one.decoded.fields if "." in name})
            label = f"gpp:{'+'.join(names)}"
        elif one.signal == "meta-ldu":
            label = f"dpo={one.decoded.fields.get('dpo')}"
        (restricted if one.decoded.says_opted_out else contradicted).append(label)
    return tuple(dict.fromkeys(restricted)), tuple(dict.fromkeys(contradicted))


def _holders(requests: Iterator[tuple[Request, tuple[Identifier, ...]]]) -> Mapping[str, set[str]]:
    """Value -> hosts that were sent it."""
    found: dict[str, set[str]] = {}
    for request, items in requests:
        for item in items:
            found.setdefault(item.value, set()).add(host_of(request.url))
    return found


def _first_consent_request(visit: Visit) -> Mapping[int, float]:
    """Page -> when the consent manager was first asked for on it."""
    found: dict[int, float] = {}
    for request in visit.requests:
        known = owner_of(host_of(request.url))
        if known and known.purpose == "consent":
            found[request.page] = min(request.time, found.get(request.page, request.time))
    return found


def _page_data(request: Request, visit: Visit, titles: set[str]) -> Iterator[PageData]:
    """What of the page itself went along: its address, its title, or its whole address as referrer."""
    values = list(parameters(request).values())
    site = site_of(host_of(visit.final_url or visit.requested_url))
    if any(value.startswith("http") and site_of(host_of(value)) == site for value in values):
        yield "url"
    if any(value in titles for value in values):
        yield "title"
    referrer = next((value for name, value in request.headers.items() if name.lower() == "referer"), "")
    if len(path_of(referrer)) > 1 and site_of(host_of(referrer)) == site:
        yield "referrer"


def _tracker(key: _Key, group: _Group, advertisers: set[str]) -> Tracker:
    """The fact. A host that no table knows and that is sent an advertiser's identifier takes part in advertising."""
    request = group.first
    identifiers = tuple(group.identifiers)[:_MOST]
    purpose = key.purpose if key.purpose in get_args(TrackerPurpose) else "unknown"
    if purpose == "unknown" and group.owner is None and advertisers & group.shared.keys():
        purpose = "advertising"
    return Tracker(
        scenario=key.scenario,
        host=key.host,
        owner=group.owner,
        purpose=cast("TrackerPurpose", purpose),
        url=key.path,
        page=key.page,
        rounds=tuple(sorted(group.rounds)),
        after_choice=key.after_choice,
        late=group.late,
        type=request.type,
        identifiers=identifiers,
        shared_ids=tuple(group.shared)[:_MOST],
        page_data=tuple(group.page_data),
        restricted_by=key.restricted_by,
        contradicted_by=key.contradicted_by,
        initiator=" < ".join(filter(None, (shortened(url, 120) for url in request.initiators[:4]))) or None,
        first_party_proxy=group.proxy,
        before_cmp=key.before_cmp,
        count=group.count,
        where=Where(scenario=key.scenario, request=shortened(request.url), quote=", ".join(identifiers[:4]) or None),
    )
