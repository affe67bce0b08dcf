"""Addresses that must never come out clean: what a checker meets there is no page.

`serve` starts them all; `PROBLEMS` says what each one's evidence must be called.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from consentcheck.demo.server import Asked, LocalSites, Reply, redirect
from consentcheck.model.evidence import ProblemCode


def _challenge(_: Asked) -> Reply:
    """A bot wall that looks like the best-known one."""
    return Reply(
        "<!doctype html><title>Just a moment...</title><h1>www.walled.example</h1>"
        "<p>Verify you are human by completing the action below.</p>",
        status=403,
        headers=(("Server", "cloudflare"), ("cf-mitigated", "challenge")),
    )


def _loop(asked: Asked) -> Reply:
    return redirect(f"https://{asked.host}/{int(asked.path.strip('/') or 0) + 1}")


def _download(_: Asked) -> Reply:
    return Reply(
        b"PK" * 4096, type="application/zip", headers=(("Content-Disposition", 'attachment; filename="paper.zip"'),)
    )


def _endless(_: Asked) -> Reply:
    """A page that keeps coming: its end is never sent."""

    def pieces() -> Iterator[bytes]:
        yield b"<!doctype html><title>Endless</title><h1>One moment</h1>"
        for number in itertools.count():
            yield f"<p>Line {number}</p>".encode() * 200

    return Reply(stream=pieces())


def _status(status: int, words: str) -> Callable[[Asked], Reply]:
    return lambda _: Reply(f"<!doctype html><title>{words}</title><h1>{words}</h1>", status=status)


HANDLERS: dict[str, Callable[[Asked], Reply]] = {
    "www.walled.example": _challenge,
    "www.busy.example": _status(429, "Too Many Requests"),
    "www.broken.example": _status(500, "Internal Server Error"),
    "www.empty.example": lambda _: Reply(""),
    "www.download.example": _download,
    "www.loop.example": _loop,
    "www.hangs.example": lambda _: Reply(hang=True),
    "www.cut.example": lambda _: Reply("<!doctype html><title>Cut</title><p>half of", cut_after=12),
    "www.endless.example": _endless,
    "www.expired.example": lambda _: Reply("<h1>Old certificate</h1>"),
    "www.self-signed.example": lambda _: Reply("<h1>Own certificate</h1>"),
    "www.wrong-name.example": lambda _: Reply("<h1>Another's certificate</h1>"),
}

PROBLEMS: dict[str, frozenset[ProblemCode]] = {
    "www.refused.example": frozenset({"connection-refused"}),
    "www.nowhere.example": frozenset({"unknown-host"}),
    "www.walled.example": frozenset({"bot-wall"}),
    "www.busy.example": frozenset({"rate-limited"}),
    "www.broken.example": frozenset({"http-error"}),
    "www.empty.example": frozenset({"empty-page"}),
    "www.download.example": frozenset({"download"}),
    "www.loop.example": frozenset({"redirect-loop"}),
    "www.hangs.example": frozenset({"timeout"}),
    "www.cut.example": frozenset({"connection-failed", "empty-page", "timeout", "not-settled"}),
    "www.endless.example": frozenset({"timeout", "too-large", "not-settled"}),
    "www.expired.example": frozenset({"tls-error"}),
    "www.self-signed.example": frozenset({"tls-error"}),
    "www.wrong-name.example": frozenset({"tls-error"}),
}
"""Host -> the problem codes of which its evidence must have one. Nothing serves ``www.nowhere.example``."""


def serve() -> LocalSites:
    """All hostile hosts, for a ``with`` statement."""
    return LocalSites(
        HANDLERS,
        refused=["www.refused.example"],
        certificates={
            "www.expired.example": "expired",
            "www.self-signed.example": "unknown-issuer",
            "www.wrong-name.example": "wrong-host",
        },
    )
