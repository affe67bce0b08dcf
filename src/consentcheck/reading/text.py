"""Plain text."""

from consentcheck.model.facts import Dialog


def read_text(text: str) -> tuple[Dialog, ...]:
    return ()
