"""The commands as a user types them, without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from consentcheck.cli.app import app

BANNER = """<!doctype html><html lang="en"><title>The Ledger</title><body><h1>News</h1>
<p>The council shared its plans with residents.</p>
<div id="consent" role="dialog" aria-label="Cookies"><p>We use cookies, and share information about your use of our site with our
advertising and analytics partners.</p><button>Accept all</button> <button>Cookie settings</button></div>
<footer><a href="/privacy">Privacy Policy</a> <a href="/optout">Do Not Sell My Personal Information</a></footer></body></html>"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(BANNER, encoding="utf-8")
    return path


def test_check_writes_both_reports_and_fails_the_run(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("check", str(page), "--out", str(out), "--as-of", "2026-06-01")
    assert result.exit_code == 1
    assert "ccpa-symmetry-banner" in result.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["schema"] == "consentcheck/report/1"
    outcomes = {one["rule"]: one["outcome"] for one in report["targets"][0]["results"]}
    assert outcomes["ccpa-symmetry-banner"] == "failed"
    assert outcomes["ccpa-optout-link"] == "passed"
    assert outcomes["ccpa-optout-link-title"] == "failed"
    assert outcomes["gpc-honored-trackers"] == "untested"
    assert (out / "index.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_standard_output_holds_the_report_alone(page: Path) -> None:
    result = run("check", str(page), "--format", "json", "-o", "-")
    assert json.loads(result.stdout)["targets"][0]["status"] == "complete"
    assert "failed" in result.stderr


def test_the_report_fits_its_published_schema(page: Path) -> None:
    schema = json.loads(run("schema", "report").stdout)
    report = json.loads(run("check", str(page), "--format", "json", "-o", "-").stdout)
    jsonschema.Draft202012Validator(schema).validate(report)
    for name in ("config", "rule"):
        jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))


def test_untested_alone_is_no_gap_for_a_saved_page(page: Path, tmp_path: Path) -> None:
    assert run("check", str(page), "-o", str(tmp_path / "o"), "--fail-on", "never").exit_code == 0


def test_as_of_moves_the_outcome(page: Path) -> None:
    def title(day: str) -> str:
        report = json.loads(run("check", str(page), "--format", "json", "-o", "-", "--as-of", day).stdout)
        return next(r["outcome"] for r in report["targets"][0]["results"] if r["rule"] == "ccpa-optout-link-title")

    assert (title("2022-06-01"), title("2026-06-01")) == ("inapplicable", "failed")


def test_a_baseline_accepts_what_was_there(page: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    assert run("check", str(page), "-o", str(first)).exit_code == 1
    again = run("check", str(page), "-o", str(tmp_path / "second"), "--baseline", str(first / "report.json"))
    assert again.exit_code == 0
    better = tmp_path / "better.html"
    better.write_text(BANNER.replace("Cookie settings", "Decline all"), encoding="utf-8")
    run("check", str(better), "-o", str(tmp_path / "third"))
    assert run("check", str(page), "-o", str(tmp_path / "fourth"), "--baseline", str(tmp_path / "third")).exit_code == 1


def test_diff_says_what_changed(page: Path, tmp_path: Path) -> None:
    mended = tmp_path / "mended.html"
    mended.write_text(BANNER.replace("Cookie settings", "Decline all"), encoding="utf-8")
    run("check", str(page), "-o", str(tmp_path / "old"))
    run("check", str(mended), "-o", str(tmp_path / "new"))
    said = run("diff", str(tmp_path / "old"), str(tmp_path / "new"))
    assert said.exit_code == 0
    assert "ccpa-symmetry-banner" in said.stdout
    changes = json.loads(run("diff", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json").stdout)[
        "changes"
    ]
    assert {"ccpa-symmetry-banner"} <= {c["rule"] for c in changes if c["sort"] == "mended"}
    assert run("diff", str(tmp_path / "none"), str(tmp_path / "new")).exit_code == 2


def test_report_rebuilds_the_same(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("check", str(page), "-o", str(out))
    before = (out / "report.json").read_bytes(), (out / "index.html").read_bytes()
    assert run("report", str(out), "-o", str(tmp_path / "again")).exit_code == 0
    assert (
        (tmp_path / "again" / "report.json").read_bytes(),
        (tmp_path / "again" / "index.html").read_bytes(),
    ) == before
    assert run("report", str(tmp_path / "none")).exit_code == 2


def test_waivers_hold_until_they_expire(page: Path, tmp_path: Path) -> None:
    def waive(expires: str) -> Result:
        config = tmp_path / "c.toml"
        rules = json.loads(run("check", str(page), "--format", "json", "-o", "-").stdout)["targets"][0]["results"]
        failing = [r["rule"] for r in rules if r["outcome"] == "failed"]
        config.write_text(
            "".join(f'[[waivers]]\nrule = "{r}"\nowner = "o"\nreason = "r"\nexpires = {expires}\n' for r in failing),
            encoding="utf-8",
        )
        return run("check", str(page), "-o", str(tmp_path / "w"), "--config", str(config), "--as-of", "2026-06-01")

    assert waive("2026-06-01").exit_code == 0
    expired = waive("2026-05-31")
    assert expired.exit_code == 1
    assert "expired waiver" in expired.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "none.html"], "none.html: no such file or folder"),
        (["scan"], "nothing to scan"),
        (["scan", "ftp://x"], "not a URL"),
        (["scan", "x.example", "--scenarios", "nosuch"], "--scenarios: 'nosuch' is none of"),
        (["scan", "x.example", "--format", "docx"], "--format: 'docx' is none of"),
        (["scan", "x.example", "--format", "json,sarif", "-o", "-"], "-o - takes one format"),
        (["scan", "x.example", "--fail-on", "info"], "--fail-on: 'info' is none of"),
        (["scan", "x.example", "--as-of", "yesterday"], "--as-of: 'yesterday' is not a date"),
        (["scan", "x.example", "--profile", "nosuch"], "nosuch: neither a file nor one of the profiles"),
        (["scan", "x.example", "--select", "nosuch"], "no rule and no pack is called 'nosuch'"),
        (["scan", "x.example", "--resolve", "x"], "--resolve x: give HOST:ADDR"),
        (["scan", "x.example", "--header", "nocolon"], "--header: give NAME:VALUE"),
        (["scan", "x.example", "--rules", "no/such"], "is not a folder of rules"),
        (["scan", "x.example", "--cookie-database", "none.csv"], "none.csv"),
        (["scan", "x.example", "--baseline", "none.json"], "none.json"),
        (["scan", "x.example", "--config", "none.toml"], "none.toml: no such file"),
        (["scan", "-f", "none.txt"], "none.txt"),
        (["rules", "explain", "ccpa-optout"], "did you mean ccpa-optout"),
        (["rules", "explain", "ccpa-consnt-wall"], "did you mean ccpa-consent-wall"),
        (["rules", "explain", "qqq"], "no rule is called 'qqq'; `consentcheck rules list` shows all"),
        (["report", "."], ".: holds no result.json"),
        (["rules", "test", "no/such"], "is not a folder of rules"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_scans_nothing(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_things_is_left_alone(page: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text("years of work", encoding="utf-8")
    result = run("check", str(page), "-o", str(mine))
    assert result.exit_code == 2
    assert "name another folder" in result.stderr
    assert [path.name for path in mine.iterdir()] == ["thesis.tex"]


def test_rules_list_explain_and_test(tmp_path: Path) -> None:
    listed = run("rules", "list").stdout
    assert "ccpa-optout-link " in listed
    assert sum(line.startswith("ccpa-") for line in listed.splitlines()) == len(list(Path("rules/ccpa").glob("*.yaml")))
    explained = run("rules", "explain", "ccpa-symmetry-banner").stdout
    for part in ("Law", "7004(a)(2)", "Why", "To mend", "Examples", "failed"):
        assert part in explained
    pack = tmp_path / "mine"
    pack.mkdir()
    source = Path("rules/ccpa/ccpa-ask-later.yaml")
    text = source.read_text(encoding="utf-8").replace("id: ccpa-ask-later", "id: mine-ask-later")
    (pack / "mine-ask-later.yaml").write_text(text, encoding="utf-8")
    tested = run("rules", "test", str(pack))
    assert tested.exit_code == 0, tested.output
    assert "of 1 rules are as expected" in tested.stdout
    (pack / "mine-ask-later.yaml").write_text(text.replace("expect: failed", "expect: passed", 1), encoding="utf-8")
    wrong = run("rules", "test", str(pack))
    assert wrong.exit_code == 1
    assert "mine-ask-later" in wrong.output
    (pack / "mine-ask-later.yaml").write_text(text + "\nextra: 1\n", encoding="utf-8")
    broken = run("rules", "list", "--rules", str(pack))
    assert broken.exit_code == 2
    assert "mine-ask-later.yaml:" in broken.stderr


def test_help_and_version() -> None:
    assert run("--version").stdout.startswith("consentcheck ")
    for command in ("scan", "check", "demo", "report", "diff", "rules", "schema", "install-browser", "doctor"):
        assert run(command, "--help").exit_code == 0
        assert command in run("--help").stdout
