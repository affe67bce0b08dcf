"""Whether the notices that must stand beside the policy are there."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.policy import link_where
from consentcheck.checks.prose import first_match
from consentcheck.checks.registry import ENGLISH, Case, NoParams, Params, check
from consentcheck.knowledge.terms import terms
from consentcheck.model.facts import Facts, Passage
from consentcheck.model.result import Observation


@check("collection-notice-is-linked", NoParams)
def collection_notice_is_linked(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A link to a notice at collection; a link to the policy's top may or may not lead to one."""
    shown = [link for link in case.facts.links if link.visible is not False]
    notices = [link for link in shown if link.kind in ("notice-at-collection", "california-rights")]
    policies = [link for link in shown if link.kind == "privacy-policy"]
    exact = [link for link in notices if link.kind == "notice-at-collection"]
    if exact or any(link.anchor for link in notices):
        yield Observation(outcome="passed", data={"text": (exact or notices)[0].text})
    elif notices or policies:
        link = (notices or policies)[0]
        yield Observation(outcome="cantTell", where=(link_where(link),), data={"text": link.text}, key="policy only")
    else:
        yield Observation(outcome="failed", key="no notice at collection")


class RightParams(Params):
    """``rights``: phrases that tell of the right; ``sharing``: phrases that show it covers sharing too."""

    rights: tuple[str, ...]
    sharing: tuple[str, ...]


@check("right-is-described", RightParams, reads_words=True, languages=ENGLISH)
def right_is_described(case: Case, params: RightParams) -> Iterator[Observation]:
    """Where the opt-out is offered, the right to it is described, for sale and for sharing."""
    prose = _notice(case.facts)
    told = first_match(prose, terms(params.rights))
    if not prose:
        yield Observation(outcome="cantTell", variant="not-seen", key="notice not seen")
    elif told is None:
        yield Observation(outcome="failed", key="right not described")
    elif any(passage.text in terms(params.sharing) for passage in prose):
        yield Observation(outcome="passed")
    else:
        yield Observation(outcome="cantTell", variant="sale-only", where=(told,), key="sale only")


def _notice(facts: Facts) -> list[Passage]:
    """What stands where the opt-out links lead, and in the layers with an opt-out."""
    prose = [passage for dialog in facts.on("opt-out-page", "preferences") for passage in dialog.prose()]
    targets = [link.target for link in facts.opt_out_links if link.target is not None]
    prose += [Passage(text=target.text, where=target.where) for target in targets if target.text]
    return prose + list(facts.page_passages)
