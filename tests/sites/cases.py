"""All cases, for the tests that serve or scan each of them."""

from __future__ import annotations

from tests.sites import (
    disney,
    ford,
    half_measures,
    healthline,
    honda,
    jam_city,
    playon,
    sephora,
    sling,
    ticketnetwork,
    tip_line,
    todd_snyder,
    tractor_supply,
)
from tests.sites.building import Case

_MODULES = (
    sephora,
    honda,
    todd_snyder,
    healthline,
    tractor_supply,
    sling,
    jam_city,
    disney,
    playon,
    ford,
    ticketnetwork,
    tip_line,
    half_measures,
)

CASES: dict[str, Case] = {case.name: case for module in _MODULES for case in module.CASES}
