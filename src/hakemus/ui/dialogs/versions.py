"""The earlier versions of the open application: kept generations, named versions, what was submitted."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget

from hakemus.domain.draft import Document, Draft
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.telling_apart import told_apart
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.widgets.badges import Badge
from hakemus.ui.widgets.boxes import Page, card, column, line, row, scroll
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import MIDDLE, Label, label
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import compare
from hakemus.usecases.errors import UserError
from hakemus.usecases.files import OpenFile


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version as the list shows it. `draft` reads it when it is asked for, and may raise `UserError`."""

    label: str
    moment: datetime.datetime | None
    size: int
    draft: Callable[[], Draft]
    whole: Callable[[], tuple[Document, OpenFile]]
    """The document, with the file that holds its attachments."""
    kind: str = ""
    """`named`, `submitted`, or nothing for a kept generation."""
    paper: bytes | None = None
    """The very PDF that was submitted."""
    by: str = ""
    """Who saved it on this computer, where that is known."""


@dataclass(frozen=True, slots=True)
class VersionDeeds:
    """What can be done with a version; the first brings the dialog to its end."""

    open: Callable[[VersionEntry], None]
    compare: Callable[[VersionEntry], None]
    print_paper: Callable[[VersionEntry], None]
    save_paper: Callable[[VersionEntry], None]


class VersionsDialog(QDialog):
    """A list, the newest first. How much each differs from now is counted one at a time, so that nothing waits."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Catalog,
        entries: Sequence[VersionEntry],
        now: Callable[[], Draft],
        deeds: VersionDeeds,
    ) -> None:
        super().__init__(parent)
        self._words, self._entries, self._now, self._deeds = words, tuple(entries), now, deeds
        self._titles = told_apart(
            [self._title(entry) for entry in self._entries],
            [self._title(entry, seconds=True) for entry in self._entries],
        )
        self._about: list[Label] = []
        t = words.text
        self.setWindowTitle(t("Earlier versions"))
        head = label(
            t(
                "What the file held before each save is kept on this computer; named and submitted versions "
                "are kept in the file itself. Opening one changes nothing."
            ),
            "body2",
            wrap=True,
        )
        cards = [self._card(entry) for entry in self._entries]
        if not cards:
            cards = [card(label(t("There are no earlier versions yet."), "strong"))]
        inner = Page(column(head, *cards, None, gap=10, margins=(24, 20, 24, 20)))
        close = button(t("Close"), "", "primary", does=self.reject)
        close.setDefault(True)
        self.setLayout(column(scroll(inner), line(), foot(None, close), gap=0))
        open_at(self, 760, 600)
        self._at = 0
        self._counting = QTimer(self)
        self._counting.setInterval(0)
        self._counting.timeout.connect(self.count_next)
        self._counting.start()

    def _card(self, entry: VersionEntry) -> QWidget:
        t = self._words.text
        title = row(label(self.title(entry), "strong", wrap=True), gap=8)
        if entry.kind:
            title.addWidget(
                Badge("done", t("Submitted")) if entry.kind == "submitted" else Badge("note", t("Named version"))
            )
        about = label(self._facts(entry), "small", wrap=True)
        self._about.append(about)
        name = self.title(entry)
        tools = row(gap=6)
        if entry.paper is not None:
            tools.addWidget(
                button(
                    t("Print…"),
                    "print",
                    "small",
                    name=t("Print what was submitted: {version}", version=name),
                    does=lambda: self._deeds.print_paper(entry),
                )
            )
            tools.addWidget(
                button(
                    t("Save PDF…"),
                    "pdf",
                    "small",
                    name=t("Save the PDF that was submitted: {version}", version=name),
                    does=lambda: self._deeds.save_paper(entry),
                )
            )
        tools.addWidget(
            button(
                t("Compare…"),
                "",
                "small",
                name=t("Compare with now: {version}", version=name),
                does=lambda: self._compare(entry),
            )
        )
        tools.addWidget(
            button(
                t("Open"),
                "",
                "small",
                name=t("Open read-only: {version}", version=name),
                does=lambda: self._open(entry),
            )
        )
        box = row(gap=14)
        box.addLayout(column(title, about, gap=2), 1)
        box.addLayout(tools)
        box.setAlignment(tools, MIDDLE)
        return card(box, margins=(16, 10, 14, 11))

    def title(self, entry: VersionEntry) -> str:
        """Label and moment of a version, as no other in the list has them."""
        return self._titles[self._entries.index(entry)]

    def _title(self, entry: VersionEntry, *, seconds: bool = False) -> str:
        moment = self._words.moment(entry.moment, seconds=seconds) if entry.moment is not None else ""
        return ", ".join(part for part in (entry.label, moment) if part) or "–"

    def _facts(self, entry: VersionEntry) -> str:
        """Its size, and who saved it."""
        size = self._words.text("{size} kB", size=max(1, round(entry.size / 1000)))
        return f"{size} · {self._words.text('saved by {name}', name=entry.by)}" if entry.by else size

    def count_next(self) -> None:
        """Say of the next version how much it differs from now."""
        if self._at >= len(self._entries):
            self._counting.stop()
            return
        entry, about = self._entries[self._at], self._about[self._at]
        self._at += 1
        about.set_text(f"{self._difference(entry)} · {self._facts(entry)}")

    def _difference(self, entry: VersionEntry) -> str:
        try:
            found = compare(entry.draft(), self._now())
        except UserError as error:
            return self._words.render(error.message)
        said = self._words.render(found.words)
        costs = found.sums[0]
        if costs.money:
            currency = call_of(self._now()).currency
            sums = self._words.text(
                "costs {old}, now {new}",
                old=amounts.format_money(costs.old, currency),
                new=amounts.format_money(costs.new, currency),
            )
            return f"{said} · {sums}"
        return said

    def _compare(self, entry: VersionEntry) -> None:
        self._deeds.compare(entry)
        self._at = 0
        self._counting.start()

    def _open(self, entry: VersionEntry) -> None:
        self.accept()
        self._deeds.open(entry)
