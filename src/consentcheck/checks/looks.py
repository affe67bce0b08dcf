"""How controls look: colours, contrast and size, measured as WCAG 2.1 measures them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

from consentcheck.model.facts import Look

Colour = tuple[float, float, float]
_RGB = re.compile(r"rgba?\(\s*([\d.]{1,8})[\s,]+([\d.]{1,8})[\s,]+([\d.]{1,8})(?:[\s,/]+([\d.]{1,8})(%?))?\s*\)")


def colour(css: str | None) -> Colour | None:
    """A computed CSS colour as red, green and blue in 0..255; None for a picture, a transparent colour or what is not read here."""
    match = _RGB.fullmatch(css.strip()) if css and len(css) < 80 else None
    if not match:
        return None
    try:
        red, green, blue = (float(match.group(n)) for n in (1, 2, 3))
        alpha = float(match.group(4)) if match.group(4) else 1.0
    except ValueError:
        return None
    return (red, green, blue) if alpha > 0 else None


def contrast(one: str | None, other: str | None) -> float | None:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance); None where one is not known."""
    first, second = colour(one), colour(other)
    if first is None or second is None:
        return None
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (min(c, 255) / 255 for c in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def area(look: Look) -> float | None:
    """Area of the box in square CSS pixels."""
    return look.box[2] * look.box[3] if look.box else None


def median_of(values: Iterable[float | None]) -> float | None:
    """Median of the values that are known, None if none is."""
    known = [value for value in values if value is not None]
    return median(known) if known else None
