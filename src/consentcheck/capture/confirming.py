"""What confirms an opt-out where a site asks again: a plain yes to a question on opting out, or a button that came with the choice."""

from __future__ import annotations

from collections.abc import Iterable

from consentcheck.capture.seen import controls_of, visible_in
from consentcheck.knowledge.phrases import is_negated, plain, purpose_of
from consentcheck.knowledge.terms import sentences
from consentcheck.model.evidence import Snapshot
from consentcheck.model.facts import Control, Dialog
from consentcheck.reading.urls import page_address


def yes_to_opting_out(asking: Iterable[Dialog]) -> tuple[Dialog, Control] | None:
    """The "Yes" of a dialog that asks whether one wants to opt out; of any other question it might accept."""
    for dialog in asking:
        questions = [s for p in dialog.prose() for s in sentences(p.text) if s.endswith("?")]
        if questions and all(map(is_negated, questions)):
            for control in controls_of(dialog):
                if (
                    control.role == "button"
                    and plain(control.text)[:1] == ("yes",)
                    and control.enabled
                    and control.node
                ):
                    return dialog, control
    return None


def button_that_came(before: Snapshot, after: Snapshot) -> tuple[Dialog, Control] | None:
    """A button that opts out by its words and that the same page has only since the choice, on whatever layer it stands.

    A few words that ask whether one is sure are no consent dialog by themselves.
    """
    if page_address(before.url) != page_address(after.url):
        return None
    old = {node for node, _ in visible_in(before)}
    for node, layout in visible_in(after):
        name = layout.name or ""
        if node not in old and layout.role == "button" and not layout.disabled and purpose_of(name) == "opt-out":
            return Dialog(surface="opt-out-page"), Control(text=name, role="button", purpose="opt-out", node=node)
    return None
