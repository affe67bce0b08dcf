"""Texts that a crawler wrote as Markdown: its marks are taken out, so that the words can be read as any text's."""

from __future__ import annotations

import re

_TELLING = re.compile(
    r"^[ \t]{0,40}(?:[*+-][ \t]{1,4}#{1,6}|#{1,2}|#{4,6})[ \t]|\][(]|^(?:-{4,200}|={4,200})$", re.MULTILINE
)
"""What no plain text has. Three ``#`` alone are also what scrapers put between layers."""
_BLOCK = re.compile(
    r"^[ \t]{0,40}(?:(?:[*+-]|\d{1,3}\.)[ \t]{1,4}(?:#{1,6}[ \t]{1,4})?|#{1,6}[ \t]{1,4})", re.MULTILINE
)
_UNDERLINE = re.compile(r"^(?:-{3,200}|={3,200})[ \t]{0,9}$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_BOLD = re.compile(r"^([ \t]{0,40})\*\*([^*\n]{1,200})\*\*", re.MULTILINE)
_TARGET = r"\]\([^)\n]{0,2000}\)"
_NAME = r"(?:[^\[\]\n]|\[[^\[\]\n]{0,100}\]){0,300}"
_LINK = re.compile(
    rf"(?:^|(?<=  ))\[(?P<first>{_NAME}){_TARGET}|\[(?P<last>{_NAME}){_TARGET}[ \t]{{0,9}}$", re.MULTILINE
)
"""Links that stand at a line's beginning or end; within a sentence they stay, or it would be cut."""
_GAP = "  "
"""What parts elements in a text."""


def without_marks(text: str) -> str:
    """The same lines without the marks of Markdown; a text that is none stays as it is. Linear in its length.

    >>> without_marks("## Cookies\\n* ### Performance\\n[Settings](#)")
    '  Cookies\\n  Performance\\n  Settings  '
    """
    if not _TELLING.search(text):
        return text
    for marks in (_UNDERLINE, _IMAGE, _BLOCK):
        text = marks.sub(_GAP, text)
    text = _BOLD.sub(rf"\1{_GAP}\2{_GAP}", text)
    return _LINK.sub(lambda found: f"{_GAP}{found['first'] or found['last'] or ''}{_GAP}", text)
