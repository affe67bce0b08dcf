"""How strongly a layer puts a choice: the size and colour of its buttons, and whether it blocks the page."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.layers import at, layers, listed, unique, with_purpose
from consentcheck.checks.looks import area, contrast
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.model.facts import Control, Dialog, Look
from consentcheck.model.result import Observation


class ProminenceParams(Params):
    """From which ratio a bigger ``yes`` needs review, and from which it fails."""

    review_ratio: float = 1.1
    fail_ratio: float = 1.25
    contrast_gap: float = 3.0


@check("choices-equally-prominent", ProminenceParams)
def choices_equally_prominent(case: Case, params: ProminenceParams) -> Iterator[Observation]:
    """Compares the strongest accept button with the strongest decline button of each layer."""
    for dialog in layers(case.facts, "banner", "preferences", "opt-out-page"):
        accept = _strongest(with_purpose(dialog, "accept-all"))
        decline = _strongest(with_purpose(dialog, "decline-all"))
        if accept and decline:
            yield _compare(dialog, accept, decline, params)


def _strongest(controls: tuple[Control, ...]) -> Control | None:
    seen = [control for control in controls if control.look and control.look.box]
    return max(seen, key=lambda control: area(control.look or Look()) or 0, default=None)


def _compare(dialog: Dialog, accept: Control, decline: Control, params: ProminenceParams) -> Observation:
    where = unique([at(accept, dialog), at(decline, dialog)])
    yes, no = accept.look or Look(), decline.look or Look()
    ratio = _ratio(area(yes), area(no))
    letters = _ratio(yes.font_size, no.font_size)
    larger = max(ratio, letters)
    gap = _stands_out(dialog, yes) - _stands_out(dialog, no)
    data = {"accept": accept.text, "decline": decline.text, "ratio": f"{larger:.2f}", "gap": f"{gap:.1f}"}
    key = f"{dialog.surface} {accept.text} {decline.text}"
    if gap > params.contrast_gap or (_filled(dialog, yes) and not _filled(dialog, no)):
        return Observation(outcome="failed", variant="fill", where=where, data=data, key=key)
    if larger > params.fail_ratio and not (letters == 1 and _only_longer(accept, decline, params)):
        return Observation(outcome="failed", variant="size", where=where, data=data, key=key)
    if larger > params.review_ratio:
        return Observation(outcome="cantTell", variant="size", where=where, data=data, key=key)
    return Observation(outcome="passed", where=where, data=data)


def _only_longer(accept: Control, decline: Control, params: ProminenceParams) -> bool:
    """Whether the one button is larger only because its words are longer: as high as the other, and no wider for each letter."""
    yes, no = (control.look.box if control.look else None for control in (accept, decline))
    if not yes or not no or not decline.text:
        return False
    wider, longer = _ratio(yes[2], no[2]), len(accept.text) / len(decline.text)
    return _ratio(yes[3], no[3]) <= params.review_ratio and wider <= max(longer, 1.0) * params.review_ratio


def _ratio(one: float | None, other: float | None) -> float:
    return one / other if one and other else 1.0


def _stands_out(dialog: Dialog, look: Look) -> float:
    """Contrast of a button's fill with the layer behind it; 1 where either is not known."""
    return contrast(look.background, dialog.look.background if dialog.look else None) or 1.0


def _filled(dialog: Dialog, look: Look) -> bool:
    """Whether the button has a fill of its own that can be told from the layer."""
    return _stands_out(dialog, look) > 1.3


class WallParams(Params):
    """``paying``: words of buttons that offer payment instead of consent."""

    paying: tuple[str, ...] = ()


@check("no-consent-wall", WallParams)
def no_consent_wall(case: Case, params: WallParams) -> Iterator[Observation]:
    """A layer that covers the page and takes agreement also takes a refusal."""
    for dialog in layers(case.facts, "banner", "preferences"):
        accepts = with_purpose(dialog, "accept-all")
        if not accepts or dialog.blocks_page is None:
            continue
        data = {"accept": listed(control.text for control in accepts)}
        where = unique(at(control, dialog) for control in accepts)
        ways_out = with_purpose(dialog, "decline-all", "close", "later")
        pays = any(word in control.text.casefold() for control in dialog.controls for word in params.paying)
        if not dialog.blocks_page or ways_out:
            yield Observation(outcome="passed", where=where, data=data)
        elif pays:
            yield Observation(outcome="cantTell", variant="pay", where=where, data=data, key=data["accept"])
        elif with_purpose(dialog, "settings", "save"):
            yield Observation(outcome="cantTell", variant="settings", where=where, data=data, key=data["accept"])
        else:
            yield Observation(outcome="failed", where=where, data=data, key=data["accept"])


@check("button-order-kept", NoParams)
def button_order_kept(case: Case, _params: NoParams) -> Iterator[Observation]:
    """Accepting and declining stand in the same order on every layer that has both."""
    pairs: list[tuple[Dialog, tuple[Control, ...]]] = []
    for dialog in layers(case.facts, "banner", "preferences", "opt-out-page"):
        accepts, declines = with_purpose(dialog, "accept-all"), with_purpose(dialog, "decline-all")
        if accepts and declines:
            pairs.append((dialog, with_purpose(dialog, "accept-all", "decline-all")))
    orders = {pair[0].purpose for _dialog, pair in pairs}
    if len(orders) > 1:
        where = unique(at(control, dialog) for dialog, pair in pairs for control in pair)
        yield Observation(outcome="cantTell", variant="flipped", where=where, key="order")
    elif len(pairs) > 1:
        yield Observation(outcome="passed")
