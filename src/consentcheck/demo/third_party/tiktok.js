// Stand-in for TikTok's pixel: its first-party id and a posted event.
(() => {
  const VISITOR = "__VISITOR__";
  const known = document.cookie.match(/(?:^|; )_ttp=([^;]*)/);
  const id = known ? known[1] : `ttp${VISITOR}`;
  document.cookie = `_ttp=${id}; path=/; max-age=${390 * 86400}; secure; samesite=lax`;
  const pixel = new URL(document.currentScript.src).searchParams.get("sdkid");
  fetch("https://analytics.tiktok.com/api/v2/pixel", {
    method: "POST",
    mode: "no-cors",
    credentials: "include",
    keepalive: true,
    body: JSON.stringify({ event: "Pageview", pixel_code: pixel, anonymous_id: id, url: location.href, title: document.title }),
  });
})();
