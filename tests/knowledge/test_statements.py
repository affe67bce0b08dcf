"""What sentences are taken to say, and what they are not."""

from __future__ import annotations

import time
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.knowledge import statements

DATA = yaml.safe_load(resources.files("consentcheck.knowledge").joinpath("statements.yaml").read_text("utf-8"))


@pytest.mark.parametrize("kind", DATA["statements"])
def test_each_row_has_its_form(kind: str) -> None:
    for row in DATA["statements"][kind]:
        assert set(row) <= {"all", "none", "near"}
        assert row["all"], "a pattern needs a group"
        for group in (*row["all"], row.get("none", [])):
            phrases = DATA["words"][group] if isinstance(group, str) else group
            assert all(
                isinstance(phrase, str) and phrase == phrase.casefold() and "-" not in phrase for phrase in phrases
            )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("shares-for-ads", "We disclose identifiers to advertising networks and other partners."),
        ("ads-elsewhere", "Partners may use them to show adverts on other websites."),
        ("opt-out-of-sale", "You have the right to opt-out of the sale of your data."),
        ("opt-out-of-sharing", "You may opt out of selling and sharing here."),
        ("split-request", "To opt out of our mailing lists, fill in the form on our request page."),
        ("scope-limit", "This setting applies only to this browser."),
        ("account-wide", "It holds on all your devices once you have logged in."),
        ("verify-demand", "Upload a copy of your driving licence."),
        ("verify-demand", "Click the link in our email to confirm your opt-out."),
        ("loss-framing", "Saying no may affect your experience."),
        ("shaming", "No thanks, I hate saving money"),
        ("double-negative", "Untick the box if you do not want us to sell."),
        ("bundled-consent", "By continuing you accept our terms and targeted advertising."),
        ("minors-opt-in", "We ask a parent of anyone under 16 for permission."),
        ("cites-old-regulations", "See section 999.315 of the regulations."),
    ],
)
def test_says(kind: str, text: str) -> None:
    assert statements.says(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("shares-for-ads", "Social plug-ins let you share our content with your friends."),
        ("shares-for-ads", "We do not share your data with advertising partners."),
        ("shares-for-ads", "The minister shared information with a partner country."),
        ("ads-elsewhere", "They count visits to this site. You may see our ads."),
        ("opt-out-of-sale", "These cookies are not used for a sale of your data."),
        ("opt-out-of-sharing", "If you opt out, you cannot use our sharing tools."),
        ("split-request", "To have your data deleted, submit a request on our deletion page."),
        ("split-request", "Use this toggle to opt out of the sale of your data."),
        ("scope-limit", "If you are not logged in, it applies only to this browser."),
        ("verify-demand", "You do not need to verify your identity."),
        ("verify-demand", "We verify the identity of anyone who asks for access."),
        ("loss-framing", "You can set your browser to block them, but the site will not work as intended."),
        ("double-negative", "You cannot opt out of strictly necessary cookies."),
        ("double-negative", "If you opt out we will not show you offers and will not pass data on."),
        ("bundled-consent", "By clicking Accept you agree to cookies for advertising."),
        ("generic-link", "Use this Know Your Rights link."),
        ("garbled", "We use certain cookies on our site."),
    ],
)
def test_does_not_say(kind: str, text: str) -> None:
    assert not statements.says(kind, text)


def test_quotes_the_words_and_the_sentence() -> None:
    text = "Welcome. You may “opt-out” of the SALE of data (in California). Bye."
    said = statements.find("opt-out-of-sale", text)
    assert said is not None
    assert said.words == "opt-out” of the SALE"
    assert said.sentence == "You may “opt-out” of the SALE of data (in California)."
    assert text[said.start :].startswith(said.sentence)


def test_web_addresses_do_not_end_a_sentence() -> None:
    assert [s.text for s in statements.sentences("See www.example.org to learn more. Then e.g. stop.")] == [
        "See www.example.org to learn more.",
        "Then e.g.",
        "stop.",
    ]


@given(st.text(max_size=300) | st.text(alphabet="sell opt-out.,’'“ \n", max_size=300))
def test_never_raises_and_quotes_only_what_is_there(text: str) -> None:
    for kind in statements.statements():
        said = statements.find(kind, text)
        if said:
            assert said.words in text
            assert said.sentence in text
    for sentence in statements.sentences(text):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text


@pytest.mark.parametrize("word", ["sell ", "opt out share data partners ads ", "a", "not ", "!”’ ", "\n"])
def test_a_hostile_text_takes_no_longer_than_its_length_allows(word: str) -> None:
    text = word * (200_000 // len(word))
    begun = time.process_time()
    for kind in ("shares-for-ads", "split-request", "double-negative"):
        statements.find(kind, text)
    assert time.process_time() - begun < 6
