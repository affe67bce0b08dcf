"""What every decoder of a signal returns, and the bits that the IAB strings are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

FieldValue = str | int | bool | None

MAX_LENGTH = 16_384
"""Characters of a signal that are looked at; the longest honest string (a TCF vendor list) has about 6,000."""

_BASE64URL = {
    letter: index for index, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}


@dataclass(frozen=True)
class Decoded:
    """A signal, decoded. ``says_opted_out``: of sale or sharing; None where it is silent, malformed or not about it."""

    meaning: str
    says_opted_out: bool | None = None
    valid: bool = True
    fields: dict[str, FieldValue] = field(default_factory=dict)


def malformed(what: str, why: str) -> Decoded:
    """A string that is not what it claims to be."""
    return Decoded(meaning=f"Not a valid {what}: {why}.", valid=False)


class Truncated(ValueError):
    """A string that ends before its fields do, or holds what cannot be one."""


class Bits:
    """A base64url string read bit by bit. Raises Truncated."""

    def __init__(self, text: str) -> None:
        self._bits = ""
        self._at = 0
        if len(text) > MAX_LENGTH:
            raise Truncated("longer than any such string is")
        try:
            self._bits = "".join(f"{_BASE64URL[letter]:06b}" for letter in text)
        except KeyError as error:
            raise Truncated(f"{error.args[0]!r} is not a base64url letter") from None

    def left(self) -> int:
        """Bits that were not read yet."""
        return len(self._bits) - self._at

    def integer(self, width: int) -> int:
        """The next ``width`` bits as a number."""
        if self.left() < width:
            raise Truncated("the string ends too early")
        self._at += width
        return int(self._bits[self._at - width : self._at] or "0", 2)

    def flag(self) -> bool:
        """The next bit."""
        return self.integer(1) == 1

    def letters(self, count: int) -> str:
        """``count`` letters of six bits each, ``A`` being 0."""
        return "".join(chr(ord("A") + self.integer(6)) for _ in range(count))

    def fibonacci(self) -> int:
        """The next number in Fibonacci coding (ended by two ones)."""
        value, one, two, before = 0, 1, 2, False
        for _ in range(32):
            bit = self.flag()
            if bit and before:
                return value
            value += one if bit else 0
            one, two, before = two, one + two, bit
        raise Truncated("a Fibonacci number has no end")


def json_value(raw: str) -> Any:
    """The JSON object or list in ``raw``; None if there is none."""
    if len(raw) > 1_000_000 or not raw.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def json_object(raw: str) -> dict[str, Any]:
    """The JSON object in ``raw``; empty if there is none."""
    value = json_value(raw)
    return value if isinstance(value, dict) else {}


def plain(value: object) -> FieldValue:
    """A JSON value as a field: lists joined by commas, other structures left out."""
    if isinstance(value, list):
        return ",".join(str(item) for item in value[:200] if isinstance(item, str | int))
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)[:500] if isinstance(value, str | float) else None


def combined(answers: list[bool | None]) -> bool | None:
    """One answer of several: False if any says that there is no opt-out, True if some say there is, None if all are silent."""
    said = [answer for answer in answers if answer is not None]
    return all(said) if said else None
