"""What a change of the funding would mean before it is made: another draft is judged, and nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping

from hakemus.domain.draft import draft_path
from hakemus.domain.findings import Exit
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import Message, Shown, msg
from hakemus.domain.money import ZERO, Money
from hakemus.domain.paths import get_value, with_value
from hakemus.i18n.refused import Refused
from hakemus.usecases import typed
from hakemus.usecases.checking import Check, check

GRANT = "funding.grant"
REFUSED = "refused"


def if_refused(judged: Check, row: str) -> Check | None:
    """The judgement if a row of other funding were refused; None where it is so already, or has no sum."""
    item = get_value(judged.draft.application, row)
    if item is None or not item.amount or item.status == REFUSED:
        return None
    return _judged(judged, {f"{row}.status": REFUSED})


def if_granted(judged: Check, text: str) -> Check | Refused | None:
    """The judgement of another grant as it was typed; the reason where it is no sum, None where nothing is typed.

    A text that waits in the field of the grant would be replaced, so it does not stand in the way here either.
    """
    grant = typed.read(GRANT, text, judged.call.currency)
    if grant is None or isinstance(grant, Refused):
        return grant
    return _judged(judged, {GRANT: str(grant)})


def use_grant(tried: Check, way: Exit | None = None) -> Exit:
    """The tried grant as one step to apply, with a way out of what it breaks where one was chosen."""
    changes = {GRANT: str(tried.totals.grant), **(way.changes if way else {})}
    label = msg("using another grant: {sum}", sum=tried.totals.grant) if way is None else way.label
    needs: Mapping[str, str] = way.needs if way else FrozenDict()
    return Exit("grant", label, FrozenDict(changes), needs)


def outcome(tried: Check) -> tuple[Message, ...]:
    """Share, highest grant and gap as parts of one sentence."""
    totals = tried.totals
    said = []
    if totals.share_percent is not None:
        said.append(msg("share of the grant {share}", share=Shown(totals.share_percent)))
    if totals.cap is not None:
        said.append(msg("highest grant {cap}", cap=totals.cap))
    if totals.over_cap:
        said.append(msg("the grant {sum} above it", sum=totals.over_cap))
    if totals.gap > ZERO:
        said.append(msg("{sum} not yet funded", sum=totals.gap))
    elif totals.gap < ZERO:
        said.append(msg("{sum} more money than costs", sum=Money(-totals.gap.cents)))
    else:
        said.append(msg("costs and funding agree"))
    return tuple(said)


def _judged(judged: Check, changes: Mapping[str, str]) -> Check:
    draft = judged.draft
    for path, value in changes.items():
        draft = with_value(draft, draft_path(path), value)
        waiting = {at: text for at, text in draft.pending.items() if at != path}
        if len(waiting) != len(draft.pending):
            draft = with_value(draft, "pending", FrozenDict(waiting))
    return check(draft, judged.call, judged.today)
