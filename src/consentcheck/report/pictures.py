"""Screenshots of the evidence as pictures inside the page, each embedded once and shown in crops."""

from __future__ import annotations

import base64
import struct
from dataclasses import dataclass, field
from pathlib import Path

LIMIT = 6 * 1024 * 1024
"""Bytes of the largest picture that is embedded."""

_LEAST = 360
"""Width in pixels of the narrowest crop."""

_PNG = b"\x89PNG\r\n\x1a\n"
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """An embedded screenshot. ``width`` and ``height`` in its own pixels."""

    id: str
    data: str
    """Base64 of the PNG file."""
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """A box drawn over a picture, with a number where there are several."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True)
class View:
    """A crop of a picture with what is marked on it; or, without a picture, why there is none."""

    picture: Picture | None
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    marks: tuple[Mark, ...] = ()
    missing: str = ""


@dataclass
class Album:
    """The pictures of one page, read from one evidence folder; the same file is embedded once."""

    folder: Path | None
    _read: dict[str, Picture | str] = field(default_factory=dict)

    @property
    def pictures(self) -> list[Picture]:
        """All pictures that are shown somewhere."""
        return [picture for picture in self._read.values() if isinstance(picture, Picture)]

    def view(
        self, name: str | None, boxes: list[tuple[Box, str]], margin: float = 60, around: Box | None = None
    ) -> View | None:
        """The part of a screenshot about ``around``, else about the boxes, else its top; None without a name."""
        if not name:
            return None
        found = self._picture(name)
        if isinstance(found, str):
            return View(None, missing=found)
        marks = tuple(_mark(box, label, found) for box, label in boxes if _inside(box, found))
        framed = (_mark(around, "", found),) if around and _inside(around, found) else marks
        if not framed:
            return View(found, 0, 0, found.width, min(found.height, round(found.width * 0.7)), marks)
        left = max(0.0, min(mark.x for mark in framed) - margin)
        top = max(0.0, min(mark.y for mark in framed) - margin)
        right = min(found.width, max(mark.x + mark.width for mark in framed) + margin)
        bottom = min(found.height, max(mark.y + mark.height for mark in framed) + margin)
        width, height = min(found.width, max(right - left, _LEAST)), min(found.height, max(bottom - top, _LEAST / 2))
        left, top = min(left, found.width - width), min(top, found.height - height)
        return View(found, round(left, 1), round(top, 1), round(width, 1), round(height, 1), marks)

    def _picture(self, name: str) -> Picture | str:
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> Picture | str:
        if self.folder is None:
            return "The evidence folder was not given, so the picture is not shown."
        data = _read(self.folder.resolve(), name)
        if isinstance(data, str):
            return data
        if len(data) < 24 or not data.startswith(_PNG):
            return "The picture is not a PNG file."
        width, height = struct.unpack(">II", data[16:24])
        if not (0 < width <= 100_000 and 0 < height <= 100_000):
            return "The picture is damaged."
        return Picture(f"shot-{len(self._read) + 1}", base64.b64encode(data).decode("ascii"), width, height)


def _read(folder: Path, name: str) -> bytes | str:
    """A file of the folder, never of any other; or why it could not be read."""
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            return "The picture is missing from the evidence."
        if path.stat().st_size > LIMIT:
            return "The picture is too large to be shown here; it is in the evidence folder."
        return path.read_bytes()
    except (OSError, ValueError):
        return "The picture could not be read."


def _inside(box: Box, picture: Picture) -> bool:
    x, y, width, height = box
    return width > 0 and height > 0 and x < picture.width and y < picture.height and x + width > 0 and y + height > 0


def _mark(box: Box, label: str, picture: Picture) -> Mark:
    left, top = max(0.0, box[0]), max(0.0, box[1])
    right, bottom = min(picture.width, box[0] + box[2]), min(picture.height, box[1] + box[3])
    return Mark(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1), label)
