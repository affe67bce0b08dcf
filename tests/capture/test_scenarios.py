"""Every scenario on a publisher's site whose ads heed the choice: what is done, what is recorded, what is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.model.evidence import Evidence, Request, Visit, Watch
from consentcheck.model.words import Scenario
from consentcheck.reading.facts import read_facts
from tests.capture.site import CLOSED, DECLINE, publisher

pytestmark = pytest.mark.browser

HOST = "https://www.gazette.example/"


def visits(folder: Path, sites: dict[str, object], *scenarios: Scenario, **more: object) -> dict[str, Visit]:
    """The visits by scenario; pages=1 unless said otherwise, to be quick."""
    with LocalSites(sites) as server:  # type: ignore[arg-type]
        settings = CaptureSettings(scenarios=scenarios, resolve=server.resolve, insecure=True, pages=1, watch=0)
        seen = capture(HOST, settings.model_copy(update=more), folder).visits
    return {visit.scenario: visit for visit in seen}


def ads_after(visit: Visit, step: int) -> int:
    """Requests to the ad host after a step."""
    return sum("ads.example" in r.url and r.after_step is not None and r.after_step >= step for r in visit.requests)


def test_the_first_visit_opens_the_layers_an_inner_page_the_link_and_the_policy(tmp_path: Path) -> None:
    visit = visits(tmp_path, publisher(), "first-visit", pages=2)["first-visit"]
    assert visit.problems == ()
    assert [(s.moment, s.opened, s.page) for s in visit.snapshots] == [
        ("page", None, 0),
        ("opened", "preferences", 0),
        ("opened", "preferences", 0),
        ("page", None, 1),
        ("page", None, 0),
        ("opened", "opt-out-page", 0),
        ("opened", "preferences", 0),
        ("opened", "policy", 2),
    ]
    assert visit.pages == (HOST, f"{HOST}story", f"{HOST}privacy-policy")
    folded, unfolded = visit.snapshots[1].documents[0], visit.snapshots[2].documents[0]
    assert folded.layout is not None
    assert "<td>uid</td>" in folded.html
    assert "<td data-cc=" in unfolded.html
    assert [wellknown.response_body for wellknown in visit.requests if wellknown.url.endswith("gpc.json")] == [
        '{"gpc": true, "lastUpdate": "2026-01-01"}'
    ]
    (kept,) = visit.persistence
    assert kept.control == "Do Not Sell or Share My Personal Information"
    assert [usable for _, usable in kept.samples] == [True, True, True, True]
    assert [at for at, _ in kept.samples] == pytest.approx([0.1, 1, 3, 5], abs=0.8)


def test_opting_out_by_the_link_in_a_closed_shadow_root_is_read_back_and_lasts(tmp_path: Path) -> None:
    seen = visits(tmp_path, publisher(root=CLOSED), "opt-out", "revisit-after-opt-out", "opt-back-in")
    out = seen["opt-out"]
    assert out.completed
    assert [(s.purpose, s.counts) for s in out.steps] == [
        ("opt-out", True),
        ("toggle", False),
        ("toggle", True),
        ("save", True),
        ("settings", False),
        (None, False),
    ]
    assert out.readback is not None
    assert out.readback.toggles == {"Performance Cookies": False, "Sale of Personal Data": False}
    assert (out.readback.record_changed, out.readback.dialog_gone, out.readback.reopened) == (True, True, True)
    assert out.readback.message == "Your choices have been saved"
    assert out.readback.message_seconds is not None
    assert 0 < out.readback.message_seconds < 4
    assert ads_after(out, 5) == 0
    assert all(step.before and (tmp_path / step.before).exists() for step in out.steps if step.action == "click")
    again = seen["revisit-after-opt-out"]
    assert again.snapshots[0].moment == "revisit"
    assert not [r for r in again.requests if "ads.example" in r.url]
    assert again.readback is not None
    assert again.readback.toggles["Sale of Personal Data"] is False
    back = seen["opt-back-in"]
    assert back.completed
    assert back.readback is not None
    assert back.readback.toggles["Sale of Personal Data"] is True
    assert ads_after(back, len(back.steps) - 1) > 0


def test_declining_on_the_banner_where_there_is_no_link(tmp_path: Path) -> None:
    visit = visits(tmp_path, publisher(decline=DECLINE, link=""), "opt-out")["opt-out"]
    assert [step.purpose for step in visit.steps if step.counts] == ["decline-all"]
    assert visit.completed
    assert ads_after(visit, 1) == 0


def test_the_preferences_are_used_where_the_banner_cannot_decline(tmp_path: Path) -> None:
    visit = visits(tmp_path, publisher(link=""), "opt-out")["opt-out"]
    assert [step.purpose for step in visit.steps if step.counts] == ["settings", "toggle", "save"]
    assert visit.completed


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


def test_a_link_that_forgets_the_choice_to_ask_anew_does_not_undo_it(tmp_path: Path) -> None:
    page = """<!doctype html><title>p</title><h1>Paper</h1><footer><a href="#" onclick="forget()">Your Privacy
      Choices</a></footer><script>
      const held = () => document.cookie.includes("consent=out") && localStorage.consent === "out";
      const forget = () => { document.cookie = "consent=; max-age=0"; delete localStorage.consent; ask(); };
      const ask = () => { if (!document.getElementById("bar")) document.body.insertAdjacentHTML("beforeend", `<div id=bar
        role=dialog style="position:fixed;bottom:0"><p>We use cookies for advertising and sell personal information.</p>
        <button onclick="document.cookie='consent=out;max-age=999999';localStorage.consent='out';bar.remove()">Reject all</button>
        <button>Accept all</button></div>`); };
      if (held()) document.title = "out"; else ask();</script>"""
    seen = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out", "revisit-after-opt-out")
    out = seen["opt-out"]
    assert any("was put back" in step.changed for step in out.steps)
    assert out.snapshots[-1].title == seen["revisit-after-opt-out"].snapshots[0].title == "out"


def test_a_record_that_the_site_drops_by_itself_is_not_put_back(tmp_path: Path) -> None:
    page = """<!doctype html><title>p</title><h1>Paper</h1><p>News of the day.</p><script>
      const out = document.cookie.includes("consent=out"); document.cookie = "consent=; max-age=0";
      if (!out) document.body.insertAdjacentHTML("beforeend", `<div id=bar role=dialog style="position:fixed;bottom:0">
        <p>We use cookies for advertising and sell personal information.</p><button>Accept all</button>
        <button onclick="document.cookie='consent=out;max-age=999999';bar.outerHTML='<p>Your choice was saved.';setTimeout(
          () => document.cookie = 'consent=; max-age=0', 3000)">Reject all</button></div>`); else document.title = "out";</script>"""
    out = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out")["opt-out"]
    assert not any("was put back" in step.changed for step in out.steps)
    assert out.snapshots[-1].title == "p"


def test_accepting_and_closing(tmp_path: Path) -> None:
    seen = visits(tmp_path, publisher(), "accept-all", "close", "accept-then-gpc")
    for scenario, purpose in (("accept-all", "accept-all"), ("close", "close")):
        visit = seen[scenario]
        assert [step.purpose for step in visit.steps if step.counts] == [purpose]
        assert visit.completed
        assert ads_after(visit, 1) > 0
    assert seen["accept-then-gpc"].gpc == "browser"
    assert not [r for r in seen["accept-then-gpc"].requests if "ads.example" in r.url]


def test_the_signal_reaches_header_page_frame_and_worker(tmp_path: Path) -> None:
    seen = visits(tmp_path, publisher(), "gpc", "revisit-after-gpc", "every-opt-out")
    assert seen["gpc"].gpc == "browser"
    assert seen["gpc"].gpc_verified == {"page": True, "frame": True, "worker": True, "header": True}
    assert not [r for r in seen["gpc"].requests if "ads.example" in r.url]
    assert seen["revisit-after-gpc"].gpc == "off"
    assert [r for r in seen["revisit-after-gpc"].requests if "ads.example" in r.url]
    assert seen["every-opt-out"].completed


def test_a_banner_that_only_accepts_is_left_alone(tmp_path: Path) -> None:
    page = """<!doctype html><title>p</title><h1>Paper</h1><div role=dialog aria-label="Cookies" style="position:fixed;bottom:0">
      <p>We use cookies for advertising. By using this site you accept our cookies.</p>
      <button onclick="document.cookie='accepted=1'">Accept All Cookies</button></div>"""
    visit = visits(tmp_path, {"www.gazette.example": lambda _: Reply(page)}, "opt-out")["opt-out"]
    assert visit.completed is False
    assert "no control was found that opts out" in visit.stopped_because
    assert [(p.code, p.fatal) for p in visit.problems] == [("step-failed", False)]
    assert [step.purpose for step in visit.steps] == []
    assert not [cookie for jar in visit.jars for cookie in jar.cookies]


@pytest.mark.parametrize(
    ("milliseconds", "usable"), [(1800, [True, True, False, False]), (60, [True, False, False, False, False])]
)
def test_a_dialog_that_vanishes_is_seen_to_vanish(tmp_path: Path, milliseconds: int, usable: list[bool]) -> None:
    sites = publisher()
    site = sites["www.gazette.example"]

    def fleeting(asked: Asked) -> Reply:
        reply = site(asked)  # type: ignore[operator]
        vanish = f"event.preventDefault(); show(); setTimeout(() => by('centre').remove(), {milliseconds});"
        body = (
            reply.body.replace("event.preventDefault(); show();", vanish) if isinstance(reply.body, str) else reply.body
        )
        return Reply(body, type=reply.type)

    visit = visits(tmp_path, {**sites, "www.gazette.example": fleeting}, "opt-out")["opt-out"]
    assert [seen for _, seen in visit.persistence[0].samples] == usable


def test_a_wait_before_the_choice_takes_effect_is_measured(tmp_path: Path) -> None:
    sites = publisher()
    site = sites["www.gazette.example"]

    def slow(asked: Asked) -> Reply:
        reply = site(asked)  # type: ignore[operator]
        if not isinstance(reply.body, str):
            return reply  # type: ignore[no-any-return]
        saving = "by('save').onclick = () => "
        late = f"const save = () => choose(by('sale').checked ? 'in' : 'out'); {saving}setTimeout(save, 5000); //"
        return Reply(reply.body.replace(saving, late), type=reply.type)

    visit = visits(tmp_path, {**sites, "www.gazette.example": slow}, "opt-out")["opt-out"]
    assert visit.readback is not None
    assert visit.readback.wait_seconds is not None
    assert 1 < visit.readback.wait_seconds < 6
    assert visit.readback.record_changed


FORM = """<!doctype html><title>Do Not Sell My Personal Information</title><h1>Opt out of the sale of personal information</h1>
<form onsubmit="event.preventDefault(); document.cookie = 'asked=' + this.email.value;
  document.body.append('Your request has been received')">
<p>Use this form to opt out of the sale or sharing of your personal information.</p>
<label>Email <input name=email type=email required></label><button>Submit request</button></form>"""


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


def _with_form() -> dict[str, object]:
    page = '<!doctype html><title>p</title><h1>Paper</h1><footer><a href="/dns">Do Not Sell My Personal Information</a></footer>'
    return {"www.gazette.example": lambda asked: Reply(FORM if asked.path == "/dns" else page)}


def test_a_form_is_not_sent_unless_that_was_allowed(tmp_path: Path) -> None:
    visit = visits(tmp_path, _with_form(), "opt-out")["opt-out"]
    assert visit.completed is False
    assert "sending was not allowed" in visit.stopped_because
    assert not [step for step in visit.steps if step.action in ("type", "submit")]


def test_an_allowed_form_is_filled_and_sent_and_its_data_is_not_kept(tmp_path: Path) -> None:
    mail = "someone@mail.example"
    visit = visits(tmp_path, _with_form(), "opt-out", submit=(("email", mail),))["opt-out"]
    assert visit.completed
    assert [step.action for step in visit.steps[:3]] == ["click", "type", "submit"]
    assert visit.readback is not None
    assert visit.readback.message == "Your request has been received"
    assert mail not in visit.model_dump_json()


def test_headers_go_to_the_site_alone_and_their_values_nowhere(tmp_path: Path) -> None:
    sites = publisher()
    with LocalSites(sites) as server:  # type: ignore[arg-type]
        settings = CaptureSettings(
            scenarios=("gpc", "close"),
            resolve=server.resolve,
            insecure=True,
            pages=1,
            watch=0,
            headers=(("X-Preview", "hunter2222"),),
        )
        evidence = capture(HOST, settings, tmp_path)
        sent = {(asked.host, asked.headers.get("x-preview")) for asked in server.asked}
    assert sent == {("www.gazette.example", "hunter2222"), ("ads.example", None)}
    assert "hunter2222" not in evidence.model_dump_json()
    assert evidence.provenance.settings["headers"] == "X-Preview"


def test_repeated_rounds_are_told_apart(tmp_path: Path) -> None:
    with LocalSites(publisher()) as server:  # type: ignore[arg-type]
        settings = CaptureSettings(
            scenarios=("close",), resolve=server.resolve, insecure=True, pages=1, watch=0, repeat=2
        )
        evidence = capture(HOST, settings, tmp_path)
    assert [(v.scenario, v.round) for v in evidence.visits] == [("close", 0), ("close", 1)]
    pictures = [s.screenshot for v in evidence.visits for s in v.snapshots]
    assert len(set(pictures)) == len(pictures)


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


LATE = """<!doctype html><html lang=en><title>The Mercury</title><h1>The Mercury</h1><p>News of the day, and of the night.</p>
<a href="/story">A story</a><script>setTimeout(() => { new Image().src = "https://ads.example/pixel?late" }, 2500)</script></html>"""


@pytest.mark.parametrize(("watch", "seen"), [(0.0, 0), (3.5, 1)])
def test_every_page_of_every_scenario_is_watched_for_the_same_time(watch: float, seen: int, tmp_path: Path) -> None:
    sites = publisher() | {"www.gazette.example": lambda _: Reply(LATE)}
    for scenario, visit in visits(tmp_path, sites, "gpc", "close", pages=2, watch=watch).items():
        late = [r for r in visit.requests if r.url.endswith("?late") and r.page == 1]
        assert [watched.page for watched in visit.watches] == [0, 1], scenario
        assert all(watch <= watched.seconds < watch + 4 for watched in visit.watches), scenario
        assert len(late) == seen, scenario
        assert [r.time - visit.watches[1].began for r in late] == pytest.approx([2.5] * seen, abs=0.8), scenario


def test_a_link_that_comes_late_is_followed_on_the_page_that_is_loaded_again(tmp_path: Path) -> None:
    page = """<!doctype html><html lang=en><title>The Mercury</title><h1>The Mercury</h1><p>News of the day, and of the night.</p>
      <footer id=end></footer><script>setTimeout(() => { end.innerHTML = '<a href="/dns">Your Privacy Choices</a>' }, 2000)</script>"""
    site = {"www.gazette.example": lambda asked: Reply(ASKED_AGAIN if asked.path == "/dns" else page)}
    visit = visits(tmp_path, site, "first-visit", watch=3.0)["first-visit"]
    assert [snapshot.url for snapshot in visit.snapshots if snapshot.opened == "opt-out-page"] == [f"{HOST}dns"]


def test_a_party_that_the_first_visit_saw_too_late_proves_nothing() -> None:
    visit = Visit(
        scenario="first-visit",
        watches=(Watch(began=1.0, seconds=6.2), Watch(page=1, began=9.0, seconds=6.0)),
        requests=(
            Request(id="r0", url="https://ads.example/early", time=2.5),
            Request(id="r1", url="https://ads.example/early", time=8.0),
            Request(id="r2", url="https://ads.example/late", time=8.5),
            Request(id="r3", url="https://ads.example/inner", page=1, time=9.5),
        ),
    )
    late = {t.url: t.late for t in read_facts(Evidence(target=HOST, kind="live", visits=(visit,))).trackers}
    assert late == {"https://ads.example/early": 1.5, "https://ads.example/late": 7.5, "https://ads.example/inner": 0.5}
