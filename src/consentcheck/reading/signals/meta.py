"""Meta's Limited Data Use, as it stands on requests to facebook.com/tr: ``dpo=LDU&dpoco=1&dpost=1000``.

Country 0 and state 0 let Meta find out where the visitor is; 1 and 1000 are the United States and California.
Source: Meta, "Data processing options"; it takes effect only in the states that Meta lists.
"""

from __future__ import annotations

from consentcheck.reading.signals.decoded import Decoded, FieldValue, json_value, malformed


def decode_ldu(dpo: str, dpoco: str = "", dpost: str = "") -> Decoded:
    """Meta's data processing options, decoded; ``LDU`` restricts use, anything else does not."""
    fields: dict[str, FieldValue] = {"dpo": dpo[:40], "dpoco": dpoco[:40], "dpost": dpost[:40]}
    if "LDU" not in dpo:
        return Decoded("Meta is told of no limit on data use.", says_opted_out=False, fields=fields)
    places = {"": "wherever Meta finds the visitor", "0": "wherever Meta finds the visitor", "1000": "for California"}
    place = places.get(dpost, f"for region {dpost[:8]}")
    return Decoded(f"Meta is told to limit data use, {place}.", says_opted_out=True, fields=fields)


def decode_fbq(raw: str) -> Decoded:
    """The pixel's commands (JSON): the last ``["dataProcessingOptions", ["LDU"], 1, 1000]`` counts."""
    value = json_value(raw)
    commands = (
        [item for item in value if isinstance(item, list) and item[:1] == ["dataProcessingOptions"]]
        if isinstance(value, list)
        else []
    )
    if not commands:
        return malformed("list of Meta's commands", "it sets no data processing options")
    options = commands[-1][1] if len(commands[-1]) > 1 else []
    names = [str(option) for option in options] if isinstance(options, list) else [str(options)]
    places = [str(place) for place in commands[-1][2:4]]
    return decode_ldu(",".join(names)[:40], *places)
