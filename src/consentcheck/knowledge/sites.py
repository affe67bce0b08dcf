"""Which hosts belong together: a host's registrable domain by the Public Suffix List."""

from __future__ import annotations

import ipaddress
from functools import cache, lru_cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(maxsize=20_000)
def site_of(host: str) -> str:
    """The registrable domain of a host (``example.co.uk`` of ``www.example.co.uk``).

    An address, a single label and a public suffix are their own site; an empty host is the empty site.
    """
    host = host.strip().strip(".").lower()
    if not host or len(host) > 253:
        return ""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return str(_suffixes().privatesuffix(host) or host)
    return host


@lru_cache(maxsize=20_000)
def host_of(url: str) -> str:
    """The host of a URL in small letters; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of a URL; empty if it is no URL."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site."""
    return site_of(one) == site_of(other) != ""
