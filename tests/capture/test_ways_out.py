"""Opt-outs that are not made by the shortest way: through frames, windows, questions and late footers, on layers of all kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.demo.server import Asked, Reply
from consentcheck.model.evidence import Evidence
from consentcheck.reading.facts import read_facts
from tests.capture.visiting import HOST, visits

pytestmark = pytest.mark.browser

_TOGGLES = """<label><input type=checkbox checked disabled> Necessary cookies</label>
  <label><input type=checkbox checked id=ads> Advertising cookies</label>"""
ROUNDABOUT = {
    "a dialog over the link, which fades out": (
        """<div id=cover role=dialog aria-label="Cookies" style="position:fixed;inset:0;background:#fff;transition:opacity 1s">
        <p>We use cookies for advertising.</p><button>Accept all</button><button onclick="document.cookie='choice=out';
        cover.style.opacity=0;setTimeout(() => cover.remove(), 1000)">Reject all</button></div>""",
        ["Reject all"],
    ),
    "toggles that only the banner behind them saves": (
        f"""<div id=bar role=dialog aria-label="Cookies" style="position:fixed;bottom:0"><p>We use cookies for advertising.</p>
        <button onclick="more.hidden=false">Cookie settings</button><button id=ok>Accept all</button></div>
        <div id=more hidden role=dialog aria-label="Cookie settings" style="position:fixed;inset:0;background:#fff">
        <p>Which cookies may we use?</p>{_TOGGLES}<button onclick="more.hidden=true">Close settings</button></div>
        <script>ads.onchange = () => {{ ok.textContent = ads.checked ? "Accept all" : "Accept selected" }};
        ok.onclick = () => {{ document.cookie = "choice=" + (ads.checked ? "in" : "out"); bar.remove() }};</script>""",
        ["Cookie settings", "Advertising cookies", "Close settings", "Accept selected"],
    ),
    "toggles folded away": (
        f"""<div id=bar role=dialog aria-label="Cookies" style="position:fixed;bottom:0"><p>We use cookies for advertising.</p>
        <button>Accept all</button><button onclick="fold.style.maxHeight='200px'">Cookie settings</button>
        <div id=fold style="max-height:0;overflow:hidden">{_TOGGLES}<button onclick="document.cookie='choice=' +
        (ads.checked ? 'in' : 'out'); bar.remove()">Save</button></div></div>""",
        ["Cookie settings", "Advertising cookies", "Save"],
    ),
    "radio buttons, of which the one that says off is pressed": (
        """<div id=bar role=dialog aria-label="Cookies" style="position:fixed;bottom:0"><p>We use cookies for advertising.</p>
        <h3>Advertising cookies</h3><label><input type=radio name=ads id=ads checked> On</label>
        <label><input type=radio name=ads> Off</label>
        <h3>Analytics cookies</h3><label><input type=radio name=analytics> On</label>
        <label><input type=radio name=analytics checked> Off</label><button>Accept all</button>
        <button onclick="document.cookie='choice=' + (ads.checked ? 'in' : 'out'); bar.remove()">Save</button></div>""",
        ["Off", "Save"],
    ),
}


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_roundabout_ways_out_are_found(tmp_path: Path, way: str) -> None:
    dialog, pressed = ROUNDABOUT[way]
    page = f"""<!doctype html><title>p</title><h1>Paper</h1><footer><a href="#">Do Not Sell or Share My Personal
      Information</a></footer><script>const out = document.cookie.includes("choice")</script>{dialog}
      <script>if (out) for (const each of document.querySelectorAll("[role=dialog]")) each.remove()</script>"""
    visit = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out")["opt-out"]
    assert visit.completed, visit.stopped_because
    assert [step.text for step in visit.steps if step.counts and step.ok and step.purpose != "opt-out"] == pressed
    assert visit.readback is not None
    assert (visit.readback.record_changed, visit.readback.dialog_gone) == (True, True)
    assert {cookie.value for jar in visit.jars for cookie in jar.cookies} == {"out"}


def _in_a_window(asked: Asked) -> Reply:
    """A site whose opt-out is a page in a new window, where one of two answers is chosen and saved."""
    out = "sale=out" in asked.headers.get("cookie", "")
    if asked.method == "POST":
        return Reply(
            "<!doctype html><title>Saved</title><p>Your choice was saved.", cookies=("sale=out; Max-Age=9999",)
        )
    if asked.path == "/choices":
        return Reply(
            "<!doctype html><title>Choices</title><main><h1>Do Not Sell or Share My Personal Information</h1>"
            "<p>Choose whether we may sell or share your personal information.</p><form method=post>"
            f"<label><input type=radio name=c {'' if out else 'checked'}> Allow the sale of my information</label>"
            f"<label><input type=radio name=c {'checked' if out else ''}> Do not sell or share my information</label>"
            "<button>Save my choice</button></form></main>"
        )
    return Reply(
        "<!doctype html><title>News</title><main>News of the day.</main><footer>"
        "<a href=/choices target=_blank>Do Not Sell or Share My Personal Information</a></footer>"
    )


def test_an_answer_is_chosen_on_a_page_that_opens_in_a_window(tmp_path: Path) -> None:
    out = visits(tmp_path, {"www.gazette.example": _in_a_window}, "opt-out")["opt-out"]
    assert [(s.purpose, s.text) for s in out.steps if s.counts] == [
        ("opt-out", "Do Not Sell or Share My Personal Information"),
        ("opt-out", "Do not sell or share my information"),
        ("save", "Save my choice"),
    ]
    assert out.completed
    assert out.readback is not None
    assert out.readback.toggles == {
        "Allow the sale of my information": False,
        "Do not sell or share my information": True,
    }


def test_a_negated_question_is_answered_one_way_to_opt_out_and_the_other_to_opt_in_again(tmp_path: Path) -> None:
    page = """<!doctype html><title>p</title><h1>Paper</h1><footer><a href="#" onclick="ask()">Your Privacy Choices</a></footer>
      <script>const out = () => document.cookie.includes("choice=out");
      const answer = (word, on) => `<label><input type=radio name=sale value=${word} ${on ? "checked" : ""}> ${word}</label>`;
      const save = () => { document.cookie = "choice=" + (document.querySelector(":checked").value === "Yes" ? "out" : "in")
        + ";max-age=9999"; bar.remove(); };
      const ask = () => { if (!window.bar) document.body.insertAdjacentHTML("beforeend", `<div id=bar role=dialog
        aria-modal=true style="position:fixed;bottom:0"><h2>Your privacy</h2><p>We sell personal information for advertising.</p>
        <fieldset><legend>Do not sell my data?</legend>${answer("Yes", out())}${answer("No", !out())}</fieldset>
        <button onclick="save()">Save my choice</button></div>`); };</script>"""
    seen = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out", "opt-back-in")
    records = {scenario: {c.value for c in visit.jars[-1].cookies} for scenario, visit in seen.items()}
    assert records == {"opt-out": {"out"}, "opt-back-in": {"in"}}
    back = seen["opt-back-in"]
    assert back.completed
    assert [step.text for step in back.steps if step.counts] == ["No", "Save my choice"]


MANAGER = "manager.consentco.example"
FRAMED = """<!doctype html><html lang=en><title>The Daily</title><h1>The Daily</h1><p>News of the day, long and short.</p>
<footer><a id=dns href="#">Do Not Sell or Share My Personal Information</a></footer><script>
const host = "https://manager.consentco.example", out = () => localStorage.getItem("consent") === "out";
dns.onclick = () => { document.body.insertAdjacentHTML("beforeend", `<div id=layer style="position:fixed;inset:0;z-index:9">
  <iframe style="margin:60px 200px;width:700px;height:500px;background:#fff" src="${host}/manager?out=${out()}"></iframe></div>`); };
addEventListener("message", event => { if (event.origin !== host) return;
  localStorage.setItem("consent", event.data); layer.remove(); });</script></html>"""
INSIDE = """<!doctype html><html lang=en><title>Privacy Manager</title><h2>Your Privacy Choices</h2><p>We sell and share your personal
information for targeted advertising. Opt out here.</p><h3>Sale or Sharing of Personal Data</h3><button role=switch id=sale
aria-checked=%s aria-label="Sale or Sharing of Personal Data" style="width:60px;height:30px"
onclick="this.setAttribute('aria-checked', this.getAttribute('aria-checked') !== 'true')"></button>
<button onclick="parent.postMessage(sale.getAttribute('aria-checked') === 'true' ? 'in' : 'out', '*')">Save and exit</button></html>"""


def test_a_manager_in_another_hosts_frame_is_worked_and_opened_again_to_read_it(tmp_path: Path) -> None:
    def manager(asked: Asked) -> Reply:
        return Reply(INSIDE % ("false" if asked.query == "out=true" else "true"))

    sites: dict[str, object] = {"www.gazette.example": lambda _: Reply(FRAMED), MANAGER: manager}
    seen = visits(tmp_path, sites, "opt-out", "opt-back-in")
    out, back = seen["opt-out"], seen["opt-back-in"]
    assert (out.completed, back.completed) == (True, True)
    assert [step.text for step in out.steps if step.counts] == [
        "Do Not Sell or Share My Personal Information",
        "Sale or Sharing of Personal Data",
        "Save and exit",
    ]
    assert [step.text for step in back.steps if step.counts] == ["Sale or Sharing of Personal Data", "Save and exit"]
    states = [visit.readback.toggles if visit.readback else None for visit in (out, back)]
    assert states == [{"Sale or Sharing of Personal Data": False}, {"Sale or Sharing of Personal Data": True}]
    paths = {path.goal: path.count for path in read_facts(Evidence(target=HOST, kind="live", visits=(out, back))).paths}
    assert paths == {"opt-out": 2, "opt-in": 2}


AGAIN: dict[str, tuple[str, list[str]]] = {
    "a button on a layer that says nothing of consent": (
        "<h2>Are you sure?</h2><p>Ads will be less relevant.</p><button>Keep my settings</button>"
        "<button onclick=out()>Yes, opt me out</button>",
        ["Opt out of the sale", "Yes, opt me out"],
    ),
    "what is not understood": (
        "<h2>One moment</h2><p>Solve this puzzle.</p><button onclick=out()>Solved</button>",
        ["Opt out of the sale"],
    ),
}


@pytest.mark.parametrize("way", AGAIN)
def test_a_site_that_asks_again_is_answered_or_the_opt_out_is_not_made(tmp_path: Path, way: str) -> None:
    again, pressed = AGAIN[way]
    page = f"""<!doctype html><title>p</title><h1>Paper</h1><footer><a href="#" onclick="ask()">Your Privacy Choices</a></footer>
      <template id=again>{again}</template><script>
      const out = () => {{ document.cookie = "plinth=1;max-age=9999"; bar.remove(); }};
      const ask = () => document.body.insertAdjacentHTML("beforeend", `<div id=bar role=dialog aria-modal=true
        style="position:fixed;bottom:0"><p>We sell personal information. You may opt out. Your choice is saved at once.</p>
        <button onclick="bar.innerHTML = again.innerHTML">Opt out of the sale</button></div>`);</script>"""
    visit = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out")["opt-out"]
    counted = [step.text for step in visit.steps if step.counts and step.text != "Your Privacy Choices"]
    assert counted == pressed
    assert visit.completed is (len(pressed) == 2)
    assert bool(visit.jars[-1].cookies) is (len(pressed) == 2)


LAZY = """<!doctype html><title>p</title><h1>Paper</h1><div style="height: 3000px"><a href=#>What
sells a house: opt out of beige</a></div><p id=end>More to come</p><script>
new IntersectionObserver((seen, watch) => {
  if (!seen[0].isIntersecting) return;
  watch.disconnect();
  setTimeout(() => end.outerHTML = '<footer><a href=/dns>Do Not Sell or Share My Personal Information</a></footer>', 100);
}).observe(end)</script>"""
ASKED_AGAIN = """<!doctype html><title>Your Privacy Choices</title><h1>Your Privacy Choices</h1><p>Opt out of sale and sharing.</p>
<div id=way><button onclick="document.cookie = 'stop=1'; way.innerHTML = '<button>No, stay opted out</button>'">Opt out</button></div>
<h2>Other sales</h2><form action=/sent><label>Email <input name=email type=email></label><button>Send opt-out request</button></form>"""


def test_a_footer_that_comes_late_is_found_an_offer_is_no_confirmation_and_no_form_is_sent(tmp_path: Path) -> None:
    site = {"www.gazette.example": lambda asked: Reply(ASKED_AGAIN if asked.path == "/dns" else LAZY)}
    visit = visits(tmp_path, site, "opt-out")["opt-out"]
    assert visit.completed
    assert [step.text for step in visit.steps if step.counts] == [
        "Do Not Sell or Share My Personal Information",
        "Opt out",
    ]
    assert visit.readback is not None
    assert visit.readback.message == ""
    assert visit.readback.record_changed
