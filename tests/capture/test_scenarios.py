"""Every scenario on a publisher's site whose ads heed the choice: what is done, what is recorded, what is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.model.evidence import Visit
from tests.capture.site import CLOSED, DECLINE, publisher
from tests.capture.visiting import HOST, visits

pytestmark = pytest.mark.browser


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
