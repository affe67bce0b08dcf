"""What each decoder says of strings that were seen or that the specifications give, and that none ever raises."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consentcheck.reading.signals.decoded import Decoded
from consentcheck.reading.signals.google import decode_consent_state, decode_flag, decode_gcd, decode_gcs
from consentcheck.reading.signals.gpp import decode_gpp
from consentcheck.reading.signals.meta import decode_fbq, decode_ldu
from consentcheck.reading.signals.records import RECORDS, decode_onetrust_active, decode_onetrust_google
from consentcheck.reading.signals.tcf import decode_tcf, decode_tcf_answer
from consentcheck.reading.signals.uet import decode_asc, decode_uetq
from consentcheck.reading.signals.usp import decode_usp
from consentcheck.reading.signals.wellknown import read_gpc_json


@pytest.mark.parametrize(
    ("raw", "says", "valid"),
    [
        ("1YNN", False, True),
        ("1YYN", True, True),
        ("1---", None, True),
        ("1Y-N", None, True),
        ("1yyn", None, False),
        ("2YNN", None, False),
        ("1YNNN", None, False),
        ("", None, False),
    ],
)
def test_usp(raw: str, says: bool | None, valid: bool) -> None:
    decoded = decode_usp(raw)
    assert (decoded.says_opted_out, decoded.valid) == (says, valid)


def test_usp_names_its_fields() -> None:
    assert decode_usp("1YN-").fields == {"Version": 1, "Notice": "Y", "OptOutSale": "N", "Lspa": "-"}
    assert decode_usp("1YNN").meaning == "Not opted out of sale; notice given: yes."


USCA_OPTED_OUT = "DBABBg~BVVVVVVVVVU.YA"  # every field 1, GPC on
USCA_NOT_OPTED_OUT = "DBABBg~BWqqqqqqqqo.QA"  # notices 1 1 2, the rest 2, GPC off
USNAT_OLD = "DBABLA~BVVVVVVVVVVVVV"


def test_gpp_of_california() -> None:
    decoded = decode_gpp(USCA_OPTED_OUT)
    assert decoded.says_opted_out is True
    assert decoded.meaning == "usca: opted out of sale and sharing; GPC on."
    assert decoded.fields["usca.SensitiveDataProcessing"] == "1,1,1,1,1,1,1,1,1"
    assert decode_gpp(USCA_NOT_OPTED_OUT).says_opted_out is False


def test_gpp_of_the_old_national_section_has_twelve_sensitive_fields() -> None:
    fields = decode_gpp(USNAT_OLD).fields
    assert fields["usnat.SensitiveDataProcessing"] == ",".join("1" * 12)
    assert fields["usnat.KnownChildSensitiveDataConsents"] == "1,1"


def test_gpp_half_opted_out_is_not_opted_out() -> None:
    # version 1; notices 1 1 1; sale 1, sharing 2; the rest 0
    bits = "000001" + "010101" + "0110" + "00" * 12 + "01" + "0000"
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    text = "".join(letters[int(bits[i : i + 6].ljust(6, "0"), 2)] for i in range(0, len(bits), 6))
    decoded = decode_gpp(f"DBABBg~{text}")
    assert decoded.says_opted_out is False
    assert decoded.meaning == "usca: opted out of sale, not opted out of sharing."


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "ends too early"),
        ("DBAA~", "its header names 0 sections, 1 follow"),
        ("DBABBg", "names 1 sections, 0 follow"),
        ("DBABBg~B", "usca: the string ends too early"),
        ("DBABBg~!!", "is not a base64url letter"),
        ("DBABBg~DVVVVVVVVVU", "its version 3 is not known"),
        ("DBABBg~B______w", "a field holds 3"),
        ("CPXxRfAPXxRfAAfKABENB", "does not begin as a GPP header"),
    ],
)
def test_gpp_malformed(raw: str, why: str) -> None:
    decoded = decode_gpp(raw)
    assert not decoded.valid
    assert why in decoded.meaning
    assert decoded.says_opted_out is None


def test_gpp_without_sections_says_nothing() -> None:
    assert decode_gpp("DBAA") == Decoded("The GPP string holds no section.", fields={"SectionIds": ""})


def test_gpp_heeds_the_sections_that_apply() -> None:
    both = "DBABrw~" + USNAT_OLD.split("~")[1] + "~" + USCA_NOT_OPTED_OUT.split("~")[1]
    assert decode_gpp(both).fields["SectionIds"] == "7,8"
    assert decode_gpp(both).says_opted_out is False
    assert decode_gpp(both, (7,)).says_opted_out is True
    assert decode_gpp(both, (-1,)).says_opted_out is False


def test_tcf_answer_says_whether_gdpr_applies() -> None:
    decoded = decode_tcf_answer('{"gdprApplies": true, "tcString": ""}')
    assert decoded.fields == {"gdprApplies": True}
    assert decoded.meaning == "GDPR is said to apply. No consent string is set."


def test_tcf_of_another_version_is_malformed() -> None:
    assert (
        decode_tcf("BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA").meaning == "Not a valid TCF string: its version is 1, not 2."
    )


@pytest.mark.parametrize(
    ("raw", "says"), [("G100", True), ("G101", True), ("G110", False), ("G111", False), ("G1--", None), ("G2", None)]
)
def test_gcs(raw: str, says: bool | None) -> None:
    assert decode_gcs(raw).says_opted_out is says


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("13l3l3l2l1", None),
        ("13p3p3p2p5", True),
        ("13r3r3r2r5", False),
        ("13q3r3q2q5", True),  # only analytics is granted
        ("13p3p3v3p5", False),
        ("11", None),
    ],
)
def test_gcd(raw: str, says: bool | None) -> None:
    assert decode_gcd(raw).says_opted_out is says


def test_gcd_reads_l_as_unknown() -> None:
    assert decode_gcd("13l3t3p2u1").fields == {
        "ad_storage": "not set",
        "analytics_storage": "granted by default",
        "ad_user_data": "denied by default",
        "ad_personalization": "granted by default, denied by choice",
    }


def test_consent_mode_as_the_page_holds_it() -> None:
    entries = '{"ad_storage": {"default": true, "update": false}, "analytics_storage": {"default": true}}'
    decoded = decode_consent_state(entries)
    assert decoded.says_opted_out is True
    assert decoded.fields == {"ad_storage": "denied", "analytics_storage": "granted"}
    commands = '[["consent","default",{"ad_storage":"denied"}],["consent","update",{"ad_storage":"granted"}]]'
    assert decode_consent_state(commands).says_opted_out is False
    assert not decode_consent_state("[]").valid


def test_commands_of_vendors() -> None:
    assert decode_fbq('[["dataProcessingOptions",["LDU"],1,1000]]').fields == {
        "dpo": "LDU",
        "dpoco": "1",
        "dpost": "1000",
    }
    assert decode_fbq('[["dataProcessingOptions",[]]]').says_opted_out is False
    assert decode_uetq('["consent","update",{"ad_storage":"denied"}]').says_opted_out is True
    assert not decode_uetq('["pageLoad"]').valid


def test_flags_of_vendors() -> None:
    assert decode_flag("npa", "1").says_opted_out is True
    assert decode_flag("rdp", "0").says_opted_out is False
    assert decode_asc("D").says_opted_out is True
    assert decode_asc("G").says_opted_out is False
    assert decode_ldu("LDU", "1", "1000").meaning == "Meta is told to limit data use, for California."
    assert decode_ldu("LDU", "0", "0").says_opted_out is True
    assert decode_ldu("", "0", "0").says_opted_out is False


_GROUPS = "isGpcEnabled={gpc}&datestamp=x&version=202401.1.0&consentId=1&groups={groups}&geolocation=US%3BCA"


@pytest.mark.parametrize(
    ("gpc", "groups", "says"),
    [
        ("0", "C0001%3A1%2CC0004%3A0", True),
        ("1", "C0001%3A1%2CC0002%3A1%2CC0004%3A1", False),  # the flag is no effect
        ("1", "C0001%3A1%2CC0002%3A1%2CC0004%3A1%2CSSPD_BG%3A0", True),  # sale off, the rest on: as it may be
        ("0", "1%3A1%2C2%3A1%2C4%3A0", True),
        ("0", "C0001%3A1%2CC0002%3A1", None),
    ],
)
def test_onetrust_groups_decide_not_flags(gpc: str, groups: str, says: bool | None) -> None:
    decoded = RECORDS["onetrust"](_GROUPS.format(gpc=gpc, groups=groups))
    assert decoded.says_opted_out is says
    assert decoded.fields["isGpcEnabled"] == gpc
    assert decoded.fields["geolocation"] == "US;CA"


def test_onetrust_google_opt_out() -> None:
    assert decode_onetrust_google("true").says_opted_out is True
    to_begin_with = decode_onetrust_google("false")
    assert (to_begin_with.says_opted_out, to_begin_with.fields) == (None, {"GoogleOptOut": False})
    assert decode_onetrust_active(",C0001,C0004,").says_opted_out is False
    assert decode_onetrust_active(",C0001,").says_opted_out is None


def test_cookiebot() -> None:
    raw = "{stamp:'-1',necessary:true,preferences:true,statistics:true,marketing:true,method:'implied',ver:1,region:'us-06'}"
    decoded = RECORDS["cookiebot"](raw)
    assert decoded.says_opted_out is False
    assert decoded.fields["method"] == "implied"
    assert decoded.fields["stamp"] == "-1"
    assert RECORDS["cookiebot"](raw.replace("marketing:true", "marketing:false")).says_opted_out is True
    assert not RECORDS["cookiebot"]("-2").valid
    assert RECORDS["cookiebot"]('{"consent": {"necessary": true, "marketing": false}}').says_opted_out is True


def test_didomi() -> None:
    status = {
        "regulation": "cpra",
        "purposes": {"targeted_advertising": {"enabled": False}, "analytics": {"enabled": True}},
    }
    assert RECORDS["didomi"](json.dumps(status)).says_opted_out is True
    mail = {"purposes": {"advertising": {"enabled": False}, "email_marketing": {"enabled": True}}}
    assert RECORDS["didomi"](json.dumps(mail)).says_opted_out is True
    unnamed = {"purposes": {"enabled": ["measurement"], "disabled": ["partners-7Xk"]}}
    assert RECORDS["didomi"](json.dumps(unnamed)).says_opted_out is None  # who can tell what partners-7Xk is for
    unnamed["purposes"]["enabled"] = []
    assert RECORDS["didomi"](json.dumps(unnamed)).says_opted_out is True
    token = base64.b64encode(json.dumps({"purposes": {"enabled": ["advertising_personalization"]}}).encode()).decode()
    assert RECORDS["didomi"](token).says_opted_out is False


def test_sourcepoint() -> None:
    record = {
        "usnat": {"consentStatus": {"granularStatus": {"sellStatus": False}}, "GPPData": {"gppString": USCA_OPTED_OUT}}
    }
    decoded = RECORDS["sourcepoint"](json.dumps(record))
    assert decoded.says_opted_out is True
    assert decoded.fields["sellStatus"] is False
    assert RECORDS["sourcepoint"]('{"ccpa": {"status": "rejectedNone"}}').says_opted_out is False
    assert RECORDS["sourcepoint"]('{"ccpa": {"status": "rejectedSome"}}').says_opted_out is None
    assert RECORDS["sourcepoint"]('{"ccpa": {"applies": false, "status": "rejectedNone"}}').says_opted_out is None
    for held in (
        {"gppData": {"gppString": USCA_OPTED_OUT, "applicableSections": [8]}},
        {"usnat": {"applies": True, "consentString": USCA_OPTED_OUT, "applicableSections": [8]}},
        {"usnat": {"GPPData": {"IABGPP_HDR_GppString": USCA_OPTED_OUT}}},
    ):
        assert RECORDS["sourcepoint"](json.dumps(held)).says_opted_out is True


@pytest.mark.parametrize(
    ("raw", "says"),
    [("permit 1,2,3", False), ("permit 1 required", True), ("permit 1,2", True), ("2:", None), ("0,1,2:", None)],
)
def test_trustarc(raw: str, says: bool | None) -> None:
    assert RECORDS["trustarc"](raw).says_opted_out is says


def test_osano() -> None:
    assert RECORDS["osano"]('{"OPT_OUT": "ACCEPT", "MARKETING": "ACCEPT"}').says_opted_out is True
    assert RECORDS["osano"]('{"OPT_OUT": "DENY"}').says_opted_out is False
    assert RECORDS["osano"]('{"MARKETING": "DENY"}').says_opted_out is True
    assert RECORDS["osano"]('{"OPT_OUT": "DENY", "MARKETING": "DENY"}').says_opted_out is True  # asked, and refused
    assert RECORDS["osano"]('{"OPT_OUT": "DENY", "MARKETING": "ACCEPT"}').says_opted_out is False
    assert RECORDS["osano"]("aGVsbG8").says_opted_out is None


def test_usercentrics() -> None:
    services = [
        {"name": "Shop", "isEssential": True, "consentStatus": True},
        {"name": "Ads", "isEssential": False, "consentStatus": False},
    ]
    assert RECORDS["usercentrics"](json.dumps({"consents": services})).says_opted_out is True
    newer = [{"name": "Ads", "consent": False}, {"name": "Map", "category": "essential", "consent": True}]
    assert RECORDS["usercentrics"](json.dumps(newer)).says_opted_out is True
    assert RECORDS["usercentrics"]('{"services": {"x": {"consent": {"given": true}}}}').says_opted_out is False
    assert RECORDS["usercentrics"]('{"ccpaString": "1YNN"}').says_opted_out is False


def test_usercentrics_newer_storage() -> None:
    services = {"a": {"name": "Usercentrics", "consent": True}, "b": {"name": "Pixel", "consent": False}}
    kept = {"consent": {"services": services}}
    assert RECORDS["usercentrics"](json.dumps(kept)).says_opted_out is None  # essential services cannot be told apart
    services["b"]["name"] = "Google Ads"
    assert RECORDS["usercentrics"](json.dumps(kept)).says_opted_out is True
    denied = {"gcm": {"adStorage": "denied", "analyticsStorage": "granted"}, **kept}
    assert RECORDS["usercentrics"](json.dumps(denied)).says_opted_out is True
    assert RECORDS["usercentrics"]('{"gcm": {"adStorage": "granted"}}').says_opted_out is False


def test_gpc_json() -> None:
    assert read_gpc_json(200, '{"gpc": true, "lastUpdate": "2026-01-01"}').gpc is True
    assert read_gpc_json(200, '\ufeff{"gpc": true}').gpc is True
    assert read_gpc_json(200, '{"gpc": "true"}').valid is False
    broken = read_gpc_json(200, "{gpc: true}")
    assert (broken.valid, broken.is_page, broken.where.quote) == (False, False, "{gpc: true}")
    page = read_gpc_json(200, "\n<!doctype html><title>Home</title>")
    assert (page.valid, page.is_page, page.where.quote) == (False, True, "<!doctype html><title>Home</title>")
    assert read_gpc_json(404, "<html>").valid is None
    assert read_gpc_json(None, "").status is None


_DECODERS: dict[str, Callable[[str], object]] = {
    "usp": decode_usp,
    "gpp": decode_gpp,
    "tcf": decode_tcf_answer,
    "gcs": decode_gcs,
    "gcd": decode_gcd,
    "asc": decode_asc,
    "consent mode": decode_consent_state,
    "fbq": decode_fbq,
    "uetq": decode_uetq,
    "OnetrustActiveGroups": decode_onetrust_active,
    "gpc.json": lambda raw: read_gpc_json(200, raw),
    **RECORDS,
}

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "purposes",
                    "usnat",
                    "consentStatus",
                    "gppData",
                    "gppString",
                    "consents",
                    "gpc",
                    "OPT_OUT",
                    "enabled",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
).map(json.dumps)


@pytest.mark.parametrize("name", _DECODERS)
@given(raw=st.text(max_size=60) | _JSON | st.text("ABVYq0123_-.~{}[]:;=&%,'\"", max_size=80))
def test_decoders_are_total(name: str, raw: str) -> None:
    assert _DECODERS[name](raw) is not None


@given(body=st.text("ABCDEFGabcdefg0123456789_-.", max_size=200))
def test_iab_strings_with_a_right_beginning_are_total(body: str) -> None:
    assert decode_gpp(f"DBABBg~{body}").fields["SectionIds"] == "8"
    assert decode_tcf(f"CQ{body}") is not None


def test_hostile_lengths_end_soon() -> None:
    assert not decode_gpp("DB" + "_" * 1_000_000).valid
    assert not decode_tcf("C" + "_" * 1_000_000).valid
    assert not decode_tcf("CQuFeUAQuFeUACRLM6ENBuEpIMmLIgAEAKiQAUP___nnXAJmAQ" + "_" * 16_000).valid
    assert decode_gpp("DBD_" + "1" * 16_000) is not None
