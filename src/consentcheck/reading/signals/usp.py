"""The US Privacy string (IAB CCPA framework, deprecated in favour of GPP in 2024): ``1YNN``.

Four letters: the version; whether notice and an opportunity to opt out were given; whether the consumer opted out of sale; whether the
publisher signed the Limited Service Provider Agreement. ``1---`` says that the law does not apply.
Source: IAB USPrivacy, "US Privacy String", which asks for capital letters.
"""

from __future__ import annotations

import re

from consentcheck.reading.signals.decoded import Decoded, FieldValue, malformed

_FORM = re.compile(r"1[YN-]{3}")
_WORDS = {"Y": "yes", "N": "no", "-": "not applicable"}


def decode_usp(raw: str) -> Decoded:
    """A US Privacy string, decoded; ``fields`` are Notice, OptOutSale and Lspa, each ``Y``, ``N`` or ``-``."""
    if not _FORM.fullmatch(raw):
        return malformed("US Privacy string", "it must be 1 and three of Y, N and -")
    notice, opted_out, lspa = raw[1], raw[2], raw[3]
    fields: dict[str, FieldValue] = {"Version": 1, "Notice": notice, "OptOutSale": opted_out, "Lspa": lspa}
    if raw == "1---":
        return Decoded("The US Privacy string says that the law does not apply to this visitor.", fields=fields)
    says = {"Y": True, "N": False, "-": None}[opted_out]
    heads = {
        True: "Opted out of sale",
        False: "Not opted out of sale",
        None: "Nothing is said about the opt-out of sale",
    }
    return Decoded(f"{heads[says]}; notice given: {_WORDS[notice]}.", says_opted_out=says, fields=fields)
