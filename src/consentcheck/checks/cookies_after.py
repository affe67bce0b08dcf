"""Whether advertising cookies are set or renewed once the visitor opted out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from consentcheck.checks.registry import Case, Params, check
from consentcheck.checks.sharing import unfinished
from consentcheck.model.base import Where
from consentcheck.model.facts import CookieFact
from consentcheck.model.result import Observation
from consentcheck.model.words import Scenario

_SELLING = frozenset({"advertising", "social"})


class CookieParams(Params):
    """``scenario`` that is judged."""

    scenario: Scenario


@check("ad-cookies-stop", CookieParams)
def ad_cookies_stop(case: Case, params: CookieParams) -> Iterator[Observation]:
    """No advertising cookie is new or renewed after the choice. One that is merely left behind is for a person to judge."""
    if stopped := unfinished(case, params.scenario):
        yield stopped
        return
    cookies = [
        c for c in case.facts.cookies if c.purpose in _SELLING and c.storage == "cookie" and not c.opt_out_record
    ]
    before = [cookie for cookie in cookies if cookie.scenario == "first-visit"]
    after = [cookie for cookie in cookies if cookie.scenario == params.scenario]
    for cookie in after:
        if cookie.after_choice:
            sure = cookie.purpose_certain or cookie.party == "third"
            outcome: Literal["failed", "cantTell"] = "failed" if sure else "cantTell"
            yield _said(outcome, None if sure else "uncertain", cookie)
    stale = [cookie for cookie in after if not cookie.after_choice]
    if stale:
        names = ", ".join(sorted({cookie.name for cookie in stale})[:8])
        where = tuple(_where(cookie) for cookie in stale[:6])
        yield Observation(outcome="cantTell", variant="left", where=where, data={"names": names}, key="left behind")
    if before and not after:
        yield Observation(outcome="passed", data={"count": str(len({cookie.name for cookie in before}))})


def _said(outcome: Literal["failed", "cantTell"], variant: str | None, cookie: CookieFact) -> Observation:
    data = {
        "name": cookie.name,
        "domain": cookie.domain or "the site",
        "owner": f" ({cookie.owner})" if cookie.owner else "",
        "setter": f", by {cookie.setter}" if cookie.setter else "",
    }
    key = f"{cookie.name} {cookie.domain}"
    return Observation(outcome=outcome, variant=variant, where=(_where(cookie),), data=data, key=key)


def _where(cookie: CookieFact) -> Where:
    return cookie.where.model_copy(update={"quote": cookie.where.quote or cookie.name, "scenario": cookie.scenario})
