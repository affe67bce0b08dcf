"""What the user calls a target, made into URLs and paths."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from consentcheck.errors import UsageError
from consentcheck.store import MANIFEST

SAVED = (".html", ".htm", ".mhtml", ".mht", ".txt", ".warc", ".warc.gz")


def urls(targets: Iterable[str], files: Iterable[Path] = ()) -> list[str]:
    """Distinct URLs in the order given. UsageError names what is not one, and the line it stands in."""
    found = [as_url(target) for target in targets]
    for path in files:
        found.extend(_listed(path))
    return list(dict.fromkeys(found))


def as_url(target: str) -> str:
    """A target as a URL: ``https`` unless it says otherwise, ``http`` for this machine."""
    if "://" not in target:
        host = urlsplit(f"//{target}").hostname or ""
        target = f"{'http' if _is_local(host) else 'https'}://{target}"
    try:
        parts = urlsplit(target)
        _ = parts.port  # raises if it is none
    except ValueError as error:
        raise UsageError(f"{target!r} is not a URL: {error}") from None
    if parts.scheme == "file":
        raise UsageError(f"{target!r} is a file: `consentcheck check PATH` judges saved pages")
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in target):
        raise UsageError(f"{target!r} is not a URL of a web page")
    return target if parts.path else f"{target.rstrip('/')}/" if not parts.query else target


def paths(given: Iterable[Path]) -> list[Path]:
    """Files and evidence folders; the folder of an earlier scan stands for all evidence in it."""
    found: list[Path] = []
    for path in given:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if path.is_file():
            if not path.name.lower().endswith(SAVED):
                raise UsageError(f"{path}: not a kind of file that is read here ({', '.join(SAVED)})")
            found.append(path)
            continue
        inside = sorted(child for child in (path / "evidence").glob("*") if child.is_dir())
        if not inside and not (path / MANIFEST).exists() and not (path / "evidence.json").exists():
            saved = sorted(child for child in path.iterdir() if child.name.lower().endswith(SAVED))
            if not saved:
                raise UsageError(
                    f"{path}: neither an evidence folder ({MANIFEST} is missing) nor a folder of saved pages"
                )
            found.extend(saved)
            continue
        found.extend(inside or [path])
    return found


def _listed(path: Path) -> Iterable[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(text.splitlines(), 1):
        target = line.split("#", 1)[0].strip() if line.lstrip().startswith("#") else line.strip()
        if target:
            try:
                yield as_url(target)
            except UsageError as error:
                raise UsageError(f"{path}:{number}: {error}") from None


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
