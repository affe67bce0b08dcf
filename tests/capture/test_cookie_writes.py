"""Who wrote a cookie by script, on pages that do and do not want it known."""

from __future__ import annotations

import pytest

from consentcheck.capture import CaptureSettings, capture
from consentcheck.capture.collectors.cookie_writes import MOST, CookieWrites, writers
from consentcheck.demo.server import Asked, LocalSites, Reply
from consentcheck.model.evidence import CookieWrite, Request, SetCookie, Visit

PAGE = """<!doctype html><html lang=en><title>News</title><h1>News</h1><p id=said></p>
<script>
 document.cookie = 'inline=1'; document.cookie = 'gone=1; max-age=0'; document.cookie = 'byreply=2';
</script><script src="https://tags.example/tag.js"></script>
<script>
 const shape = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
 const traces = [String(shape.set).includes('native code'), shape.set.name, shape.set.length, Object.keys(window).length,
   document.hasOwnProperty('cookie'), String(CookieStore.prototype.set).includes('native code')];
 document.getElementById('said').textContent = JSON.stringify(traces);
 console.debug('000000', 'document.cookie', 'forged', '', origin);
 for (const name of ['debug', 'log']) console[name] = () => { throw new Error('mine'); };
 Error.prepareStackTrace = () => 'https://innocent.example/';
 const {slice, indexOf} = String.prototype;
 String.prototype.slice = String.prototype.indexOf = () => { throw new Error('mine'); };
 Object.prototype.apply = Object.prototype.get = undefined;
 document.cookie = 'hostile=1; domain=news.example';
 Object.assign(String.prototype, {slice, indexOf}); delete Object.prototype.apply; delete Object.prototype.get;
 try { shape.set.call({}, 'a=b'); } catch (error) { document.title = error.constructor.name; }
</script><iframe src="https://tags.example/frame"></iframe></html>"""

TAG = """document.cookie = '_fbp=fb.1; path=/; max-age=900';
setTimeout(() => cookieStore.set({name: 'stored', value: '1', domain: 'news.example'}), 5);"""


def tags(asked: Asked) -> Reply:
    if asked.path == "/tag.js":
        return Reply(TAG, type="text/javascript")
    return Reply("<!doctype html><title>f</title><script>document.cookie = 'inframe=1; secure; samesite=none'</script>")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    with LocalSites({"news.example": lambda _: Reply(PAGE, cookies=("byreply=1",)), "tags.example": tags}) as server:
        settings = CaptureSettings(scenarios=("first-visit",), resolve=server.resolve, insecure=True, pages=1, watch=0)
        return capture("news.example", settings, tmp_path_factory.mktemp("evidence")).visits[0]


@pytest.mark.browser
def test_cookies_tell_which_script_or_response_set_them(visit: Visit) -> None:
    assert visit.problems == ()
    held = {cookie.name: (cookie.set_by, cookie.set_how) for cookie in visit.jars[0].cookies}
    assert held == {
        "inline": ("https://news.example/", "script"),
        "byreply": ("https://news.example/", "script"),
        "_fbp": ("https://tags.example/tag.js", "script"),
        "stored": ("https://tags.example/tag.js", "script"),
        "hostile": ("https://news.example/", "script"),
        "inframe": ("https://tags.example/frame", "script"),
    }
    assert {write.name: write.via for write in visit.cookie_writes}["stored"] == "cookieStore"
    assert "gone" not in {write.name for write in visit.cookie_writes}


@pytest.mark.browser
def test_a_page_can_neither_see_nor_forge_nor_be_changed_by_it(visit: Visit) -> None:
    main = visit.snapshots[0].documents[0].html
    assert '[true,"set cookie",1,' in main
    assert "false,true]" in main
    assert visit.snapshots[0].title == "TypeError"
    assert "forged" not in {write.name for write in visit.cookie_writes}
    assert [line.text[:6] for line in visit.console] == ["000000"]


def _told(writes: CookieWrites, name: str, url: str = "https://tags.example/tag.js") -> None:
    mark = writes.script.split('mark = "', 1)[1].split('"', 1)[0]
    said = (mark, "document.cookie", name, " domain=.news.example", "https://www.news.example")
    stack = {"callFrames": [{"url": ""}, {"url": url}]}
    writes.heard({"args": [{"value": value} for value in said], "stackTrace": stack})


def test_writes_are_kept_once_and_no_more_than_a_visit_may_have() -> None:
    writes = CookieWrites(lambda: (0, None, 1.0))
    for number in range(MOST + 50):
        _told(writes, f"c{number}")
    _told(writes, "c0")
    assert len(writes.writes()) == MOST
    assert writes.writes()[-1].name == "c0"
    assert writes.writes()[-1].domain == "news.example"
    assert writes.writes()[-1].by == ("https://tags.example/tag.js",)


def test_the_last_one_to_set_it_set_it() -> None:
    reply = Request(
        id="r1", url="https://a.example/r", time=2.0, set_cookies=(SetCookie(name="n", domain="a.example"),)
    )
    write = CookieWrite(name="n", domain="a.example", by=("https://t.example/s.js",), time=1.0)
    assert writers([reply], [write])["n", "a.example"] == ("https://a.example/r", "response")
    later = write.model_copy(update={"time": 3.0})
    assert writers([reply], [later])["n", "a.example"] == ("https://t.example/s.js", "script")
