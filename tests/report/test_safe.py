from __future__ import annotations

import pytest

from consentcheck.report.safe import one_line, shown, slug, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text”\nof two lines", "plain “text”\nof two lines"),
        ("pay\u202etxt.exe", "pay⟦U+202E⟧txt.exe"),
        ("a\u200bb\u2066c", "a⟦U+200B⟧b⟦U+2066⟧c"),
        ("\x00\x1b[31m", "⟦U+0000⟧⟦U+001B⟧[31m"),
        ("\ud800", "⟦U+D800⟧"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_hidden_characters_are_spelt_out(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_long_text_is_cut_with_a_note() -> None:
    text = shown("x" * 1_000_000, 100)
    assert text == "x" * 100 + " … [cut: 999,900 more characters]"
    assert len(one_line("y \n" * 1_000_000)) < 400
    assert one_line("a\n\n  b\tc") == "a b c"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a.example", "https://a.example/\"onx='", "", None]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_kept() -> None:
    assert web_address("https://a.example/b?c=d#e") == "https://a.example/b?c=d#e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.Example.COM:8443", "www.example.com-8443"),
        ("../../etc/passwd", "etc-passwd"),
        ("...", "target"),
        ("例え.example", "example"),
        ("a" * 500, "a" * 60),
    ],
)
def test_file_names_are_of_our_own_letters(text: str, expected: str) -> None:
    assert slug(text) == expected
