"""Cookies that scripts write, with the scripts that wrote them.

The browser has no event for it. A script of ours stands before the page's own in every frame: it puts a Proxy around the native setter,
which shows itself as native code, and tells of each write through the console as it was before the page came. The call stack is the
browser's, not the page's word; the mark that tells our messages from the page's own is random and never leaves the closure.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from consentcheck.capture.cdp import Params
from consentcheck.capture.collectors.set_cookies import read_set_cookie
from consentcheck.capture.collectors.traffic import stack_urls
from consentcheck.knowledge.sites import host_of
from consentcheck.model.evidence import CookieWrite, Request

MOST = 2000
"""Writes that one visit keeps."""
_MOST_TOLD = 5000
"""Writes that one document tells of: a page that writes without end is not made to wait for us."""

_SCRIPT = """(() => {
  "use strict";
  const mark = MARK, said = console, tell = console.debug, {apply, getOwnPropertyDescriptor: own, defineProperty} = Reflect;
  const at = Function.prototype.call.bind(String.prototype.indexOf), cut = Function.prototype.call.bind(String.prototype.slice);
  const origin = self.origin;
  let left = MOST;
  const report = (via, name, attributes) => {
    if (left-- > 0) apply(tell, said, [mark, via, cut(name, 0, 200), cut(attributes, 0, 300), origin]);
  };
  const watched = (native, read) => new Proxy(native, {
    __proto__: null,
    apply(target, self, args) { try { read(args[0]); } catch {} return apply(target, self, args); },
  });
  const cookie = own(Document.prototype, "cookie");
  defineProperty(Document.prototype, "cookie", {__proto__: null, ...cookie, set: watched(cookie.set, text => {
    if (typeof text !== "string") return;
    const end = at(text, ";"), pair = end < 0 ? text : cut(text, 0, end), equals = at(pair, "=");
    report("document.cookie", equals < 0 ? "" : cut(pair, 0, equals), end < 0 ? "" : cut(text, end + 1));
  })});
  const set = self.CookieStore && own(CookieStore.prototype, "set");
  if (set) defineProperty(CookieStore.prototype, "set", {__proto__: null, ...set, value: watched(set.value, given => {
    if (typeof given === "string") return report("cookieStore", given, "");
    const held = name => { const found = own(given, name); return found && typeof found.value === "string" ? found.value : ""; };
    const domain = held("domain");
    report("cookieStore", held("name"), domain && "domain=" + domain);
  })});
})();"""


class CookieWrites:
    """Listens to a visit's console for what `script` tells. ``place`` says where the visit stands: (page, last step, seconds)."""

    def __init__(self, place: Callable[[], tuple[int, int | None, float]]) -> None:
        self._place = place
        self._mark = secrets.token_hex(12)
        self._found: dict[tuple[object, ...], CookieWrite] = {}

    @property
    def script(self) -> str:
        """What must run before any script of a document."""
        return _SCRIPT.replace("MARK", json.dumps(self._mark)).replace("MOST", str(_MOST_TOLD))

    def is_ours(self, message: str) -> bool:
        """Whether a line of the console is one of these, and not the page's."""
        return message.startswith(self._mark)

    def writes(self) -> tuple[CookieWrite, ...]:
        """Each (name, domain, script, step) once, as it was last seen, in that order."""
        return tuple(self._found.values())

    def heard(self, params: Params) -> None:
        """Take one message of the console."""
        given = [argument.get("value") for argument in params.get("args", ())[:5]]
        if len(given) != 5 or given[0] != self._mark or not all(isinstance(each, str) for each in given):
            return
        _, via, name, attributes, origin = given
        told = read_set_cookie(f"{name}=;{attributes}", origin, None)
        if told.expires is not None and told.expires <= time.time():
            return  # a script that deletes a cookie sets none
        page, after_step, seconds = self._place()
        write = CookieWrite(
            name=told.name,
            domain=told.domain.lstrip(".").lower(),
            by=tuple(stack_urls(params.get("stackTrace")))[:10],
            via="cookieStore" if via == "cookieStore" else "document.cookie",
            origin=origin[:300],
            page=page,
            after_step=after_step,
            time=round(seconds, 4),
        )
        key = (write.name, write.domain, write.by[:1], write.page, write.after_step)
        if self._found.pop(key, None) or len(self._found) < MOST:
            self._found[key] = write


class Writer(NamedTuple):
    """Who set a cookie, and how."""

    url: str
    how: Literal["response", "script"]


def writers(requests: Iterable[Request], writes: Iterable[CookieWrite]) -> dict[tuple[str, str], Writer]:
    """(cookie name, domain without its leading dot) -> the last response or script that set it."""
    every = [
        (request.time, cookie.name, cookie.domain or host_of(request.url), Writer(request.url, "response"))
        for request in requests
        for cookie in request.set_cookies
        if not cookie.blocked
    ]
    every += [(write.time, write.name, write.domain, Writer(write.by[0], "script")) for write in writes if write.by]
    ordered = sorted(every, key=lambda one: one[0])
    return {(name, domain.lstrip(".").lower()): writer for _, name, domain, writer in ordered}
