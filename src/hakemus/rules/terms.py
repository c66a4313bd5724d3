"""Values of a call that wait to be checked against the call notice in hand, and rules that cannot be checked here."""

from __future__ import annotations

from collections.abc import Iterator

from hakemus.domain.call import Call
from hakemus.domain.draft import Draft
from hakemus.domain.findings import Finding
from hakemus.domain.messages import msg, nmsg
from hakemus.rules.kinds import Case


def waiting(draft: Draft, call: Call) -> tuple[str, ...]:
    """Addresses of the call's values that the user has to confirm and has not.

    A term that stands in the draft and cannot be applied, as one of a file that somebody else wrote, confirms nothing.
    """
    confirmed = {term.at for term in draft.terms}.intersection(call.overridden)
    return tuple(at for at in call.confirm if at not in confirmed)


def terms(case: Case) -> Iterator[Finding]:
    left = waiting(case.draft, case.call)
    if left:
        message = nmsg(
            "{count} value of the call has to be checked against the call notice.",
            "{count} values of the call have to be checked against the call notice.",
            len(left),
        )
        yield case.finding((f"terms[{at}]" for at in left), message, seen=left)


def unused(case: Case) -> Iterator[Finding]:
    """Values of the user's own that the call has no place for, or that cannot stand there: the call's own hold."""
    left = {term.at: term.value for term in case.draft.terms if term.at not in case.call.overridden}
    if left:
        message = nmsg(
            "{count} value of your own for the call is not in force: the call has no such term, or it cannot be read.",
            "{count} values of your own for the call are not in force: the call has no such terms, "
            "or they cannot be read.",
            len(left),
        )
        yield case.finding((f"terms[{at}]" for at in left), message, seen=left.values())


def unknown(case: Case) -> Iterator[Finding]:
    """A rule of a kind, or with parameters, that this program does not know: it is kept, not run, and said."""
    message = msg('This version of the program cannot check the rule "{rule}" of the call.', rule=case.rule.id)
    yield case.finding(("terms",), message, seen=(case.rule.kind,))
