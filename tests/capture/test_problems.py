"""Every way in which a page can refuse to be captured ends in time, with a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.capture.problems import answer_problem, is_bot_wall, navigation_problem
from consentcheck.demo.server import Asked, LocalSites, Reply, redirect
from consentcheck.model.evidence import Visit

CHALLENGE = "<!doctype html><title>Just a moment...</title><p>Verifying you are human. This may take a few seconds.</p>"


def visit(
    folder: Path, reply: Reply | None, *, host: str = "site.example", refused: tuple[str, ...] = (), timeout: float = 20
) -> Visit:
    """The first visit of a site that gives one answer to everything."""

    def answer(_: Asked) -> Reply:
        assert reply is not None
        return reply

    with LocalSites({"site.example": answer}, refused=refused) as server:
        settings = CaptureSettings(
            scenarios=("first-visit",),
            resolve=server.resolve,
            insecure=True,
            timeout=timeout,
            watch=0,
            load_timeout=4,
            settle_timeout=3,
            pages=1,
        )
        evidence = capture(f"https://{host}/", settings, folder)
    return evidence.visits[0]


def codes(seen: Visit, *, fatal: bool = True) -> list[str]:
    return [problem.code for problem in seen.problems if problem.fatal == fatal]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply("<h1>No</h1>", status=500), "http-error"),
        (Reply("<h1>Gone</h1>", status=404), "http-error"),
        (Reply(CHALLENGE, status=403), "bot-wall"),
        (Reply(CHALLENGE), "bot-wall"),
        (Reply("<h1>Slow down</h1>", status=429), "rate-limited"),
        (Reply("<!doctype html><title></title>"), "empty-page"),
        (Reply("PK", type="application/zip", headers=(("Content-Disposition", "attachment"),)), "download"),
        (Reply(hang=True), "timeout"),
        (redirect("https://site.example/again"), "redirect-loop"),
        (Reply("<title>cut</title>", cut_after=0), "connection-failed"),
        (Reply("<title>loop</title><p>Words</p><script>for(;;){}</script>"), "timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_that_cannot_be_judged_is_a_named_fatal_problem(tmp_path: Path, reply: Reply, code: str) -> None:
    assert codes(visit(tmp_path, reply)) == [code]


@pytest.mark.browser
def test_a_wall_is_kept_as_a_picture(tmp_path: Path) -> None:
    seen = visit(tmp_path, Reply(CHALLENGE, status=403))
    assert seen.http_status == 403
    assert seen.snapshots[0].screenshot is not None
    assert (tmp_path / seen.snapshots[0].screenshot).read_bytes().startswith(b"\x89PNG")


@pytest.mark.browser
def test_refused_connections_and_unknown_hosts_are_told_apart(tmp_path: Path) -> None:
    assert codes(visit(tmp_path, None, host="shut.example", refused=("shut.example",))) == ["connection-refused"]
    assert codes(visit(tmp_path, None, host="nowhere.invalid")) == ["unknown-host"]


@pytest.mark.browser
def test_an_untrusted_certificate_is_a_tls_error_unless_any_is_accepted(tmp_path: Path) -> None:
    sites = {"site.example": lambda _: Reply("<title>t</title><p>Words</p>")}
    with LocalSites(sites, certificates={"site.example": "expired"}) as server:
        settings = CaptureSettings(scenarios=("first-visit",), resolve=server.resolve, pages=1, watch=0)
        refused = capture("https://site.example/", settings, tmp_path).visits[0]
        settings = settings.model_copy(update={"insecure": True})
        accepted = capture("https://site.example/", settings, tmp_path).visits[0]
    assert codes(refused) == ["tls-error"]
    assert codes(accepted) == []


@pytest.mark.browser
def test_message_boxes_windows_and_polling_do_not_keep_a_page_from_being_seen(tmp_path: Path) -> None:
    page = """<!doctype html><title>busy</title><p>Words</p><script>
      alert('one'); alert('two'); open('https://site.example/popup'); onbeforeunload = () => 'stay';
      setInterval(() => fetch('/poll'), 100);
    </script>"""
    seen = visit(tmp_path, Reply(page))
    assert codes(seen) == []
    assert codes(seen, fatal=False) == ["not-settled"]
    assert {line.level for line in seen.console} >= {"dialog", "popup"}
    assert "Words" in seen.snapshots[0].documents[0].html


@pytest.mark.browser
def test_a_page_that_never_stops_raising_message_boxes_ends(tmp_path: Path) -> None:
    seen = visit(tmp_path, Reply("<title>t</title><p>Words</p><script>for(;;) alert('again')</script>"))
    assert codes(seen) == ["timeout"]
    assert "message boxes" in seen.problems[-1].message


@pytest.mark.browser
def test_a_crash_of_the_renderer_is_named(tmp_path: Path) -> None:
    settings = CaptureSettings(scenarios=("first-visit",), pages=1, timeout=15)
    assert codes(capture("chrome://crash", settings, tmp_path).visits[0]) == ["renderer-crash"]


def test_an_article_about_robots_is_no_wall() -> None:
    words = "How sites verify you are human. " * 100
    assert not is_bot_wall(200, "Are you a robot? A history", words, "<article>")
    assert is_bot_wall(403, "Access Denied", "Access Denied. Reference #18.3", "<h1>")
    assert not is_bot_wall(403, "Forbidden", "Forbidden", "<h1>")


def test_a_page_of_pictures_alone_is_not_empty() -> None:
    assert answer_problem(200, "", "", "<body><img src=a.png></body>") is None
    problem = answer_problem(200, "", " ", "<body></body>")
    assert problem is not None
    assert problem.code == "empty-page"


def test_an_error_that_nobody_knows_still_has_a_name() -> None:
    assert navigation_problem("").code == "connection-failed"
    assert navigation_problem("net::ERR_QUIC_PROTOCOL_ERROR at https://a/").code == "connection-failed"
