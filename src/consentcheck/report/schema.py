"""JSON Schema of report.json."""

from __future__ import annotations

from typing import Any

from consentcheck.report.contract import SCHEMA, Report


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the contract, as written: keys always there are required, the others may be absent."""
    schema = Report.model_json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
