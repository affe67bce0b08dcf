"""Which categories count, and which two are one."""

from __future__ import annotations

import pytest

from consentcheck.checks.disclosed import always_active, disclosed, name_key, same_category
from consentcheck.model.facts import Category, Dialog, Facts


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Strictly Necessary Cookies - Always Active", "necessary"),
        ("Targeting & Social Media Cookies", "targeting social media"),
        ("Cookies", "cookies"),
        ("Éléments\u00a0ACTIFS", "éléments actifs"),
    ],
)
def test_name_key(name: str, key: str) -> None:
    assert name_key(name) == key


def test_a_category_that_is_seen_twice_counts_once() -> None:
    dialog = Dialog(surface="preferences", categories=(Category(name="Ads"), Category(name="Ads Cookies")))
    assert len(disclosed(Facts(dialogs=(dialog, dialog)), "preferences")) == 1


def test_the_configuration_counts_only_where_the_page_shows_nothing() -> None:
    configured = Category(name="Sale", source="configuration")
    shown = Category(name="Ads")
    both = Facts(dialogs=(Dialog(surface="preferences", categories=(configured, shown)),))
    alone = Facts(dialogs=(Dialog(surface="preferences", categories=(configured,)),))
    assert [item.category.name for item in disclosed(both)] == ["Ads"]
    assert [item.category.name for item in disclosed(alone)] == ["Sale"]


def test_other_scenarios_do_not_count() -> None:
    dialog = Dialog(surface="preferences", scenario="gpc", categories=(Category(name="Ads"),))
    assert disclosed(Facts(dialogs=(dialog,))) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Category(name="Statistics", kind="analytics"), Category(name="Performance", kind="analytics"), True),
        (Category(name="Statistics", kind="analytics"), Category(name="Ads", kind="advertising"), False),
        (Category(name="Reader club"), Category(name="Readers club"), True),
        (Category(name="Reader club"), Category(name="Weather"), False),
        (
            Category(name="Sale & ads", kind="sale", kinds=("sale", "advertising")),
            Category(name="Ads", kind="advertising"),
            False,
        ),
    ],
)
def test_same_category(one: Category, other: Category, same: bool) -> None:
    assert same_category(one, other) is same
    assert same_category(other, one) is same


def test_what_is_always_active_on_one_surface_is_so_on_the_other() -> None:
    locked = Category(name="Statistics - Always Active", kind="analytics", always_active=True)
    facts = Facts(dialogs=(Dialog(surface="preferences", categories=(locked,)),))
    assert always_active(Category(name="Statistics", kind="analytics"), disclosed(facts))
    assert not always_active(Category(name="Ads", kind="advertising"), disclosed(facts))
