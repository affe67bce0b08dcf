"""``consentcheck schema``: JSON Schemas, for editors and clients."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from consentcheck.cli.config import Config
from consentcheck.cli.console import guarded
from consentcheck.model.rule import Rule
from consentcheck.report.schema import report_schema


@guarded
def schema(
    what: Annotated[Literal["report", "config", "rule"], typer.Argument(help="Which schema.")],
) -> None:
    """Print a JSON Schema: of report.json, of the configuration, or of a rule file."""
    match what:
        case "report":
            made = report_schema()
        case "config":
            made = _described(Config.model_json_schema(by_alias=True), "config")
        case "rule":
            made = _described(Rule.model_json_schema(), "rule")
    typer.echo(json.dumps(made, indent=2))


def _described(schema: dict[str, object], name: str) -> dict[str, object]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"consentcheck/{name}/1", **schema}
