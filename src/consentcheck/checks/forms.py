"""Forms that take an opt-out request: what they ask for, and what they demand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consentcheck.checks.layers import at_link, listed, opt_out_links
from consentcheck.checks.registry import Case, NoParams, Params, check
from consentcheck.knowledge import statements
from consentcheck.model.facts import Facts, Field, Form
from consentcheck.model.result import Observation

_PROOF = frozenset({"identity-document", "one-time-code"})
_NOT_PERSONAL = frozenset({"captcha", "request-type"})


def opt_out_forms(facts: Facts) -> tuple[Form, ...]:
    """Forms for opting out: those that say so, and what an opt-out link led to."""
    linked = [link.target.form for link in facts.opt_out_links if link.target and link.target.form]
    said = [form for form in facts.forms if "opt-out" in form.purposes]
    found: dict[object, Form] = {}
    for form in [*said, *(form for form in linked if not form.purposes or "opt-out" in form.purposes)]:
        found.setdefault((form.fields, form.text, form.where.scenario == "logged-in"), form)
    return tuple(found.values())


def _words_around(form: Form, facts: Facts) -> tuple[str, ...]:
    """What the form says, what was answered to it, and the page that an opt-out link led to for it."""
    targets = [link.target for link in facts.opt_out_links if link.target]
    pages = [target.text for target in targets if target.form and target.form.fields == form.fields]
    return tuple(dict.fromkeys((form.answer, form.text, *pages)))


@check("opt-out-needs-no-proof", NoParams, reads_words=True)
def opt_out_needs_no_proof(case: Case, _params: NoParams) -> Iterator[Observation]:
    """An opt-out takes effect without identity papers, codes or a confirming click in a message."""
    for form in opt_out_forms(case.facts):
        proofs = [field.label or field.asks_for for field in form.fields if field.asks_for in _PROOF]
        around = (statements.find("verify-demand", text) for text in _words_around(form, case.facts))
        said = next(filter(None, around), None)
        captcha = any(field.asks_for == "captcha" for field in form.fields)
        demanded = [*proofs, *([said.words] if said else [])]
        data = {"demand": listed(demanded)}
        if demanded and _other_requests_too(form):
            yield Observation(outcome="cantTell", variant="mixed", where=(form.where,), data=data, key=data["demand"])
        elif demanded:
            yield Observation(outcome="failed", where=(form.where,), data=data, key=data["demand"])
        elif captcha:
            yield Observation(outcome="cantTell", variant="captcha", where=(form.where,), key="captcha")
        else:
            yield Observation(outcome="passed", where=(form.where,))


def _other_requests_too(form: Form) -> bool:
    """A form for requests of every kind may verify the others; whether it does so for opt-outs shows only once a kind is chosen."""
    return len(form.purposes) > 1 and any(field.asks_for == "request-type" for field in form.fields)


class AsksLittleParams(Params):
    """``most``: required fields that pass without a look; ``too_many``: more than these fail.

    ``never``: what no opt-out needs, whatever the count.
    """

    most: int = 1
    too_many: int = 3
    never: tuple[str, ...] = ()


@check("opt-out-asks-little", AsksLittleParams)
def opt_out_asks_little(case: Case, params: AsksLittleParams) -> Iterator[Observation]:
    """Counts required fields that tell of the person; captchas and the choice of a request do not count."""
    for form in opt_out_forms(case.facts):
        required = [field for field in form.fields if field.required and field.asks_for not in _NOT_PERSONAL]
        yield _judge_fields(form, required, params)


def _judge_fields(form: Form, required: Sequence[Field], params: AsksLittleParams) -> Observation:
    names = listed(field.label or field.asks_for for field in required)
    data = {"count": str(len(required)), "fields": names}
    excess = listed(field.label or field.asks_for for field in required if field.asks_for in params.never)
    where = (form.where,)
    if form.where.scenario == "logged-in" and required:
        return Observation(outcome="failed", variant="refill", where=where, data=data, key=f"refill {names}")
    if excess:
        return Observation(outcome="failed", variant="excess", where=where, data={**data, "fields": excess}, key=excess)
    if len(required) > params.too_many:
        return Observation(outcome="failed", where=where, data=data, key=names)
    if len(required) > params.most:
        return Observation(outcome="cantTell", variant="some", where=where, data=data, key=names)
    return Observation(outcome="passed", where=where, data=data)


@check("opt-out-needs-no-account", NoParams)
def opt_out_needs_no_account(case: Case, _params: NoParams) -> Iterator[Observation]:
    """No login stands before the opt-out."""
    to_login = {link.text.casefold(): link for link in opt_out_links(case.facts) if link.target and link.target.login}
    for link in to_login.values():
        yield Observation(
            outcome="failed", variant="link", where=(at_link(link),), data={"title": link.text}, key="link"
        )
    for form in opt_out_forms(case.facts):
        yield Observation(outcome="failed" if form.needs_account else "passed", where=(form.where,), key="account")
