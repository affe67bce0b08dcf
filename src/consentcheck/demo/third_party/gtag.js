// Stand-in for Google's tag: consent mode, the first-party analytics cookies and the collect call.
(() => {
  const VISITOR = "__VISITOR__";
  const measurement = new URL(document.currentScript.src).searchParams.get("id");
  const consent = {};
  const KINDS = ["ad_storage", "analytics_storage", "ad_user_data", "ad_personalization"];
  const granted = (kind) => {
    const { byDefault, updated } = consent[kind] ?? {};
    return (updated ?? byDefault ?? "granted") === "granted";
  };
  const letter = (kind) => {
    const { byDefault, updated } = consent[kind] ?? {};
    if (!byDefault && !updated) return "l";
    if (!updated) return byDefault === "denied" ? "p" : "t";
    if (!byDefault) return updated === "denied" ? "m" : "n";
    if (byDefault === "denied") return updated === "denied" ? "q" : "r";
    return updated === "denied" ? "u" : "v";
  };
  const cookie = (name, value, days) => {
    const known = document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`));
    const kept = known ? known[1] : value;
    document.cookie = `${name}=${kept}; path=/; max-age=${days * 86400}; secure; samesite=lax`;
    return kept;
  };
  const send = (event) => {
    const query = new URLSearchParams({
      v: "2",
      tid: measurement,
      gcs: `G1${Number(granted("ad_storage"))}${Number(granted("analytics_storage"))}`,
      gcd: `13${KINDS.map(letter).join("3")}5`,
      npa: granted("ad_personalization") ? "0" : "1",
      en: event,
      dl: location.href,
      dt: document.title,
    });
    if (granted("analytics_storage")) {
      query.set("cid", cookie("_ga", `GA1.1.${VISITOR}`, 395).slice(6));
      cookie(`_ga_${measurement.slice(2)}`, `GS1.1.${VISITOR}.1.0`, 395);
    }
    if (granted("ad_storage")) query.set("auid", cookie("_gcl_au", `1.1.${VISITOR}`, 90).slice(4));
    fetch(`https://www.google-analytics.com/g/collect?${query}`, { method: "POST", mode: "no-cors", keepalive: true });
  };
  const run = ([command, ...rest]) => {
    if (command === "consent") {
      for (const [kind, value] of Object.entries(rest[1])) {
        consent[kind] = { ...consent[kind], [rest[0] === "default" ? "byDefault" : "updated"]: value };
      }
    } else if (command === "config") send("page_view");
    else if (command === "event") send(rest[0]);
  };
  window.dataLayer = window.dataLayer || [];
  window.dataLayer.forEach(run);
  window.dataLayer.push = (...items) => {
    items.forEach(run);
    return Array.prototype.push.apply(window.dataLayer, items);
  };
})();
