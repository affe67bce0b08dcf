// The publisher's tags. startTags({ analytics, ads, social, tiktok }) loads those that are true; Google's consent mode is told the rest.
window.startTags = ({ analytics, ads, social, tiktok }) => {
  const load = (src) => {
    const script = document.createElement("script");
    script.src = src;
    script.async = true;
    document.head.append(script);
  };
  const adsMay = ads ? "granted" : "denied";
  window.dataLayer = window.dataLayer || [];
  const gtag = (...command) => window.dataLayer.push(command);
  gtag("consent", "default", {
    ad_storage: adsMay,
    analytics_storage: analytics ? "granted" : "denied",
    ad_user_data: adsMay,
    ad_personalization: adsMay,
  });
  window.gtag = gtag;
  if (analytics) {
    gtag("config", "G-ML24TIDE");
    load("https://www.googletagmanager.com/gtag/js?id=G-ML24TIDE");
  }
  if (ads) {
    window.googletag = { cmd: [] };
    googletag.cmd.push(() => {
      googletag.defineSlot("/21700/morningledger/top", [728, 90], "ad-top");
      googletag.display("ad-top");
    });
    load("https://securepubads.g.doubleclick.net/tag/js/gpt.js");
    window.uetq = [["pageLoad", "97104117"]];
    load("https://bat.bing.com/bat.js");
    load("https://ads.northstar.example/serve.js");
  }
  if (social) {
    window.fbq = (...command) => window.fbq.queue.push(command);
    window.fbq.queue = [["init", "481516234200815"], ["track", "PageView"]];
    load("https://connect.facebook.net/en_US/fbevents.js");
  }
  if (tiktok) load("https://analytics.tiktok.com/i18n/pixel/events.js?sdkid=CML24TIDE0");
};
