"""Data literals of scripts, read without running anything: JSON, and the JavaScript of configurations."""

from __future__ import annotations

import json
import re
from typing import Any

_DEPTH = 40
_LONGEST = 2_000_000
_SPACE = re.compile(r"(?:\s|//[^\n]{0,2000}(?:\n|$)|/\*[\s\S]{0,4000}?\*/)")
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,200}")
_NUMBER = re.compile(r"-?(?:0x[0-9a-fA-F]{1,16}|\d{1,30}(?:\.\d{0,30})?(?:[eE][+-]?\d{1,3})?|\.\d{1,30})")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None, "!0": True, "!1": False}


class _NoLiteralError(Exception):
    """What stands here is no literal."""


def read_json(text: str) -> Any:
    """The value of a JSON text, also as a callback's argument (JSONP); None when it is none."""
    body = text[:_LONGEST].strip().lstrip("\ufeff")
    if body[:1] not in {"{", "["}:
        opening = body.find("(")
        body = body[opening + 1 : body.rfind(")")] if 0 < opening < 200 else ""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_assigned(script: str, name: str) -> Any:
    """The literal that a script assigns to a name (``name = {...}`` or ``name: {...}``); None where there is none.

    >>> read_assigned("window.options = {list: ['a', 'b',], on: !0};", "options")
    {'list': ['a', 'b'], 'on': True}
    """
    at = 0
    for _ in range(20):
        at = script.find(name, at)
        if at < 0:
            return None
        at += len(name)
        following = re.compile(r"['\"]?\]?\s{0,20}[=:(]\s{0,20}(?=[\[{'\"`])").match(script, at)
        if following is not None:
            try:
                return _Reader(script[following.end() : following.end() + _LONGEST]).value(0)
            except _NoLiteralError:
                continue
    return None


class _Reader:
    """Reads one literal from the beginning of a text; nesting is bounded."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def value(self, depth: int) -> Any:
        self._skip()
        char = self._text[self._at : self._at + 1]
        if char in {"{", "["} and depth < _DEPTH:
            self._at += 1
            return self._object(depth) if char == "{" else self._array(depth)
        if char in {'"', "'", "`"}:
            return self._string()
        for word, meaning in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return meaning
        number = _NUMBER.match(self._text, self._at)
        if number is None:
            raise _NoLiteralError
        self._at = number.end()
        return int(number[0], 16) if "0x" in number[0] else float(number[0]) if "." in number[0] else _whole(number[0])

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not self._ends("}"):
            key = self._string() if self._text[self._at : self._at + 1] in {'"', "'"} else self._bare()
            self._skip()
            if self._text[self._at : self._at + 1] != ":":
                raise _NoLiteralError
            self._at += 1
            found[key] = self.value(depth + 1)
            self._comma("}")
        return found

    def _array(self, depth: int) -> list[Any]:
        found: list[Any] = []
        while not self._ends("]"):
            found.append(self.value(depth + 1))
            self._comma("]")
        return found

    def _ends(self, mark: str) -> bool:
        self._skip()
        if self._text[self._at : self._at + 1] != mark:
            return False
        self._at += 1
        return True

    def _comma(self, closing: str) -> None:
        self._skip()
        char = self._text[self._at : self._at + 1]
        if char == ",":
            self._at += 1
        elif char != closing:
            raise _NoLiteralError

    def _bare(self) -> str:
        name = _NAME.match(self._text, self._at) or _NUMBER.match(self._text, self._at)
        if name is None:
            raise _NoLiteralError
        self._at = name.end()
        return name[0]

    def _string(self) -> str:
        found = _STRING.match(self._text, self._at)
        if found is None:
            raise _NoLiteralError
        self._at = found.end()
        body = found[1] or found[2] or found[3] or ""
        return _ESCAPE.sub(_unescape, body) if "\\" in body else body

    def _skip(self) -> None:
        while (space := _SPACE.match(self._text, self._at)) is not None:
            self._at = space.end()


def _whole(digits: str) -> int | float:
    return int(digits) if digits.lstrip("-").isdigit() else float(digits)


def _unescape(escape: re.Match[str]) -> str:
    code = escape[1]
    if code[0] in "ux" and len(code) > 1:
        number = int(code.strip("ux{}"), 16)
        return chr(number) if number <= 0x10FFFF else "\ufffd"
    return _ESCAPES.get(code, code)
