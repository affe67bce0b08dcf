"""Names what went wrong with a page, from what the browser and the server said."""

from __future__ import annotations

from consentcheck.model.evidence import Problem, ProblemCode

_NET_ERRORS: tuple[tuple[str, ProblemCode, str], ...] = (
    ("ERR_NAME_NOT_RESOLVED", "unknown-host", "the host name does not resolve"),
    ("ERR_NAME_RESOLUTION_FAILED", "unknown-host", "the host name does not resolve"),
    ("ERR_CONNECTION_REFUSED", "connection-refused", "the server refuses connections"),
    ("ERR_PROXY", "connection-failed", "the proxy cannot be reached"),
    ("ERR_TUNNEL", "connection-failed", "the proxy opened no way to the site"),
    ("ERR_SOCKS", "connection-failed", "the proxy opened no way to the site"),
    ("ERR_CERT", "tls-error", "the server's certificate cannot be trusted"),
    ("ERR_SSL", "tls-error", "no secure connection could be made"),
    ("ERR_TOO_MANY_REDIRECTS", "redirect-loop", "the page redirects without end"),
    ("ERR_TIMED_OUT", "timeout", "the server did not answer in time"),
    ("ERR_CONNECTION_TIMED_OUT", "timeout", "the server did not answer in time"),
    ("ERR_INVALID_URL", "unreadable", "the address is not a valid URL"),
    ("ERR_", "connection-failed", "the connection failed"),
)

_WALL_TITLES = (
    "just a moment", "attention required", "access denied", "are you a robot", "please verify you are a human", "pardon our interruption",
    "security check", "checking your browser", "you have been blocked", "request unsuccessful", "verify you are human",
    "bot verification", "human verification", "ddos-guard",
)  # fmt: skip
_WALL_WORDS = (
    "checking your browser before", "verify you are human", "verifying you are human", "enable javascript and cookies to continue",
    "unusual traffic from your", "press & hold to confirm", "complete the security check", "why have i been blocked",
    "incapsula incident", "reference #18.", "reference&#32;&#35;18", "performing security verification",
)  # fmt: skip
_WALL_MARKUP = (
    "/cdn-cgi/challenge-platform/",
    "captcha-delivery.com",
    "px-captcha",
    "_incapsula_resource",
    "awswafcaptcha",
)
_SHORT_PAGE = 2000
"""Characters: a challenge page says little; an article that mentions robots says much."""


def navigation_problem(message: str) -> Problem:
    """The problem behind an error of a navigation."""
    lowered = message.lower()
    if "download is starting" in lowered:
        return Problem(code="download", message="the address gives a download, not a page")
    if "crash" in lowered:
        return crash()
    if "timeout" in lowered and "ERR_" not in message:
        return Problem(code="timeout", message="the server did not answer in time")
    for name, code, sentence in _NET_ERRORS:
        if name in message:
            said = next((word.strip(".,;:") for word in message.split() if "ERR_" in word), name)
            return Problem(code=code, message=f"{sentence} ({said.removeprefix('net::')})")
    first = message.strip().splitlines()[0] if message.strip() else "no reason given"
    return Problem(code="connection-failed", message=f"the page could not be opened: {first[:200]}")


def crash() -> Problem:
    """The page took its renderer down."""
    return Problem(code="renderer-crash", message="the page crashed the browser's renderer")


def answer_problem(status: int | None, title: str, text: str, markup: str) -> Problem | None:
    """What is wrong with a page that did load; None when it can be judged.

    ``text``: the words a visitor sees; ``markup``: the main document's HTML.
    """
    wall = is_bot_wall(status, title, text, markup)
    if status == 429:
        return Problem(code="rate-limited", message="the server answered 429, too many requests")
    if wall:
        return Problem(
            code="bot-wall", message=f"a challenge page stood in the way: {title.strip()[:80] or 'no title'}"
        )
    if status is not None and status >= 400:
        return Problem(code="http-error", message=f"the server answered {status}")
    if not text.strip() and not any(
        tag in markup for tag in ("<img", "<svg", "<canvas", "<video", "<iframe", "<input")
    ):
        return Problem(code="empty-page", message="the page is empty")
    return None


def is_bot_wall(status: int | None, title: str, text: str, markup: str) -> bool:
    """Whether a challenge stands where the page should be."""
    if len(text) > _SHORT_PAGE:
        return False
    lowered, name = text.lower(), title.strip().lower()
    titled = any(words in name for words in _WALL_TITLES)
    worded = any(words in lowered for words in _WALL_WORDS)
    marked = any(words in markup.lower() for words in _WALL_MARKUP)
    if status in (401, 403, 405, 406, 429, 503):
        return titled or worded or marked
    return (worded and (titled or marked)) or name.startswith("just a moment")
