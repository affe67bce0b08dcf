// Stand-in for Google's publisher tag: asks for an advertisement with the page's privacy strings and shows it.
(() => {
  const VISITOR = "__VISITOR__";
  const settings = {};
  const signals = () => {
    const found = {};
    window.__uspapi?.("getUSPData", 1, (data, ok) => ok && (found.us_privacy = data.uspString));
    window.__gpp?.("ping", (data) => {
      found.gpp = data.gppString;
      found.gpp_sid = data.applicableSections.join(",");
    });
    return found;
  };
  const slots = {};
  const googletag = (window.googletag = window.googletag || {});
  googletag.pubads = () => ({ setPrivacySettings: (given) => Object.assign(settings, given) });
  googletag.defineSlot = (path, size, element) => {
    slots[element] = { path, size };
  };
  googletag.display = async (element) => {
    const { path, size } = slots[element];
    const query = new URLSearchParams({ gdfp_req: "1", iu: path, sz: size.join("x"), url: location.href, ...signals() });
    if (settings.restrictDataProcessing) query.set("rdp", "1");
    else {
      document.cookie = `__gads=ID=${VISITOR}; path=/; max-age=${390 * 86400}; secure; samesite=lax`;
      query.set("cookie", `ID=${VISITOR}`);
    }
    const answer = await fetch(`https://securepubads.g.doubleclick.net/gampad/ads?${query}`, { credentials: "include" });
    const { line } = await answer.json();
    const slot = document.getElementById(element);
    if (slot) slot.textContent = line;
  };
  const waiting = googletag.cmd || [];
  googletag.cmd = { push: (job) => job() };
  waiting.forEach((job) => job());
})();
