// The Ledger, mended. One record, `ml_consent`, decides what loads, what partners are told and what the page says.
(() => {
  const YEAR = 395 * 86400;
  const NECESSARY = { functional: "0", analytics: "0", sale: "0" };
  const EVERYTHING = { functional: "1", analytics: "1", sale: "1" };
  const read = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];
  const write = (name, value, seconds) => {
    const age = seconds === null ? "" : `; max-age=${seconds}`;
    document.cookie = `${name}=${value}; path=/${age}; secure; samesite=lax`;
  };

  // Before any choice everything is on: the law of California is opt-out.
  let record = { ...EVERYTHING, ...Object.fromEntries(new URLSearchParams(read("ml_consent"))) };
  let chosen = Boolean(read("ml_consent"));
  const signal = navigator.globalPrivacyControl === true;
  const optedOut = () => record.sale === "0";
  const usp = () => (optedOut() ? "1YYN" : "1YNN");
  const api = signalsApi({
    usp,
    california: () => ({ saleOptOut: optedOut() ? 1 : 2, sharingOptOut: optedOut() ? 1 : 2, gpc: signal }),
  });

  const FIRST_PARTY = {
    functional: ["ml_edition"],
    analytics: ["_ga", "_ga_ML24TIDE"],
    sale: ["_gcl_au", "__gads", "_fbp", "_uetsid", "_uetvid", "_ttp"],
  };
  const keep = () => {
    for (const [kind, names] of Object.entries(FIRST_PARTY)) {
      if (record[kind] === "0") names.forEach((name) => write(name, "", 0));
    }
    if (record.functional === "1") write("ml_edition", "bay", 180 * 86400);
    write("usprivacy", usp(), YEAR);
  };
  const choose = (choice, by) => {
    record = { ...record, ...choice, by };
    chosen = true;
    write("ml_consent", new URLSearchParams(record), YEAR);
    keep();
    api.changed();
    const ads = optedOut() ? "denied" : "granted";
    window.gtag?.("consent", "update", {
      ad_storage: ads,
      analytics_storage: record.analytics === "1" ? "granted" : "denied",
      ad_user_data: ads,
      ad_personalization: ads,
    });
  };

  if (signal && !(optedOut() && chosen)) choose({ sale: "0" }, "signal");
  keep();
  const sale = !optedOut();
  startTags({ analytics: record.analytics === "1", ads: sale, social: sale, tiktok: sale });

  addEventListener("DOMContentLoaded", () => {
    const by = (id) => document.getElementById(id);
    const switches = [...document.querySelectorAll("#preferences [role=switch]")];
    const turn = (toggle, on) => {
      toggle.setAttribute("aria-checked", String(on));
      by(`state-${toggle.dataset.kind}`).textContent = on ? "Allowed" : "Opted out";
    };
    const reflect = () => switches.forEach((toggle) => turn(toggle, record[toggle.dataset.kind] === "1"));
    const status = () => {
      document.querySelector(".status")?.remove();
      if (!optedOut()) return;
      const bar = document.createElement("div");
      bar.className = "status";
      bar.setAttribute("role", "status");
      const text = document.createElement("div");
      text.className = "wrap";
      text.textContent = record.by === "signal"
        ? "Opt-Out Request Honored. Your browser's opt-out preference signal opted you out of the sale and sharing of your personal information."
        : "Opt-Out Request Honored. You are opted out of the sale and sharing of your personal information.";
      bar.append(text);
      document.body.prepend(bar);
    };
    const close = () => ["banner", "panel", "veil"].forEach((id) => { by(id).hidden = true; });
    const settle = (choice, how) => {
      choose(choice, how);
      close();
      reflect();
      status();
    };
    const show = (tab) => {
      for (const [button, panel] of [["tab-preferences", "preferences"], ["tab-list", "cookie-list"]]) {
        by(button).setAttribute("aria-selected", String(panel === tab));
        by(panel).hidden = panel !== tab;
      }
    };
    const open = (event) => {
      event.preventDefault();
      reflect();
      by("banner").hidden = true;
      by("panel").hidden = by("veil").hidden = false;
      show("preferences");
    };
    // Whoever opted out is asked a second time before sale and sharing begin again.
    const allow = (choice, how) => {
      if (!optedOut() || choice.sale === "0") return settle(choice, how);
      const question = document.createElement("section");
      question.className = "consent panel";
      question.setAttribute("role", "alertdialog");
      question.setAttribute("aria-label", "Confirm your opt-in");
      question.innerHTML = `<h2>Confirm your opt-in</h2>
        <p>You are opted out of the sale and sharing of your personal information. Do you want to allow it again?</p>
        <div class="buttons"><button class="button" type="button">No, stay opted out</button>
        <button class="button" type="button">Yes, allow sale and sharing</button></div>`;
      const [no, yes] = question.querySelectorAll("button");
      no.addEventListener("click", () => { question.remove(); close(); });
      yes.addEventListener("click", () => { question.remove(); settle(choice, how); });
      close();
      by("veil").hidden = false;
      document.body.append(question);
    };
    const greet = () => { by("banner").hidden = chosen || Boolean(read("ml_notice")); };
    greet();
    reflect();
    status();
    by("banner-close").addEventListener("click", () => {
      write("ml_notice", "closed", null); // closing is no choice: the record stays as it is
      close();
    });
    by("panel-close").addEventListener("click", () => {
      close();
      greet();
    });
    ["accept", "panel-accept"].forEach((id) => by(id).addEventListener("click", () => allow(EVERYTHING, "accept-all")));
    ["reject", "panel-reject"].forEach((id) => by(id).addEventListener("click", () => settle(NECESSARY, "reject-all")));
    document.querySelectorAll("[data-privacy-choices]").forEach((link) => link.addEventListener("click", open));
    by("tab-preferences").addEventListener("click", () => show("preferences"));
    by("tab-list").addEventListener("click", () => show("cookie-list"));
    switches.forEach((toggle) => toggle.addEventListener("click", () => turn(toggle, toggle.getAttribute("aria-checked") !== "true")));
    by("save").addEventListener("click", () => {
      const choice = switches.map((toggle) => [toggle.dataset.kind, toggle.getAttribute("aria-checked") === "true" ? "1" : "0"]);
      allow(Object.fromEntries(choice), "save");
    });
  });
})();
