"""The local server: virtual hosts, certificates, and the ways in which a site can misbehave."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consentcheck.demo.server import Asked, LocalSites, Reply, redirect


def connect(sites: LocalSites, host: str, *, timeout: float = 5) -> http.client.HTTPSConnection:
    """A connection to a local host under its own name, trusting the sites' authority alone."""
    context = ssl.create_default_context(cafile=sites.certificate)
    connection = http.client.HTTPSConnection(host, context=context, timeout=timeout)
    plain = socket.create_connection(("127.0.0.1", sites.port), timeout=timeout)
    connection.sock = context.wrap_socket(plain, server_hostname=host)
    return connection


def get(sites: LocalSites, host: str, path: str = "/", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = connect(sites, host)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def hello(asked: Asked) -> Reply:
    return Reply(f"hello from {asked.host}{asked.path} {asked.params}", cookies=("a=1; Secure", "b=2"))


def test_hosts_and_wildcards_are_told_apart() -> None:
    with LocalSites({"www.paper.example": hello, "*.ads.example": lambda _: Reply("an ad")}) as sites:
        status, headers, body = get(sites, "www.paper.example", "/a%20b?x=1&x=2")
        assert (status, body) == (200, b"hello from www.paper.example/a b {'x': '2'}")
        assert headers.get_all("set-cookie") == ["a=1; Secure", "b=2"]
        assert get(sites, "pixel.eu.ads.example")[2] == b"an ad"
        assert get(sites, "ads.example")[0] == 404
        assert sites.resolve == (
            f"www.paper.example:127.0.0.1:{sites.port}",
            f"*.ads.example:127.0.0.1:{sites.port}",
        )


def test_a_folder_serves_its_files_and_nothing_outside(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "news").mkdir(parents=True)
    (site / "news" / "index.html").write_text("<p>news")
    (site / "app.js").write_text("1")
    (tmp_path / "secret.txt").write_text("secret")
    with LocalSites({"paper.example": site}) as sites:
        assert get(sites, "paper.example", "/news/")[2] == b"<p>news"
        assert get(sites, "paper.example", "/app.js")[1]["content-type"] == "text/javascript; charset=utf-8"
        assert get(sites, "paper.example", "/%2e%2e/secret.txt")[0] == 404
        assert get(sites, "paper.example", "/nothing")[0] == 404


def test_requests_are_logged_with_headers_cookies_and_body() -> None:
    with LocalSites({"paper.example": hello}) as sites:
        connection = connect(sites, "paper.example")
        connection.request("POST", "/collect?v=1", body=b"id=7", headers={"Cookie": "uid=u1; x=y", "Sec-GPC": "1"})
        connection.getresponse().read()
        connection.request("GET", "/again")  # the same connection serves again
        connection.getresponse().read()
        connection.close()
        first, second = sites.asked
    assert (first.method, first.host, first.path, first.query) == ("POST", "paper.example", "/collect", "v=1")
    assert (first.body, first.headers["sec-gpc"]) == (b"id=7", "1")
    assert first.cookies == {"uid": "u1", "x": "y"}
    assert second.path == "/again"


def test_plain_http_is_sent_on_to_https() -> None:
    with LocalSites({"paper.example": hello}) as sites:
        connection = http.client.HTTPConnection("127.0.0.1", sites.port, timeout=5)
        connection.request("GET", "/a?b=1", headers={"Host": "paper.example"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["location"]) == (301, "https://paper.example/a?b=1")
        connection.close()


@pytest.mark.parametrize("kind", ["expired", "unknown-issuer", "wrong-host"])
def test_a_bad_certificate_is_refused(kind: str) -> None:
    with (
        LocalSites({"bad.example": hello, "good.example": hello}, certificates={"bad.example": kind}) as sites,  # type: ignore[dict-item]
    ):
        with pytest.raises(ssl.SSLCertVerificationError):
            connect(sites, "bad.example")
        assert get(sites, "good.example")[0] == 200


def test_a_refused_host_refuses() -> None:
    with LocalSites({}, refused=["gone.example"]) as sites:
        port = int(sites.resolve[0].rsplit(":", 1)[1])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=2)


def test_misbehaviour_a_delay_a_cut_body_a_stream_a_redirect() -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"one ", b"two")

    answers = {
        "/late": Reply("late", delay=0.2),
        "/cut": Reply("0123456789", cut_after=4),
        "/stream": Reply(stream=pieces(), headers=(("Content-Disposition", "attachment; filename=a.bin"),)),
        "/away": redirect("https://elsewhere.example/", cookies=("hop=1",)),
    }
    with LocalSites({"odd.example": lambda asked: answers[asked.path]}) as sites:
        start = time.monotonic()
        assert get(sites, "odd.example", "/late")[2] == b"late"
        assert time.monotonic() - start >= 0.2
        with pytest.raises(http.client.IncompleteRead):
            get(sites, "odd.example", "/cut")
        assert get(sites, "odd.example", "/stream")[2] == b"one two"
        status, headers, _ = get(sites, "odd.example", "/away")
        assert (status, headers["location"], headers["set-cookie"]) == (302, "https://elsewhere.example/", "hop=1")


def test_closing_ends_connections_that_hang_or_idle() -> None:
    start = time.monotonic()
    with LocalSites({"slow.example": lambda _: Reply(hang=True)}) as sites:
        waiting = connect(sites, "slow.example")
        waiting.request("GET", "/")
        idle = socket.create_connection(("127.0.0.1", sites.port))
        time.sleep(0.1)
    assert time.monotonic() - start < 3
    with pytest.raises((http.client.HTTPException, OSError)):
        waiting.getresponse()
    waiting.close()
    idle.close()


def test_an_error_in_a_handler_is_raised_on_closing() -> None:
    def broken(_: Asked) -> Reply:
        raise KeyError("nothing here")

    with pytest.raises(KeyError, match="nothing here"), LocalSites({"broken.example": broken}) as sites:
        assert get(sites, "broken.example")[0] == 500
