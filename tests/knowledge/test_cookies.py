from __future__ import annotations

import csv
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.errors import UsageError
from consentcheck.knowledge.cookies import (
    COLUMNS,
    KINDS,
    cookie_table,
    known_cookie,
    load_open_cookie_database,
    use_cookie_table,
)


def rows() -> list[list[str]]:
    text = resources.files("consentcheck.knowledge").joinpath("cookies.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


def test_table_has_its_columns_and_is_large_enough():
    header, *body = rows()
    assert tuple(header) == COLUMNS
    assert len(body) >= 400


def test_each_row_has_the_right_form():
    assert [row for row in rows()[1:] if not well_formed(row)] == []


def well_formed(row: list[str]) -> bool:
    name, match, kind, owner, domain, lifetime, certain = row
    sites = domain.split()
    return all(
        (
            name and name == name.strip(),
            match == ("wildcard" if "*" in name else "exact"),
            match == "exact" or (len(name.replace("*", "")) >= 3 and "**" not in name),
            len(name) > 1 or sites,  # a one-letter name says nothing without its site
            kind in KINDS,
            owner and owner == owner.strip(),
            all("." in site and site == site.lower() and not site.startswith(".") for site in sites),
            lifetime == "" or 0 <= float(lifetime) <= 15000,
            certain in {"yes", "no"},
        )
    )


def test_rows_are_in_order_and_none_stands_twice():
    body = rows()[1:]
    keys = [(row[3].casefold(), row[0], row[4]) for row in body]
    assert keys == sorted(keys)
    names = [(row[0], site) for row in body for site in row[4].split() or [""]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "domain", "kind", "owner"),
    [
        ("_ga", "", "analytics", "Google"),
        ("_ga_4XY", "", "analytics", "Google"),
        ("_fbp", ".example.com", "advertising", "Meta"),
        ("IDE", ".doubleclick.net", "advertising", "Google"),
        ("OptanonConsent", "", "consent", "OneTrust"),
        ("consentUUID", "", "consent", "Sourcepoint"),
        ("cto_bundle", "", "advertising", "Criteo"),
        ("notice_preferences", "", "consent", "TrustArc"),
        ("usprivacy", "", "consent", "IAB"),
        ("__cf_bm", "", "security", "Cloudflare"),
        ("mp_0123abc_mixpanel", "", "analytics", "Mixpanel"),
        ("uid", "widget.criteo.com", "advertising", "Criteo"),
        ("uid", "c1.adform.net", "advertising", "Adform"),
    ],
)
def test_knows(name: str, domain: str, kind: str, owner: str):
    known = known_cookie(name, domain)
    assert known is not None
    assert (known.kind, known.owner) == (kind, owner)


def test_does_not_know_what_is_nobodys():
    assert known_cookie("my_own_cookie") is None
    assert known_cookie("IDE", "example.com") is None
    assert known_cookie("") is None


def test_short_pattern_yields_to_the_longer_one():
    known = known_cookie("_gac_gb_UA-1")
    assert known is not None
    assert known.name == "_gac_gb_*"
    assert known.pattern


def test_name_bound_to_a_site_is_uncertain_without_it():
    assert known_cookie("bku") is not None
    assert not known_cookie("bku").certain
    assert known_cookie("bku", ".bluekai.com").certain
    assert known_cookie("i") is None


HEADER = (
    "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,"
    "User Privacy & GDPR Rights Portals,Wildcard match\n"
)


def database(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "database.csv"
    path.write_text(header + "".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def test_database_adds_what_the_table_lacks(tmp_path: Path):
    table = load_open_cookie_database(
        database(
            tmp_path,
            "1,Shoply,Functional,shoply_basket,,,Session,Shoply,,0",
            "2,Adly,Marketing,adly_,,,1 year,Adly,,1",
            "3,Two,Marketing,twofold,,,,,,0",
            "4,Other,Analytics,twofold,,,,,,0",
        )
    )
    assert known_cookie("shoply_basket", table=table).kind == "necessary"
    assert known_cookie("adly_77", table=table).pattern
    assert not known_cookie("twofold", table=table).certain
    assert len(table) == len(cookie_table()) + 3


def test_shipped_rows_keep_their_purpose_but_may_lose_certainty(tmp_path: Path):
    table = load_open_cookie_database(
        database(
            tmp_path,
            "1,ShareThis,Marketing,usprivacy,,,,,,1",
            "2,Cookiebot,Functional,consentUUID,,,,,,0",
            "3,Elsewhere,Functional,_fbp,,,,,,0",
        )
    )
    assert known_cookie("usprivacy", table=table).kind == "consent"
    assert known_cookie("usprivacy", table=table).certain
    assert known_cookie("consentUUID", table=table).certain
    assert known_cookie("_fbp", table=table).kind == "advertising"
    assert not known_cookie("_fbp", table=table).certain


@pytest.mark.parametrize(
    ("header", "line", "message"),
    [
        ("a,b\n", "1,2", ":1: not the Open Cookie Database"),
        (HEADER, "1,X,Gardening,name,,,,,,0", ":2: unknown category 'Gardening'"),
        (HEADER, "1,X,Marketing,name", ":2: 4 cells where 10"),
        (HEADER, "1,X,Marketing,,,,,,,0", ":2: a row without a cookie name"),
    ],
)
def test_database_of_another_form_is_a_usage_error(tmp_path: Path, header: str, line: str, message: str):
    with pytest.raises(UsageError, match=message):
        load_open_cookie_database(database(tmp_path, line, header=header))


def test_database_that_is_not_there_is_a_usage_error(tmp_path: Path):
    with pytest.raises(UsageError, match=r"none\.csv"):
        load_open_cookie_database(tmp_path / "none.csv")


def test_chosen_table_serves_every_later_look_up(tmp_path: Path):
    use_cookie_table(load_open_cookie_database(database(tmp_path, "1,Shoply,Functional,shoply_basket,,,,,,0")))
    try:
        assert known_cookie("shoply_basket").owner == "Shoply"
    finally:
        use_cookie_table(None)
    assert known_cookie("shoply_basket") is None


@given(st.text(), st.text())
def test_lookup_never_raises(name: str, domain: str):
    known_cookie(name, domain)


@given(st.text(alphabet=[*'abc,"\n*'], max_size=80))
def test_hostile_database_is_refused_or_read(tmp_path_factory: pytest.TempPathFactory, text: str):
    path = tmp_path_factory.mktemp("database") / "odd.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    with suppress(UsageError):
        load_open_cookie_database(path)
