// A page under c15t's own preset for California, with no server: everything loads until the visitor, or the signal, opts out.
import { ConsentBanner, ConsentDialog, ConsentDialogLink, ConsentManagerProvider, policyPackPresets } from "@c15t/react";
import "@c15t/react/styles.css";
import { createRoot } from "react-dom/client";

const options = {
  mode: "offline",
  overrides: { country: "US", region: "CA" },
  offlinePolicy: { policyPacks: [policyPackPresets.californiaOptOut()] },
  consentCategories: ["necessary", "measurement", "marketing"],
  scripts: [
    { id: "analytics", src: "https://www.googletagmanager.com/gtag/js?id=G-ML24TIDE", category: "measurement" },
    { id: "exchange", src: "https://ads.northstar.example/serve.js", category: "marketing" },
    { id: "social", src: "https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CML24TIDE0", category: "marketing" },
  ],
};

window.dataLayer = [["config", "G-ML24TIDE"]];

createRoot(document.getElementById("root")).render(
  <ConsentManagerProvider options={options}>
    <h1>The garden club</h1>
    <p>Tulips go in this week.</p>
    <footer>
      <ConsentDialogLink>Do Not Sell or Share My Personal Information</ConsentDialogLink>
      <a href="/privacy">Privacy Policy</a>
    </footer>
    <ConsentBanner />
    <ConsentDialog />
  </ConsentManagerProvider>,
);
