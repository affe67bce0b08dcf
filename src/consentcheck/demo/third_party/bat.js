// Stand-in for Microsoft's event tag: its two first-party ids and the action call with its consent state.
(() => {
  const VISITOR = "__VISITOR__";
  let state = "G";
  const cookie = (name, days) => {
    const known = document.cookie.match(new RegExp(`(?:^|; )${name}=([^;]*)`));
    const value = known ? known[1] : `${name.slice(4)}${VISITOR}`;
    document.cookie = `${name}=${value}; path=/; max-age=${days * 86400}; secure; samesite=lax`;
    return value;
  };
  const run = ([command, ...rest]) => {
    if (command === "consent") state = rest[1].ad_storage === "denied" ? "D" : "G";
    if (command !== "pageLoad") return;
    const query = new URLSearchParams({ ti: rest[0], Ver: "2", evt: "pageLoad", p: location.href, asc: state });
    if (state === "G") {
      query.set("sid", cookie("_uetsid", 1));
      query.set("vid", cookie("_uetvid", 390));
    }
    new Image().src = `https://bat.bing.com/action/0?${query}`;
  };
  const waiting = window.uetq ?? [];
  window.uetq = { push: (...command) => run(command) };
  waiting.forEach(run);
})();
