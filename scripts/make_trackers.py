"""Make the table of third parties, and its notice, from the npm package third-party-web (MIT).

Usage: npm install third-party-web, then: python scripts/make_trackers.py node_modules/third-party-web
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

KNOWLEDGE = Path(__file__).resolve().parents[1] / "src" / "consentcheck" / "knowledge"

PURPOSES = {
    "ad": "advertising",
    "analytics": "analytics",
    "cdn": "cdn",
    "consent-provider": "consent",
    "content": "content",
    "customer-success": "customer-success",
    "hosting": "hosting",
    "marketing": "marketing",
    "other": "unknown",
    "social": "social",
    "tag-manager": "tag-manager",
    "utility": "utility",
    "video": "video",
}


def rows(entities: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    """(host, owner, purpose) of each domain, in the order of the hosts; a host covers those under it."""
    found: dict[str, tuple[str, str]] = {}
    for entity in entities:
        domains = entity["domains"]
        assert isinstance(domains, list)  # noqa: S101
        for domain in domains:
            owner = str(entity.get("company") or entity["name"])
            found.setdefault(str(domain).removeprefix("*.").lower(), (owner, PURPOSES[str(entity["category"])]))
    return [(host, owner, purpose) for host, (owner, purpose) in sorted(found.items())]


def main(package: Path) -> None:
    """Write ``trackers.csv`` and ``trackers.NOTICE`` from an unpacked package."""
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    entities = json.loads((package / "dist" / "entities.json").read_text("utf-8"))
    with (KNOWLEDGE / "trackers.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("host", "owner", "purpose"))
        writer.writerows(rows(entities))
    notice = f"trackers.csv is made from third-party-web {version} by scripts/make_trackers.py.\n\n"
    (KNOWLEDGE / "trackers.NOTICE").write_text(notice + (package / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
