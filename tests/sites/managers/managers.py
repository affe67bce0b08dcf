"""Installs the consent managers once, and gives each a page with trackers wired to its consent.

Every page runs as California's opt-out law allows: trackers load until the visitor opts out.
"""

from __future__ import annotations

import fcntl
import mimetypes
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from consentcheck import demo
from consentcheck.demo.server import Asked, Reply, Site, not_found
from consentcheck.demo.trackers import tracker_sites
from consentcheck.model.words import Kind, Purpose, Toggle

_HERE = Path(__file__).parent
BUILD = _HERE.parents[2] / "build" / "npm"
_TAGS = Path(demo.__file__).parent / "site" / "tags.js"
_PRIVACY = (
    "<!doctype html><title>Privacy Policy</title><h1>Privacy Policy</h1><p>We sell and share personal information.</p>"
)


@dataclass(frozen=True)
class Disclosed:
    """A category, or a service, as the second layer shows it."""

    kind: Kind
    always_active: bool = False
    toggle: Toggle = "on"


@dataclass(frozen=True)
class Manager:
    """One consent manager's page and what a reader must find on it."""

    name: str
    banner: Mapping[str, Purpose]
    """Words of the first layer's buttons -> purpose; empty: there is no first layer."""
    preferences: Mapping[str, Purpose]
    """Words of the second layer's buttons -> purpose; empty: there is no second layer."""
    categories: Mapping[str, Disclosed]
    opens: str
    """Words of what opens the second layer."""
    opt_out: tuple[str, ...]
    """Words of the buttons that opt out by the shortest way, from the loaded page."""
    through_link: tuple[str, ...] = ()
    """Words of the buttons after the click on the opt-out link, where they are others."""
    honours_gpc: bool = False

    @property
    def host(self) -> str:
        return f"www.{self.name}.example"

    @property
    def url(self) -> str:
        return f"https://{self.host}/"

    def sites(self) -> dict[str, Site]:
        """Handlers by host, trackers included. `install` must have run."""
        page = (_HERE / "pages" / f"{self.name}.html").read_text(encoding="utf-8")

        def answer(asked: Asked) -> Reply:
            if asked.path == "/":
                return Reply(page)
            if asked.path == "/privacy":
                return Reply(_PRIVACY)
            files = {"/tags.js": _TAGS, "/c15t.js": BUILD / "c15t.js", "/c15t.css": BUILD / "c15t.css"}
            modules = BUILD / "node_modules"
            file = files.get(asked.path) or (modules / asked.path.removeprefix("/npm/")).resolve()
            if (asked.path not in files and not file.is_relative_to(modules.resolve())) or not file.is_file():
                return not_found()
            return Reply(file.read_bytes(), type=f"{mimetypes.guess_type(file.name)[0]}; charset=utf-8")

        return {self.host: answer, **tracker_sites()}


MANAGERS = {
    manager.name: manager
    for manager in (
        Manager(
            name="vanilla-cookieconsent",
            banner={"Accept all": "accept-all", "Reject all": "decline-all", "Manage preferences": "settings"},
            preferences={
                "Accept all": "accept-all", "Reject all": "decline-all", "Save preferences": "save", "Close": "close",
            },
            categories={
                "Strictly Necessary Cookies": Disclosed("necessary", always_active=True),
                "Analytics Cookies": Disclosed("analytics"),
                "Targeted Advertising Cookies": Disclosed("advertising"),
            },
            opens="Manage preferences",
            opt_out=("Reject all",),
        ),
        Manager(
            name="klaro",
            banner={"That's ok": "accept-all", "I decline": "decline-all", "Let me choose": "settings"},
            preferences={
                "Accept all": "accept-all", "I decline": "decline-all", "Accept selected": "save", "Close": "close",
            },
            categories={
                "Strictly necessary cookies": Disclosed("necessary", always_active=True),
                "Analytics cookies": Disclosed("analytics"),
                "Targeted advertising cookies": Disclosed("advertising"),
            },
            opens="Let me choose",
            opt_out=("I decline",),
        ),
        Manager(
            name="orejime",
            banner={"Accept": "accept-all", "Decline": "decline-all", "Configure": "settings"},
            preferences={
                "Accept all apps": "accept-all", "Decline all apps": "decline-all", "Save": "save",
                "Close": "close",
            },
            categories={
                "Strictly necessary cookies": Disclosed("necessary", always_active=True),
                "Analytics cookies": Disclosed("analytics"),
                "Targeted advertising cookies": Disclosed("advertising"),
            },
            opens="Configure",
            opt_out=("Decline",),
            through_link=("Decline all apps", "Save"),
        ),
        Manager(
            name="cookieconsent",
            banner={"Accept all": "accept-all", "Reject all": "decline-all"},
            preferences={},
            categories={},
            opens="",
            opt_out=("Reject all",),
        ),
        Manager(
            name="c15t",
            banner={},
            preferences={"Accept All": "accept-all", "Reject All": "decline-all", "Save Settings": "save"},
            categories={
                "Strictly Necessary": Disclosed("necessary", always_active=True),
                "Analytics": Disclosed("analytics"),
                "Marketing": Disclosed("advertising"),
            },
            opens="Do Not Sell or Share My Personal Information",
            opt_out=("Do Not Sell or Share My Personal Information", "Reject All"),
            through_link=("Reject All",),
            honours_gpc=True,
        ),
    )
}  # fmt: skip


def install() -> None:
    """Bring the managers into ``build/npm``, unless they are there; safe to call from several processes."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ours = [_HERE / name for name in ("package.json", "package-lock.json", "c15t.jsx")]
        if (BUILD / "c15t.js").exists() and all(_same(file, BUILD / file.name) for file in ours):
            return
        for file in ours:
            shutil.copy(file, BUILD)
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([npm, "ci", *options], cwd=BUILD, check=True, timeout=300)  # noqa: S603
        bundler = BUILD / "node_modules" / ".bin" / "esbuild"
        subprocess.run(  # noqa: S603
            [bundler, "c15t.jsx", "--bundle", "--minify", "--jsx=automatic", "--outfile=c15t.js", "--log-level=error",
             '--define:process.env.NODE_ENV="production"'],
            cwd=BUILD, check=True, timeout=120,
        )  # fmt: skip


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()
