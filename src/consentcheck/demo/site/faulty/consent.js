// The Ledger's first attempt. It looks like an opt-out and is none: the choice is written down and nothing reads it.
(() => {
  const YEAR = 395 * 86400;
  const read = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];
  const write = (name, value, seconds) => {
    document.cookie = `${name}=${value}; path=/; max-age=${seconds}; secure; samesite=lax`;
  };
  if (!read("usprivacy")) write("usprivacy", "1YNN", YEAR);
  localStorage.setItem("ml_interests", "harbour,gardens");
  const accepted = () => read("ml_consent") === "accepted";

  // The cookie changes with the choice; the answers given to partners do not, and the browser's signal is never asked.
  signalsApi({ usp: () => "1YNN", california: () => ({ saleOptOut: 2, sharingOptOut: 2, gpc: false }) });
  startTags({ analytics: true, ads: true, social: true, tiktok: accepted() });

  addEventListener("DOMContentLoaded", () => {
    const by = (id) => document.getElementById(id);
    const close = () => ["banner", "panel", "veil"].forEach((id) => { by(id).hidden = true; });
    const accept = () => {
      write("ml_consent", "accepted", YEAR);
      write("usprivacy", "1YNN", YEAR);
      close();
    };
    const show = (tab) => {
      for (const [button, panel] of [["tab-preferences", "preferences"], ["tab-list", "cookie-list"]]) {
        by(button).setAttribute("aria-selected", String(panel === tab));
        by(panel).hidden = panel !== tab;
      }
    };
    by("banner").hidden = accepted();
    ["accept", "allow-all", "banner-close", "panel-close"].forEach((id) => by(id).addEventListener("click", accept));
    by("do-not-sell").addEventListener("click", (event) => {
      event.preventDefault();
      by("banner").hidden = true;
      by("panel").hidden = by("veil").hidden = false;
      by("sale").setAttribute("aria-checked", "true"); // it never shows what was chosen
      show("preferences");
    });
    by("tab-preferences").addEventListener("click", () => show("preferences"));
    by("tab-list").addEventListener("click", () => show("cookie-list"));
    by("sale").addEventListener("click", ({ currentTarget: toggle }) => {
      toggle.setAttribute("aria-checked", String(toggle.getAttribute("aria-checked") !== "true"));
    });
    by("save").addEventListener("click", () => {
      const optedOut = by("sale").getAttribute("aria-checked") === "false";
      write("ml_consent", optedOut ? "declined" : "accepted", optedOut ? 30 * 86400 : YEAR);
      write("usprivacy", optedOut ? "1YYN" : "1YNN", YEAR);
      close();
    });
  });
})();
