"""``python -m consentcheck``."""

from consentcheck.cli import main

main()
