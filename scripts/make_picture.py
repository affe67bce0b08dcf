"""Take the README's picture, ``docs/report.png``: the first screen of the report that ``make demo`` leaves in build/demo.

Usage: make demo, then: python scripts/make_picture.py build/demo/index.html
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from consentcheck.capture import find_browser

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "report.png"


def main(page: Path) -> None:
    """Take it at a modest size, so that the README loads quickly."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1180, "height": 900}, color_scheme="light")
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(PICTURE.parents[1])}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
