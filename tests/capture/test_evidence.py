"""What a visit records of a page, on real pages in the real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.demo.server import Asked, LocalSites, Reply, redirect
from consentcheck.model.evidence import Document, Evidence, Layout, Snapshot, Visit
from consentcheck.store import read_evidence, write_evidence

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang=en><head><title>News</title><style>.clip{height:0;overflow:hidden}</style></head><body>
<h1>News</h1><p data-cc="evil" onclick="alert(1)">Words &lt;b&gt; &amp; more</p><div style="height:1500px"></div>
<div id=wrap style="height:0"><div role=dialog style="position:fixed;bottom:0;left:0;width:600px;background:#123456;padding:10px">
 <button id=yes style="color:#fff;background:rgba(0,0,0,.5);font-size:20px">Accept All</button>
 <button id=no style="display:none">Reject</button><div class=clip><p id=folded>Folded words</p></div>
 <label><input id=sale type=checkbox checked> Sale</label><span id=faint style="opacity:0">Faint</span></div></div>
<button id=under style="position:fixed;top:10px;left:700px;width:100px;height:40px">Under</button>
<div style="position:fixed;top:0;left:690px;width:200px;height:60px;background:#fff"></div>
<div id=open></div><div id=closed></div>
<script type="application/json">{"a": "</b>"}</script><script>window.secretcode = 1</script>
<script>
 document.cookie = 'first=1; max-age=1000'; localStorage.setItem('k', 'v');
 indexedDB.open('consents', 1).onupgradeneeded = event =>
  event.target.result.createObjectStore('kept').put({ads: false}, 'choice');
 console.error('a complaint');
 open = document.getElementById('open').attachShadow({mode: 'open'}); open.innerHTML = '<a href=/x>In open</a>';
 document.getElementById('closed').attachShadow({mode: 'closed'}).innerHTML = '<a href=/y>In closed</a>';
 navigator.sendBeacon('https://ads.example/beacon', 'id=77');
 new Worker(URL.createObjectURL(new Blob(['fetch("https://ads.example/fromworker")'])));
 navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(it => it.active.postMessage('go'));
 window.__uspapi = (command, version, answer) => answer({version: 1, uspString: '1YYN'}, true);
</script><script src="https://ads.example/tag.js"></script><iframe src="https://ads.example/frame"></iframe></body></html>"""


SERVICE_WORKER = """
self.addEventListener('install', event => event.waitUntil(fetch('https://ads.example/fromservice')));
self.addEventListener('message', () => fetch('https://ads.example/frommessage'));
"""


def news(asked: Asked) -> Reply:
    return Reply(SERVICE_WORKER, type="text/javascript") if asked.path == "/sw.js" else Reply(PAGE)


def ads(asked: Asked) -> Reply:
    if asked.path == "/tag.js":
        return Reply("new Image().src = 'https://ads.example/hop';", type="text/javascript")
    if asked.path == "/hop":
        return redirect(
            "https://sync.example/pixel", cookies=("hop=1; Secure; SameSite=None", "stray=1; Domain=else.example")
        )
    if asked.path == "/frame":
        return Reply(
            "<!doctype html><title>f</title><button>In frame</button><script>localStorage.setItem('f','1')</script>"
        )
    return Reply("", headers=(("Access-Control-Allow-Origin", "*"),))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Evidence, Path]]:
    folder = tmp_path_factory.mktemp("evidence")
    pixel = Reply(b"GIF89a", type="image/gif", cookies=("uid=abc123; Secure; SameSite=None; Max-Age=3600",))
    with LocalSites({"news.example": news, "ads.example": ads, "sync.example": lambda _: pixel}) as server:
        settings = CaptureSettings(scenarios=("first-visit",), resolve=server.resolve, insecure=True, pages=1, watch=0)
        yield capture("news.example", settings, folder), folder
    shutil.rmtree(folder)


@pytest.fixture
def visit(evidence: tuple[Evidence, Path]) -> Visit:
    return evidence[0].visits[0]


@pytest.fixture
def page(visit: Visit) -> Snapshot:
    return visit.snapshots[0]


def named(document: Document, name: str) -> Layout:
    """The layout of the element with an id, or with an accessible name."""
    assert document.layout is not None
    for key, layout in document.layout.items():
        if layout.name == name or f'data-cc="{key}" id="{name}"' in document.html:
            return layout
    raise AssertionError(f"{name} is not in the layout")


def test_the_visit_has_no_problem_and_a_picture(visit: Visit, evidence: tuple[Evidence, Path]) -> None:
    assert visit.problems == ()
    assert (visit.http_status, visit.final_url) == (200, "https://news.example/")
    picture = visit.snapshots[0].screenshot
    assert picture is not None
    assert (evidence[1] / picture).stat().st_size > 1000


def test_documents_hold_frames_and_shadow_roots_and_nothing_that_runs(page: Snapshot) -> None:
    main, frame = page.documents
    assert '<div data-cc="' in main.html
    assert '<cc-shadow mode="open"><a data-cc=' in main.html
    assert '<cc-shadow mode="closed"><a data-cc=' in main.html
    assert "Words &lt;b&gt; &amp; more" in main.html
    assert "evil" not in main.html
    assert "secretcode" not in main.html
    assert '{"a": "<\\/b>"}' in main.html
    assert (frame.frame, frame.parent_frame, frame.url) == ("frame-1", "main", "https://ads.example/frame")
    assert f'<iframe data-cc="{frame.owner}"' in main.html


def test_layout_says_what_a_person_could_tell(page: Snapshot) -> None:
    main, frame = page.documents
    accept = named(main, "Accept All")
    assert (accept.visible, accept.role, accept.fixed, accept.covered) == (True, "button", True, False)
    assert (accept.color, accept.background, accept.font_size) == ("rgb(255, 255, 255)", "rgb(9, 26, 43)", 20.0)
    assert named(main, "wrap").visible
    assert not named(main, "folded").visible
    assert not named(main, "faint").visible
    assert named(main, "sale").checked
    assert named(main, "Under").covered
    assert 'id="no"' in main.html
    assert 'id="no" style="display:none" data-cc' not in main.html
    inner, outer = named(frame, "In frame").box, (main.layout or {})[str(frame.owner)].box
    assert inner is not None
    assert outer is not None
    assert outer[0] < inner[0] < outer[0] + outer[2]
    assert outer[1] < inner[1] < outer[1] + outer[3]


def test_requests_tell_who_asked_what_was_sent_and_what_was_set(visit: Visit) -> None:
    by_path = {request.url.rsplit("/", 1)[1]: request for request in visit.requests}
    assert len(by_path) == len(visit.requests)
    hop, pixel = by_path["hop"], by_path["pixel"]
    assert hop.initiators[0] == "https://ads.example/tag.js"
    assert hop.status == 302
    assert [(c.name, c.blocked) for c in hop.set_cookies] == [("hop", None), ("stray", "InvalidDomain")]
    assert pixel.redirected_from == hop.id
    assert pixel.initiators[:2] == ("https://ads.example/hop", "https://ads.example/tag.js")
    assert [c.name for c in pixel.set_cookies] == ["uid"]
    assert by_path["beacon"].body == "id=77"
    assert by_path["fromworker"].status == 200
    assert by_path["fromworker"].initiators
    for path in ("fromservice", "frommessage"):
        assert by_path[path].status == 200
        assert by_path[path].initiators[0] == "https://news.example/sw.js"
    assert by_path["gpc.json"].status == 200


def test_cookies_storage_interfaces_and_console(visit: Visit) -> None:
    jar = visit.jars[0]
    held = {cookie.name: cookie for cookie in jar.cookies}
    assert held["uid"].set_by == "https://sync.example/pixel"
    assert held["uid"].expires == pytest.approx(jar.time + 3600, abs=60)
    assert held["first"].domain == "news.example"
    assert {(i.origin, i.area, i.key, i.value) for i in jar.storage} == {
        ("https://news.example", "local", "k", "v"),
        ("https://ads.example", "local", "f", "1"),
        ("https://news.example", "indexeddb", "consents/kept/choice", '{"ads":false}'),
    }
    answers = {probe.source: probe for probe in visit.probes if probe.frame == "main"}
    assert answers["__uspapi"].raw == '{"version":1,"uspString":"1YYN"}'
    assert answers["__gpp ping"].kind == "absent"
    assert "a complaint" in [line.text for line in visit.console]


def test_the_folder_gives_back_the_same_evidence(evidence: tuple[Evidence, Path]) -> None:
    seen, folder = evidence
    write_evidence(seen, folder)
    assert read_evidence(folder) == seen
