"""Preview sites: reached under their real names, behind a login, with certificates of their own; secrets stay out of all that is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from consentcheck.demo.server import Asked, LocalSites, Reply
from tests.cli.calling import QUICK, bytes_of, resolved, run

pytestmark = pytest.mark.browser

HOST = "preview.gazette.example"
THIRD = "ads.pixelworks.example"
PAGE = f"""<!doctype html><html lang="en"><title>The Gazette, preview</title><body><h1>News</h1>
<p>Words of the day, and more of them.</p><p id="echo"></p>
<img src="https://{THIRD}/pixel.gif" alt=""><footer><a href="/privacy">Privacy Policy</a></footer>
<script>document.getElementById("echo").textContent = document.cookie + " " + (localStorage.getItem("login") || "")</script>
</body></html>"""
ALL = "html,json,sarif,junit,markdown,csv"

Serve = Callable[..., LocalSites]


def site(reply: Callable[[Asked], Reply] = lambda _: Reply(PAGE)) -> dict[str, Any]:
    return {HOST: reply, THIRD: lambda _: Reply(b"GIF89a", type="image/gif", cookies=("pw=1; Secure; SameSite=None",))}


def scan(served: LocalSites, out: Path, *more: str, formats: str = ALL) -> Any:
    kept = ("--fail-on", "never", "-o", str(out), "--format", formats)
    return run("scan", f"https://{HOST}/", *QUICK, *kept, *resolved(served.resolve), *more)


def target_of(out: Path) -> dict[str, Any]:
    (only,) = json.loads((out / "report.json").read_text(encoding="utf-8"))["targets"]
    found: dict[str, Any] = only
    return found


def holding(out: Path, *secrets: str) -> list[str]:
    """Names of files that hold a secret."""
    kept = bytes_of(out)
    assert any(name.endswith(".json.gz") for name in kept), "there is evidence to search"
    return [name for name, data in kept.items() if any(secret.encode() in data for secret in secrets)]


def test_an_unknown_certificate_is_refused_and_nothing_is_judged(local_sites: Serve, tmp_path: Path) -> None:
    with_own = local_sites(site(), certificates={HOST: "self-signed"})
    result = scan(with_own, tmp_path / "out", "--quiet")
    assert result.exit_code == 3
    said = f"consentcheck: https://{HOST}/: could not test: the server's certificate cannot be trusted"
    assert result.stderr.startswith(said), "an error is said even when all else is quiet"
    target = target_of(tmp_path / "out")
    assert (target["status"], [one["code"] for one in target["problems"]]) == ("failed", ["tls-error"])
    judged = {one["outcome"] for one in target["results"] if not one["rule"].startswith("capture-")}
    assert judged <= {"untested", "inapplicable"}


def test_insecure_accepts_it_and_every_reader_is_told(local_sites: Serve, tmp_path: Path) -> None:
    served = local_sites(site(), certificates={HOST: "self-signed"})
    result = scan(served, tmp_path / "out", "--insecure")
    assert result.exit_code == 0, result.stderr
    assert target_of(tmp_path / "out")["status"] == "complete"
    (manifest,) = (tmp_path / "out" / "evidence").glob("*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["settings"]["insecure"] == "yes"
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "any certificate was accepted" in page


def test_a_header_goes_to_the_target_alone_and_is_not_kept(local_sites: Serve, tmp_path: Path) -> None:
    served = local_sites(site(lambda asked: Reply(PAGE.replace("Words", asked.headers.get("x-preview", "nothing")))))
    result = scan(served, tmp_path / "out", "--insecure", "--header", "X-Preview: let-me-in-8151")
    assert result.exit_code == 0, result.stderr
    sent = {asked.host: asked.headers.get("x-preview") for asked in served.asked if asked.path != "/favicon.ico"}
    assert sent == {HOST: "let-me-in-8151", THIRD: None}
    assert holding(tmp_path / "out", "let-me-in-8151") == []


def test_basic_authentication_opens_the_page_and_is_not_kept(local_sites: Serve, tmp_path: Path) -> None:
    asks = Reply("<h1>Who are you?</h1>", status=401, headers=(("WWW-Authenticate", 'Basic realm="preview"'),))
    served = local_sites(site(lambda asked: Reply(PAGE) if "authorization" in asked.headers else asks))
    shut = scan(served, tmp_path / "shut", "--insecure")
    assert (shut.exit_code, target_of(tmp_path / "shut")["problems"][0]["code"]) == (3, "http-error")
    result = scan(served, tmp_path / "out", "--insecure", "--basic-auth", "editor:quill-and-ink-77")
    assert result.exit_code == 0, result.stderr
    assert target_of(tmp_path / "out")["status"] == "complete"
    assert {asked.host for asked in served.asked if "authorization" in asked.headers} == {HOST}
    assert holding(tmp_path / "out", "quill-and-ink-77", "ZWRpdG9yOnF1aWxsLWFuZC1pbmstNzc=") == []


def test_a_stored_login_is_used_and_not_kept(local_sites: Serve, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    cookie = {"name": "session", "value": "kept-session-4711", "domain": HOST, "path": "/", "expires": -1}
    stored = {"origin": f"https://{HOST}", "localStorage": [{"name": "login", "value": "kept-storage-4711"}]}
    flags = {"httpOnly": False, "secure": True, "sameSite": "Lax"}
    state.write_text(json.dumps({"cookies": [cookie | flags], "origins": [stored]}), encoding="utf-8")
    served = local_sites(site())
    result = scan(served, tmp_path / "out", "--insecure", "--scenarios", "logged-in", "--storage-state", str(state))
    assert result.exit_code in (0, 3), result.stderr
    assert {asked.cookies.get("session") for asked in served.asked if asked.host == HOST} == {"kept-session-4711"}
    assert holding(tmp_path / "out", "kept-session-4711", "kept-storage-4711") == []
    assert "[redacted]" in "".join(data.decode("utf-8", "replace") for data in bytes_of(tmp_path / "out").values())


@pytest.mark.parametrize(
    "content", ["", "[]", '{"cookies": 1}', '{"cookies": [{"name": 1}]}', '{"cookies": [], "origins": [1]}']
)
def test_a_file_that_is_no_stored_login_is_a_wrong_call(content: str, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text(content, encoding="utf-8")
    result = run("scan", HOST, "--scenarios", "logged-in", "--storage-state", str(state), "-o", str(tmp_path / "out"))
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)
    assert "--storage-state" in result.stderr


class _Plain(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_server_on_this_machine_is_scanned_without_tls(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Plain) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"localhost:{server.server_address[1]}"
        result = run(
            "scan",
            address,
            "--scenarios",
            "first-visit",
            "--pages",
            "1",
            "--ignore",
            "policy,gpc",
            "--watch",
            "0",
            "-o",
            str(tmp_path / "out"),
        )
        server.shutdown()
    assert result.exit_code == 0, result.stderr
    target = target_of(tmp_path / "out")
    assert (target["target"], target["status"]) == (f"http://{address}/", "complete")


@pytest.mark.parametrize(
    "proxy", ["nonsense://me:proxy-word-99@x", "http://", "me:proxy-word-99@a host:1", "http://x:port"]
)
def test_what_is_no_address_of_a_proxy_is_a_wrong_call(proxy: str, tmp_path: Path) -> None:
    result = run("scan", HOST, "--proxy", proxy, "-o", str(tmp_path / "out"))
    assert (result.exit_code, (tmp_path / "out").exists()) == (2, False)
    assert "--proxy" in result.stderr
    assert "proxy-word-99" not in result.output


def test_a_proxy_that_is_not_there_is_named_and_its_password_is_not(local_sites: Serve, tmp_path: Path) -> None:
    served = local_sites({}, refused=("nobody.example",))
    shut = served.resolve[0].rpartition(":")[2]
    result = scan(served, tmp_path / "out", "--proxy", f"http://me:proxy-word-99@127.0.0.1:{shut}")
    assert result.exit_code == 3
    (problem,) = target_of(tmp_path / "out")["problems"]
    assert problem["code"] == "connection-failed"
    assert "proxy" in problem["message"]
    assert "proxy-word-99" not in result.stderr
    assert holding(tmp_path / "out", "proxy-word-99") == []
