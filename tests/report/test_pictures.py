from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

from consentcheck.report.pictures import Album, Mark


def _png(folder: Path, name: str = "a.png", width: int = 1280, height: int = 720) -> Path:
    path = folder / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0")
    return path


def test_a_box_is_shown_with_what_is_around_it(tmp_path: Path) -> None:
    _png(tmp_path)
    view = Album(tmp_path).view("a.png", [((600, 300, 100, 40), "1")])
    assert view is not None
    assert (view.x, view.y, view.width, view.height) == (540, 240, 360, 180)
    assert view.marks == (Mark(600, 300, 100, 40, "1"),)


def test_a_crop_stays_within_the_picture_and_so_do_marks(tmp_path: Path) -> None:
    _png(tmp_path)
    view = Album(tmp_path).view("a.png", [((1200, 690, 500, 100), ""), ((5000, 0, 10, 10), ""), ((0, 0, 0, 9), "")])
    assert view is not None
    assert view.x + view.width <= 1280
    assert view.y + view.height <= 720
    assert view.marks == (Mark(1200, 690, 80, 30),)


def test_without_a_box_the_top_is_shown(tmp_path: Path) -> None:
    _png(tmp_path, height=9000)
    view = Album(tmp_path).view("a.png", [])
    assert view is not None
    assert (view.x, view.y, view.width, view.height, view.marks) == (0, 0, 1280, 896, ())


def test_the_same_file_is_kept_once(tmp_path: Path) -> None:
    _png(tmp_path)
    album = Album(tmp_path)
    album.view("a.png", [])
    album.view("a.png", [])
    (picture,) = album.pictures
    assert base64.b64decode(picture.data) == (tmp_path / "a.png").read_bytes()
    assert album.view(None, []) is None


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("../secret.png", "The picture is missing from the evidence."),
        ("/etc/passwd", "The picture is missing from the evidence."),
        ("out.png", "The picture is missing from the evidence."),
        ("not.png", "The picture is not a PNG file."),
        ("empty.png", "The picture is not a PNG file."),
        ("vast.png", "The picture is damaged."),
        ("nul\0.png", "The picture could not be read."),
        (".", "The picture is missing from the evidence."),
    ],
)
def test_only_pictures_of_the_evidence_are_shown(tmp_path: Path, name: str, missing: str) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    _png(tmp_path, "secret.png")
    (folder / "out.png").symlink_to(tmp_path / "secret.png")
    (folder / "not.png").write_text("<svg onload=alert(1)>" * 3)
    (folder / "empty.png").touch()
    _png(folder, "vast.png", width=2_000_000_000)
    view = Album(folder).view(name, [])
    assert view is not None
    assert (view.picture, view.missing) == (None, missing)
