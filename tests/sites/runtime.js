// What the test sites share. The script tag's data-ways says how far the site means what it says:
//   gpc       the browser's signal counts as an opt-out
//   stops     an opt-out stops the trackers
//   flips     an opt-out flips __uspapi, __gpp and the usprivacy cookie
//   days      how long the choice is kept
//   status    an opt-out is shown as honoured
//   optedOut  the server already knows that this visitor opted out
//   tracks    the page has trackers at all; leaks: this page fires them whatever was chosen
//   account   the choice is also told to the server
//   vanishes  dialogs that are opened go away at once
// Controls say what they do: data-do="open ID | close ID | accept | opt-out | save | toggle".
(() => {
  const ways = JSON.parse(document.currentScript.dataset.ways);
  const read = (name) => document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`))?.[1];
  const write = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=${ways.days * 86400}; secure; samesite=lax`;
  };
  const signal = ways.gpc && navigator.globalPrivacyControl === true;
  const out = () => signal || ways.optedOut || read("choice") === "out";
  const told = () => out() && ways.flips;
  const usp = () => (told() ? "1YYN" : "1YNN");
  const optOut = () => (told() ? 1 : 2);
  const api = signalsApi({ usp, california: () => ({ saleOptOut: optOut(), sharingOptOut: optOut(), gpc: signal }) });
  write("usprivacy", usp());
  if (ways.tracks) {
    const fire = ways.leaks || !(out() && ways.stops);
    startTags({ analytics: false, ads: fire, social: fire, tiktok: fire });
  }

  addEventListener("DOMContentLoaded", () => {
    const dialogs = [...document.querySelectorAll("[role=dialog], [data-banner]")];
    const status = () => {
      document.querySelector("[role=status]")?.remove();
      if (!ways.status || !out()) return;
      const bar = document.createElement("p");
      bar.setAttribute("role", "status");
      bar.textContent = "Opt-Out Request Honored. We do not sell or share your personal information.";
      document.body.prepend(bar);
    };
    const choose = (choice) => {
      write("choice", choice);
      write("usprivacy", usp());
      if (ways.account) fetch(`/choice?${choice}`, { method: "POST" });
      api.changed();
      const ads = out() && ways.stops ? "denied" : "granted";
      window.gtag?.("consent", "update", { ad_storage: ads, ad_user_data: ads, ad_personalization: ads });
      dialogs.forEach((dialog) => { dialog.hidden = true; });
      status();
    };
    const turn = (toggle, on) => {
      toggle.setAttribute("aria-checked", String(on));
      if (toggle.dataset.words) toggle.textContent = toggle.dataset.words.split("|")[on ? 0 : 1];
    };
    const sale = () => document.querySelector("[role=switch]");
    const verbs = {
      open: (id) => {
        if (sale()) turn(sale(), !out());
        const dialog = document.getElementById(id);
        dialogs.forEach((other) => { other.hidden = other !== dialog; });
        if (ways.vanishes) setTimeout(() => { dialog.hidden = true; }, 60);
      },
      close: (id) => { document.getElementById(id).hidden = true; },
      accept: () => choose("in"),
      "opt-out": () => choose("out"),
      save: () => choose(sale().getAttribute("aria-checked") === "true" ? "in" : "out"),
      toggle: () => turn(sale(), sale().getAttribute("aria-checked") !== "true"),
    };
    document.querySelectorAll("[data-do]").forEach((control) => control.addEventListener("click", (event) => {
      event.preventDefault();
      const [verb, id] = control.dataset.do.split(" ");
      verbs[verb](id);
    }));
    if (sale()) turn(sale(), !out());
    document.querySelectorAll("[data-banner]").forEach((banner) => { banner.hidden = out() || Boolean(read("choice")); });
    status();
  });
})();
