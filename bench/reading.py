"""How well the reader reads: scored on a corpus of labelled dialogs, by consent manager and in all; and how fast.

    python -m bench.reading [CORPUS]      default: ../shared/corpus beside the project

The corpus holds ``dialogs.jsonl``: one item a line, with ``file``, ``cmp``, ``language`` and ``labels``. Labels that we
hold wrong are in ``disputed.yaml`` beside this script, with the reason; they are counted apart.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bench import links
from consentcheck.engine import judge
from consentcheck.knowledge.phrases import plain
from consentcheck.model.evidence import Document, Evidence, Snapshot, Visit
from consentcheck.model.facts import Category, Dialog
from consentcheck.model.rule import Profile
from consentcheck.model.words import SCENARIOS
from consentcheck.reading.dialogs import read_dialogs
from consentcheck.reading.facts import read_facts
from consentcheck.rulebook import load_rulebook

BUTTONS = {"accept": "accept-all", "reject": "decline-all", "manage": "settings", "save": "save"}
ROLES = {"personalization": "functional", "sale_share": "sale", "sensitive": "other"}
METRICS = ("names", "kinds", "states", *BUTTONS)


@dataclass
class Score:
    """Hits, false alarms and misses of one measure."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    def add(self, other: Score) -> None:
        self.hit += other.hit
        self.extra += other.extra
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def count(self) -> int:
        return self.hit + self.missed


@dataclass
class Item:
    """What one item scored, and what was wrong with it."""

    id: str
    cmp: str
    english: bool
    scores: dict[str, Score] = field(default_factory=lambda: {m: Score() for m in METRICS})
    wrong: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def evidence_of(path: Path) -> Evidence:
    text = path.read_text("utf-8", "replace")
    if path.suffix == ".txt":
        return Evidence(target=str(path.name), kind="text", text=text)
    snapshot = Snapshot(id="0-page", moment="page", documents=(Document(url="https://saved.test/", html=text),))
    return Evidence(target=str(path.name), kind="page", visits=(Visit(scenario="first-visit", snapshots=(snapshot,)),))


def buttons_of(dialogs: tuple[Dialog, ...], purpose: str) -> list[str]:
    """Words of the buttons with a purpose; an opt-out button counts as settings on a banner that has no other."""
    found = [c.text for d in dialogs for c in d.controls if c.purpose == purpose and c.visible is not False]
    if purpose == "settings":
        for dialog in dialogs:
            purposes = {c.purpose for c in dialog.controls if c.visible is not False}
            if dialog.surface == "banner" and "settings" not in purposes and purposes & {"accept-all", "close"}:
                found += [c.text for c in dialog.controls if c.purpose == "opt-out" and c.visible is not False]
    return found


def state_of(category: Category) -> str:
    if category.always_active:
        return "locked"
    return {"unknown": "unclear"}.get(category.toggle, category.toggle)


def merged(dialogs: tuple[Dialog, ...]) -> dict[tuple[str, ...], Category]:
    """Categories by name, each from the surface that says most of its state."""
    found: dict[tuple[str, ...], Category] = {}
    for dialog in dialogs:
        for category in dialog.categories:
            other = found.get(plain(category.name))
            if other is None or (
                other.toggle in {"none", "unknown"} and not other.always_active and category.toggle != "unknown"
            ):
                found[plain(category.name)] = category
    return found


def score(item: dict[str, Any], dialogs: tuple[Dialog, ...], disputed: dict[str, dict[str, Any]]) -> Item:
    labels = item["labels"]
    made = Item(item["id"], item["cmp"], item["language"] == "en")
    doubts = disputed.get(item["id"], {})

    def note(metric: str, key: str, text: str) -> bool:
        """Write down what differs; True when it counts."""
        reason = doubts.get(f"{metric}:{key}") or doubts.get(metric)
        (made.disputed if reason else made.wrong).append(f"{metric}: {text}" + (f" ({reason})" if reason else ""))
        return reason is None

    found = merged(dialogs)
    wanted = {plain(c["name"]): c for c in labels["categories"]}
    for key, label in wanted.items():
        if key in found:
            made.scores["names"].hit += 1
            compare(made, note, label, found[key])
        elif note("names", label["name"], f"missed {label['name']!r}"):
            made.scores["names"].missed += 1
    for key, category in found.items():
        if key not in wanted and note("names", category.name, f"extra {category.name!r}"):
            made.scores["names"].extra += 1
    for button, purpose in BUTTONS.items():
        have = {plain(t): t for t in buttons_of(dialogs, purpose)}
        want = {plain(t): t for t in labels["buttons"][button]}
        for key, text in want.items():
            if key in have:
                made.scores[button].hit += 1
            elif note(button, text, f"missed {text!r}"):
                made.scores[button].missed += 1
        for key, text in have.items():
            if key not in want and note(button, text, f"extra {text!r}"):
                made.scores[button].extra += 1
    return made


def compare(made: Item, note: Any, label: dict[str, Any], category: Category) -> None:
    for metric, want, have in (
        ("kinds", ROLES.get(label["role"], label["role"]), category.kind),
        ("states", label["default"], state_of(category)),
    ):
        if want == have:
            made.scores[metric].hit += 1
        elif note(metric, label["name"], f"{label['name']!r} is {want}, read as {have}"):
            made.scores[metric].missed += 1
            made.scores[metric].extra += 1


def table(items: list[Item]) -> None:
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        rows[item.cmp if item.english else "other languages"].append(item)
    print(f"{'consent manager':28s} n  " + " ".join(f"{m:>17s}" for m in METRICS))
    macro: dict[str, list[float]] = defaultdict(list)
    for name in sorted(rows, key=lambda n: (n == "other languages", n)):
        cells = []
        for metric in METRICS:
            total = Score()
            for item in rows[name]:
                total.add(item.scores[metric])
            if total.count + total.extra:
                cells.append(f"{total.precision:.2f}/{total.recall:.2f} {total.count:3d}")
                if name != "other languages":
                    macro[metric].append(total.f1)
            else:
                cells.append("-")
        print(f"{name[:28]:28s} {len(rows[name]):2d} " + " ".join(f"{c:>17s}" for c in cells))
    print(
        f"{'F1, macro over managers':31s} "
        + " ".join(f"{statistics.mean(macro[m]) if macro[m] else 1:17.3f}" for m in METRICS)
    )
    print("(each cell: precision/recall and the count of labels)")


def speed(corpus: Path) -> None:
    """Pages a second on one core, of pages of 250 to 600 KB, each parsed anew: its dialogs alone, then all facts and rules."""
    pages = [evidence_of(p) for p in sorted((corpus / "pages").glob("*.html")) if 250_000 < p.stat().st_size < 600_000]
    if not pages:
        return
    rules, profile, day = tuple(load_rulebook().rules.values()), Profile(), dt.date(2026, 6, 1)
    size = statistics.mean(len(p.visits[0].snapshots[0].documents[0].html) for p in pages)

    def whole(page: Evidence) -> None:
        judge(rules, read_facts(page), profile, day, SCENARIOS)

    for title, work in (("dialogs alone", read_dialogs), ("reading and judging", whole)):
        rates = []
        for _ in range(4):
            fresh = [page.model_copy(deep=True) for page in pages]
            began = time.process_time()
            for page in fresh:
                work(page)
            rates.append(len(fresh) / (time.process_time() - began))
        print(
            f"speed: {max(rates):.0f} pages/s on one core ({title}; pages of {size / 1000:.0f} KB on average, best of 4)"
        )


def main() -> int:
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "corpus"
    if not (corpus / "dialogs.jsonl").is_file():
        print(f"No corpus at {corpus}: the reader was not measured. Give the folder that holds dialogs.jsonl.")
        return 0
    disputed = yaml.safe_load((Path(__file__).with_name("disputed.yaml")).read_text("utf-8")) or {}
    items = [
        score(item, read_dialogs(evidence_of(corpus / item["file"])), disputed)
        for item in map(json.loads, (corpus / "dialogs.jsonl").read_text("utf-8").splitlines())
    ]
    table(items)
    print("\nwrong:")
    for item in items:
        for text in item.wrong:
            print(f"  {item.id}: {text}")
    print("\ndisputed labels (not counted):")
    for item in items:
        for text in item.disputed:
            print(f"  {item.id}: {text}")
    print()
    speed(corpus)
    print()
    return links.main()


if __name__ == "__main__":
    raise SystemExit(main())
