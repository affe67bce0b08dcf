"""JSON Schema of report.json."""

from __future__ import annotations

from typing import Any

from consentcheck.report.contract import SCHEMA, Report

_SHARED: dict[str, dict[str, str]] = {
    "Where": {
        "surface": "Where the words stand.",
        "scenario": "The consent state of the visit.",
        "quote": "The words themselves.",
        "line": "Line of a text input, from 1.",
        "selector": "CSS selector in the document; shadow roots are crossed with >>>.",
        "screenshot": "Picture in the evidence folder.",
        "request": "URL of a request, shortened, without secrets.",
        "box": "x, y, width and height of the place in the picture, in CSS pixels.",
    },
    "Citation": {
        "law": "The law, the regulation or the specification.",
        "section": "Its section.",
        "url": "Where it can be read.",
        "in_force": "Since when it holds; null where that is not known or does not matter.",
        "verified": "Whether it was read there, or in a copy of it.",
    },
    "Cmp": {"name": "Its name.", "confidence": "How sure that is."},
    "Profile": {
        "regimes": "Whose laws apply.",
        "sells_or_shares": "Whether the business sells or shares personal information; auto: worked out.",
        "sensitive_pi": "Whether it uses sensitive personal information beyond the exempt purposes.",
        "has_accounts": "Whether visitors can have accounts; auto: worked out.",
        "under16": "Whether it knows of visitors under 16.",
        "frictionless": "Whether it claims the exception for frictionless processing of signals.",
        "sensitive_paths": "Path prefixes of pages on sensitive subjects.",
    },
}
"""What is said of the keys of models that the contract shares with the rest of the program."""


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the contract, as written: keys always there are required, the others may be absent."""
    schema = Report.model_json_schema(mode="serialization", by_alias=True)
    for name, keys in _SHARED.items():
        for key, text in keys.items():
            schema["$defs"][name]["properties"][key]["description"] = text
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **schema}
