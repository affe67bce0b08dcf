"""Settings from ``consentcheck.toml`` or ``[tool.consentcheck]`` in pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from consentcheck.errors import UsageError
from consentcheck.model.base import Model
from consentcheck.model.result import Waiver
from consentcheck.model.rule import Profile

NAMES = ("consentcheck.toml", "pyproject.toml")

PROFILES = {
    "california": Profile(),
    "california-seller": Profile(sells_or_shares="yes"),
    "all-states": Profile(
        regimes=tuple(
            f"us-{state}" for state in ["ca", "co", "ct", "de", "md", "mn", "mt", "ne", "nh", "nj", "or", "tx"]
        ),
    ),
}
"""Profiles that can be named instead of a file."""


class Config(Model):
    """The configuration file. Every key may be left out; the command line wins over it."""

    profile: Profile = Profile()
    targets: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    fail_on: str | None = Field(default=None, alias="fail-on")
    rules: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def load_config(folder: Path, path: Path | None = None) -> Config:
    """The configuration at ``path``, else the first of `NAMES` in ``folder`` that has one, else an empty one."""
    for candidate in [path] if path else [folder / name for name in NAMES]:
        if not candidate.is_file():
            if path:
                raise UsageError(f"{path}: no such file")
            continue
        data = _toml(candidate)
        if candidate.name == "pyproject.toml":
            if "consentcheck" not in data.get("tool", {}):
                continue
            data = data["tool"]["consentcheck"]
        return _validated(data, candidate)
    return Config()


def load_profile(name: str) -> Profile:
    """A profile by name, or from a TOML file that holds its keys (at the top or under ``[profile]``)."""
    if name in PROFILES:
        return PROFILES[name]
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"{name}: neither a file nor one of the profiles {', '.join(PROFILES)}")
    data = _toml(path)
    return _validated({"profile": data.get("profile", data)}, path).profile


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path}: {error}") from None


def _validated(data: dict[str, Any], path: Path) -> Config:
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"]
        raise UsageError(f"{path}: {name}: {what}") from None
