"""The opt-out preference signal in a browser that has none of its own, as told by the servers and the page itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture, find_browser
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.model.evidence import Evidence, Visit
from consentcheck.reading.facts import read_facts

PAGE = """<!doctype html><html lang=en><title>News</title><h1>News</h1>
<div role=dialog><p>We use cookies.</p><button>Accept All</button></div>
<iframe src="https://ads.example/frame"></iframe><script>
 fetch('https://ads.example/said?page=' + navigator.globalPrivacyControl, {mode: 'no-cors'});
 new Worker('/worker.js'); </script></html>"""
TELL = "fetch('https://ads.example/said?WHERE=' + navigator.globalPrivacyControl, {mode: 'no-cors'});"


def news(asked: Asked) -> Reply:
    if asked.path == "/worker.js":
        return Reply(TELL.replace("WHERE", "worker"), type="text/javascript")
    return Reply(PAGE)


def ads(_: Asked) -> Reply:
    return Reply("<!doctype html><title>f</title><script>" + TELL.replace("WHERE", "frame") + "</script>")


def _without_the_signal(folder: Path) -> Path:
    """The browser, started without the switch for its own signal."""
    wrapper = folder / "headless-shell-without-signal"
    drop = 'for each; do shift; case "$each" in *GlobalPrivacyControlForce*) ;; *) set -- "$@" "$each";; esac; done'
    wrapper.write_text(f'#!/bin/sh\n{drop}\nexec "{find_browser()}" "$@"\n')
    wrapper.chmod(0o755)
    return wrapper


@pytest.mark.browser
def test_a_header_and_a_script_stand_in_for_the_signal(tmp_path: Path) -> None:
    with LocalSites({"news.example": news, "ads.example": ads}) as server:
        settings = CaptureSettings(
            scenarios=("gpc",),
            resolve=server.resolve,
            insecure=True,
            pages=1,
            watch=0,
            browser=_without_the_signal(tmp_path),
        )
        visit: Visit = capture("news.example", settings, tmp_path / "evidence").visits[0]
        said = {asked.query for asked in server.asked if asked.path == "/said"}
        headers = {asked.headers.get("sec-gpc") for asked in server.asked}
    assert visit.problems == ()
    assert visit.gpc == "header-and-script"
    assert visit.gpc_verified == {"header": True, "page": True, "frame": True, "worker": False}
    assert said == {"page=true", "frame=true", "worker=undefined"}, "what is recorded is what the site was told"
    assert headers == {"1"}
    status = read_facts(Evidence(target="news.example", kind="live", visits=(visit,))).scenario("gpc")
    assert status is not None
    assert (status.gpc, status.gpc_missing) == ("header-and-script", ("worker",))
