"""A visit through a proxy, which asks for a password and connects to the local site."""

from __future__ import annotations

import base64
import socket
import socketserver
import threading
from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.demo.server import LocalSites, Reply

PAGE = "<!doctype html><html lang=en><title>News</title><h1>News</h1><div role=dialog><p>Cookies.</p><button>Accept All</button></div>"


@pytest.mark.browser
def test_a_proxy_with_a_password_carries_the_visit_and_is_not_told_of(tmp_path: Path) -> None:
    asked: list[tuple[str, bool]] = []
    with LocalSites({"news.example": lambda _: Reply(PAGE)}) as server:
        address = server.resolve[0].split(":", 1)[1].split(":")

        class Tunnel(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                line = self.rfile.readline().decode().split()
                headers = [header.decode().strip() for header in iter(self.rfile.readline, b"\r\n")]
                right = f"Proxy-Authorization: Basic {base64.b64encode(b'me:hushhush').decode()}" in headers
                asked.append((line[1], right))
                if not right or not line[1].startswith("news.example"):
                    status = b"407 Who\r\nProxy-Authenticate: Basic realm=x" if not right else b"502 No"
                    self.wfile.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                with socket.create_connection((address[0], int(address[1]))) as onward:
                    back = threading.Thread(target=_copy, args=(onward, self.connection))
                    back.start()
                    _copy(self.connection, onward)
                    back.join()

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as proxy:
            threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}).start()
            url = f"http://me:hushhush@127.0.0.1:{proxy.server_address[1]}"
            settings = CaptureSettings(scenarios=("first-visit",), proxy=url, insecure=True, pages=1, watch=0)
            evidence = capture("news.example", settings, tmp_path)
            proxy.shutdown()
    assert evidence.visits[0].problems == ()
    assert evidence.visits[0].http_status == 200
    assert ("news.example:443", True) in asked
    assert "hushhush" not in evidence.model_dump_json()


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
