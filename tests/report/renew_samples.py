"""Write the golden reports anew: ``python -m tests.report.renew_samples``. Look at the difference before you keep it."""

from __future__ import annotations

from pathlib import Path

from consentcheck.report import FORMATS, write
from tests.report.sample import HOST, RESULT

FOLDER = Path(__file__).resolve().parents[2] / "reports" / "samples" / HOST

if __name__ == "__main__":
    for path in write(RESULT, FOLDER, FORMATS):
        print(path.relative_to(FOLDER.parents[2]))
