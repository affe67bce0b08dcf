"""How a target is captured."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from consentcheck.errors import UsageError
from consentcheck.model.base import Model
from consentcheck.model.words import SCENARIOS, Scenario

Progress = Callable[[str, str], None]
"""Called with the scenario (may be empty) and what is being done."""

DEFAULT_SCENARIOS: tuple[Scenario, ...] = (
    "first-visit", "gpc", "opt-out", "revisit-after-opt-out", "accept-all", "close",
)  # fmt: skip

WATCH = 6.0
"""Seconds that each page is watched at least, from its load on: most trackers that come late have come by then."""

_RESOLVE = re.compile(r"^(?P<host>[A-Za-z0-9.*_-]{1,253}):(?P<address>\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})"
                      r"(?::(?P<port>\d{1,5}))?$")  # fmt: skip
_HEADER = re.compile(r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")


class CaptureSettings(Model):
    """What to visit and how. Times are seconds; holds secrets, so it is never written down: see `described`."""

    scenarios: tuple[Scenario, ...] = DEFAULT_SCENARIOS
    pages: int = 2
    repeat: int = 1
    timeout: float = 120.0
    """Longest time for one visit, beside the time for which its pages are watched."""
    watch: float = WATCH
    """Least time that each page is watched for what it sends; equal in all scenarios, so that they can be compared."""
    load_timeout: float = 30.0
    """Longest time until the server's first answer to a navigation."""
    settle_timeout: float = 15.0
    """Longest wait for a page to come to rest."""
    resolve: tuple[str, ...] = ()
    """``HOST:ADDR[:PORT]``; HOST may hold ``*``."""
    storage_state: Path | None = None
    proxy: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    basic_auth: tuple[str, str] | None = None
    insecure: bool = False
    submit: tuple[tuple[str, str], ...] = ()
    """Data that opt-out forms may be filled and submitted with; forms are left alone when empty."""
    viewport: tuple[int, int] = (1280, 900)
    locale: str = "en-US"
    browser: Path | None = None

    @classmethod
    def from_options(
        cls,
        *,
        scenarios: Iterable[Scenario] | None = None,
        pages: int = 2,
        repeat: int = 1,
        timeout: float = 120.0,
        watch: float = WATCH,
        resolve: tuple[str, ...] = (),
        storage_state: Path | None = None,
        proxy: str | None = None,
        headers: tuple[str, ...] = (),
        basic_auth: str | None = None,
        insecure: bool = False,
        submit: tuple[str, ...] = (),
    ) -> CaptureSettings:
        """Settings from the words of a command line. UsageError names the option that cannot be used."""
        chosen = tuple(s for s in SCENARIOS if s in set(DEFAULT_SCENARIOS if scenarios is None else scenarios))
        for rule in resolve:
            resolver_rule(rule)
        if storage_state is not None:
            read_storage_state(storage_state)
        if "logged-in" in chosen and storage_state is None:
            if scenarios is not None and set(scenarios) == {"logged-in"}:
                raise UsageError("the scenario logged-in needs --storage-state FILE")
            chosen = tuple(s for s in chosen if s != "logged-in")
        if basic_auth is not None and ":" not in basic_auth:
            raise UsageError("--basic-auth: give USER:PASSWORD")
        if proxy is not None and not _is_proxy(proxy):
            raise UsageError(
                "--proxy: give http://HOST:PORT or socks5://HOST:PORT"
            )  # without the value: it may hold a password
        return cls(
            scenarios=chosen,
            pages=pages,
            repeat=repeat,
            timeout=timeout,
            watch=watch,
            resolve=resolve,
            storage_state=storage_state,
            proxy=proxy,
            headers=tuple(_header(header) for header in headers),
            basic_auth=(basic_auth.split(":", 1)[0], basic_auth.split(":", 1)[1]) if basic_auth else None,
            insecure=insecure,
            submit=tuple(_pair(item) for item in submit),
        )

    def longest_visit(self) -> float:
        """Seconds after which a visit is given up. A visit watches its pages once, and the start page again after a choice."""
        return self.timeout + self.watch * (self.pages + 1)

    def described(self) -> dict[str, str]:
        """The settings that may be written into the evidence: names of secrets, never their values."""
        said = {
            "scenarios": ",".join(self.scenarios),
            "pages": str(self.pages),
            "repeat": str(self.repeat),
            "timeout": f"{self.timeout:g}",
            "watch": f"{self.watch:g}",
            "insecure": "yes" if self.insecure else "no",
        }
        if self.resolve:
            said["resolve"] = ",".join(self.resolve)
        if self.headers:
            said["headers"] = ",".join(name for name, _ in self.headers)
        given = {
            "storage_state": self.storage_state,
            "proxy": self.proxy,
            "basic_auth": self.basic_auth,
            "submit": self.submit,
        }
        return said | {name: "given" for name, value in given.items() if value}

    def secrets(self) -> tuple[str, ...]:
        """Values that must not reach the evidence. A value of fewer than six characters is left out: it occurs by chance."""
        found = [value for _, value in self.headers] + [value for _, value in self.submit]
        found += [part for name, value in self.headers if name.lower() == "authorization" for part in value.split()[1:]]
        if self.basic_auth:
            both = ":".join(self.basic_auth)
            found += [self.basic_auth[1], base64.b64encode(both.encode()).decode()]
        if self.proxy and "@" in self.proxy:
            found += self.proxy.split("//", 1)[-1].rsplit("@", 1)[0].split(":", 1)
        if self.storage_state is not None:
            state = read_storage_state(self.storage_state)
            found += [str(cookie.get("value", "")) for cookie in state.get("cookies", ())]
            found += [
                str(item.get("value", ""))
                for origin in state.get("origins", ())
                for item in origin.get("localStorage", ())
            ]
        return tuple(sorted({value for value in found if len(value) >= 6}, key=len, reverse=True))


def resolver_rule(rule: str) -> str:
    """One ``HOST:ADDR[:PORT]`` as Chromium's ``--host-resolver-rules`` has it."""
    matched = _RESOLVE.match(rule)
    if matched is None:
        raise UsageError(f"--resolve {rule}: give HOST:ADDR or HOST:ADDR:PORT")
    port = f":{matched['port']}" if matched["port"] else ""
    return f"MAP {matched['host']} {matched['address']}{port}"


def _is_proxy(url: str) -> bool:
    """Whether it is a proxy's address; its scheme may be left out."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        _ = parts.port  # raises if it is none
    except ValueError:
        return False
    known = parts.scheme in ("", "http", "https", "socks4", "socks5")
    return known and bool(parts.hostname) and not any(letter.isspace() for letter in url)


def read_storage_state(path: Path) -> dict[str, Any]:
    """Playwright's storage state. UsageError when the file is not one."""
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"--storage-state {path}: {error}") from error
    if not isinstance(state, dict) or not _is_storage_state(state):
        raise UsageError(f"--storage-state {path}: not a storage state of Playwright")
    return state


def _is_storage_state(state: dict[str, Any]) -> bool:
    """Whether its cookies and its stored items have names and values."""
    cookies, origins = state.get("cookies", []), state.get("origins", [])
    if not _are_objects(cookies) or not _are_objects(origins):
        return False
    kept = [origin.get("localStorage", []) for origin in origins]
    return all(map(_are_objects, kept)) and all(
        isinstance(item.get("name"), str) and isinstance(item.get("value"), str)
        for items in [cookies, *kept]
        for item in items
    )


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not _HEADER.match(name.strip()):
        raise UsageError("--header: give NAME:VALUE")
    return name.strip(), value.strip()


def _pair(item: str) -> tuple[str, str]:
    name, equals, value = item.partition("=")
    if not equals:
        raise UsageError("--allow-submit: give FIELD=VALUE")
    return name.strip(), value
