"""The configuration file, and what it refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from consentcheck.cli.config import load_config, load_profile
from consentcheck.errors import UsageError


def test_none_is_empty(tmp_path: Path) -> None:
    assert load_config(tmp_path).targets == ()


def test_own_file_wins_over_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.consentcheck]\ntargets = ["a.example"]\n', encoding="utf-8")
    assert load_config(tmp_path).targets == ("a.example",)
    (tmp_path / "consentcheck.toml").write_text(
        'targets = ["b.example"]\nfail-on = "medium"\n[profile]\nsells_or_shares = "yes"\n'
        '[[waivers]]\nrule = "ccpa-limit-link"\nowner = "privacy team"\nreason = "in review"\nexpires = 2027-01-31\n',
        encoding="utf-8",
    )
    config = load_config(tmp_path)
    assert (config.targets, config.fail_on, config.profile.sells_or_shares) == (("b.example",), "medium", "yes")
    assert config.waivers[0].expires == dt.date(2027, 1, 31)


def test_a_pyproject_without_our_table_is_none(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert load_config(tmp_path).targets == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("targts = []", "targts: unknown key"),
        ("[profile]\nsells_or_shares = 'perhaps'", r"profile\.sells_or_shares"),
        ("targets = [", "Invalid value"),
        ("[[waivers]]\nrule = 'x'\nowner = 'y'\nreason = 'z'", r"waivers\.0\.expires: Field required"),
    ],
)
def test_mistakes_name_the_file_and_the_key(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "consentcheck.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        load_config(tmp_path)
    assert str(path) in str(caught.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load_config(tmp_path, tmp_path / "none.toml")


def test_profiles(tmp_path: Path) -> None:
    assert load_profile("california-seller").sells_or_shares == "yes"
    path = tmp_path / "p.toml"
    path.write_text('under16 = "yes"\n', encoding="utf-8")
    assert load_profile(str(path)).under16 == "yes"
    with pytest.raises(UsageError, match="california"):
        load_profile("nosuch")
