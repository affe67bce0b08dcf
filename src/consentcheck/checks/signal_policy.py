"""What the privacy policy says of opt-out preference signals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from consentcheck.checks.prose import quoted
from consentcheck.checks.registry import ENGLISH, Case, NoParams, check
from consentcheck.knowledge.terms import terms
from consentcheck.model.result import Observation

_SIGNAL_WORDS = terms(
    ("global privacy control", "gpc", "opt out preference signal", "opt out preference signals", "preference signal",
     "privacy signal", "universal opt out", "opt out signal", "opt out signals")
)  # fmt: skip
_SCOPE_WORDS = terms(
    ("browser", "browsers", "device", "devices", "account", "accounts", "pseudonymous", "offline", "logged in", "log in", "signed in")
)  # fmt: skip
_USE_WORDS = terms(
    ("enable ~ signal", "enable ~ gpc", "turn on", "browser settings", "extension", "extensions", "globalprivacycontrol",
     "download", "install", "use a browser", "enable ~ global privacy control", "enabling ~ global privacy control",
     "enabling ~ gpc", "enabling ~ signal", "supports ~ global privacy control", "supports ~ gpc")
)  # fmt: skip


@check("policy-explains-signal", NoParams, reads_words=True, languages=ENGLISH)
def policy_explains_signal(case: Case, _params: NoParams) -> Iterator[Observation]:
    """The policy names the opt-out preference signal, what it is applied to, and how to use one. A do-not-track paragraph is none."""
    policy = case.facts.policy
    if policy is None:
        yield Observation(outcome="untested", variant="not-read")
        return
    passages = [passage for passage in policy.passages if _SIGNAL_WORDS.first(passage.text)]
    if not passages:
        yield Observation(outcome="failed", where=(policy.where,), key="not explained")
        return
    after = [later for passage, later in pairwise(policy.passages) if passage in passages]
    about = [passage.text for passage in (*passages, *after)]
    text = "\n".join(about)
    missing = [] if _SCOPE_WORDS.first(text) else ["what it is applied to (browser, device, account)"]
    missing += [] if _USE_WORDS.first(text) else ["how to use one"]
    where = quoted(passages[0].where, _SIGNAL_WORDS.first(passages[0].text) or passages[0].text)
    if missing:
        data = {"missing": " and ".join(missing)}
        yield Observation(outcome="cantTell", where=(where,), data=data, key="partly explained")
    else:
        yield Observation(outcome="passed", where=(where,))
