"""How far the signature is prepared, in a sentence or two."""

from __future__ import annotations

from hakemus.i18n.dates import format_date
from hakemus.ui.desk import Desk
from hakemus.usecases.signing import Signing


def signing_words(now: Signing, desk: Desk) -> str:
    """What is seen to, and what comes next."""
    said = desk.t("{done} of {count} seen to.", done=now.done, count=len(now.points))
    first = now.next
    if first is None or first.by is None:
        return said
    return f"{said} {desk.t('Next, by {day}: {words}', day=format_date(first.by), words=desk.say(first.words))}"
