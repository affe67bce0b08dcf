// An ad exchange: it bids with the page's privacy strings and passes its visitor id on to a data broker.
(() => {
  const signals = {};
  window.__uspapi?.("getUSPData", 1, (data, ok) => ok && (signals.us_privacy = data.uspString));
  window.__gpp?.("ping", (data) => {
    signals.gpp = data.gppString;
    signals.gpp_sid = data.applicableSections.join(",");
  });
  const query = new URLSearchParams({ page: location.href, title: document.title, ...signals });
  fetch(`https://ads.northstar.example/bid?${query}`, { credentials: "include" })
    .then((answer) => answer.json())
    .then(({ line, sync }) => {
      const slot = document.getElementById("ad-side");
      if (slot) slot.textContent = line;
      if (sync) new Image().src = sync;
    });
})();
