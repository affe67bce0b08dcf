from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [
        ("We use cookies to make our site work and to show you ads that fit your interests.", None, "en"),
        ("We use cookies to make our site work and to show you ads that fit your interests.", "de", "en"),
        ("Usamos cookies propias y de terceros para mejorar nuestros servicios y mostrarle publicidad.", "en-US", "es"),
        ("Wir verwenden Cookies, um unsere Website für Sie zu verbessern.", None, "de"),
        ("Nous utilisons des cookies pour améliorer votre expérience sur notre site.", "en", "fr"),
        ("Utilizziamo i cookie per migliorare la navigazione su questo sito e per mostrare annunci.", None, "it"),
        ("Utilizamos cookies para melhorar a sua experiência e não partilhamos os seus dados.", None, "pt"),
        ("Wij gebruiken cookies om onze website voor u te verbeteren.", None, "nl"),
        ("Мы используем файлы cookie, чтобы улучшить сайт.", None, "ru"),
        ("当サイトではクッキーを使用しています", "en", "ja"),
        ("我们使用 cookie 来改善您的体验", None, "zh"),
        ("Aceptar todas", None, "es"),
        ("Alle akzeptieren", None, "de"),
        ("OK", "fr-CA", "fr"),
        ("OK", None, "en"),
        ("", "", "en"),
        ("", "x-klingon", "en"),
        ("Cookies", "es", "es"),
        ("Marketing Analytics", "de-DE", "de"),
        ("Accept All Cookies", "en", "en"),
    ],
)
def test_language(text: str, hint: str | None, language: str):
    assert language_of(text, hint) == language


@given(st.text(max_size=400), st.none() | st.text(max_size=12))
def test_always_gives_a_code(text: str, hint: str | None):
    code = language_of(text, hint)
    assert len(code) == 2
    assert code.isascii()
