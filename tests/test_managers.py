"""Real consent managers from npm, scanned: both layers, every button's purpose, every category with its toggle's state."""

from __future__ import annotations

import pytest

from consentcheck.model.result import TargetResult
from consentcheck.model.words import SCENARIOS
from tests.sites.managers import managers
from tests.sites.managers.managers import MANAGERS, Manager
from tests.sites.scanning import scan

pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.xdist_group("npm")]

LOOKS = ("first-visit", "gpc", "opt-out", "accept-all")


@pytest.fixture(scope="module")
def _installed() -> None:
    managers.install()


@pytest.fixture(scope="module", params=list(MANAGERS))
def seen(
    request: pytest.FixtureRequest, _installed: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Manager, TargetResult]:
    manager = MANAGERS[request.param]
    scenarios = tuple(name for name in SCENARIOS if name in LOOKS)
    return manager, scan(manager.sites(), manager.url, tmp_path_factory.mktemp(manager.name), scenarios=scenarios)


def test_both_layers_are_read(seen: tuple[Manager, TargetResult]) -> None:
    manager, target = seen
    for surface, buttons in (("banner", manager.banner), ("preferences", manager.preferences)):
        shown = [d for d in target.facts.on(surface) if d.visible]  # type: ignore[arg-type]
        found = {c.text: c.purpose for dialog in shown for c in dialog.controls}
        assert {words: found.get(words) for words in buttons} == dict(buttons), surface


def test_every_category_with_its_state(seen: tuple[Manager, TargetResult]) -> None:
    manager, target = seen
    read = {c.name: c for dialog in target.facts.on("preferences", "banner") for c in dialog.categories}
    for name, known in manager.categories.items():
        category = read[name]
        assert (category.kind, category.always_active) == (known.kind, known.always_active), name
        if not known.always_active:
            assert category.toggle == known.toggle, name


def test_opted_out_and_verified(seen: tuple[Manager, TargetResult]) -> None:
    manager, target = seen
    choice = target.facts.choice("opt-out")
    assert choice is not None
    assert choice.completed, choice.stopped_because
    assert choice.record_changed or choice.dialog_gone
    steps = {path.goal: path for path in target.facts.paths}
    # An opt-out is counted from the click on the link on, which is therefore no step itself.
    counted = [words for words in manager.opt_out if words != manager.opens]
    assert [step.text for step in steps["opt-out"].steps if step.counts] == counted
    outcomes = {one.rule: one.outcome for one in target.results}
    assert outcomes["optout-effective-trackers"] == "passed"


def test_global_privacy_control(seen: tuple[Manager, TargetResult]) -> None:
    manager, target = seen
    outcomes = {one.rule: one.outcome for one in target.results}
    assert outcomes["gpc-honored-trackers"] == ("passed" if manager.honours_gpc else "failed")
