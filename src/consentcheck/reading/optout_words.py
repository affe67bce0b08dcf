"""What the words of a link or button promise: an opt-out of sale, something near it, or neither.

Set logic over words, never a growing pattern: a title is one of the statute's own, or all that it says belongs to the
small vocabulary in which sites word their opt-outs. A headline that merely contains "do not sell" says more than that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from consentcheck.model.words import TitleKind

LONGEST_TITLE = 200
"""Characters; more is prose, not the name of a link."""

_TITLES: dict[str, TitleKind] = {
    "do not sell or share my personal information": "statutory",
    "your privacy choices": "alternative",
    "your california privacy choices": "alternative",
    "do not sell my personal information": "outdated",
}

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})


def words_of(text: str) -> tuple[str, ...]:
    """The words, in small letters, freed of typography: quotes, dashes, no-break and zero-width spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    plain = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return tuple(_WORD.findall(plain.casefold()))


def word_set(words: str) -> frozenset[str]:
    """The words of a string, as a set."""
    return frozenset(words.split())


_STATES = word_set(
    "california ca californian californians colorado co connecticut ct delaware de florida fl indiana iowa "
    "kentucky maine "
    "maryland md minnesota mn montana mt nebraska nevada nv new hampshire nh jersey nj oregon or rhode island "
    "tennessee tn "
    "texas tx utah ut vermont virginia va washington wa state states united us usa u s american ccpa cpra cdpa"
)
_PERSONAL = word_set("info information data pi pii details")
_FILLER = word_set(
    "a an the my your our me you i we us this that it of for to in on and or nor not do don't dont please click "
    "here tap go "
    "link opens open opened modal window dialog dialogue popup pop up new tab external site page form menu "
    "button footer "
    "website app online web only as under about with by from against via through use any all no yes submit "
    "request requests "
    "if is are am would want wish like"
)
_SUBJECT = word_set(
    "sell selling sale sales sold share sharing shared disclose disclosure third party parties target targeted "
    "targeting "
    "advertising ads ad advertisements cross context behavioral behavioural process processing opt out optout opting "
    "personal private personally identifiable information info data pi pii details sensitive limit cookies "
    "cookie tracking "
    "technologies profiling privacy choices choice right rights preferences settings options manage update set "
    "exercise "
    "consumer consumers resident residents user users customer customers household my"
)
_VOCABULARY = _STATES | _FILLER | _SUBJECT
_MAX_STRANGERS = 2
"""Words outside the vocabulary that a title may hold: a brand, mostly."""

_INDUSTRY = word_set("daa nai edaa adchoices aboutads youradchoices evidon truste trustarc alliance industry google")
_INTEREST = word_set("relevant interest interests based personalized personalised")
_OTHER_OPT_OUTS = word_set(
    "email emails newsletter newsletters mail mailing sms text texts texting marketing communications "
    "arbitration class "
    "notifications promotional calls subscription subscribe unsubscribe vaccine analytics football school testing"
)
_NOTICES = word_set("policy policies notice notices statement disclosure disclosures law laws act terms faq report")
_RIGHTS = word_set("rights shine light")
_FOREIGN_LAW = word_set("gdpr eu eea european europe uk lgpd brazil canada hipaa ferpa")

_QUESTIONS = word_set("how why what what's when where which who should will did does can could")
"""Words with which headlines about the opt-out begin, and no link that offers it."""
_SALE = word_set("sale sales selling sell sold sharing share")
_NEVER_NEAR = _NOTICES | _FOREIGN_LAW | _OTHER_OPT_OUTS
_PERSONAL_ELSEWHERE = word_set(
    "información informacion datos personal personales info informações dados renseignements informations "
    "données daten "
    "informationen dati informazioni"
)

_CHOICE_WORDS = word_set(
    "settings setting preferences preference options option controls control choices choice manager tool"
)
_MANAGE_WORDS = word_set("manage change update edit adjust review set open customize customise withdraw revoke my your")
_PRIVACY_TOPICS = word_set("cookie cookies privacy consent tracking consents data")
_NEAR_VOCABULARY = (
    _CHOICE_WORDS | _MANAGE_WORDS | _PRIVACY_TOPICS | _STATES | _FILLER | _PERSONAL
    | word_set("ad ads advertising center centre dashboard & personal consumer rights right exercise opt out "
           "optout request")
)  # fmt: skip


@lru_cache(maxsize=4096)
def classify_opt_out(text: str, href: str | None = None) -> TitleKind | None:
    """How a link or button with this name words the opt-out; None when it is no opt-out link.

    ``text`` is its accessible name or its words, ``href`` where it leads. The statutory, alternative and outdated
    titles are matched whole, whatever their case and typography; with anything added they are a ``variant``.

    >>> classify_opt_out("Do Not Sell or Share My Personal Information")
    'statutory'
    >>> classify_opt_out("Your California Privacy Rights") is None
    True
    """
    if len(text) > LONGEST_TITLE:
        return None
    words = words_of(text)
    if exact := _TITLES.get(" ".join(words)):
        # "Sell/Share" has the statute's meaning, but it is not the title that the statute sets.
        return "variant" if "/" in text else exact
    return _kind(words, href) if words else None


def _kind(words: tuple[str, ...], href: str | None) -> TitleKind | None:
    has = frozenset(words)
    if words[0] in _QUESTIONS:
        return None
    if _other_language(has):
        return "other-language"
    if _industry(has, href):
        return None
    if _speaks_of_sale(words) or _privacy_choices(words):
        return "variant"
    if "limit" in has and ({"use", "information"} <= has or has & {"sensitive", "spi"}):
        return "limit"
    return "near-synonym" if _near(words) or (has <= _GENERIC and _leads_to_opt_out(href)) else None


def is_california_rights(text: str) -> bool:
    """Whether a link's words offer a Californian's rights or notice rather than the opt-out."""
    has = frozenset(words_of(text[: LONGEST_TITLE + 1])) if len(text) <= LONGEST_TITLE else frozenset()
    californian = has & {"california", "ca", "californian", "ccpa", "cpra"}
    return {"shine", "light"} <= has or bool(
        californian and has & (_RIGHTS | _NOTICES) and has & {"privacy", "ccpa", "cpra", "rights"}
    )


def _strangers(words: tuple[str, ...]) -> int:
    return sum(word not in _VOCABULARY and not word.isdigit() for word in words)


def _negated(words: tuple[str, ...]) -> int | None:
    """Index of the word after "do not" or "don't", None without one."""
    for at, word in enumerate(words):
        if word in {"don't", "dont", "donot"}:
            return at + 1
        if word == "not" and at and words[at - 1] == "do":
            return at + 1
    return None


def _speaks_of_sale(words: tuple[str, ...]) -> bool:
    """Whether the words ask that data not be sold or shared, or opt out of sale, sharing or targeted advertising."""
    has = frozenset(words)
    if has & {"dnsmpi", "dnsspi"}:
        return True
    if _opts_out(words) and has & {"ccpa", "cpra"} and not has & (_OTHER_OPT_OUTS | _RIGHTS):
        return _strangers(words) <= _MAX_STRANGERS
    after = _negated(words)
    if after is not None and words[after : after + 2] == ("process", "my") and has & _PERSONAL:
        return _strangers(words) <= _MAX_STRANGERS
    if after is not None and has & {"sell", "share", "selling", "sharing", "sold", "shared"}:
        return _refuses_sale(words, after)
    if has & {"stop", "limit"} and has & {"selling", "sharing", "sale"} and has & _PERSONAL and "sensitive" not in has:
        return _strangers(words) <= _MAX_STRANGERS
    if "stop" in has:
        return False
    if {"no", "my"} <= has and has & {"sale", "sharing"} and has & _PERSONAL:
        return _strangers(words) <= _MAX_STRANGERS
    if not _opts_out(words) or has & _OTHER_OPT_OUTS:
        return False
    targeted = has & {"targeted", "targeting"} and has & {"ads", "ad", "advertising", "advertisements"}
    return bool(targeted or has & _SALE) and _strangers(words) <= _MAX_STRANGERS


def _refuses_sale(words: tuple[str, ...], after: int) -> bool:
    """Whether what stands after "do not" is the sale or sharing of data, and not of a house or a password."""
    named = bool(frozenset(words[after:]) & _PERSONAL)
    if frozenset(words[after : after + 4]) & {"sell", "selling"}:
        return _strangers(words) <= (_MAX_STRANGERS if named else 0)
    if {"my", "sold"} <= frozenset(words[after:]):
        return named and not _strangers(words)
    return named and "share" in words[after : after + 2] and _strangers(words) <= 1


def _opts_out(words: tuple[str, ...]) -> bool:
    together = any(one in {"opt", "opting", "opts"} and two in {"out", "outs"} for one, two in pairwise(words))
    return together or "optout" in words or "optouts" in words


def _privacy_choices(words: tuple[str, ...]) -> bool:
    """ "Privacy Choices" with words that add nothing, or an explanation of what they are."""
    if frozenset(words) & (_NOTICES | _FOREIGN_LAW):
        return False
    together = {("privacy", "choices"), ("privacy", "choice")} & set(pairwise(words))
    return bool(together) and len(words) <= 14 and _strangers(words) <= _MAX_STRANGERS


def _industry(has: frozenset[str], href: str | None) -> bool:
    """Whether it is the advertising industry's own tool, or another party's: not the business's method."""
    own = {"not", "sell"} <= has or {"privacy", "choices"} <= has or has & {"sale", "selling"}
    if own:
        return False
    interest = has & _INTEREST and has & {"ads", "ad", "advertising"}
    return bool(interest or has & _INDUSTRY) or is_industry_place(href)


_INDUSTRY_PLACES = (
    "aboutads.info", "networkadvertising.org", "youradchoices.", "thenai.org", "digitaladvertisingalliance.org",
    "youronlinechoices.", "preferences-mgr.truste.com", "adssettings.google.", "allaboutcookies.org", "evidon.com",
    "tools.google.com/dlpage/gaoptout",
)  # fmt: skip


def is_industry_place(href: str | None) -> bool:
    """Whether an address is one of the advertising industry's opt-out tools, or a guide to cookies at large."""
    place = (href or "")[:80].casefold()
    return any(f"/{known}" in place or f".{known}" in place for known in _INDUSTRY_PLACES)


def _near(words: tuple[str, ...]) -> bool:
    """Whether the words may stand for an opt-out, though they speak of no sale."""
    has = frozenset(words)
    if len(words) > 8 or has & _NEVER_NEAR or not has <= _NEAR_VOCABULARY:
        return False
    topic = has & _PRIVACY_TOPICS - {"data"}
    return (
        _opts_out(words)
        or ("exercise" in has and bool(has & {"right", "rights"}))
        or ("request" in has and len(has & {"privacy", "consumer", "personal", "data", "rights"}) > 1)
        or (bool(has & {"ccpa", "cpra"}) and not has & _RIGHTS)
        or " ".join(words) in {"data privacy", "privacy center", "privacy centre", "privacy dashboard"}
        or bool(topic and has & (_CHOICE_WORDS | {"manage", "change", "withdraw"}))
    )


_GENERIC = word_set("here click this link form page opt out learn more request submit")
_OPT_OUT_PLACES = ("do-not-sell", "donotsell", "do_not_sell", "privacy-choices", "privacychoices", "dnsmpi")


def _leads_to_opt_out(href: str | None) -> bool:
    place = (href or "")[:500].casefold()
    return any(word in place for word in _OPT_OUT_PLACES)


def _other_language(has: frozenset[str]) -> bool:
    """The titles in the languages into which Californian sites translate them, Spanish first."""
    if has & {"vender", "venda", "vendan", "vendas", "vendáis", "vendre", "verkaufen", "vendere"}:
        return bool(has & {"no", "não", "ne", "pas", "nicht", "non"} and has & _PERSONAL_ELSEWHERE)
    choices = has & {"opciones", "elecciones", "preferencias", "opções", "choix", "scelte"}
    return bool(choices and has & {"privacidad", "privacidade", "confidentialité", "privacy"} and "choices" not in has)
