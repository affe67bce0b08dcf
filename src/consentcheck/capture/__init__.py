"""The only code that knows the browser: it records what a site shows and does, and never judges."""

from consentcheck.capture.browser import find_browser
from consentcheck.capture.doctor import DoctorFinding, doctor
from consentcheck.capture.install import install_browser
from consentcheck.capture.pdf import print_pdf
from consentcheck.capture.run import capture
from consentcheck.capture.settings import DEFAULT_SCENARIOS, WATCH, CaptureSettings

__all__ = [
    "DEFAULT_SCENARIOS",
    "WATCH",
    "CaptureSettings",
    "DoctorFinding",
    "capture",
    "doctor",
    "find_browser",
    "install_browser",
    "print_pdf",
]
