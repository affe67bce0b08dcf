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
    body = body.removeprefix("\ufeff")  # as a browser that reads JSON does
    where = where.model_copy(update={"quote": " ".join(body[:2000].split())[:200] or None})
    try:
        value = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        return WellKnownGpc(status=status, valid=False, is_page=body.lstrip()[:1] == "<", where=where)
    said = value.get("gpc") if isinstance(value, dict) else None
    if not isinstance(said, bool):
        return WellKnownGpc(status=status, valid=False, where=where)
    return WellKnownGpc(status=status, valid=True, gpc=said, where=where)
