"""Options that several commands share, and what is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, cast

import typer

from consentcheck.audit import Judging
from consentcheck.capture import DEFAULT_SCENARIOS
from consentcheck.cli.config import Config, load_config, load_profile
from consentcheck.cli.finish import PDF
from consentcheck.errors import UsageError
from consentcheck.knowledge.cookies import load_open_cookie_database, use_cookie_table
from consentcheck.model.words import SCENARIOS, Scenario
from consentcheck.report import FORMATS, TEXT_FORMATS
from consentcheck.report.gate import FailOn
from consentcheck.rulebook import Rulebook, load_rulebook

FAIL_ON = ("critical", "high", "medium", "low", "never")
ALL_FORMATS = (*FORMATS, PDF)

Out = Annotated[
    str, typer.Option("-o", "--out", metavar="DIR", help="Folder for reports and evidence; - for standard output.")
]
Format = Annotated[
    str, typer.Option("--format", metavar="LIST", help=f"Any of {', '.join(ALL_FORMATS)}, with commas between.")
]
FailOnOption = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="SEVERITY", help="critical, high, medium, low or never [default: high]"),
]
ProfileOption = Annotated[
    str | None, typer.Option("--profile", metavar="FILE|NAME", help="What the business does, as a file or a name.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Judge by the law in force that day [default: today].")
]
Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="DIR", help="A further folder of rules; may be repeated.")
]
Select = Annotated[str | None, typer.Option("--select", metavar="ID,...", help="Only these rules or packs.")]
Ignore = Annotated[str | None, typer.Option("--ignore", metavar="ID,...", help="All but these rules or packs.")]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Configuration [default: consentcheck.toml or pyproject.toml]."),
]
Baseline = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="REPORT.JSON", help="Fail only on what is not in this earlier report."),
]
CookieDatabase = Annotated[
    Path | None,
    typer.Option("--cookie-database", metavar="CSV", help="The Open Cookie Database, read on top of the own table."),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="Say each thing that is done.")]


def comma_list(text: str | None) -> tuple[str, ...]:
    """The parts between commas, without blanks."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def formats_of(text: str, out: str) -> tuple[str, ...]:
    """Formats by name; UsageError for an unknown one, and for more than one to standard output."""
    formats = comma_list(text)
    for name in formats:
        if name not in ALL_FORMATS:
            raise UsageError(f"--format: {name!r} is none of {', '.join(ALL_FORMATS)}")
    if not formats:
        raise UsageError("--format: name at least one format")
    if out == "-" and len(formats) > 1:
        raise UsageError("-o - takes one format, since standard output is one file")
    if out == "-" and formats[0] not in TEXT_FORMATS:
        raise UsageError(f"-o - takes one of {', '.join(TEXT_FORMATS)}; {formats[0]} needs a folder")
    return formats


def scenarios_of(text: str | None, config: Config, *, logged_in: bool = True) -> tuple[Scenario, ...]:
    """Scenarios by name, in the order of the table; ``all`` for every one that can be visited, ``logged_in`` or not."""
    names = comma_list(text) or config.scenarios or DEFAULT_SCENARIOS
    if names == ("all",):
        return tuple(name for name in SCENARIOS if logged_in or name != "logged-in")
    for name in names:
        if name not in SCENARIOS:
            raise UsageError(f"--scenarios: {name!r} is none of all, {', '.join(SCENARIOS)}")
    return tuple(name for name in SCENARIOS if name in names)


def fail_on_of(text: str | None, config: Config) -> FailOn:
    """The least severity that fails the run, or ``never``."""
    name = text or config.fail_on or "high"
    if name not in FAIL_ON:
        raise UsageError(f"--fail-on: {name!r} is none of {', '.join(FAIL_ON)}")
    return cast("FailOn", name)


def day_of(text: str | None) -> dt.date:
    """The day to judge by."""
    if text is None:
        return dt.datetime.now(dt.UTC).date()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of: {text!r} is not a date like 2026-06-01") from None


def use_cookies(database: Path | None) -> None:
    """Look cookies up in the Open Cookie Database too, if one is given."""
    use_cookie_table(load_open_cookie_database(database) if database else None)


def configured(path: Path | None) -> Config:
    """The configuration that applies here."""
    return load_config(Path.cwd(), path)


def rulebook_of(rules: Iterable[Path] | None, select: str | None, ignore: str | None, config: Config) -> Rulebook:
    """The rules of this run."""
    extra = [*(Path(folder) for folder in config.rules), *(rules or ())]
    return load_rulebook(extra).select(comma_list(select) or config.select, comma_list(ignore) or config.ignore)


def judging_of(
    profile: str | None, as_of: str | None, config: Config, asked: tuple[Scenario, ...] = SCENARIOS
) -> Judging:
    """How this run judges."""
    return Judging(
        profile=load_profile(profile) if profile else config.profile,
        as_of=day_of(as_of),
        asked=asked,
    )
