"""What the consent interfaces of a page answer, raw. They run in the page's own world; their answers are data and may be lies."""

from __future__ import annotations

import asyncio
import json
from typing import Any, get_args

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from consentcheck.model.evidence import Probe
from consentcheck.model.words import SignalName

LIMIT = 32_768
MAX_FRAMES = 12
_SIGNALS = frozenset(get_args(SignalName))

_ASK = """async limit => {
  const seen = new WeakSet();
  const plain = (key, value) => {
    if (typeof value === "function" || typeof value === "symbol") return undefined;
    if (typeof value === "bigint") return String(value);
    if (value && typeof value === "object") {
      if (seen.has(value) || value instanceof Node || value === window) return undefined;
      seen.add(value);
      if (value instanceof Map) return Object.fromEntries(value);
      if (value instanceof Set) return [...value];
      if (Object.prototype.toString.call(value) === "[object Arguments]") return [...value];
    }
    return value;
  };
  const text = v => typeof v === "string" ? v.slice(0, limit) : (JSON.stringify(v, plain) || "").slice(0, limit);
  const called = (f, ...args) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no answer")), 700);
    const done = (data, ok) => { clearTimeout(timer); resolve(ok === false ? {data, success: false} : data); };
    try { const now = f(...args.map(a => a === "CALLBACK" ? done : a)); if (now && now.pingData) done(now); }
    catch (e) { clearTimeout(timer); reject(e); }
  });
  const w = window, out = [];
  const ask = async (signal, source, present, read) => {
    if (!present) { out.push([signal, source, "absent", ""]); return; }
    try { out.push([signal, source, "answer", text(await read())]); }
    catch (e) { out.push([signal, source, "error", String(e && e.message || e).slice(0, 300)]); }
  };
  const f = n => typeof w[n] === "function";
  await Promise.all([
    ask("gpc", "navigator.globalPrivacyControl", navigator.globalPrivacyControl !== undefined,
        () => String(navigator.globalPrivacyControl)),
    ask("usp", "__uspapi", f("__uspapi"), () => called(w.__uspapi, "getUSPData", 1, "CALLBACK")),
    ask("gpp", "__gpp ping", f("__gpp"), () => called(w.__gpp, "ping", "CALLBACK")),
    ask("tcf", "__tcfapi", f("__tcfapi"), () => called(w.__tcfapi, "getTCData", 2, "CALLBACK")),
    ask("onetrust", "OnetrustActiveGroups", w.OnetrustActiveGroups !== undefined || w.OptanonActiveGroups !== undefined,
        () => w.OnetrustActiveGroups !== undefined ? w.OnetrustActiveGroups : w.OptanonActiveGroups),
    ask("onetrust", "OneTrust.getGeolocationData", w.OneTrust && typeof w.OneTrust.getGeolocationData === "function",
        () => w.OneTrust.getGeolocationData()),
    ask("onetrust", "OneTrust.GetDomainData", w.OneTrust && typeof w.OneTrust.GetDomainData === "function",
        () => { const d = w.OneTrust.GetDomainData(); return {Groups: d.Groups, ConsentModel: d.ConsentModel,
          CloseShouldAcceptAllCookies: d.CloseShouldAcceptAllCookies, BannerShowRejectAllButton: d.BannerShowRejectAllButton}; }),
    ask("cookiebot", "Cookiebot.consent", w.Cookiebot && w.Cookiebot.consent, () => ({consent: w.Cookiebot.consent,
        hasResponse: w.Cookiebot.hasResponse, declined: w.Cookiebot.declined, regulations: w.Cookiebot.regulations})),
    ask("didomi", "Didomi.getCurrentUserStatus", w.Didomi && typeof w.Didomi.getCurrentUserStatus === "function",
        () => w.Didomi.getCurrentUserStatus()),
    ask("usercentrics", "UC_UI.getServicesBaseInfo", w.UC_UI && typeof w.UC_UI.getServicesBaseInfo === "function",
        () => w.UC_UI.getServicesBaseInfo().map(s => ({name: s.name, category: s.categorySlug, consent: s.consent && s.consent.status}))),
    ask("usercentrics", "__ucCmp.getConsentDetails", w.__ucCmp && typeof w.__ucCmp.getConsentDetails === "function",
        () => w.__ucCmp.getConsentDetails()),
    ask("osano", "Osano.cm.getConsent", w.Osano && w.Osano.cm && typeof w.Osano.cm.getConsent === "function",
        () => w.Osano.cm.getConsent()),
    ask("trustarc", "truste.cma.callApi", w.truste && w.truste.cma && typeof w.truste.cma.callApi === "function",
        () => w.truste.cma.callApi("getGDPRConsentDecision", location.hostname)),
    ask("sourcepoint", "_sp_.config", w._sp_ && w._sp_.config, () => w._sp_.config),
    ask("google-consent-mode", "google_tag_data.ics", w.google_tag_data && w.google_tag_data.ics && w.google_tag_data.ics.entries,
        () => w.google_tag_data.ics.entries),
    ask("google-consent-mode", "dataLayer consent", Array.isArray(w.dataLayer) && w.dataLayer.some(e => e && e[0] === "consent"),
        () => w.dataLayer.filter(e => e && e[0] === "consent").map(e => [...e])),
    ask("microsoft-uet", "uetq consent", Array.isArray(w.uetq) && w.uetq.includes("consent"), () => w.uetq),
    ask("meta-ldu", "fbq queue", w.fbq && Array.isArray(w.fbq.queue) && w.fbq.queue.some(e => e && e[0] === "dataProcessingOptions"),
        () => w.fbq.queue.filter(e => e && e[0] === "dataProcessingOptions").map(e => [...e])),
  ]);
  return out;
}"""


async def take_probes(page: Page, snapshot: str) -> tuple[Probe, ...]:
    """Ask the main frame all, and record the absences too; of the other frames keep only what answers."""
    found: list[Probe] = []
    for number, frame in enumerate(page.frames[:MAX_FRAMES]):
        name = "main" if frame is page.main_frame else f"frame-{number}"
        try:
            answers = await asyncio.wait_for(frame.evaluate(_ASK, LIMIT), 4)
        except (PlaywrightError, TimeoutError):
            if name == "main":
                raise
            continue
        found += [probe for probe in _probes(answers, snapshot, name) if name == "main" or probe.kind == "answer"]
    return tuple(found)


def _probes(answers: Any, snapshot: str, frame: str) -> list[Probe]:
    """Probes of what the page said; a page that tampered with our question gives none."""
    if not isinstance(answers, list):
        return [Probe(signal="gpc", source="probes", raw=json.dumps(answers)[:300], snapshot=snapshot, kind="error")]
    return [
        Probe(signal=a[0], source=str(a[1]), kind=a[2], raw=str(a[3])[:LIMIT], snapshot=snapshot, frame=frame)
        for a in answers
        if isinstance(a, list) and len(a) == 4 and a[0] in _SIGNALS and a[2] in ("answer", "absent", "error")
    ]
