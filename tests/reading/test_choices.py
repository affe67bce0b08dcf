"""Paths, choices and statuses from literal visits."""

from __future__ import annotations

import pytest

from consentcheck.model.evidence import Cookie, Document, Evidence, Jar, Layout, Readback, Snapshot, Step, Visit
from consentcheck.model.facts import Category, Choice, Control, Dialog
from consentcheck.reading.choices import read_choices, read_paths, read_statuses
from consentcheck.reading.statuses import StatusKind, status_kind

SITE = "https://www.paper.example/"


def _evidence(*visits: Visit) -> Evidence:
    return Evidence(target=SITE, kind="live", visits=visits)


def _click(purpose: str, **more: object) -> Step:
    return Step.model_validate({"action": "click", "purpose": purpose, **more})


def test_the_click_on_the_link_begins_the_count_of_an_opt_out() -> None:
    out = Visit(
        scenario="opt-out",
        completed=True,
        steps=(
            _click("opt-out", surface="page", text="Your Privacy Choices"),
            Step(action="toggle", purpose="toggle", text="Sale of personal data"),
            _click("save", text="Confirm My Choices"),
            Step(action="reload", counts=False),
            _click("settings", text="Cookie settings", counts=False),
        ),
        readback=Readback(toggles={"Sale of personal data": False}),
    )
    accept = Visit(
        scenario="accept-all", completed=True, steps=(_click("accept-all", surface="banner", text="Allow All"),)
    )
    paths = {path.goal: path for path in read_paths(_evidence(out, accept))}
    assert {goal: path.count for goal, path in paths.items()} == {"opt-out": 2, "accept": 1}
    assert [step.text for step in paths["opt-out"].steps] == [
        "Your Privacy Choices",
        "Sale of personal data",
        "Confirm My Choices",
    ]
    assert paths["opt-out"].verified is True
    assert paths["accept"].verified is None


def test_a_button_on_the_banner_counts() -> None:
    out = Visit(
        scenario="opt-out",
        completed=True,
        steps=(_click("settings", surface="banner"), _click("decline-all", surface="preferences")),
    )
    assert read_paths(_evidence(out))[0].count == 2


def test_a_toggle_that_came_back_is_not_verified() -> None:
    out = Visit(
        scenario="opt-out",
        completed=True,
        steps=(_click("save"),),
        readback=Readback(
            toggles={"Targeted advertising": True, "Functional": True}, reopened=True, record_changed=True
        ),
    )
    assert read_paths(_evidence(out))[0].verified is False
    (choice,) = read_choices(_evidence(out), ())
    assert choice.sale_toggles == {"Targeted advertising": True}
    assert choice.shown_off_on_reopen is False


def test_a_toggle_named_for_the_opt_out_lets_nothing_go_on_while_it_is_on() -> None:
    name = "Do Not Sell or Share My Personal Information"
    out = Visit(scenario="opt-out", completed=True, readback=Readback(toggles={name: True}, reopened=True))
    (choice,) = read_choices(_evidence(out), ())
    assert choice.sale_toggles == {name: False}
    assert choice.shown_off_on_reopen


def test_sale_toggles_go_by_the_kind_of_their_category() -> None:
    dialog = Dialog(
        surface="preferences",
        categories=(Category(name="Partners", kind="sale"), Category(name="Marketing of our own", kind="functional")),
    )
    visit = Visit(scenario="opt-out", readback=Readback(toggles={"Partners": False, "Marketing of our own": True}))
    assert read_choices(_evidence(visit), (dialog,))[0].sale_toggles == {"Partners": False}


def test_what_could_not_be_finished_is_said() -> None:
    visit = Visit(scenario="opt-out", completed=False, stopped_because="no control to decline was found")
    assert read_choices(_evidence(visit), ()) == (
        Choice(
            scenario="opt-out",
            completed=False,
            stopped_because="no control to decline was found",
            where={"scenario": "opt-out"},  # type: ignore[arg-type]
        ),
    )


def _state(scenario: str, value: str, *purposes: str, name: str = "OptanonConsent") -> Visit:
    steps = tuple(_click(purpose) for purpose in purposes)
    after = len(steps) - 1 if steps else None
    return Visit.model_validate(
        {
            "scenario": scenario,
            "final_url": SITE,
            "steps": steps,
            "snapshots": (Snapshot(id="1", moment="acted" if steps else "page", after_step=after),),
            "jars": (Jar(after="1", cookies=(Cookie(name=name, value=value, domain="www.paper.example"),)),),
        }
    )


@pytest.mark.parametrize(
    ("first", "closed", "expected"),
    [
        ("C0004:0", "C0004:1", True),
        ("C0004:0", "C0004:0", False),
        ("C0004:1", "C0004:1", None),  # on by default: nothing tells accepting from not choosing
    ],
)
def test_closing_that_leaves_the_record_of_an_acceptance(first: str, closed: str, expected: bool | None) -> None:
    evidence = _evidence(
        _state("first-visit", f"datestamp=1&groups={first}"),
        _state("accept-all", "datestamp=2&groups=C0004:1", "accept-all"),
        _state("close", f"datestamp=3&groups={closed}", "close"),
    )
    closing = next(choice for choice in read_choices(evidence, ()) if choice.scenario == "close")
    assert closing.record_says_accepted is expected


def test_a_banner_that_asks_again() -> None:
    banner = Dialog(
        surface="banner",
        scenario="revisit-after-opt-out",
        visible=True,
        controls=(Control(text="Accept", purpose="accept-all", visible=True),),
    )
    visit = Visit(scenario="revisit-after-opt-out", final_url=SITE)
    assert read_choices(_evidence(visit), (banner,))[0].prompted_again is True
    assert read_choices(_evidence(visit), (banner.model_copy(update={"visible": False}),))[0].prompted_again is False


@pytest.mark.parametrize(
    ("purposes", "expected"),
    [(("accept-all",), False), (("opt-in", "save"), True), (("toggle", "save"), None)],
)
def test_opting_back_in(purposes: tuple[str, ...], expected: bool | None) -> None:
    visit = Visit(scenario="opt-back-in", completed=True, steps=tuple(_click(purpose) for purpose in purposes))
    assert read_choices(_evidence(visit), ())[0].two_step is expected


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Opt-Out Request Honored", "honoured"),
        ("Opt-out preference signal honored.", "honoured"),
        ("Your Global Privacy Control has been applied.", "honoured"),
        ("You have opted out of the sale or sharing of your personal information.", "honoured"),
        ("If we detect a signal we will honour it, such as an opt-out preference signal.", "conditional"),
        ("Opt-out requests are processed within 15 business days.", "conditional"),
        ("Your opt-out could not be processed.", "not-honoured"),
        ("This site honors Global Privacy Control.", "conditional"),
        ("You have not opted out.", "not-honoured"),
        ("You can opt out at any time.", None),
        ("We use cookies to personalise ads.", None),
        ("The referee honoured the retired player.", None),
    ],
)
def test_status_kind(sentence: str, kind: StatusKind | None) -> None:
    assert status_kind(sentence) == kind


def test_hidden_template_nodes_are_not_visible() -> None:
    html = (
        '<html><body><div data-cc="1" class="ot-optout-signal"><span data-cc="2">Opt-Out Request Honored</span></div>'
        '<footer data-cc="3"><p data-cc="4">Opt-Out Preference Signal Honored</p></footer></body></html>'
    )

    def layout(visible: bool) -> Layout:
        return Layout(visible=visible, box=(0, 0, 10, 10) if visible else None)

    document = Document(
        url=SITE, html=html, layout={"1": layout(False), "2": layout(False), "3": layout(True), "4": layout(True)}
    )
    visit = Visit(scenario="gpc", final_url=SITE, snapshots=(Snapshot(id="0", moment="page", documents=(document,)),))
    assert [(s.text, s.visible, s.kind) for s in read_statuses(_evidence(visit))] == [
        ("Opt-Out Request Honored", False, "honoured"),
        ("Opt-Out Preference Signal Honored", True, "honoured"),
    ]
