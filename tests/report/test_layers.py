from __future__ import annotations

from consentcheck.model.base import Where
from consentcheck.model.facts import Category, Control, Dialog, Facts, Path, StepFact
from consentcheck.model.words import Scenario, Surface
from consentcheck.report.layers import layers, paths, proof, side_by_side
from consentcheck.report.pictures import Album

NO_PICTURES = Album(None)


def _dialog(surface: Surface, scenario: Scenario = "first-visit", **more: object) -> Dialog:
    return Dialog.model_validate({"surface": surface, "scenario": scenario, **more})


def test_a_layer_is_shown_once_and_its_other_scenarios_named() -> None:
    dialogs = (_dialog("banner", "gpc"), _dialog("banner"), _dialog("preferences", "opt-out"))
    found = layers(Facts(dialogs=dialogs), NO_PICTURES)
    assert [(layer.dialog.surface, layer.dialog.scenario, layer.also_in) for layer in found] == [
        ("banner", "first-visit", ("gpc",)),
        ("preferences", "opt-out", ()),
    ]


def test_controls_of_categories_are_numbered_after_the_layers_own() -> None:
    category = Category(name="Ads", controls=(Control(text="Ads", role="switch"),))
    (layer,) = layers(
        Facts(dialogs=(_dialog("banner", controls=(Control(text="OK"),), categories=(category,)),)), NO_PICTURES
    )
    assert [control.text for control in layer.controls] == ["OK", "Ads"]


def test_the_shortest_finished_way_is_shown() -> None:
    def way(text: str, count: int, completed: bool = True) -> Path:
        return Path(goal="opt-out", scenario="opt-out", steps=(StepFact(text=text),) * count, completed=completed)

    found = paths(Facts(paths=(way("long", 4), way("short", 2), way("stopped", 1, completed=False))), NO_PICTURES)
    assert found.accept is None
    assert found.opt_out is not None
    assert [step.text for step in found.opt_out.path.steps] == ["short", "short"]


def test_a_sentence_is_repeated_if_another_category_has_it() -> None:
    shared = "All of this information is grouped together."
    preferences = _dialog(
        "preferences",
        categories=(
            Category(name="Counting", description=f"We count visits to our pages. {shared} Thank you."),
            Category(name="Ads", description=f"We show you things. {shared.upper()} Thank you."),
            Category(name="Needed", description="These are needed for the site to run."),
        ),
    )
    listed = _dialog(
        "cookie-list", categories=(Category(name="needed", description="These are needed for the site to run."),)
    )
    table = side_by_side(Facts(dialogs=(preferences, listed)))
    assert table.columns == ("preferences", "cookie-list")
    marked = {
        name: [s.text for cell in cells[0] for paragraph in cell.paragraphs for s in paragraph if s.repeated]
        for name, cells in table.rows
    }
    assert marked == {"Counting": [shared], "Ads": [shared.upper()], "Needed": []}
    assert [len(cells[1]) for _, cells in table.rows] == [0, 0, 1]


def test_the_published_configuration_has_a_column_of_its_own() -> None:
    dialog = _dialog("preferences", categories=(Category(name="Ads"), Category(name="Ads", source="configuration")))
    assert side_by_side(Facts(dialogs=(dialog,))).columns == ("preferences", "configuration")


def test_an_element_without_a_box_gets_no_picture_and_a_moment_is_shown_whole() -> None:
    hidden, moment = Where(selector="#a", screenshot="a.png"), Where(screenshot="b.png")
    one, other = (Where(selector=name, screenshot="c.png", box=(0, 0, 9, 9)) for name in ("#c", "#d"))
    found = proof((hidden, moment, one, other, one), NO_PICTURES)
    assert [(view is not None, [label for label, _ in places]) for view, places in found] == [
        (False, [""]),
        (True, [""]),
        (True, ["1", "2"]),
    ]
