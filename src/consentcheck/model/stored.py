"""What a browser keeps for a site: cookies and storage, and who wrote them."""

from __future__ import annotations

from typing import Literal

from consentcheck.model.base import Model


class SetCookie(Model):
    """A Set-Cookie response header, or a script's write, as observed. ``expires``: Unix seconds, None for a session cookie."""

    name: str
    value: str = ""
    domain: str = ""
    path: str = "/"
    expires: float | None = None
    blocked: str | None = None
    """The browser's reason for refusing it."""


class CookieWrite(Model):
    """A cookie that a script wrote. What the script says of it is the page's own word: data, cut short."""

    name: str
    domain: str = ""
    """The host that may read it, without a leading dot."""
    by: tuple[str, ...] = ()
    """URLs of the scripts on the stack, the nearest first; an inline script has its document's."""
    via: Literal["document.cookie", "cookieStore"] = "document.cookie"
    origin: str = ""
    """Of the frame."""
    page: int = 0
    after_step: int | None = None
    time: float = 0.0
    """Seconds since the visit began."""


class Cookie(Model):
    """A cookie as the browser held it."""

    name: str
    value: str = ""
    domain: str = ""
    path: str = "/"
    expires: float | None = None
    """Unix seconds; None for a session cookie."""
    http_only: bool = False
    secure: bool = False
    same_site: str | None = None
    partition: str | None = None
    set_by: str | None = None
    """URL of the response or script that set it, where known."""
    set_how: Literal["response", "script"] | None = None


class StorageItem(Model):
    """One entry of web storage or of a database, whose key is ``database/store/key`` (as much of it as there is)."""

    origin: str
    area: Literal["local", "session", "indexeddb"]
    key: str
    value: str = ""

    @property
    def own_key(self) -> str:
        """The key without the database and store around it."""
        return self.key.split("/", 2)[-1] if self.area == "indexeddb" else self.key

    @property
    def place(self) -> str:
        """The key; of a database's entry the store that holds it, for entries may be many."""
        return "/".join(self.key.split("/", 2)[:2]) if self.area == "indexeddb" else self.key


class Jar(Model):
    """Cookies and storage at one moment of a visit."""

    after: str
    """Id of the snapshot it was taken with."""
    time: float = 0.0
    """Unix seconds, so that lifetimes can be computed."""
    cookies: tuple[Cookie, ...] = ()
    storage: tuple[StorageItem, ...] = ()
