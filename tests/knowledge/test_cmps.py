from __future__ import annotations

from collections import Counter
from dataclasses import fields
from importlib import resources

import pytest
import yaml

from consentcheck.knowledge.cmps import CmpSigns, cmp_signs

ENTRIES = yaml.safe_load(resources.files("consentcheck.knowledge").joinpath("cmps.yaml").read_text(encoding="utf-8"))
KINDS = {field.name for field in fields(CmpSigns)} - {"name"}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_entry_has_the_right_form(entry: dict[str, object]):
    assert set(entry) - {"name"} <= KINDS
    signs = [sign for key in set(entry) - {"name"} for sign in entry[key]]
    assert signs
    assert all(isinstance(sign, str) and len(sign) >= 3 and sign == sign.strip() for sign in signs)
    assert all("/" in host or "." in host for host in entry.get("hosts", []))
    assert all(" " not in word for key in KINDS - {"globals"} for word in entry.get(key, []))


def test_no_sign_belongs_to_two():
    for kind in sorted(KINDS):
        counts = Counter(sign for signs in cmp_signs() for sign in getattr(signs, kind))
        assert [sign for sign, count in counts.items() if count > 1] == [], kind


def test_names_are_unique_and_the_common_ones_are_there():
    names = [signs.name for signs in cmp_signs()]
    assert len(names) == len(set(names)) >= 30
    assert {"OneTrust", "Cookiebot", "Didomi", "Sourcepoint", "TrustArc", "Osano", "Usercentrics"} <= set(names)
