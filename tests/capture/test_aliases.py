"""Which hosts are looked up, and what becomes of look-ups that fail."""

from __future__ import annotations

import socket
import threading
from typing import Any

import pytest

from consentcheck.capture import CaptureSettings, aliases
from consentcheck.capture.loop import run_apart
from consentcheck.model.evidence import Request, Visit

VISIT = Visit(
    scenario="first-visit",
    final_url="https://www.paper.example/",
    requests=tuple(
        Request(id=host, url=f"https://{host}/") for host in ("www.paper.example", "m.paper.example", "ads.example")
    ),
)


def test_the_sites_own_hosts_are_looked_up_where_the_public_names_hold() -> None:
    def hosts(**given: Any) -> tuple[str, ...]:
        return aliases.own_hosts([VISIT], CaptureSettings(**given))

    assert hosts() == ("www.paper.example", "m.paper.example")
    assert hosts(resolve=("www.paper.example:127.0.0.1:8443",)) == ("m.paper.example",)
    assert hosts(resolve=("*:127.0.0.1:8443",)) == ()
    assert hosts(proxy="http://127.0.0.1:3128") == ()


def test_a_failed_look_up_is_recorded_and_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host == "m.paper.example":
            return [(2, 1, 6, "Paper.sc.omtrdc.net.", ("192.0.2.1", 0)), (2, 1, 6, "", ("192.0.2.2", 0))]
        raise socket.gaierror(-2, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    found = run_apart(aliases.aliases_of(("www.paper.example", "m.paper.example")))
    assert found == {"www.paper.example": "", "m.paper.example": "paper.sc.omtrdc.net"}
    assert run_apart(aliases.aliases_of(())) == {}


def test_a_resolver_that_hangs_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, released = threading.Event(), threading.Event()

    def hang(*_: object, **__: object) -> list[tuple[object, ...]]:
        asked.set()
        released.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    monkeypatch.setattr(aliases, "PATIENCE", 0.05)
    try:
        assert run_apart(aliases.aliases_of(("www.paper.example",))) == {"www.paper.example": ""}
        assert asked.is_set()
        assert not released.is_set()
    finally:
        released.set()
