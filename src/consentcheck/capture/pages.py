"""Inner pages of the same site, found by its own links, and its privacy policy."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

from consentcheck.model.evidence import Evidence, Snapshot, Visit
from consentcheck.reading.document import parse
from consentcheck.reading.links import read_links

_NOT_PAGES = (
    ".pdf", ".zip", ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".mp4", ".mp3", ".xml", ".rss", ".json", ".txt",
    ".dmg", ".exe", ".ics", ".doc", ".docx", ".xls", ".csv",
)  # fmt: skip
_AVOIDED = (
    "logout", "signout", "sign-out", "log-out", "login", "signin", "sign-in", "unsubscribe", "delete", "privacy", "cookie", "terms",
    "legal", "opt-out", "optout", "do-not-sell", "cart", "checkout", "account", "register", "subscribe", "choices",
)  # fmt: skip


def inner_pages(snapshot: Snapshot, count: int) -> tuple[str, ...]:
    """Addresses of at most ``count`` further pages of the site, in the order of its links; the same each time for the same page."""
    start = urldefrag(snapshot.url)[0]
    found: list[str] = []
    for document in snapshot.documents:
        if document.frame != "main" or len(found) >= count:
            continue
        for node in parse(document).css("a[href]"):
            url = _followed(start, node.attributes.get("href") or "")
            if url and url not in found:
                found.append(url)
                if len(found) >= count:
                    break
    return tuple(found)


def policy_address(snapshot: Snapshot) -> str | None:
    """Address of the privacy policy that the page links to."""
    visit = Visit(scenario="first-visit", snapshots=(snapshot,))
    links = read_links(Evidence(target=snapshot.url, kind="live", visits=(visit,)), ())
    for link in links:
        if link.kind == "privacy-policy" and link.href:
            url = urldefrag(urljoin(snapshot.url, link.href))[0]
            if urlsplit(url).scheme in ("http", "https"):
                return url
    return None


def _followed(start: str, href: str) -> str | None:
    """The address of a link that leads to another ordinary page of the same host; None for any other link."""
    try:
        url = urldefrag(urljoin(start, href.strip()))[0]
        here, there = urlsplit(start), urlsplit(url)
    except ValueError:
        return None
    path = there.path.lower()
    if there.scheme not in ("http", "https") or there.netloc != here.netloc or url.rstrip("/") == start.rstrip("/"):
        return None
    if path.endswith(_NOT_PAGES) or any(word in path for word in _AVOIDED) or path in ("", "/", "/index.html"):
        return None
    return url
