"""A publisher with a consent dialog of two layers, an ad host, and a record that the ads heed: the site of these tests."""

from __future__ import annotations

from consentcheck.demo.server import Asked, Reply

SCRIPT = """
const root = %(root)s;
const saved = () => (document.cookie.match(/(?:^|; )choice=([^;]*)/) || [])[1];
const ads = () => { const s = document.createElement('script'); s.src = 'https://ads.example/tag.js'; document.head.append(s); };
if (navigator.globalPrivacyControl !== true && saved() !== 'out') ads();
const banner = `<div id=banner role=dialog aria-label="Your privacy"
  style="position:fixed;bottom:0;left:0;right:0;background:#fff;padding:20px">
  <h2>Your privacy</h2><p>We and our partners use cookies to show you advertising and to measure our site.</p>
  <button id=accept>Accept All</button> %(decline)s <button id=manage>Cookie Settings</button>
  <button id=x aria-label="Close">×</button></div>`;
const centre = () => `<div id=centre role=dialog aria-modal=true aria-label="Privacy Preference Center"
   style="position:fixed;top:40px;left:200px;width:700px;background:#fff;padding:20px;z-index:9;max-height:700px;overflow:auto">
  <h2>Privacy Preference Center</h2><p>Choose which cookies we may use.</p>
  <div class=category><h3>Strictly Necessary Cookies</h3>
    <p>These cookies are needed for the site to work.</p><span>Always Active</span></div>
  <div class=category><h3>Performance Cookies</h3><p>These cookies count visits.</p>
    <label><input type=checkbox role=switch id=perf ${saved() === 'out' ? '' : 'checked'} aria-label="Performance Cookies"></label></div>
  <div class=category><h3>Sale of Personal Data</h3><p>We sell or share personal information for advertising.</p>
    <label><input type=checkbox role=switch id=sale ${saved() === 'out' ? '' : 'checked'} aria-label="Sale of Personal Data"></label>
    <button id=more aria-expanded=false>Cookie details</button><div id=details hidden><table><tr><th>Cookie</th><th>Host</th></tr>
    <tr><td>uid</td><td>ads.example</td></tr></table></div></div>
  <button id=save>Confirm My Choices</button> <button id=all>Allow All</button></div>`;
const put = html => { const holder = document.createElement('div'); holder.innerHTML = html; root.append(holder.firstElementChild); };
const by = id => root.querySelector('#' + id);
const choose = value => {
  document.cookie = 'choice=' + value + '; path=/; max-age=31536000; secure';
  for (const id of ['banner', 'centre']) if (by(id)) by(id).remove();
  const note = document.createElement('p'); note.textContent = 'Your choices have been saved'; document.body.append(note);
  setTimeout(() => note.remove(), 1500);
};
const show = () => {
  if (by('centre')) return;
  put(centre());
  by('more').onclick = () => { by('details').hidden = false; by('more').setAttribute('aria-expanded', 'true'); };
  by('save').onclick = () => choose(by('sale').checked ? 'in' : 'out');
  by('all').onclick = () => choose('in');
};
document.getElementById('dns').onclick = event => { event.preventDefault(); show(); };
if (!saved()) setTimeout(() => {
  put(banner);
  by('accept').onclick = () => choose('in');
  by('manage').onclick = show;
  by('x').onclick = () => { document.cookie = 'choice=closed; path=/'; by('banner').remove(); };
  if (by('decline')) by('decline').onclick = () => choose('out');
}, 300);
"""

PAGE = """<!doctype html><html lang=en><head><title>The Gazette</title></head><body>
<header><h1>The Gazette</h1></header><main><p>News of the day.</p><a href="/story">A story</a></main>
<footer><a href="/privacy-policy">Privacy Policy</a> %(link)s</footer><div id=host></div><script>%(script)s</script></body></html>"""

LINK = '<a id=dns href="#">Do Not Sell or Share My Personal Information</a>'
DECLINE = "<button id=decline>Reject All</button>"
LIGHT, CLOSED = "document.body", "document.getElementById('host').attachShadow({mode: 'closed'})"


def publisher(*, decline: str = "", link: str = LINK, root: str = LIGHT) -> dict[str, object]:
    """The site and its ad host, for `LocalSites`."""
    script = SCRIPT % {"root": root, "decline": decline}
    if not link:
        script = script.replace("document.getElementById('dns').onclick", "window.unused")
    page = PAGE % {"link": link, "script": script}

    def site(asked: Asked) -> Reply:
        if asked.path == "/.well-known/gpc.json":
            return Reply('{"gpc": true, "lastUpdate": "2026-01-01"}', type="application/json")
        if asked.path == "/privacy-policy":
            return Reply(
                "<!doctype html><title>Privacy Policy</title><h1>Privacy Policy</h1><p>Last updated: January 1, 2026</p>"
            )
        return Reply(page)

    def ads(asked: Asked) -> Reply:
        if asked.path == "/tag.js":
            return Reply("new Image().src = 'https://ads.example/pixel?u=' + Math.random();", type="text/javascript")
        return Reply(
            b"GIF89a", type="image/gif", cookies=("uid=8a7b6c5d4e3f; Secure; SameSite=None; Max-Age=3600; Path=/",)
        )

    return {"www.gazette.example": site, "ads.example": ads}
