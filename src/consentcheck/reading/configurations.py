"""The published configuration of consent managers, read into a dialog whose categories' source is ``configuration``.

Each reader takes data of one manager's own form and gives its categories; whatever is not of that form gives none. The
formats are those that the managers' own scripts load: OneTrust's ``DomainData``, Cookiebot's ``cc.js``, and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from consentcheck.knowledge.phrases import kinds_of
from consentcheck.model.base import Where
from consentcheck.model.facts import Category, DeclaredCookie, Dialog, Passage
from consentcheck.model.words import Kind, Toggle
from consentcheck.reading.cookie_tables import lifetime_days
from consentcheck.reading.literals import read_assigned, read_json
from consentcheck.reading.tree import tidy

_MOST_CATEGORIES = 300
_MOST_COOKIES = 3000
_LANGUAGES = ("en", "en-US", "en-us", "en_US", "default")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A category before it is made: what the formats have in common."""

    name: str
    description: str = ""
    always_active: bool = False
    on: bool | None = None
    cookies: tuple[DeclaredCookie, ...] = ()
    parent: str | None = None
    kind: Kind | None = None


def configuration_in_response(url: str, body: str) -> Dialog | None:
    """The configuration that a response holds; None for any other response."""
    where = Where(request=url.partition("?")[0][:300])
    if "CookieConsentDialog." in body:
        return _dialog(_cookiebot(body), where)
    data = read_json(body)
    return _first(data, where) if isinstance(data, dict) else None


def configurations_in_script(script: str) -> Iterator[Dialog]:
    """The configurations that an inline script writes down as data."""
    for name, reader in _IN_SCRIPTS.items():
        if name not in script:
            continue
        data = read_assigned(script, name)
        if isinstance(data, dict) and (found := _dialog(reader(data), Where(quote=name))) is not None:
            yield found
    if script.lstrip()[:1] == "{" and ('"DomainData"' in script or '"consentTemplates"' in script):
        data = read_json(script)
        if isinstance(data, dict) and (found := _first(data, Where())) is not None:
            yield found


def _first(data: dict[str, Any], where: Where) -> Dialog | None:
    return next((found for reader in _IN_RESPONSES if (found := _dialog(reader(data), where)) is not None), None)


def _dialog(drafts: Iterable[_Draft], where: Where) -> Dialog | None:
    categories = tuple(_category(draft, where) for draft in list(drafts)[:_MOST_CATEGORIES] if draft.name)
    return Dialog(surface="preferences", categories=categories, where=where) if categories else None


def _category(draft: _Draft, where: Where) -> Category:
    kinds: tuple[Kind, ...] = (draft.kind,) if draft.kind else kinds_of(draft.name) or ("other",)
    toggle: Toggle = "none" if draft.always_active else "unknown" if draft.on is None else "on" if draft.on else "off"
    place = where.model_copy(update={"quote": draft.name, "surface": "preferences"})
    prose = (Passage(text=draft.description, where=place),) if draft.description else ()
    return Category(
        name=draft.name,
        kind=kinds[0],
        kinds=kinds,
        description=draft.description,
        passages=prose,
        always_active=draft.always_active,
        toggle=toggle,
        cookies=draft.cookies[:_MOST_COOKIES],
        parent=draft.parent,
        source="configuration",
        where=place,
    )


def _onetrust(data: dict[str, Any]) -> Iterator[_Draft]:
    """``DomainData.Groups``: groups that the dialog shows, with first-party cookies and those of hosts."""
    domain = _object(data.get("DomainData") or data)
    groups = [group for group in _objects(domain.get("Groups")) if "GroupName" in group]
    names = {_text(group.get("OptanonGroupId")): _text(group.get("GroupName")) for group in groups}
    for group in groups:
        if group.get("IsIabPurpose") or group.get("ShowInPopup") is False:
            continue
        status = _text(group.get("Status")).casefold()
        parent = _text(group.get("Parent"))
        hosted = [cookie for host in _objects(group.get("Hosts")) for cookie in _objects(host.get("Cookies"))]
        yield _Draft(
            name=_text(group.get("GroupName")),
            description=_text(group.get("GroupDescription")),
            always_active=status == "always active",
            on=None if status not in {"active", "inactive"} else status == "active",
            cookies=tuple(map(_onetrust_cookie, [*_objects(group.get("FirstPartyCookies")), *hosted])),
            parent=names.get(parent) or None,
        )


def _onetrust_cookie(cookie: dict[str, Any]) -> DeclaredCookie:
    session = cookie.get("IsSession") is True
    length = _text(cookie.get("Length"))
    days = 0.0 if session else float(length) if length.isascii() and length.isdigit() and len(length) < 8 else None
    return DeclaredCookie(
        name=_text(cookie.get("Name")),
        host=_text(cookie.get("Host")) or None,
        duration="Session" if session else f"{length} days" if length else None,
        lifetime_days=days,
        description=_text(cookie.get("description") or cookie.get("Description")),
    )


_COOKIEBOT: tuple[tuple[str, str, Kind], ...] = (
    ("cookieTableNecessary", "Necessary", "necessary"),
    ("cookieTablePreference", "Preferences", "functional"),
    ("cookieTableStatistics", "Statistics", "analytics"),
    ("cookieTableAdvertising", "Marketing", "advertising"),
    ("cookieTableUnclassified", "Unclassified", "unclassified"),
)


def _cookiebot(script: str) -> Iterator[_Draft]:
    """Five tables; a row is name, provider, purpose, expiry, type ..."""
    for table, name, kind in _COOKIEBOT:
        rows = read_assigned(script, f"CookieConsentDialog.{table}")
        if isinstance(rows, list):
            cells = [[_text(cell) for cell in row[:4]] for row in rows if isinstance(row, list) and len(row) > 3]
            cookies = tuple(
                DeclaredCookie(
                    name=cookie,
                    host=provider or None,
                    description=purpose,
                    duration=expiry or None,
                    lifetime_days=lifetime_days(expiry),
                )
                for cookie, provider, purpose, expiry in cells[:_MOST_COOKIES]
            )
            yield _Draft(name=name, kind=kind, always_active=kind == "necessary", cookies=cookies)


def _cookieyes(data: dict[str, Any]) -> Iterator[_Draft]:
    """``_categories``: name, isNecessary, cookies with cookieID, domain, duration."""
    for entry in _objects(data.get("_categories")):
        default = _object(entry.get("defaultConsent")).get("ccpa")
        yield _Draft(
            name=_text(entry.get("name")),
            description=_text(entry.get("description")),
            always_active=entry.get("isNecessary") is True,
            on=default if isinstance(default, bool) else None,
            cookies=tuple(
                DeclaredCookie(
                    name=_text(cookie.get("cookieID")),
                    host=_text(cookie.get("domain")) or None,
                    duration=_text(cookie.get("duration")) or None,
                    lifetime_days=lifetime_days(_text(cookie.get("duration"))),
                    description=_text(cookie.get("description")),
                )
                for cookie in _objects(entry.get("cookies"))
                if cookie.get("cookieID")
            ),
        )


def _usercentrics(data: dict[str, Any]) -> Iterator[_Draft]:
    """``categories``: categorySlug, label, description, isEssential."""
    if "consentTemplates" not in data and "settingsId" not in data:
        return
    for entry in _objects(data.get("categories")):
        if entry.get("isHidden") is not True:
            yield _Draft(
                name=_text(entry.get("label")),
                description=_text(entry.get("description")),
                always_active=entry.get("isEssential") is True,
            )


def _ketch(data: dict[str, Any]) -> Iterator[_Draft]:
    """``purposes``: name, description, requiresOptIn, allowsOptOut; on by default unless it takes an opt-in."""
    for entry in _objects(data.get("purposes")):
        if "legalBasisCode" in entry:
            opt_in = entry.get("requiresOptIn") is True
            yield _Draft(
                name=_text(entry.get("name")),
                description=_text(entry.get("description")),
                always_active=not opt_in and entry.get("allowsOptOut") is not True,
                on=not opt_in,
            )


def _didomi(data: dict[str, Any]) -> Iterator[_Draft]:
    """``preferences.categories`` with texts by language, and the site's own purposes."""
    purposes = _objects(_object(data.get("preferences")).get("categories"))
    purposes += _objects(_object(data.get("app")).get("customPurposes"))
    for entry in purposes:
        essential = entry.get("isEssential") is True or entry.get("essential") is True
        yield _Draft(
            name=_localised(entry.get("name")),
            description=_localised(entry.get("description")),
            always_active=essential or entry.get("id") == "essential",
        )


def _klaro(data: dict[str, Any]) -> Iterator[_Draft]:
    """``services`` (``apps`` before): title, required, default; texts may stand under ``translations``."""
    texts = _object(data.get("translations"))
    words = next((_object(texts[key]) for key in ("en", "zz") if key in texts), {})
    for entry in _objects(data.get("services") or data.get("apps")):
        own = _object(words.get(_text(entry.get("name"))))
        default = entry.get("default", data.get("default"))
        yield _Draft(
            name=_localised(entry.get("title")) or _text(own.get("title")) or _text(entry.get("name")),
            description=_localised(entry.get("description")) or _text(own.get("description")),
            always_active=entry.get("required") is True,
            on=default is True,
        )


def _vanilla(data: dict[str, Any]) -> Iterator[_Draft]:
    """``categories`` by name with enabled and readOnly; their texts are the sections that are linked to them."""
    translations = _object(_object(data.get("language")).get("translations"))
    words = next((_object(translations[key]) for key in _LANGUAGES if key in translations), {})
    sections = {
        _text(section.get("linkedCategory")): section
        for section in _objects(_object(words.get("preferencesModal")).get("sections"))
        if section.get("linkedCategory")
    }
    for name, entry in _object(data.get("categories")).items():
        if isinstance(entry, dict):
            section = sections.get(name, {})
            yield _Draft(
                name=_text(section.get("title")) or name,
                description=_text(section.get("description")),
                always_active=entry.get("readOnly") is True,
                on=entry.get("enabled") is True,
            )


def _drupal(data: dict[str, Any]) -> Iterator[_Draft]:
    """Drupal's EU cookie compliance: ``cookie_categories_details`` by id, with label, description, checkbox default."""
    for entry in _object(data.get("cookie_categories_details")).values():
        if isinstance(entry, dict):
            default = _text(entry.get("checkbox_default_state"))
            yield _Draft(
                name=_text(entry.get("label")),
                description=_text(entry.get("description")),
                always_active=default == "required",
                on=default == "checked",
            )


_Reader = Callable[[dict[str, Any]], Iterator[_Draft]]
_IN_RESPONSES: tuple[_Reader, ...] = (_onetrust, _usercentrics, _ketch, _didomi, _cookieyes)
_IN_SCRIPTS: dict[str, _Reader] = {
    "_ckyConfig": _cookieyes,
    "didomiConfig": _didomi,
    "klaroConfig": _klaro,
    "CookieConsent.run": _vanilla,
    "eu_cookie_compliance": _drupal,
}


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value[:_MOST_COOKIES] if isinstance(entry, dict)] if isinstance(value, list) else []


def _localised(value: Any) -> str:
    """A text that may be given by language: English where there is one, else the first."""
    if isinstance(value, dict):
        return next((_text(value[key]) for key in _LANGUAGES if key in value), _text(next(iter(value.values()), "")))
    return _text(value)


def _text(value: Any) -> str:
    """A value as words, without markup."""
    if not isinstance(value, str):
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
    if "<" not in value and "&" not in value:
        return tidy(value)
    body = LexborHTMLParser(value[:50_000]).body
    return tidy(body.text(separator=" ")) if body is not None else ""
