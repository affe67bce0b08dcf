// Stand-in for Meta's pixel: the first-party browser id, the limited-data-use option and the tracking image.
(() => {
  const VISITOR = "__VISITOR__";
  let pixel = "";
  let limited = null;
  const browserId = () => {
    const known = document.cookie.match(/(?:^|; )_fbp=([^;]*)/);
    const id = known ? known[1] : `fb.1.${VISITOR}`;
    document.cookie = `_fbp=${id}; path=/; max-age=${90 * 86400}; secure; samesite=lax`;
    return id;
  };
  const run = ([command, ...rest]) => {
    if (command === "dataProcessingOptions") limited = rest[0].includes("LDU") ? rest : null;
    if (command === "init") pixel = rest[0];
    if (command !== "track") return;
    const query = new URLSearchParams({ id: pixel, ev: rest[0], dl: location.href, fbp: browserId() });
    if (limited) {
      query.set("dpo", "LDU");
      query.set("dpoco", limited[1]);
      query.set("dpost", limited[2]);
    }
    new Image().src = `https://www.facebook.com/tr/?${query}`;
  };
  const waiting = window.fbq?.queue ?? [];
  window.fbq = (...command) => run(command);
  waiting.forEach(run);
})();
