"""What the words of other links and of short notices are about: policies, rights, accounts, privacy choices."""

from __future__ import annotations

import re
from typing import Literal

from consentcheck.reading.optout_words import LONGEST_TITLE, classify_opt_out, is_california_rights, word_set, words_of

LinkKind = Literal["privacy-policy", "cookie-policy", "notice-at-collection", "california-rights", "limit", "account"]

_TELLING = re.compile(
    r"priva|cookie|collection|california|\bca\b|light|limit|log[\s-]{0,2}in|sign[\s-]{0,2}in|account|register|datos|"
    r"confidential|subscri|datenschutz"
)
"""Looked for in names without capitals, which is many times quicker than minding them."""
_STATEMENTS = word_set("policy policies notice notices statement center centre hub disclosure disclosures")
_PRIVACY_ALONE = frozenset(
    {
        "privacy", "privacy cookies", "privacy and cookies", "privacy terms", "terms privacy", "privacy and terms",
        "terms and privacy", "your privacy", "privacy security", "política de privacidad", "politica de privacidad",
        "aviso de privacidad", "datenschutz", "datenschutzerklärung", "politique de confidentialité",
    }
)  # fmt: skip
_ACCOUNT = frozenset(
    {
        "log in", "login", "sign in", "signin", "sign in up", "log in or sign up", "my account", "your account",
        "account", "create account", "create an account", "create your account", "join sign in", "log in register",
        "register", "sign in register", "login register",
        "account settings", "manage account", "my profile", "subscriber login",
        "member login", "customer login", "sign in sign up", "log in sign up", "iniciar sesión", "mi cuenta",
    }
)  # fmt: skip
_ACCOUNT_PROSE = re.compile(
    r"\b(?:log|sign|logged|signed|logging|signing) ?-?in(?:to)?\b[^.!?\n]{0,30}\baccounts?\b|\b(?:your|my|an) account\b"
    r"|\b(?:logged|signed)[ -]in\b|\bwhen you log (?:in|out)\b",
    re.IGNORECASE,
)
_CHOICE_WORDS = ("opt", "sell", "sale", "shar", "privacy", "preference signal", "notice at", "ccpa", "cpra")
"""One of them stands in every one of the signs."""
_CHOICE_SIGNS = re.compile(
    r"\bopt[ -]{0,2}out\b|\b(?:sell|sale|share|sharing)\b[^.!?\n]{0,60}\b(?:information|data)\b"
    r"|\bprivacy (?:choices|rights)\b|\bglobal privacy control\b|\bpreference signal\b|\bnotice at collection\b"
    r"|\bccpa\b|\bcpra\b",
    re.IGNORECASE,
)


def link_kind(text: str) -> LinkKind | None:
    """What a link with this name leads to; None for any other link, opt-out links among them."""
    if not _TELLING.search(text.casefold()):
        return None
    words = words_of(text)
    if not words or len(words) > 9 or len(text) > LONGEST_TITLE * 2:
        return None
    has = frozenset(words)
    plain = " ".join(words)
    if plain in _ACCOUNT:
        return "account"
    if "collection" in has and has & {"notice", "notices"}:
        return "notice-at-collection"
    opt_out = classify_opt_out(text)
    if opt_out is not None:
        return "limit" if opt_out == "limit" else None
    return "california-rights" if is_california_rights(text) else _policy(plain, has)


def _policy(plain: str, has: frozenset[str]) -> LinkKind | None:
    if plain in _PRIVACY_ALONE or ("privacy" in has and has & _STATEMENTS):
        return "privacy-policy"
    if has & {"cookie", "cookies"} and has & _STATEMENTS:
        return "cookie-policy"
    return None


def speaks_of_account(text: str) -> str | None:
    """The words of a passage that show that visitors can have an account, None when it has none."""
    found = _ACCOUNT_PROSE.search(text)
    return found[0] if found else None


def may_speak_of_choices(text: str) -> bool:
    """Whether a text holds a word that every passage holds of which `speaks_of_choices` is true."""
    folded = text.casefold()
    return any(word in folded for word in _CHOICE_WORDS)


def speaks_of_choices(text: str) -> bool:
    """Whether a block of prose is about selling, sharing, opting out or a visitor's privacy rights."""
    long_enough = 7 <= text.count(" ") <= 400
    sentence = text.endswith(".") or any(mark in text for mark in (". ", "! ", "? "))
    telling = long_enough and sentence and may_speak_of_choices(text)
    return telling and bool(_CHOICE_SIGNS.search(text)) and classify_opt_out(text) is None
