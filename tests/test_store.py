"""An evidence folder is whole and unaltered, or it is refused by the name of the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consentcheck.errors import EvidenceError
from consentcheck.model.evidence import Cookie, Document, Evidence, Jar, Problem, Request, Snapshot, Visit
from consentcheck.store import MANIFEST, prepare_folder, read_evidence, redact, write_evidence

EVIDENCE = Evidence(
    target="https://www.example/",
    kind="live",
    visits=(
        Visit(
            scenario="first-visit",
            final_url="https://www.example/",
            http_status=200,
            snapshots=(Snapshot(id="0-page", moment="page", documents=(Document(url="u", html="<p>é</p>"),)),),
        ),
        Visit(scenario="gpc", problems=(Problem(code="timeout", message="no answer"),)),
    ),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "evidence"
    (target / "screenshots").mkdir(parents=True)
    (target / "screenshots" / "first-visit-00-page.png").write_bytes(b"\x89PNG picture")
    write_evidence(EVIDENCE, target, rules="abc")
    return target


def test_what_is_written_is_read_back(folder: Path) -> None:
    assert read_evidence(folder) == EVIDENCE


def test_the_manifest_says_what_was_captured_and_names_every_file(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_bytes())
    assert manifest["rules"] == "abc"
    assert [(v["scenario"], v["final_url"], v["http_status"], v["problems"]) for v in manifest["visits"]] == [
        ("first-visit", "https://www.example/", 200, []),
        ("gpc", "", None, ["timeout"]),
    ]
    assert sorted(manifest["files"]) == [
        "evidence.json", "screenshots/first-visit-00-page.png", "visits/00-first-visit.json.gz", "visits/01-gpc.json.gz",
    ]  # fmt: skip
    assert manifest["files"]["screenshots/first-visit-00-page.png"]["size"] == 12


def test_writing_twice_gives_the_same_bytes(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    write_evidence(EVIDENCE, folder, rules="abc")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["evidence.json", "visits/01-gpc.json.gz", "screenshots/first-visit-00-page.png"])
def test_a_missing_or_altered_file_is_named(folder: Path, name: str) -> None:
    path = folder / name
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(EvidenceError, match=f"{name}: altered"):
        read_evidence(folder)
    path.unlink()
    with pytest.raises(EvidenceError, match=f"{name}: missing"):
        read_evidence(folder)


def test_an_added_file_and_a_missing_manifest_are_named(folder: Path) -> None:
    (folder / "visits" / "02-close.json.gz").write_bytes(b"")
    with pytest.raises(EvidenceError, match=r"02-close\.json\.gz: not in the manifest"):
        read_evidence(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(EvidenceError, match=r"manifest\.json: missing"):
        read_evidence(folder)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "visits/../../x", "other.txt", "visits/.hidden"])
def test_a_manifest_cannot_name_a_file_outside(folder: Path, name: str) -> None:
    path = folder / MANIFEST
    manifest = json.loads(path.read_bytes())
    manifest["files"][name] = {"sha256": "", "size": 0}
    path.write_text(json.dumps(manifest))
    with pytest.raises(EvidenceError, match="none of ours"):
        read_evidence(folder)


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    for action in (lambda: write_evidence(EVIDENCE, tmp_path), lambda: prepare_folder(tmp_path)):
        with pytest.raises(EvidenceError, match=r"thesis\.txt"):
            action()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_preparing_empties_a_folder_of_earlier_evidence(folder: Path) -> None:
    prepare_folder(folder)
    assert list(folder.iterdir()) == []


def test_secrets_are_blanked_wherever_they_stand() -> None:
    secret = "s3cr&t word"
    visit = Visit(
        scenario="first-visit",
        requests=(
            Request(
                id="r0",
                url="https://a.example/?k=s3cr%26t+word",
                headers={"x-key": secret},
                body='{"k": "s3cr&t word"}',
            ),
        ),
        jars=(Jar(after="0", cookies=(Cookie(name="session", value=secret),)),),
        snapshots=(Snapshot(id="0", moment="page", documents=(Document(url="u", html="<p>s3cr&amp;t word</p>"),)),),
    )
    cleaned = redact(Evidence(target="t", kind="live", visits=(visit,)), [secret]).model_dump_json()
    assert "s3cr" not in cleaned
    assert cleaned.count("[redacted]") == 5
    assert "session" in cleaned


def test_without_secrets_nothing_is_touched() -> None:
    assert redact(EVIDENCE, []) is EVIDENCE
