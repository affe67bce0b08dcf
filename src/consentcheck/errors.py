"""Every exception the package raises on purpose.

    ConsentcheckError
    ├── UsageError              the call or the configuration is wrong            exit 2
    ├── RuleError               a rule file is wrong; says path:line              exit 2
    ├── EvidenceError           evidence is missing, altered or unreadable        exit 3
    └── CaptureError            a page could not be captured; carries a code      exit 3
        └── BrowserMissing      no usable browser on this machine                 exit 3

Anything else that escapes is a defect of ours and is reported as one.
"""

from __future__ import annotations


class ConsentcheckError(Exception):
    """Base of all expected errors; its text is one sentence for the user."""


class UsageError(ConsentcheckError):
    """The command line or the configuration is wrong; nothing was scanned."""


class RuleError(ConsentcheckError):
    """A rule file is wrong. ``path`` and ``line`` (1-based) say where."""

    def __init__(self, message: str, path: str, line: int | None = None) -> None:
        self.path = path
        self.line = line
        self.message = message
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")


class EvidenceError(ConsentcheckError):
    """Evidence is missing, altered or unreadable; the text names the file."""


class CaptureError(ConsentcheckError):
    """A page could not be captured. ``code`` is one of ``model.evidence.ProblemCode``."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class BrowserMissing(CaptureError):
    """No usable browser was found; the text says what to type."""

    def __init__(self, message: str) -> None:
        super().__init__("browser-missing", message)
