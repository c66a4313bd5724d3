"""Findings as cards that lead to their fields: in the side panel and on the page Review."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hakemus.domain.findings import Finding
from hakemus.ui.desk import Desk
from hakemus.ui.widgets.badges import STATE, glyph
from hakemus.ui.widgets.boxes import clear_box, column, row
from hakemus.ui.widgets.buttons import CardButton, button
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import TOP, label
from hakemus.usecases.session import Pending

MOST_SHOWN = 60
"""Findings that a list holds; the others are counted there, and the keys go to them."""


def entries_of(desk: Desk, *, beside: bool = False) -> list[QWidget]:
    """A list's entries: texts that are no values yet, then what the rules found, then how many more there are."""
    waiting, found = desk.session.pending(), desk.session.check.findings
    entries: list[QWidget] = [
        *(pending_button(desk, item) for item in waiting[:MOST_SHOWN]),
        *(finding_entry(desk, finding, at, beside=beside) for at, finding in enumerate(found[:MOST_SHOWN])),
    ]
    left = len(waiting) + len(found) - len(entries)
    if left:
        words = desk.nt("{count} more finding: F8 goes there", "{count} more findings: F8 goes to them", left)
        entries.append(label(words, "body2", wrap=True))
    return entries


def finding_entry(desk: Desk, finding: Finding, at: int, *, beside: bool = False) -> QWidget:
    """One finding with the way to its sum, its source and the mark as read: under it, or beside it."""
    more = button(
        desk.t("Details…"),
        "note",
        "quiet",
        name=desk.t("Details: {sentence}", sentence=desk.say(finding.message)),
        does=lambda: desk.wishes.command.emit(f"why:{at}"),
    )
    shown = finding_button(desk, finding, at)
    if beside:
        return clear_box(Aside(shown, more, gap=8))
    return clear_box(column(shown, row(more, None, margins=(10, 0, 0, 0)), gap=0))


def finding_button(desk: Desk, finding: Finding, at: int) -> CardButton:
    """One finding; a click goes to its first field and marks them all. `at` is its place in the list."""
    level = finding.severity.value
    word = desk.level(finding.severity)
    if desk.session.check.acknowledgement(finding) is not None:
        word = desk.t("{level}, marked as read", level=word)
    sentence = desk.say(finding.message)
    made = _button(level, word, sentence, desk.where(finding))
    made.clicked.connect(lambda: desk.wishes.command.emit(f"finding:{at}"))
    return made


def pending_button(desk: Desk, pending: Pending) -> CardButton:
    """A typed text that is not a value; a click goes to its field."""
    sentence = desk.t("{text}: {reason}", text=f"”{pending.text[:60]}”", reason=desk.say(pending.reason))
    made = _button("error", desk.t("Cannot be read"), sentence, desk.field_name(pending.path))
    made.clicked.connect(lambda: desk.wishes.go.emit(pending.path))
    return made


def _button(level: str, word: str, sentence: str, where: str) -> CardButton:
    icon, tone = STATE[level]
    lay = row(gap=10, margins=(14, 9, 10, 10))
    lay.addWidget(glyph(icon, tone, 20), 0, TOP)
    lay.addLayout(
        column(label(word, "small", tone), label(sentence, wrap=True), label(where, "small", wrap=True), gap=0), 1
    )
    return CardButton(lay, f"{word}: {sentence} {where}")
