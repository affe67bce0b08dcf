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
        assert set(row) <= {"all", "none", "near", "ordered"}
        assert row["all"], "a pattern needs a group"
        for group in (*row["all"], row.get("none", [])):
            assert not isinstance(group, str) or group in DATA["words"]
            for phrase in [] if isinstance(group, str) else group:
                named = phrase.startswith("=")
                assert phrase[1:] in DATA["words"] if named else phrase == phrase.casefold() and "-" not in phrase


@pytest.mark.parametrize("name", DATA["words"])
def test_each_list_holds_phrases(name: str) -> None:
    assert all(phrase == phrase.casefold() and "-" not in phrase for phrase in DATA["words"][name])


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
        ("verify-demand", "Your opt-out takes effect once you click the link that we mail."),
        ("verify-demand", "Enter the one-time code that we text to you."),
        ("verify-demand", "Please attach a copy of a government-issued ID."),
        ("loss-framing", "Saying no may affect your experience."),
        ("shaming", "No thanks, I hate saving money"),
        ("double-negative", "Untick the box if you do not want us to sell."),
        ("bundled-consent", "By continuing you accept our terms and targeted advertising."),
        ("minors-opt-in", "We ask a parent of anyone under 16 for permission."),
        ("shares-for-ads", "Details of your visits are also passed on to our ad and social network partners."),
        ("split-request", "Please also complete the form, to stop us from selling what our customer files hold."),
        ("split-request", "A separate opt-out is needed for information that we sell offline."),
        ("split-request", "This does not cover the sale of data gathered in other ways: send us the form for that."),
        ("scope-limit", "You must opt out on each browser and device that you use."),
        ("scope-limit", "Your choice is stored in this browser alone."),
        ("loss-framing", "Your experience will be worse without them."),
        ("loss-framing", "You’ll see annoying ads instead."),
        ("shaming", "No, I don’t support local news"),
        ("double-negative", "Switch this off if you don’t want us to not sell your data."),
        ("double-negative", "Do not leave this unchecked if you do not want your data sold."),
        ("denies-opt-out", "Users are unable to opt out of these."),
        ("denies-opt-out", "We do not offer a way to turn these cookies off."),
        ("denies-opt-out", "An opt-out isn’t available for these."),
        ("denies-opt-out", "They must remain on."),
        ("denies-personal-data", "None of this is considered personal information."),
        ("denies-personal-data", "They don’t reveal who you are."),
        ("denies-personal-data", "Information is collected anonymously."),
        ("singles-out", "Each browser is given a random number."),
        ("singles-out", "A pseudonymous ID is kept."),
        ("denies-sale", "Its use does not qualify as a “sale”."),
        ("denies-sale", "No sale of information takes place."),
        ("denies-sale", "The data is never sold."),
        ("absolute-promise", "No one else will get your data."),
        ("absolute-promise", "None of your information will be disclosed."),
        ("absolute-promise", "We won’t pass it on to anyone."),
        ("tracks-across-sites", "They follow you from site to site."),
        ("tracks-across-sites", "They can record what you do on other websites."),
        ("denies-tracking", "You won’t be followed across the web."),
        ("denies-tracking", "Your activity is not tracked on other sites."),
        ("cites-old-regulations", "See section 999.315 of the regulations."),
    ],
)
def test_says(kind: str, text: str) -> None:
    assert statements.says(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("split-request", "You do not need to submit a separate request to opt out of our lists."),
        ("split-request", "An agent may submit a request to opt out for you; see our page for additional details."),
        ("split-request", "If you use other devices, make this opt-out request on each of them."),
        ("verify-demand", "No proof of identity is needed."),
        ("request-elsewhere", "To opt out of such ads, visit the DAA page."),
        ("denies-opt-out", "You cannot opt out of necessary cookies, but these you may refuse."),
        ("denies-opt-out", "Even if you opt out, ads are shown."),
        ("denies-opt-out", "You will not be able to opt out of seeing ads altogether."),
        ("denies-opt-out", "Should you not opt out, advertisers receive data."),
        ("denies-personal-data", "We do not keep personal information longer than needed."),
        ("denies-personal-data", "If you opt out, we do not allow others to collect your personal information."),
        ("denies-sale", "If you opt out, your data will not be sold."),
        ("denies-sale", "You may opt out of the sale."),
        ("absolute-promise", "We never share it except with those listed here."),
        ("absolute-promise", "Tell us never to sell it to anyone."),
        ("tracks-across-sites", "Track your order across our sites."),
        ("denies-tracking", "We do not respond to Do Not Track signals across sites."),
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
