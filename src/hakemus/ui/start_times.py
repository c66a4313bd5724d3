"""Times as the start page says them: when a draft was saved, when a call opens and closes, and what is left."""

from __future__ import annotations

import datetime

from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_date
from hakemus.usecases.start_cards import CallCard
from hakemus.usecases.zones import local


class Times:
    """Says times in one language, as seen from one moment: those of a call by the clock of its funder."""

    def __init__(self, words: Catalog, now: datetime.datetime) -> None:
        self._words, self._now = words, now

    def moment(self, text: str) -> str:
        """When something was saved: the hour of today, else the day; what is no moment stays as it is written."""
        try:
            moment = datetime.datetime.fromisoformat(text)
        except ValueError:
            return text
        if moment.date() == self._now.date():
            return self._words.text("today at {time}", time=f"{moment.hour}.{moment.minute:02d}")
        return format_date(moment)

    def left(self, closes: str | None, zone: str) -> tuple[str, str]:
        """What is left until a closing moment in a zone, and that moment."""
        words = self._words
        if not closes:
            return "–", words.text("no closing day")
        moment = _closing(closes)
        now = local(self._now, zone)
        left = moment - now
        when = words.moment(moment, year=moment.year != now.year)
        if left.total_seconds() < 0:
            return words.text("Closed"), when
        if left.days >= 2:
            days = words.plural("{count} day", "{count} days", left.days)
            if left.days >= 7:
                return days, when
            return f"{days} {words.plural('{count} h', '{count} h', left.seconds // 3600)}", when
        hours = int(left.total_seconds() // 3600)
        return words.plural("{count} hour", "{count} hours", hours) if hours else words.text("under an hour"), when

    def window(self, card: CallCard) -> tuple[str, str, str, str]:
        """State, icon kind, word and moment of a call's window."""
        words, now = self._words, local(self._now, card.zone)
        if card.always_open:
            return "always", "done", words.text("Open now"), words.text("always")
        closes = _closing(card.closes) if card.closes else None
        opens = datetime.datetime.fromisoformat(card.opens) if card.opens else None
        if closes and closes < now:
            return "closed", "empty", words.text("Closed"), format_date(closes)
        if opens and opens > now:
            when = words.moment(opens) if len(card.opens or "") > 10 else format_date(opens)
            days = (opens.date() - now.date()).days
            if not days:
                return "coming", "note", words.text("Opens on"), when
            return "coming", "note", words.plural("Opens in {count} day", "Opens in {count} days", days), when
        if closes:
            until = words.text("until {moment}", moment=words.moment(closes))
            span = closes - now  # counted as in the meter of an application: whole days, hours from the last two on
            hours = int(span.total_seconds() // 3600)
            if span.days >= 2:
                left = words.plural("{count} day left", "{count} days left", span.days)
            elif hours:
                left = words.plural("{count} hour left", "{count} hours left", hours)
            else:
                left = words.text("less than an hour left")
            return "open", "done", words.text("Open now"), f"{until}, {left}"
        return "unknown", "half", words.text("Times in the call notice"), ""


def _closing(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    return moment.replace(hour=23, minute=59) if len(text) == 10 else moment
