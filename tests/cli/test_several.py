"""Several targets in one call, a run into a folder that was used before, a run that is broken off, and what is said meanwhile."""

from __future__ import annotations

import csv
import io
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from typer.testing import Result

from consentcheck.cli.console import Reporter
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.report import TEXT_FORMATS
from tests.cli.calling import QUICK, bytes_of, resolved, run, start

Serve = Callable[..., LocalSites]

FORMATS = "html,json,sarif,junit,markdown,csv,pdf"


def paper(name: str) -> Callable[[Asked], Reply]:
    """A small site that sets a cookie of its own and stores its name."""
    page = (
        f'<!doctype html><html lang="en"><title>{name}</title><body><h1>{name}</h1><p>Words of the day, and more of them.</p>'
        f"<script>localStorage.setItem('seen', 'stored-by-{name}')</script></body></html>"
    )
    return lambda asked: (
        Reply(page, cookies=(f"visitor=cookie-of-{name}; Path=/; Max-Age=99999; Secure; HttpOnly",))
        if asked.path == "/"
        else Reply("<h1>None</h1>", status=404)
    )


def scan(served: LocalSites, out: Path, *targets: str) -> Result:
    return run("scan", *targets, *QUICK, "--insecure", "-o", str(out), *resolved(served.resolve))


def targets_of(out: Path) -> dict[str, dict[str, Any]]:
    return {one["target"]: one for one in json.loads((out / "report.json").read_text(encoding="utf-8"))["targets"]}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, dict[str, bytes]]:
    """Two papers and a host that refuses, scanned two at a time; then the folder as it was left, before one paper is scanned into it."""
    folder = tmp_path_factory.mktemp("several")
    listed = folder / "targets.txt"
    listed.write_text(
        "# papers\nwww.larch.example\n\nhttps://www.refused.example/\nwww.maple.example\n", encoding="utf-8"
    )
    sites = {"www.larch.example": paper("larch"), "www.maple.example": paper("maple")}
    with LocalSites(sites, refused=("www.refused.example",)) as served:
        result = scan(served, folder / "out", "-f", str(listed), "--jobs", "2", "--format", FORMATS)
        kept = bytes_of(folder / "out")
        assert scan(served, folder / "out", "www.maple.example").exit_code == 0
    return folder / "out", result, kept


@pytest.mark.browser
def test_one_target_that_fails_spoils_no_other(three: tuple[Path, Result, dict[str, bytes]]) -> None:
    _, result, kept = three
    assert result.exit_code == 3
    status = {one["target"]: one["status"] for one in json.loads(kept["report.json"])["targets"]}
    assert status == {
        "https://www.larch.example/": "complete",
        "https://www.refused.example/": "failed",
        "https://www.maple.example/": "complete",
    }
    assert "could not test: first-visit: the server refuses connections" in result.stderr


@pytest.mark.browser
def test_no_target_sees_what_another_left_in_the_browser(three: tuple[Path, Result, dict[str, bytes]]) -> None:
    _, _, kept = three
    for name, other in (("larch", "maple"), ("maple", "larch")):
        own = b"".join(data for path, data in kept.items() if path.startswith("evidence/") and name in path)
        assert f"cookie-of-{name}".encode() in own
        assert f"stored-by-{name}".encode() in own
        assert f"of-{other}".encode() not in own
        assert f"by-{other}".encode() not in own


@pytest.mark.browser
def test_every_format_is_written_and_names_every_target(three: tuple[Path, Result, dict[str, bytes]]) -> None:
    _, _, kept = three
    pages = {name for name in kept if name.endswith(".html")}
    assert pages == {"index.html", "1-www.larch.example.html", "2-www.refused.example.html", "3-www.maple.example.html"}
    for name in pages:
        printed = kept[name.replace(".html", ".pdf")]
        assert printed.startswith(b"%PDF-")
        assert b"/Type /Page" in printed
    for name in ("index.html", "report.json", "report.sarif", "junit.xml", "report.md", "findings.csv"):
        for host in ("www.larch.example", "www.refused.example", "www.maple.example"):
            assert host in kept[name].decode().replace("\\", "").replace("\N{ZERO WIDTH SPACE}", ""), name
    assert len(fromstring(kept["junit.xml"])) == 3  # noqa: S314  our own
    assert {row["target"] for row in csv.DictReader(io.StringIO(kept["findings.csv"].decode()))} == {
        one["target"] for one in json.loads(kept["report.json"])["targets"]
    }


@pytest.mark.browser
def test_a_second_run_into_the_folder_leaves_nothing_of_the_first(three: tuple[Path, Result, dict[str, bytes]]) -> None:
    out, _, _ = three
    assert list(targets_of(out)) == ["https://www.maple.example/"]
    assert sorted(path.name for path in out.iterdir()) == ["evidence", "index.html", "report.json", "result.json"]
    assert [path.name for path in (out / "evidence").iterdir()] == ["001-www-maple-example"]


@pytest.mark.browser
def test_evidence_judged_again_elsewhere_keeps_its_pictures(
    three: tuple[Path, Result, dict[str, bytes]], tmp_path: Path
) -> None:
    out, _, _ = three
    again, (own,) = tmp_path / "again", (out / "evidence").iterdir()
    result = run("check", str(out), "-o", str(again), "--ignore", "policy")
    assert result.exit_code == 0, result.stderr
    before = json.loads((out / "result.json").read_text(encoding="utf-8"))
    after = json.loads((again / "result.json").read_text(encoding="utf-8"))
    assert after["targets"][0]["results"] == before["targets"][0]["results"]
    assert (again / after["targets"][0]["evidence_dir"]).resolve() == own.resolve()
    assert run("report", str(out), "-o", str(again)).exit_code == 0
    assert (again / "index.html").read_bytes() == (out / "index.html").read_bytes()


@pytest.mark.browser
def test_a_run_that_is_broken_off_ends_soon_and_shows_no_earlier_result(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with LocalSites({"www.larch.example": paper("larch"), "www.slow.example": lambda _: Reply(hang=True)}) as served:
        assert scan(served, out, "www.larch.example").exit_code == 0
        again = [
            "scan",
            "www.larch.example",
            "www.slow.example",
            "--scenarios",
            "first-visit",
            "--insecure",
            "-o",
            str(out),
        ]
        running = start(*again, *resolved(served.resolve), folder=tmp_path)
        assert running.stderr is not None
        for line in running.stderr:
            if "www.slow.example" in line:
                break
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert [path.name for path in out.iterdir()] == ["evidence"]
    assert run("report", str(out)).exit_code == 3
    judged = run(
        "check", str(out / "evidence" / "001-www-larch-example"), "-o", str(tmp_path / "judged"), "--ignore", "policy"
    )
    assert judged.exit_code == 0


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(
        '<!doctype html><html lang="en"><title>Page</title><body><p>Words of the day.</p></body></html>',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_standard_output_takes_each_text_format_and_the_folder_stays_clean(
    name: str, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    checked = run("check", page.name, "--format", name, "-o", "-", "-q", "--fail-on", "never")
    assert (checked.exit_code, checked.stderr) == (0, "")
    first = {"json": "{", "sarif": "{", "junit": "<?xml", "markdown": "## Consent check", "csv": "target,rule"}[name]
    assert checked.stdout.startswith(first)
    assert [path.name for path in tmp_path.iterdir()] == [page.name]
    run("check", page.name, "-o", "out")
    again = run("report", "out", "--format", name, "-o", "-")
    assert again.stdout == checked.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", page.name]


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_what_needs_a_folder_is_refused_before_anything_is_done(name: str, page: Path) -> None:
    result = run("check", str(page), "--format", name, "-o", "-")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{name} needs a folder" in result.stderr


def test_progress_is_plain_lines_or_every_step_or_nothing(page: Path, tmp_path: Path) -> None:
    said = {
        option: run("check", str(page), "-o", str(tmp_path / "o"), *option.split()).stderr
        for option in ("", "-q", "-v")
    }
    assert said["-q"] == ""
    assert f"{page}: complete" in said[""]
    assert "\x1b" not in said[""] + said["-v"]
    assert len(said["-v"].splitlines()) >= len(said[""].splitlines())


def test_plain_progress_names_each_scenario_once_whatever_goes_on_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    for verbose, lines in ((False, 3), (True, 4)):
        with Reporter(1, quiet=False, verbose=verbose) as reporter:
            for scenario, what in (("gpc", "starting"), ("close", "starting"), ("gpc", "loading")):
                reporter("https://a.example/", scenario, what)
            reporter.done("https://a.example/", "complete")
        assert len(capsys.readouterr().err.splitlines()) == lines


def test_a_path_is_shown_as_it_was_given(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check", page.name, "-o", "out", "--format", FORMATS.removesuffix(",pdf")).exit_code == 1
    assert [name for name, data in bytes_of(tmp_path / "out").items() if str(tmp_path).encode() in data] == []
