"""A made-up audit of a made-up newspaper: every outcome, every kind of fact. The golden reports are made of it."""

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
    PolicyDate,
    ScenarioStatus,
    Setter,
    SignalFact,
    Status,
    StepFact,
    Tracker,
    WellKnownGpc,
)
from consentcheck.model.result import AuditResult, Finding, RuleResult, RulesVersion, TargetResult, Waiver
from consentcheck.model.rule import Citation, Means, Profile
from consentcheck.model.words import EVIDENCE_OF, Basis, Outcome, Severity

HOST = "morningledger.example"
SITE = f"https://{HOST}/"
AS_OF = dt.date(2026, 6, 1)
BANNER, PREFERENCES, OFF = "banner.png", "preferences.png", "switched-off.png"
GROUPED = "All information that these cookies collect is grouped and therefore anonymous."

SYMMETRY = Citation(
    law="California Code of Regulations, title 11",
    section="section 7004(a)(2)",
    url="https://cppa.ca.gov/regulations/",
    in_force=dt.date(2023, 3, 29),
    verified=False,
)
SIGNAL = Citation(
    law="California Code of Regulations, title 11",
    section="section 7025(c)",
    url="https://cppa.ca.gov/regulations/",
    in_force=dt.date(2023, 3, 29),
    verified=True,
)
CLEAR = Citation(
    law="California Civil Code", section="section 1798.135(a)", in_force=dt.date(2023, 1, 1), verified=True
)
PLAIN = Citation(law="California Code of Regulations, title 11", section="section 7003(a)", verified=True)


def rule(
    name: str,
    title: str,
    outcome: Outcome,
    reason: str,
    *findings: Finding,
    severity: Severity = "high",
    basis: Basis = "regulation",
    citation: Citation = SYMMETRY,
    why: str = "",
    advisory: bool = False,
    asked: bool = True,
) -> RuleResult:
    """A rule's result with what the tests do not vary filled in."""
    return RuleResult(
        rule=name,
        title=title,
        pack=name.split("-", 1)[0],
        outcome=outcome,
        severity=severity,
        basis=basis,
        citation=citation,
        why=why,
        means=Means(failed="the requirement is not met"),
        reason=reason,
        advisory=advisory,
        asked=asked,
        findings=findings,
    )


def finding(message: str, remedy: str, fingerprint: str, *where: Where, severity: Severity = "high") -> Finding:
    """A finding."""
    return Finding(message=message, remedy=remedy, severity=severity, fingerprint=fingerprint, where=where)


def _where(quote: str, picture: str, box: tuple[float, float, float, float], surface: str, selector: str) -> Where:
    return Where(
        surface=surface, scenario="first-visit", quote=quote, screenshot=picture, box=box, selector=selector
    )  # fmt: skip


ACCEPT = _where("Accept all cookies", BANNER, (1073, 661, 167, 37), "banner", "div.bar > button.accept")
SETTINGS = _where("Cookie settings", BANNER, (911, 661, 139, 37), "banner", "div.bar > button.settings")
AUDIENCE = _where(GROUPED, PREFERENCES, (277, 392, 725, 20), "preferences", "section:nth-of-type(3) > p")
PERFORMANCE = _where(GROUPED, PREFERENCES, (277, 301, 725, 20), "preferences", "section:nth-of-type(2) > p")
SALE = _where(
    "Advertising and sale of personal data",
    PREFERENCES,
    (959, 456, 44, 22),
    "preferences",
    "section:nth-of-type(4) button",
)
PIXEL = Where(surface="page", scenario="gpc", request="https://px.adfathom.example/sync?uid=…")

RESULTS = (
    rule(
        "ccpa-symmetry-banner",
        "A banner that offers to accept also offers to decline, on the same layer",
        "failed",
        "The banner offers to accept and no way to decline",
        finding(
            "The banner offers “Accept all cookies” and no way to decline beside it; declining takes three steps more.",
            "Put a button that declines beside “Accept all cookies”, of the same size and weight.",
            "8d1f02c6b7a94e35",
            ACCEPT,
            SETTINGS,
        ),
        why="A choice that is harder to make than its opposite is not a free one, and regulators have fined for it.",
    ),
    rule(
        "gpc-trackers-stop",
        "With Global Privacy Control on, advertising trackers stop",
        "failed",
        "Two advertisers got an identifier although the signal was on",
        finding(
            "With Global Privacy Control on, px.adfathom.example still got an identifier (cookie:uid), told that "
            "there is no opt-out (us_privacy=1YNN).",
            "Read the signal before any advertising tag is loaded, and load none while it is on.",
            "17c9a3e05d4b8f62",
            PIXEL,
            severity="critical",
        ),
        severity="critical",
        citation=SIGNAL,
        why="The signal is a valid request to opt out; a site that sells must act on it without asking again.",
    ),
    rule(
        "category-description-duplicate",
        "Each category’s description is its own",
        "failed",
        "Two categories share a description",
        finding(
            "“Performance” and “Audience measurement” share a sentence, so a reader cannot tell them apart.",
            "Say of each category what its own cookies do.",
            "4be7710f9c2d6a88",
            PERFORMANCE,
            AUDIENCE,
            severity="medium",
        ),
        severity="medium",
        basis="disclosure-quality",
        citation=PLAIN,
    ),
    rule(
        "policy-updated-yearly",
        "The privacy policy was updated in the last twelve months",
        "failed",
        "The policy is older than a year",
        finding(
            "The policy says that it was last updated on 2025-02-11, more than twelve months before 2026-06-01.",
            "Review the policy and state the new date.",
            "c2a4d81e3b6f5079",
            Where(surface="policy", scenario="first-visit", quote="Last updated: 11 February 2025"),
            severity="medium",
        ).model_copy(
            update={
                "waived": Waiver(
                    rule="policy-updated-yearly",
                    owner="legal@morningledger.example",
                    reason="the new text is with counsel",
                    expires=dt.date(2026, 7, 1),
                )
            }
        ),
        severity="medium",
        basis="statute",
        citation=CLEAR,
    ),
    rule(
        "gpc-display-status",
        "The site shows whether it honours the signal",
        "failed",
        "No status was shown",
        finding(
            "With Global Privacy Control on, the page says nowhere that the opt-out was taken.",
            "Show a short status such as “Opt-out request honoured”.",
            "90f3b6c1a2e7d458",
            Where(scenario="gpc", surface="page"),
            severity="medium",
        ),
        severity="medium",
        citation=SIGNAL.model_copy(update={"in_force": dt.date(2027, 1, 1)}),
        advisory=True,
    ),
    rule(
        "category-always-active-purpose",
        "Only what is needed is always active",
        "cantTell",
        "“Audience measurement” is always active and may not be needed",
        finding(
            "“Audience measurement” cannot be switched off. A person must decide whether the site needs it.",
            "Give it a toggle, or say why the site cannot run without it.",
            "5d60e2b94c17fa33",
            AUDIENCE,
            severity="medium",
        ),
        severity="medium",
        basis="disclosure-quality",
        citation=PLAIN,
    ),
    rule(
        "ccpa-optout-link",
        "The home page has a link to opt out of sale and sharing",
        "passed",
        "“Your Privacy Choices” stands in the footer",
        basis="statute",
        citation=CLEAR,
    ),
    rule(
        "category-sale-no-toggle",
        "A category of sale has a toggle",
        "passed",
        "“Advertising and sale of personal data” has one",
        basis="disclosure-quality",
        citation=PLAIN,
    ),
    rule(
        "optout-persists",
        "An opt-out is kept on the next visit",
        "untested",
        "The visit after the opt-out ended with an error: the server answered 503",
        citation=SIGNAL,
    ),
    rule(
        "optout-account",
        "An opt-out holds for the account",
        "untested",
        "No session was given, so nobody was logged in",
        citation=SIGNAL,
        asked=False,
    ),
    rule(
        "notice-minors",
        "Readers under 16 are asked before sale",
        "inapplicable",
        "The profile does not say that the site knows of readers under 16",
        basis="statute",
        citation=CLEAR,
    ),
)

CONTROLS = (
    Control(text="Cookie settings", purpose="settings", visible=True, where=SETTINGS),
    Control(text="Accept all cookies", purpose="accept-all", visible=True, where=ACCEPT),
)


def _category(name: str, text: str, **more: object) -> Category:
    return Category.model_validate({"name": name, "passages": ({"text": text},), "description": text, **more})


DIALOGS = (
    Dialog(
        surface="banner",
        passages=(
            Passage(
                text="We and our partners use cookies to run this site, to measure its use and to show you advertising."
            ),
        ),
        controls=CONTROLS,
        visible=True,
        where=Where(surface="banner", screenshot=BANNER, box=(0, 639, 1280, 81)),
    ),
    Dialog(
        surface="preferences",
        title="Your cookie settings",
        passages=(Passage(text="Choose which cookies we may use. You can change this at any time."),),
        controls=(
            Control(
                text="Allow all",
                purpose="accept-all",
                visible=True,
                where=_where("Allow all", PREFERENCES, (277, 618, 97, 37), "preferences", "footer > button.all"),
            ),
            Control(
                text="Save my choices",
                purpose="save",
                visible=True,
                where=_where(
                    "Save my choices", PREFERENCES, (388, 618, 149, 37), "preferences", "footer > button.save"
                ),
            ),
        ),
        categories=(
            _category(
                "Strictly necessary",
                "These cookies are needed for the site to work and cannot be switched off.",
                kind="necessary",
                always_active=True,
            ),
            _category(
                "Performance",
                f"These cookies count visits. {GROUPED}",
                kind="analytics",
                toggle="on",
                controls=(
                    Control(
                        text="Performance",
                        role="switch",
                        purpose="toggle",
                        state="on",
                        visible=True,
                        category="Performance",
                        where=_where("Performance", PREFERENCES, (959, 271, 44, 22), "preferences", "#perf"),
                    ),
                ),
            ),
            _category(
                "Audience measurement",
                f"These cookies tell us which stories are read. {GROUPED}",
                kind="analytics",
                always_active=True,
            ),
            _category(
                "Advertising and sale of personal data",
                "Our partners use these cookies to show you advertising on other sites.",
                kind="sale",
                toggle="on",
                controls=(
                    Control(
                        text="Advertising and sale of personal data",
                        role="switch",
                        purpose="toggle",
                        state="on",
                        visible=True,
                        category="Advertising and sale of personal data",
                        where=SALE,
                    ),
                ),
            ),
        ),
        visible=True,
        where=Where(surface="preferences", screenshot=PREFERENCES, box=(240, 40, 800, 640)),
    ),
    Dialog(
        surface="cookie-list",
        title="Cookies we use",
        categories=(
            _category(
                "Strictly necessary",
                "Without these the site does not work.",
                kind="necessary",
                always_active=True,
                cookies=(DeclaredCookie(name="ledger_session", duration="session", lifetime_days=0, party="first"),),
            ),
            _category(
                "Advertising and sale of personal data",
                "Used by our partners for advertising.",
                kind="sale",
                cookies=(
                    DeclaredCookie(name="uid", host="adfathom.example", duration="90 days", lifetime_days=90),
                    DeclaredCookie(name="seg_old", host="adfathom.example", duration="30 days", lifetime_days=30),
                ),
            ),
        ),
        where=Where(surface="cookie-list"),
    ),
)

_LIVE = EVIDENCE_OF["live"]
_UTC = "2026-05-30T09:1{}:00Z"

FACTS = Facts(
    target=SITE,
    kind="live",
    scenarios=(
        ScenarioStatus(scenario="first-visit", has=_LIVE, pages=(SITE, SITE + "news"), completed=None),
        ScenarioStatus(scenario="gpc", has=_LIVE, pages=(SITE, SITE + "news"), gpc="browser"),
        ScenarioStatus(scenario="opt-out", has=_LIVE, pages=(SITE, SITE + "news"), completed=True),
        ScenarioStatus(scenario="accept-all", has=_LIVE, pages=(SITE, SITE + "news"), completed=True),
        ScenarioStatus(scenario="revisit-after-opt-out", status="failed"),
    ),
    cmp=Cmp(name="Ledger Consent", confidence="low"),
    dialogs=DIALOGS,
    opt_out_links=(
        OptOutLink(
            text="Your Privacy Choices",
            href=SITE + "privacy-choices",
            title_kind="alternative",
            placement="footer",
            visible=True,
            where=Where(surface="page", scenario="first-visit", quote="Your Privacy Choices", selector="footer a"),
        ),
    ),
    links=(Link(text="Privacy policy", href=SITE + "privacy", kind="privacy-policy", placement="footer"),),
    trackers=(
        *(
            Tracker(
                scenario=scenario,
                host="px.adfathom.example",
                owner="Adfathom",
                purpose="advertising",
                identifiers=("cookie:uid",),
                contradicted_by=("us_privacy=1YNN",) if scenario == "gpc" else (),
                count=count,
                initiator=SITE + "assets/tags.js",
            )
            for scenario, count in (("first-visit", 4), ("gpc", 3), ("accept-all", 6))
        ),
        *(
            Tracker(
                scenario=scenario,
                host="collect.countwell.example",
                owner="Countwell",
                purpose="analytics",
                identifiers=("param:cid",) if scenario != "opt-out" else (),
                restricted_by=("gcs=G100",) if scenario == "opt-out" else (),
                count=2,
            )
            for scenario in ("first-visit", "gpc", "opt-out", "accept-all")
        ),
        Tracker(scenario="opt-out", host="share.townsquare.example", purpose="social", after_choice=False),
        Tracker(scenario="accept-all", host="share.townsquare.example", purpose="social", identifiers=("cookie:tsq",)),
    ),
    cookies=(
        CookieFact(
            name="uid", domain="adfathom.example", party="third", purpose="advertising", owner="Adfathom",
            declared_as="Advertising and sale of personal data", lifetime_days=390,
            setter=Setter(how="script", url="https://adfathom.example/tag.js", owner="Adfathom"),
        ),
        CookieFact(name="_cw", domain=HOST, purpose="analytics", owner="Countwell", lifetime_days=395),
        CookieFact(
            name="ledger_session", domain=HOST, purpose="necessary", declared_as="Strictly necessary",
            lifetime_days=0,
        ),
        CookieFact(scenario="gpc", name="uid", domain="adfathom.example", party="third", lifetime_days=390),
        CookieFact(name="ledger_reader", domain=HOST, storage="local"),
    ),
    signals=(
        SignalFact(
            scenario="first-visit", signal="usp", raw="1YNN", says_opted_out=False, source="__uspapi",
            meaning="notice given, not opted out of sale",
        ),
        SignalFact(
            scenario="gpc", signal="gpc", raw="1", says_opted_out=True, source="Sec-GPC",
            meaning="the browser asks to opt out",
        ),
        SignalFact(
            scenario="gpc", signal="usp", raw="1YNN", says_opted_out=False, source="__uspapi",
            meaning="notice given, not opted out of sale",
        ),
        SignalFact(
            scenario="opt-out", signal="usp", raw="1YYN", says_opted_out=True, source="__uspapi",
            meaning="notice given, opted out of sale",
        ),
    ),
    paths=(
        Path(
            goal="accept",
            scenario="accept-all",
            steps=(StepFact(text="Accept all cookies", screenshot=BANNER, box=(1073, 661, 167, 37)),),
            verified=True,
        ),
        Path(
            goal="opt-out",
            scenario="opt-out",
            steps=(
                StepFact(text="Cookie settings", screenshot=BANNER, box=(911, 661, 139, 37)),
                StepFact(
                    text="Advertising and sale of personal data", action="toggle", screenshot=PREFERENCES,
                    box=(959, 456, 44, 22),
                ),
                StepFact(text="Save my choices", screenshot=OFF, box=(388, 618, 149, 37)),
                StepFact(text="", action="reload", counts=False),
            ),
            verified=True,
        ),
    ),
    choices=(
        Choice(
            scenario="opt-out", completed=True, sale_toggles={"Advertising and sale of personal data": False},
            dialog_gone=True, confirmation="Your choices have been saved.", record_changed=True, record_lifetime_days=365,
        ),
        Choice(scenario="revisit-after-opt-out", stopped_because="the page was not loaded"),
    ),
    statuses=(Status(scenario="opt-out", text="Opt-out request honoured", visible=False),),
    forms=(
        Form(
            fields=(
                Field(label="E-mail address", required=True, asks_for="email"),
                Field(label="State", asks_for="state"),
            ),
            purposes=("opt-out", "delete"),
        ),
    ),
    disagreements=(
        CategoryDisagreement(
            category="Performance", field="always_active", document="a toggle", configuration="always active"
        ),
    ),
    policy=Policy(
        url=SITE + "privacy",
        dates=(PolicyDate(date=dt.date(2025, 2, 11), kind="updated"),),
    ),
    well_known_gpc=WellKnownGpc(status=404),
)  # fmt: skip

TARGET = TargetResult(
    target=SITE,
    status="partial",
    problems=(
        Problem(
            code="http-error", message="the server answered 503 to the first page", scenario="revisit-after-opt-out"
        ),
    ),
    facts=FACTS,
    results=RESULTS,
    provenance=Provenance(
        version="0.1.0",
        browser="Chromium 156.0.0.0 headless shell",
        user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0",
        region="us-ca",
        settings={"jobs": "1", "scenarios": "first-visit, gpc, opt-out, accept-all, revisit-after-opt-out"},
    ),
    started=_UTC.format(2),
    ended=_UTC.format(4),
    evidence_dir="evidence",
    evidence_sha256="9b1f6e0c34d7a2581e90fb6ac3d2475810e7fa96bb30c4d2958a17e6f4c3d0b2",
)  # fmt: skip

RESULT = AuditResult(
    version="0.1.0",
    rules=RulesVersion(count=11, sha256="0f4a9c1de2b37865f0914e7a23cc58d60b7e1f942ad8356c70e1b94fa8d26c35"),
    knowledge="2026-05",
    as_of=AS_OF,
    profile=Profile(),
    targets=(TARGET,),
)

BROKEN = TargetResult(
    target="https://refused.example/",
    status="failed",
    problems=(Problem(code="connection-refused", message="nothing answers at refused.example"),),
    facts=Facts(target="https://refused.example/"),
    results=tuple(
        r.model_copy(
            update={"outcome": "untested", "reason": "the page was not loaded", "findings": (), "advisory": False}
        )
        for r in RESULTS
    ),
)
"""A target that could not be loaded."""

SEVERAL = RESULT.model_copy(update={"targets": (TARGET, BROKEN)})
