"""``/.well-known/gpc.json``: a site's own statement that it abides by Global Privacy Control. It is optional (W3C GPC)."""

from __future__ import annotations

import json

from consentcheck.model.base import Where
from consentcheck.model.facts import WellKnownGpc


def read_gpc_json(status: int | None, body: str, url: str = "") -> WellKnownGpc:
    """The statement. ``status``: HTTP status, None when it could not be fetched; ``valid`` is None without a body to judge."""
    where = Where(request=url or None)
    if status != 200:
        return WellKnownGpc(status=status, where=where)
    try:
        value = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return WellKnownGpc(status=status, valid=False, where=where)
    said = value.get("gpc") if isinstance(value, dict) else None
    where = where.model_copy(update={"quote": " ".join(body.split())[:200]})
    if not isinstance(said, bool):
        return WellKnownGpc(status=status, valid=False, where=where)
    return WellKnownGpc(status=status, valid=True, gpc=said, where=where)
