from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.reading.literals import read_assigned, read_json


@pytest.mark.parametrize(
    ("script", "value"),
    [
        ("var conf = {a: 1, 'b': [true, null], \"c\": 'it\\'s'};", {"a": 1, "b": [True, None], "c": "it's"}),
        ("window.conf={a:!0,b:!1,c:undefined}", {"a": True, "b": False, "c": None}),
        ("conf=[-1.5,0x1f,1e3,7]", [-1.5, 31, 1000.0, 7]),
        ("conf = [\n  'a', // first\n  /* second */ \"b\",\n]", ["a", "b"]),
        ("x.conf = `two\nlines`", "two\nlines"),
        ("conf = '\\u00e9\\x41\\n'", "éA\n"),
        ("f({conf: {a: {}}})", {"a": {}}),
        ("conf.x = 1; conf = {b: 2}", {"b": 2}),
        ("window['conf'] = {b: 2}", {"b": 2}),
    ],
)
def test_reads_what_is_assigned(script: str, value: object):
    assert read_assigned(script, "conf") == value


@pytest.mark.parametrize(
    "script",
    ["", "conf", "conf = run()", "conf = {a: function () {}}", "conf = {a: /re/}", "conf = [1 2]", "conf = {'a' 1}",
     "conf = 'open", "conf = " + "[" * 100 + "]" * 100],
)  # fmt: skip
def test_reads_nothing_else(script: str):
    assert read_assigned(script, "conf") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ("callback([1, 2]);", [1, 2]),
        ("\ufeff[]", []),
        ("nothing", None),
        ("", None),
        ("[" * 9000, None),
    ],
)
def test_reads_json_and_callbacks(text: str, value: object):
    assert read_json(text) == value


@given(st.text(alphabet="conf ={}[]:,'\"`\\/*a1.-!0\n", max_size=120))
def test_never_raises(script: str):
    read_assigned("conf" + script, "conf")
    read_json(script)
