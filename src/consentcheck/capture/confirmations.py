"""Words that tell that a choice was taken. Some stay for a second only, so the page is watched while other things are done."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Frame, JSHandle, Page

WATCHED = 3.5
"""Seconds that a confirmation is watched: one that stays for three is not brief."""

_ANSWER = 2.0
"""Seconds that a frame is given to say what it shows."""

_NO_ANSWER = (PlaywrightError, TimeoutError, TypeError, ValueError)
"""What comes of a frame that is gone or busy, or whose scripts have changed what the browser's functions give."""

_MOST_FRAMES = 20

_MESSAGE = re.compile(
    r"\b(saved|confirmed|updated|submitted|received|processed|recorded|honou?red|thank you|opted[- ]out|you have opted|successfully)\b",
    re.I,
)

# Lines that can be seen; not what can be pressed, which offers and does not tell. The page looks at itself soon after it
# changed, and again when it is asked. Times are in milliseconds.
_LOOKOUT = """([pattern, known]) => {
  const telling = new RegExp(pattern, "i"), seen = new Map(), watched = new WeakSet();
  let changed = false;
  const observer = new MutationObserver(() => { changed = true; });
  const shown = () => {
    const lines = [], offered = new Set(), roots = [document];
    while (roots.length && lines.length < 4000) {
      const root = roots.pop();
      if (!watched.has(root)) {
        watched.add(root);
        observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      }
      for (const e of root.querySelectorAll("*")) {
        if (e.shadowRoot) roots.push(e.shadowRoot);
        if (e.matches("a[href], button:enabled, [role=button]:not([aria-disabled=true])") && offered.size < 4000)
          for (const line of (e.innerText || "").slice(0, 400).split("\\n")) offered.add(line.trim());
      }
      const tops = root === document ? [document.body] : [...root.children];
      const text = tops.map(top => top && top.innerText || "").join("\\n");
      lines.push(...text.slice(0, 200000).split("\\n"));
    }
    return new Set(lines.map(l => l.trim()).filter(l => l && l.length < 400 && !offered.has(l)).slice(0, 4000));
  };
  const before = known ? new Set(known) : shown();
  const look = () => {
    changed = false;
    const now = performance.now(), lines = shown();
    for (const line of lines)
      if (seen.has(line)) seen.get(line).gone = null;
      else if (seen.size < 100 && !before.has(line) && telling.test(line)) seen.set(line, { first: now, gone: null });
    for (const [line, one] of seen) if (one.gone === null && !lines.has(line)) one.gone = now;
    return [...seen].map(([line, { first, gone }]) => [line, ((gone ?? now) - first) / 1000, gone === null]);
  };
  setInterval(() => { if (changed) look(); }, 100);
  return { before: [...before], look };
}"""


@dataclass(frozen=True)
class Confirmation:
    """A line that tells that a choice was taken."""

    text: str
    seconds: float
    """From its coming to its going, or until now."""
    shown: bool
    """Whether it can still be seen."""


@dataclass(frozen=True)
class Lookout:
    """What could be read on a page before a choice, and a look-out in each of its frames for what is told after."""

    page: Page
    lines: frozenset[str]
    frames: dict[Frame, JSHandle]

    @classmethod
    async def of(cls, page: Page) -> Lookout:
        """Begin to watch a page; a frame that does not answer is left out."""
        frames: dict[Frame, JSHandle] = {}
        lines: set[str] = set()
        for frame in page.frames[:_MOST_FRAMES]:
            with suppress(*_NO_ANSWER):
                frames[frame] = await asyncio.wait_for(
                    frame.evaluate_handle(_LOOKOUT, [_MESSAGE.pattern, None]), _ANSWER
                )
                before = await asyncio.wait_for(frames[frame].evaluate("here => here.before"), _ANSWER)
                lines.update(map(str, before))
        return cls(page, frozenset(lines), frames)

    async def renewed(self) -> Lookout:
        """A look-out that begins now, and to which nothing is new that could be read before either."""
        again = await Lookout.of(self.page)
        return replace(again, lines=self.lines | again.lines)

    async def told(self) -> Confirmation | None:
        """The shortest confirmation that came since, the ones still shown first; None when there is none."""
        return min(await self._heard(), key=lambda one: (not one.shown, len(one.text)), default=None)

    async def seconds_of(self, told: Confirmation) -> float:
        """How long a confirmation stays; it is watched until it has been there for `WATCHED`."""
        ends = time.monotonic() + WATCHED - told.seconds
        while told.shown and time.monotonic() < ends:
            await asyncio.sleep(0.25)
            same = next((one for one in await self._heard() if one.text == told.text), None)
            told = same or replace(told, shown=False)
        return round(told.seconds, 1)

    async def _heard(self) -> list[Confirmation]:
        return [one for frame in self.page.frames[:_MOST_FRAMES] for one in await self._told_in(frame)]

    async def _told_in(self, frame: Frame) -> list[Confirmation]:
        """Confirmations in one frame. One that was loaded since is watched from now on, against what all could say before."""
        with suppress(*_NO_ANSWER):
            if within := self.frames.get(frame):
                return await _ask(within)
        with suppress(*_NO_ANSWER):
            arguments = [_MESSAGE.pattern, sorted(self.lines)]
            self.frames[frame] = await asyncio.wait_for(frame.evaluate_handle(_LOOKOUT, arguments), _ANSWER)
            return await _ask(self.frames[frame])
        return []


async def _ask(within: JSHandle) -> list[Confirmation]:
    """What a frame tells; forms are held to, for what a hostile page could make of them."""
    told = await asyncio.wait_for(within.evaluate("here => here.look()"), _ANSWER)
    return [
        Confirmation(text=text, seconds=min(max(0.0, seconds), WATCHED), shown=shown is True)
        for text, seconds, shown in told
        if isinstance(text, str) and isinstance(seconds, int | float)
    ]
