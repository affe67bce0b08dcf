"""Whether the privacy policy can be found, is current, and tells what it must."""

from __future__ import annotations

from collections.abc import Iterator

from consentcheck.checks.prose import quoted
from consentcheck.checks.registry import Case, NoParams, check
from consentcheck.model.base import Where
from consentcheck.model.facts import Link
from consentcheck.model.result import Observation


def link_where(link: Link) -> Where:
    """Where a link stands, quoting its words."""
    return link.where if link.where.quote else quoted(link.where, link.text)


@check("policy-is-linked", NoParams)
def policy_is_linked(case: Case, _params: NoParams) -> Iterator[Observation]:
    """A link to the privacy policy that can be seen, and that stays when the dialog is closed."""
    links = [link for link in case.facts.links if link.kind == "privacy-policy"]
    shown = [link for link in links if link.visible is not False]
    lasting = [link for link in shown if link.placement not in ("banner", "dialog")]
    if lasting:
        yield Observation(outcome="passed", data={"text": lasting[0].text})
    elif shown:
        yield Observation(outcome="cantTell", where=(link_where(shown[0]),), key="dialog only")
    else:
        where = tuple(link_where(link) for link in links[:3])
        yield Observation(outcome="failed", variant="hidden" if links else "none", where=where, key="no policy link")
