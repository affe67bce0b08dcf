"""Which picture shows a place: the proof that a report puts beside a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consentcheck.model.base import Where
from consentcheck.model.evidence import Evidence
from consentcheck.model.facts import Dialog, Link, OptOutLink
from consentcheck.reading.stamp import placed


def pictured_dialogs(evidence: Evidence, dialogs: Iterable[Dialog]) -> tuple[Dialog, ...]:
    """The dialogs, each place that was rendered naming the screenshot it can be seen in."""
    taken = {
        (visit.scenario, snapshot.id): snapshot.screenshot
        for visit in reversed(evidence.visits)
        for snapshot in visit.snapshots
    }
    return tuple(_pictured(dialog, taken.get((dialog.scenario, dialog.snapshot or ""))) for dialog in dialogs)


def pictured_links(evidence: Evidence, links: Iterable[OptOutLink]) -> tuple[OptOutLink, ...]:
    """The links, each naming the screenshot of the page that it stands on."""
    taken = _pages(evidence)
    return tuple(
        link.model_copy(update={"where": _seen(link.where, taken.get((link.scenario, link.page)))}) for link in links
    )


def pictured_notices(evidence: Evidence, links: Iterable[Link]) -> tuple[Link, ...]:
    """The links to policies and notices, on the first visit's start page."""
    picture = _pages(evidence).get(("first-visit", 0))
    return tuple(link.model_copy(update={"where": _seen(link.where, picture)}) for link in links)


def _pages(evidence: Evidence) -> Mapping[tuple[str, int], str | None]:
    return {
        (visit.scenario, snapshot.page): snapshot.screenshot
        for visit in reversed(evidence.visits)
        for snapshot in reversed(visit.snapshots)
        if snapshot.moment in ("page", "revisit")
    }


def _pictured(dialog: Dialog, picture: str | None) -> Dialog:
    return placed(dialog, lambda where: _seen(where, picture))


def _seen(where: Where, picture: str | None) -> Where:
    return where if picture is None or where.screenshot else where.model_copy(update={"screenshot": picture})
