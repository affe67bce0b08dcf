"""Makes captured text fit to be shown: what hides or reorders text becomes visible, what is endless is cut.

Escaping for a format (HTML, Markdown, XML) is each writer's own; this comes before it.
"""

from __future__ import annotations

import re

LIMIT = 5_000
"""Characters of one captured string that a report shows."""

_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls but tab, line feed and carriage return
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # zero-width and interlinear characters
    "\ufffe\uffff\ud800-\udfff"  # what XML cannot hold and UTF-8 cannot encode
    "\U000e0000-\U000e007f"  # invisible tag characters
    "]"
)


def shown(text: str, limit: int = LIMIT) -> str:
    """The text with hidden and reordering characters spelt out (``⟦U+202E⟧``), cut to ``limit`` with a note."""
    cut = len(text) - limit
    kept = _HIDDEN.sub(lambda match: f"⟦U+{ord(match[0]):04X}⟧", text[:limit])
    return f"{kept} … [cut: {cut:,} more characters]" if cut > 0 else kept


def one_line(text: str, limit: int = 300) -> str:
    """For labels and cells: as `shown`, white space folded to single spaces, and an ellipsis for what was cut."""
    folded = " ".join(text[: limit * 8].split())
    return shown(folded[:limit], LIMIT) + (" …" if len(folded) > limit or len(text) > limit * 8 else "")


def web_address(url: str | None) -> str | None:
    """The address if a reader may follow it (http or https), else None; never ``javascript:`` and its like."""
    return url if url and re.match(r"https?://[^\s\"'<>\\]+$", url) else None


def slug(text: str) -> str:
    """A file name of our own made of what the text says: letters, digits, dots and hyphens, at most 60, never empty."""
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()[:200]).strip("-.")[:60].strip("-.") or "target"
