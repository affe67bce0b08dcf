"""Who is said to receive data."""

from __future__ import annotations

import pytest

from consentcheck.checks.partners import said_to_share
from consentcheck.model.facts import Dialog, Facts, Passage


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "We share what you read with our social media, advertising and analytics partners.",
            {"social", "advertising", "analytics"},
        ),
        ("We don’t share anything with advertising partners.", set()),
        ("Share this story on social media.", set()),
        ("We use analytics and share the results with our partners.", set()),
        ("Our advertising and analytics partners also receive what you read.", {"advertising", "analytics"}),
        ("Our advertising partners do not receive it.", set()),
        ("Information is provided to advertising networks.", {"advertising"}),
    ],
)
def test_said_to_share(text: str, kinds: set[str]) -> None:
    facts = Facts(dialogs=(Dialog(surface="banner", passages=(Passage(text=text),)),))
    assert set().union(*(sharing.kinds for sharing in said_to_share(facts))) == kinds
