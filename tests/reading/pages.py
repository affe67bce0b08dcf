"""Evidence of a single page or text, for the tests of its readers."""

from __future__ import annotations

from typing import Any

from consentcheck.model.evidence import Document, Evidence, Layout, Request, Snapshot, Visit
from consentcheck.model.words import Scenario

URL = "https://paper.test/"


def snapshot(html: str, layout: dict[str, Layout] | None = None, **fields: Any) -> Snapshot:
    fields = {"id": "0-page", "moment": "page", "url": URL, **fields}
    return Snapshot(documents=(Document(url=fields["url"], html=html, layout=layout),), **fields)


def visit(*snapshots: Snapshot, scenario: Scenario = "first-visit", **fields: Any) -> Visit:
    return Visit(scenario=scenario, snapshots=snapshots, **fields)


def evidence(*visits: Visit, kind: str = "live") -> Evidence:
    return Evidence(target=URL, kind=kind, visits=visits)


def page(html: str) -> Evidence:
    """A saved page."""
    return evidence(visit(snapshot(html)), kind="page")


def live(html: str, layout: dict[str, Layout] | None = None, requests: tuple[Request, ...] = ()) -> Evidence:
    """A page as rendered; every element without a layout of its own is not laid out."""
    return evidence(visit(snapshot(html, layout or {}), requests=requests))
