"""Turns the opt-out preference signal on, and sees for itself where it holds."""

from __future__ import annotations

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from consentcheck.capture.tab import Tab

FALLBACK = """(() => {
  try { Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {get: () => true, configurable: true, enumerable: true}); }
  catch (e) {}
})();"""

_IN_PAGE = "() => navigator.globalPrivacyControl === true"
_IN_WORKER = """() => new Promise(resolve => {
  const done = value => { clearTimeout(timer); resolve(value); };
  const timer = setTimeout(() => done(false), 2000);
  try {
    const url = URL.createObjectURL(new Blob(["postMessage(navigator.globalPrivacyControl === true)"], {type: "text/javascript"}));
    const worker = new Worker(url);
    worker.onmessage = e => done(e.data === true);
    worker.onerror = () => done(false);
  } catch (e) { done(false); }
})"""
_FRAME = "<!doctype html><title>signal</title><iframe srcdoc='<p>signal</p>'></iframe>"


async def switch_on(context: BrowserContext, tab: Tab) -> None:
    """Use the browser's own signal, else a header and a script. The tab records which, and where it was seen to hold."""
    tab.gpc = "browser"
    held = await _held(context)
    if not held["page"]:
        tab.gpc = "header-and-script"
        await context.set_extra_http_headers({"Sec-GPC": "1"})
        await context.add_init_script(FALLBACK)
        held = await _held(context)
    tab.gpc_verified = held


async def verify_in_visit(tab: Tab) -> None:
    """Look again in the page that was visited: the header that went out, the property in the page and its frames."""
    main = next((r for r in tab.traffic.requests() if r.type == "document" and r.page == 0), None)
    verified = dict(tab.gpc_verified)
    verified["header"] = main is not None and main.headers.get("sec-gpc") == "1"
    verified["page"] = await tab.collected("opt-out preference signal", tab.page.evaluate(_IN_PAGE)) is True
    frames = [frame for frame in tab.page.frames if frame is not tab.page.main_frame][:20]
    if frames:
        seen = [await tab.collected("opt-out preference signal", frame.evaluate(_IN_PAGE)) for frame in frames]
        verified["frame"] = all(value is True for value in seen if value is not None)
    tab.gpc_verified = verified
    if not (verified["header"] and verified["page"]):
        missing = " and ".join(name for name in ("header", "page") if not verified[name])
        tab.note("gpc-not-effective", f"the opt-out preference signal did not reach: {missing}")


async def _held(context: BrowserContext) -> dict[str, bool]:
    """Where the signal holds in a blank page of the profile: page, frame, worker."""
    page: Page = await context.new_page()
    try:
        await page.set_content(_FRAME)
        return {
            "page": bool(await page.evaluate(_IN_PAGE)),
            "frame": bool(await page.frames[-1].evaluate(_IN_PAGE)),
            "worker": bool(await page.evaluate(_IN_WORKER)),
        }
    except PlaywrightError:
        return {"page": False, "frame": False, "worker": False}
    finally:
        await page.close()
