"""What may be the record of a choice where its name does not tell: literal jars around a choice."""

from __future__ import annotations

import math

import pytest

from consentcheck.model.evidence import Cookie, Jar, Snapshot, Step, StorageItem, Visit
from consentcheck.reading.records_unnamed import kept_by_choice

NOW = 1_780_000_000.0
SITE = "https://www.harrow.example/"


def cookie(name: str, value: str, days: float | None = 30, **more: str) -> Cookie:
    expires = None if days is None else NOW + days * 86_400
    return Cookie.model_validate(
        {"name": name, "value": value, "domain": ".harrow.example", "expires": expires, **more}
    )


def visit(*held: tuple[Cookie, ...], storage: tuple[StorageItem, ...] = (), scenario: str = "opt-out") -> Visit:
    """A visit that chooses between its first jar and its second."""
    return Visit.model_validate(
        {
            "scenario": scenario,
            "final_url": SITE,
            "steps": (Step(action="click", purpose="opt-out"),),
            "snapshots": tuple(
                Snapshot(id=str(i), moment="acted", after_step=None if i == 0 else 0) for i in range(len(held))
            ),
            "jars": tuple(
                Jar(after=str(i), time=NOW, cookies=cookies, storage=storage if i else ())
                for i, cookies in enumerate(held)
            ),
        }
    )


def named(found: Visit, control: Visit | None = None) -> tuple[str, float] | None:
    kept = kept_by_choice(found, control)
    return (kept.name, round(kept.days, 1)) if kept else None


def test_the_longest_lived_of_what_came_with_the_choice() -> None:
    old = cookie("theme", "dark", 400)
    assert named(visit((old,), (old, cookie("blorp", "1"), cookie("plinth", "shown", 2)))) == ("blorp", 30.0)


def test_a_value_that_the_choice_changed() -> None:
    assert named(visit((cookie("blorp", "0", 400),), (cookie("blorp", "1", 90),))) == ("blorp", 90.0)


@pytest.mark.parametrize(
    "written",
    [
        cookie("_fbp", "fb.1.1764.99"),
        cookie("blorp", "8a7b6c5d4e3f2a1b"),
        cookie("blorp", "1", days=None),
        cookie("blorp", "1", domain="ads.example"),
        cookie("blorp", "1", set_by="https://connect.facebook.net/en_US/fbevents.js"),
    ],
)
def test_a_trackers_an_identifier_a_sessions_and_anothers_are_none(written: Cookie) -> None:
    assert named(visit((), (written,))) is None


def test_what_changes_without_a_choice_is_none() -> None:
    first = visit((cookie("seen", "1"),), (cookie("seen", "2"),), scenario="first-visit")
    assert named(visit((cookie("seen", "1"),), (cookie("seen", "3"),)), first) is None
    held = visit((cookie("blorp", "1"),), scenario="first-visit")
    assert named(visit((), (cookie("blorp", "1"),)), held) is None


def test_what_went_into_storage_has_no_end() -> None:
    kept = StorageItem(origin=SITE.rstrip("/"), area="local", key="blorp", value="out")
    assert named(visit((), (cookie("plinth", "1"),), storage=(kept,))) == ("blorp", math.inf)


def test_nothing_was_chosen() -> None:
    unmade = visit((), (cookie("blorp", "1"),)).model_copy(update={"steps": (Step(action="reload", counts=False),)})
    assert named(unmade) is None
