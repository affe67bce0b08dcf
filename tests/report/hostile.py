"""A result in which everything that a site could have written is an attack on the report."""

from __future__ import annotations

import datetime as dt

from consentcheck.model.base import Where
from consentcheck.model.evidence import Problem, Provenance
from consentcheck.model.facts import (
    Category,
    CategoryDisagreement,
    Choice,
    Cmp,
    Control,
    CookieFact,
    DeclaredCookie,
    Dialog,
    Facts,
    Field,
    Form,
    Link,
    OptOutLink,
    Passage,
    Path,
    Policy,
    ScenarioStatus,
    SignalFact,
    Status,
    StepFact,
    Tracker,
)
from consentcheck.model.result import AuditResult, TargetResult, Waiver
from consentcheck.model.rule import Citation
from consentcheck.model.words import EVIDENCE_OF
from tests.report.sample import PLAIN, RESULT, finding, rule

ATTACK = (
    "=cmd|' /C calc'!A0 </script><script>alert(1)</script></style><style>body{display:none}</style>"
    "<img src=x onerror=alert(2)>\"'><svg onload=alert(3)> {{ 7*7 }} @everyone #1 | `x` [a](javascript:alert(4)) "
    "\u202egnp.exe\u0000\u001b]0;x\u0007 ]]>"
)
LONG = "Z" * 1_000_000

_WHERE = Where(
    surface="banner", scenario="gpc", quote=ATTACK + LONG, selector=ATTACK, request="javascript:alert(5)//" + ATTACK,
    screenshot="../../../../etc/passwd", box=(0, 0, 9, 9),
)  # fmt: skip
_TRAP = Citation(law=ATTACK, section=ATTACK, url="javascript:alert(6)", verified=False)

HOSTILE = RESULT.model_copy(
    update={
        "targets": (
            TargetResult(
                target="https://evil.example/" + ATTACK,
                status="partial",
                problems=(Problem(code="internal", message=ATTACK + LONG),),
                facts=Facts(
                    target=ATTACK,
                    scenarios=(ScenarioStatus(scenario="gpc", has=EVIDENCE_OF["live"], pages=(ATTACK,)),),
                    cmp=Cmp(name=ATTACK),
                    dialogs=(
                        Dialog(
                            surface="preferences",
                            scenario="gpc",
                            title=ATTACK,
                            passages=(Passage(text=ATTACK + LONG),),
                            controls=(Control(text=ATTACK, role=ATTACK, where=_WHERE),),
                            categories=(
                                Category(
                                    name=ATTACK,
                                    description=ATTACK + LONG,
                                    cookies=(DeclaredCookie(name=ATTACK, duration=ATTACK),),
                                    where=_WHERE,
                                ),
                            ),
                            where=_WHERE,
                        ),
                    ),
                    opt_out_links=(OptOutLink(text=ATTACK, href="javascript:alert(7)", where=_WHERE),),
                    links=(Link(text=ATTACK, href="javascript:alert(8)", kind="privacy-policy"),),
                    trackers=(
                        Tracker(
                            scenario="gpc", host=ATTACK, owner=ATTACK, identifiers=(ATTACK,), restricted_by=(ATTACK,),
                            contradicted_by=(ATTACK,), initiator=ATTACK,
                        ),
                    ),
                    cookies=(CookieFact(scenario="gpc", name=ATTACK, domain=ATTACK, declared_as=ATTACK, owner=ATTACK),),
                    signals=(
                        SignalFact(scenario="gpc", signal="usp", raw=ATTACK + LONG, source=ATTACK, meaning=ATTACK),
                    ),
                    paths=(
                        Path(goal="accept", scenario="gpc", steps=(StepFact(text=ATTACK, screenshot="/etc/passwd"),)),
                    ),
                    choices=(Choice(scenario="gpc", stopped_because=ATTACK, sale_toggles={ATTACK: True}),),
                    statuses=(Status(scenario="gpc", text=ATTACK + LONG),),
                    forms=(Form(fields=(Field(label=ATTACK),), answer=ATTACK + LONG),),
                    disagreements=(CategoryDisagreement(category=ATTACK, field="name", document=ATTACK + LONG),),
                    policy=Policy(url="javascript:alert(9)"),
                ),
                results=(
                    rule(
                        "ccpa-hostile", ATTACK, "failed", ATTACK,
                        finding(ATTACK + LONG, ATTACK, "f1", _WHERE).model_copy(
                            update={
                                "waived": Waiver(rule="x", owner=ATTACK, reason=ATTACK, expires=dt.date(2030, 1, 1))
                            }
                        ),
                        finding(ATTACK, ATTACK, "f2", _WHERE, _WHERE),
                        citation=_TRAP, why=ATTACK,
                    ),
                    rule("gpc-hostile", ATTACK, "cantTell", ATTACK, finding(ATTACK, ATTACK, "f3"), citation=_TRAP),
                    rule("state-hostile", ATTACK, "untested", ATTACK + LONG, citation=PLAIN),
                    rule("policy-hostile", ATTACK, "passed", ATTACK, citation=_TRAP),
                ),
                provenance=Provenance(browser=ATTACK, user_agent=ATTACK, settings={ATTACK: ATTACK + LONG}),
                started=ATTACK,
            ),
        ),
    }
)  # fmt: skip
assert isinstance(HOSTILE, AuditResult)
