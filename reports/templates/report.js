// Filters and copying; the page reads the same without it.
"use strict";
(() => {
  const form = document.querySelector("#filter, #find");
  const count = document.querySelector("#count");
  const items = [...document.querySelectorAll(".result, .targets tbody tr")];
  const words = new Map();
  const text = (item) => words.get(item) ?? words.set(item, item.textContent.toLowerCase()).get(item);

  const apply = () => {
    const data = new FormData(form);
    const sought = String(data.get("words") || "").trim().toLowerCase();
    const pack = data.get("pack");
    const outcomes = new Set(data.getAll("outcome"));
    const severities = new Set(data.getAll("severity"));
    let shown = 0;
    for (const item of items) {
      const { outcome, severity, pack: own } = item.dataset;
      const fits = (!outcome || (outcomes.has(outcome) && severities.has(severity) && (!pack || pack === own)))
        && (!sought || text(item).includes(sought));
      item.toggleAttribute("data-hidden", !fits);
      shown += fits;
    }
    for (const level of document.querySelectorAll(".level")) {
      let next = level.nextElementSibling;
      while (next && next.matches(".result[data-hidden]")) next = next.nextElementSibling;
      level.toggleAttribute("data-hidden", !next || !next.matches(".result"));
    }
    count.value = `${shown} of ${items.length} shown`;
  };

  if (form) {
    form.hidden = false;
    count.value = `${items.length} of ${items.length} shown`;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
  }

  const asText = (finding) => {
    const article = finding.closest(".result");
    const parts = [...article.querySelectorAll("[data-copy]")]
      .filter((part) => !part.closest(".finding") || finding.contains(part))
      .map((part) => part.dataset.copy + part.textContent.replace(/\s+/g, " ").trim());
    const quotes = [...finding.querySelectorAll("blockquote")].map((quote) => `“${(quote.querySelector("bdi") ?? quote).textContent.trim()}”`);
    return [...parts, ...quotes, document.querySelector(".target")?.textContent.trim()].join("\n");
  };
  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = words;
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  document.documentElement.classList.add("script");
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest(".copy");
    if (!button) return;
    const done = await copy(asText(button.closest(".finding")));
    document.querySelector("#said").textContent = done ? "Copied." : "Could not copy.";
    button.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => { button.textContent = "Copy as text"; }, 2000);
  });

  // A link to a finding that a filter hides shows it.
  const reveal = () => {
    const goal = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (goal && goal.closest("[data-hidden]")) { form.reset(); setTimeout(() => goal.scrollIntoView()); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
