"""Scores the reader of opt-out links on the labelled pages of the development corpus.

Run as ``python -m bench.links [CORPUS]``; ``bench_links`` gives the figures to whoever prints them.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consentcheck.model.evidence import Document, Evidence, Snapshot, Visit
from consentcheck.model.facts import OptOutLink
from consentcheck.model.words import TitleKind
from consentcheck.reading.document import parse
from consentcheck.reading.links import read_opt_out_links

CORPUS = Path(__file__).resolve().parents[1] / "../shared/corpus"

LABEL_OF: dict[TitleKind, str] = {
    "statutory": "optout_current_wording",
    "alternative": "optout_current_wording",
    "outdated": "optout_pre2023_wording",
    "variant": "optout_variant",
    "other-language": "optout_variant",
    "near-synonym": "ambiguous",
    "limit": "not_an_optout_link",
}
NO_LINK = "not_an_optout_link"


@dataclass
class LinkScore:
    """Counts over the pages; ``wrong`` says in a line each what the reader got wrong."""

    pages: int = 0
    right: int = 0
    spurious: int = 0
    missed: int = 0
    wordings: int = 0
    wordings_right: int = 0
    seconds: float = 0.0
    """Time spent beyond parsing."""
    wrong: list[str] = field(default_factory=list)

    @property
    def page_f1(self) -> float:
        """F1 of "this page has an opt-out link"."""
        return 2 * self.right / max(1, 2 * self.right + self.spurious + self.missed)

    @property
    def wording(self) -> float:
        """Share of the labelled links whose wording is classed as labelled."""
        return self.wordings_right / max(1, self.wordings)


def bench_links(corpus: Path = CORPUS) -> LinkScore | None:
    """The score on ``links.jsonl`` of a corpus folder; None when it is not there."""
    index = corpus / "links.jsonl"
    if not index.is_file():
        return None
    score = LinkScore()
    for line in index.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        _score_page(item, _links(corpus / item["file"], score), score)
    return score


def _links(path: Path, score: LinkScore) -> tuple[OptOutLink, ...]:
    html = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    document = Document(url="https://example.test/", html=html)
    snapshot = Snapshot(id="0-page", moment="page", documents=(document,))
    evidence = Evidence(target=path.name, kind="page", visits=(Visit(scenario="first-visit", snapshots=(snapshot,)),))
    parse(document)
    began = time.perf_counter()
    links = read_opt_out_links(evidence, ())
    score.seconds += time.perf_counter() - began
    return links


def _score_page(item: dict[str, Any], links: tuple[OptOutLink, ...], score: LinkScore) -> None:
    classes = {_plain(link.text): LABEL_OF[link.title_kind] for link in links}
    found = any(label.startswith("optout_") for label in classes.values())
    expected = bool(item["has_optout_link"])
    score.pages += 1
    score.right += found and expected
    score.spurious += found and not expected
    score.missed += expected and not found
    if found != expected:
        score.wrong.append(f"{item['id']}: opt-out link {'found' if found else 'missed'}")
    for label in item["links"]:
        given = classes.get(_plain(label["text"]), NO_LINK)
        score.wordings += 1
        score.wordings_right += given == label["cls"]
        if given != label["cls"]:
            score.wrong.append(f"{item['id']}: {label['text']!r} is {label['cls']}, read as {given}")


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def main() -> int:
    """Print the score."""
    score = bench_links(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
    if score is None:
        print("links: the corpus is not here; nothing was measured")
        return 0
    print(
        f"links: {score.pages} pages, page-level F1 {score.page_f1:.3f}, "
        f"wording {score.wording:.3f} of {score.wordings}, "
        f"{1000 * score.seconds / score.pages:.1f} ms a page beyond parsing"
    )
    print("\n".join(score.wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
