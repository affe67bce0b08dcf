"""Local sites under their real host names: a TLS server on loopback that answers for every host it is given.

A browser reaches it through resolver rules (``LocalSites.resolve``), so cookies, third parties and redirects behave as
on the open web while nothing leaves the machine. Plain HTTP on the same port is sent on to HTTPS.
"""

from __future__ import annotations

import mimetypes
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qsl, unquote, urlsplit

from consentcheck.demo.certificates import CertificateKind, Certificates


@dataclass(frozen=True)
class Asked:
    """A request as it arrived. Header names are in lower case; ``path`` is decoded and has no query."""

    method: str
    host: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def params(self) -> dict[str, str]:
        """Query parameters; the last one of a name wins."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def cookies(self) -> dict[str, str]:
        """Cookies that were sent."""
        return {name: morsel.value for name, morsel in SimpleCookie(self.headers.get("cookie", "")).items()}


@dataclass(frozen=True)
class Reply:
    """An answer. ``cookies`` are whole Set-Cookie values; the unusual fields are for sites that misbehave."""

    body: bytes | str = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[str, ...] = ()
    delay: float = 0.0
    """Seconds to wait before answering."""
    hang: bool = False
    """Never answer."""
    cut_after: int | None = None
    """Announce the whole body, send so many bytes of it, and hang up."""
    stream: Iterable[bytes] | None = None
    """Pieces to send one by one instead of ``body``."""


Handler = Callable[[Asked], Reply]
Site = Path | Handler


def redirect(to: str, *, status: int = 302, cookies: tuple[str, ...] = ()) -> Reply:
    """Send the browser on."""
    return Reply(status=status, headers=(("Location", to),), cookies=cookies)


def not_found() -> Reply:
    """The usual 404."""
    return Reply("<!doctype html><title>Not found</title><h1>Not found</h1>", status=404)


def folder_site(folder: Path) -> Handler:
    """Serve a folder's files, ``index.html`` for a directory, and nothing outside it."""
    root = folder.resolve()

    def answer(asked: Asked) -> Reply:
        wanted = (root / asked.path.lstrip("/")).resolve()
        if wanted.is_dir():
            wanted /= "index.html"
        if not wanted.is_relative_to(root) or not wanted.is_file():
            return not_found()
        kind = mimetypes.guess_type(wanted.name)[0] or "application/octet-stream"
        return Reply(wanted.read_bytes(), type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    return answer


class LocalSites:
    """A context manager that serves sites by host name; a host is a name or ``*.suffix``.

    ``refused`` hosts refuse connections; ``certificates`` gives some hosts one that a browser must not accept.
    An exception in a handler is answered with 500 and raised when the server closes, so that it cannot pass unseen.
    """

    def __init__(
        self,
        sites: Mapping[str, Site],
        *,
        refused: Iterable[str] = (),
        certificates: Mapping[str, CertificateKind] | None = None,
    ) -> None:
        self.asked: list[Asked] = []
        """Every request so far, in order of arrival."""
        self._handlers = {host: folder_site(s) if isinstance(s, Path) else s for host, s in sites.items()}
        self._refused = tuple(refused)
        self._kinds = dict(certificates or {})

    def __enter__(self) -> LocalSites:
        self._certificates = Certificates(self._kinds)
        self._closed_port = socket.socket()
        self._closed_port.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        self._server = _Server(self._answer, self._certificates)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.hang_up()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._closed_port.close()
        self._certificates.close()
        if self._server.errors and error is None:
            raise self._server.errors[0]

    @property
    def port(self) -> int:
        """The port on 127.0.0.1, for TLS and plain HTTP alike."""
        return int(self._server.server_address[1])

    @property
    def resolve(self) -> tuple[str, ...]:
        """``HOST:127.0.0.1:PORT`` for each host, exact names before wildcards, as ``--resolve`` takes them."""
        refused_port = self._closed_port.getsockname()[1]
        ports = dict.fromkeys(self._handlers, self.port) | dict.fromkeys(self._refused, refused_port)
        return tuple(f"{host}:127.0.0.1:{ports[host]}" for host in sorted(ports, key=lambda h: (h.startswith("*"), h)))

    @property
    def certificate(self) -> Path:
        """PEM file of the authority that signed the good certificates; servers send it with theirs."""
        return self._certificates.authority

    @property
    def spki(self) -> str:
        """Hash of the authority's key, as Chromium's ``--ignore-certificate-errors-spki-list`` takes it."""
        return self._certificates.spki()

    def _answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        names = [asked.host, *(f"*{asked.host[i:]}" for i, c in enumerate(asked.host) if c == ".")]
        handler = next((self._handlers[name] for name in names if name in self._handlers), None)
        return handler(asked) if handler else not_found()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # joined on closing, once `hang_up` has ended their connections
    request_queue_size = 128

    def __init__(self, answer: Handler, certificates: Certificates) -> None:
        self.answer = answer
        self.certificates = certificates
        self.closing = threading.Event()
        self.errors: list[Exception] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Connection)

    def hang_up(self) -> None:
        self.closing.set()
        with self._lock:
            for connection in self._open:
                _shut(connection)

    def opened(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.add(connection)
            if self.closing.is_set():
                _shut(connection)

    def ended(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away, or that refused our certificate, is no error of ours."""


def _shut(connection: socket.socket) -> None:
    with suppress(OSError):  # it may be gone already
        # Not SSLSocket.shutdown, which would pull the rug from under the thread that reads.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        plain: socket.socket = self.request
        self.server.opened(plain)
        try:
            self._secure = plain.recv(1, socket.MSG_PEEK) == b"\x16"  # the first byte of a TLS handshake
        finally:
            self.server.ended(plain)
        if self._secure:
            self.request = self.server.certificates.first.wrap_socket(
                plain, server_side=True, do_handshake_on_connect=False
            )
        self.server.opened(self.request)
        if self._secure:
            try:
                self.request.do_handshake()
            except OSError:
                self._forget()
                raise
        super().setup()

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self._forget()

    def _forget(self) -> None:
        self.server.ended(self.request)
        self.request.close()

    def _reply(self) -> None:
        asked = self._read()
        try:
            reply = self.server.answer(asked)
            if not self._secure:
                reply = redirect(f"https://{asked.host}{self.path}", status=301)
        except Exception as error:
            self.server.errors.append(error)
            reply = Reply("<!doctype html><title>Error</title>", status=500)
        if reply.delay:
            self.server.closing.wait(reply.delay)
        if reply.hang:
            self.server.closing.wait()
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = _reply  # noqa: N815

    def _read(self) -> Asked:
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Asked(
            method=self.command,
            host=headers.get("host", "").rsplit(":", 1)[0].lower(),
            path=unquote(url.path) or "/",
            query=url.query,
            headers=headers,
            body=self.rfile.read(int(headers.get("content-length") or 0)),
        )

    def _send(self, reply: Reply) -> None:
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        if reply.stream is None:
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Connection", "close")  # the end of the connection ends the body
        for name, value in (*reply.headers, *(("Set-Cookie", cookie) for cookie in reply.cookies)):
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if reply.cut_after is not None:
            body = body[: reply.cut_after]
            self.close_connection = True
        for piece in reply.stream if reply.stream is not None else (body,):
            self.wfile.write(piece)
            if self.server.closing.is_set():
                break

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the log is ``LocalSites.asked``."""
