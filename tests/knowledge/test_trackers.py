"""The tables of hosts: their form, and what is found in them."""

from __future__ import annotations

import csv
from importlib import resources
from typing import get_args

import pytest

from consentcheck.knowledge.sites import host_of, same_site, site_of
from consentcheck.knowledge.trackers import owner_of
from consentcheck.model.facts import Tracker

PURPOSES = frozenset(get_args(Tracker.model_fields["purpose"].annotation))


@pytest.mark.parametrize("name", ["trackers.csv", "trackers_own.csv"])
def test_every_row_has_its_form(name: str) -> None:
    text = resources.files("consentcheck.knowledge").joinpath(name).read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    keys = [(row["host"], row.get("path", "")) for row in rows]
    assert len(rows) > 50
    assert keys == sorted(set(keys))
    for row in rows:
        assert row["host"] == row["host"].lower().strip(".*"), row
        assert "." in row["host"], row
        assert row["owner"].strip(), row
        assert row["purpose"] in PURPOSES, row
        assert row.get("path", "/").startswith("/") or not row["path"], row


@pytest.mark.parametrize(
    ("host", "path", "owner", "purpose"),
    [
        ("securepubads.g.doubleclick.net", "/", "Google", "advertising"),
        ("www.facebook.com", "/tr/", "Facebook", "advertising"),
        ("www.facebook.com", "/plugins/like.php", "Facebook", "social"),
        ("www.google.com", "/recaptcha/api.js", "Google", "security"),
        ("www.google.com", "/pagead/1p-user-list/1/", "Google", "advertising"),
        ("cdn.cookielaw.org", "/consent/x.json", "OneTrust", "consent"),
        ("dpm.demdex.net", "/id", "Adobe", "advertising"),
    ],
)
def test_owner_of(host: str, path: str, owner: str, purpose: str) -> None:
    known = owner_of(host, path)
    assert known is not None
    assert (known.owner, known.purpose) == (owner, purpose)


def test_an_unknown_host_has_no_owner() -> None:
    assert owner_of("www.paper.example") is None
    assert owner_of("notdoubleclick.net") is None
    assert owner_of("") is None


def test_sites() -> None:
    assert site_of("www.shop.example.co.uk") == "example.co.uk"
    assert site_of("someone.github.io") == "someone.github.io"
    assert site_of("127.0.0.1") == "127.0.0.1"
    assert site_of("localhost") == "localhost"
    assert host_of("https://WWW.Paper.example:8443/x") == "www.paper.example"
    assert host_of("http://[broken") == ""
    assert same_site("a.paper.example", "paper.example")
    assert not same_site("", "")
