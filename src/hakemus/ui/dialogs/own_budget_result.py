"""What came out of holding two budgets against each other: totals, categories, lines that differ or stand on one side
only, each that can be taken over with a box.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from hakemus.domain.call import Call
from hakemus.domain.money import ZERO, Money
from hakemus.i18n.amounts import format_money
from hakemus.i18n.catalog import Catalog
from hakemus.ui.dialogs.compare import difference_text
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import card, clear, clear_box, column, line, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import LEFT, RIGHT, TOP, label
from hakemus.usecases import rendering
from hakemus.usecases.own_budget import can_take
from hakemus.usecases.reconcile import Pair
from hakemus.usecases.reconcile_report import Reconciled, category_name

MOST_SHOWN = 150
"""Lines beyond this stand in the report alone: nobody reads them one by one."""


class ResultCards(QWidget):
    """The cards of a reconciliation. `chosen_changed` comes with every box."""

    chosen_changed = Signal()

    def __init__(self, words: Catalog, call: Call) -> None:
        super().__init__()
        self.setObjectName("clear")
        self._words, self._call = words, call
        self.boxes: list[tuple[QCheckBox, Pair]] = []
        self._list = column(gap=14)
        self.setLayout(self._list)
        self._count = label("", "body2", wrap=True)

    @property
    def chosen(self) -> tuple[Pair, ...]:
        return tuple(pair for box, pair in self.boxes if box.isChecked())

    def say_count(self, count: int) -> None:
        self._count.set_text(self._words.plural("{count} line chosen", "{count} lines chosen", count))

    def show_held(self, held: Reconciled | None) -> None:
        """Show another reconciliation; lines that were chosen and still stand there stay chosen."""
        kept = {_key(pair) for pair in self.chosen}
        self.boxes = []
        clear(self._list)
        if held is None:
            return
        t, found = self._words.text, held.found
        self._list.addWidget(self._sums(held))
        self._count = label("", "body2", wrap=True)
        parts = (
            (t("Lines that differ"), found.differing),
            (t("Only in their budget"), found.only_theirs),
            (t("Only in the application"), found.only_ours),
            (t("Lines that agree"), found.agreed),
        )
        if any(can_take(pair) for _, pairs in parts for pair in pairs[:MOST_SHOWN]):
            self._list.addLayout(
                row(
                    button(t("Choose all"), does=lambda: self._tick_all(on=True)),
                    button(t("Choose none"), does=lambda: self._tick_all(on=False)),
                    self._count,
                    gap=8,
                )
            )
        for title, pairs in parts:
            if pairs:
                self._list.addWidget(card(label(f"{title} ({len(pairs)})", "h2", wrap=True), self._lines(pairs, kept)))
        if held.unread:
            self._list.addWidget(self._unread(held))

    def _headline(self, held: Reconciled) -> str:
        t, found = self._words.text, held.found
        if not (found.agreed or found.differing or found.only_theirs):
            return t("No line of a budget was found there.")
        if found.agrees:
            return t("The budgets agree line by line, to the cent.")
        if found.ours == found.theirs:
            return t("The totals agree, the lines do not.")
        difference = difference_text(found.theirs - found.ours, self._call.currency)
        return t("The budgets differ by {difference}", difference=difference)

    def _sums(self, held: Reconciled) -> QWidget:
        t, found = self._words.text, held.found
        grid = self._grid(t("Cost category"))
        rows = [
            (category_name(item.category, self._call, self._words), item.ours, item.theirs, "body")
            for item in found.categories
        ]
        rows.append((t("Costs in all"), found.ours, found.theirs, "strong"))
        for at, (name, ours, theirs, role) in enumerate(rows, 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 5)
            grid.addWidget(label(name, role, wrap=True), 2 * at, 1, TOP)
            self._figures(grid, 2 * at, ours, theirs, role)
        return card(label(self._headline(held), "h2", wrap=True), clear_box(grid))

    def _figures(
        self, grid: QGridLayout, at: int, ours: Money | None, theirs: Money | None, role: str = "body"
    ) -> None:
        currency = self._call.currency
        for place, amount in ((2, ours), (3, theirs)):
            text = "–" if amount is None else format_money(amount, currency)
            grid.addWidget(label(text, role, align=RIGHT | TOP), at, place)
        difference = (theirs or ZERO) - (ours or ZERO)
        shown = label(difference_text(difference, currency), "strong" if difference else "body2", align=RIGHT | TOP)
        grid.addWidget(shown, at, 4)

    def _lines(self, pairs: Sequence[Pair], kept: set[tuple[str, int]]) -> QWidget:
        t = self._words.text
        grid = self._grid(t("Cost"))
        for at, pair in enumerate(pairs[:MOST_SHOWN], 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 5)
            name = self._name(pair)
            if can_take(pair):
                box = QCheckBox()
                box.setAccessibleName(f"{name[0]}: {self._spoken(pair)}")
                box.setChecked(_key(pair) in kept)
                box.toggled.connect(lambda _on: self.chosen_changed.emit())
                self.boxes.append((box, pair))
                grid.addWidget(box, 2 * at, 0, TOP)
            said = [label(name[0], wrap=True), *(label(text, "small", wrap=True) for text in name[1:])]
            grid.addWidget(clear_box(column(*said, gap=2)), 2 * at, 1, TOP)
            ours, theirs = pair.ours, pair.theirs
            self._figures(grid, 2 * at, ours.amount if ours else None, theirs.amount if theirs else None)
        rest = len(pairs) - MOST_SHOWN
        if rest > 0:
            said_rest = self._words.plural("and {count} more in the report", "and {count} more in the report", rest)
            grid.addWidget(label(said_rest, "body2"), 2 * len(pairs), 1, 1, 4)
        return clear_box(grid)

    def _name(self, pair: Pair) -> list[str]:
        """The words of a line, then where it stands and what else is said of it."""
        t, ours, theirs = self._words.text, pair.ours, pair.theirs
        said = ours.description if ours is not None else theirs.description if theirs is not None else ""
        found = [said or t("(no description)")]
        if theirs is not None:
            about = [t("row {row}", row=str(theirs.row)), theirs.category]
            if ours is not None and theirs.description.casefold() != " ".join(ours.description.casefold().split()):
                about.append(theirs.description)
            found.append(" · ".join(part for part in about if part))
        if ours is not None and theirs is not None and pair.difference and not can_take(pair):
            found.append(t("Reckoned from the pay: change it in the application."))
        return found

    def _spoken(self, pair: Pair) -> str:
        ours, theirs = (side.amount if side is not None else None for side in (pair.ours, pair.theirs))
        words = ["–" if side is None else format_money(side, self._call.currency) for side in (ours, theirs)]
        return " → ".join(words)

    def _unread(self, held: Reconciled) -> QWidget:
        t = self._words.text
        lines = [
            label(
                f"{t('row {row}', row=str(item.row))}: {rendering.message(item.reason, self._words, self._call)}",
                wrap=True,
            )
            for item in held.unread[:MOST_SHOWN]
        ]
        return card(label(t("Rows that could not be read"), "h2", wrap=True), *lines, gap=6)

    def _grid(self, first: str) -> QGridLayout:
        t = self._words.text
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(18))
        grid.setVerticalSpacing(sp(6))
        for at, (stretch, least) in enumerate(((0, 36), (5, 200), (2, 120), (2, 120), (1, 110))):
            grid.setColumnStretch(at, stretch)
            if at == 0 or look().scale.factor <= LARGE:
                grid.setColumnMinimumWidth(at, px(least))
        grid.addWidget(label(first, "small", align=LEFT | TOP), 0, 1)
        for at, text in enumerate((t("In the application"), t("In their budget"), t("Difference")), 2):
            grid.addWidget(label(text, "small", wrap=True, align=RIGHT | TOP), 0, at)
        return grid

    def _tick_all(self, *, on: bool) -> None:
        for box, _ in self.boxes:
            box.blockSignals(True)  # noqa: FBT003  # counted once, not for every box
            box.setChecked(on)
            box.blockSignals(False)  # noqa: FBT003
        self.chosen_changed.emit()


def _key(pair: Pair) -> tuple[str, int]:
    return (pair.ours.path if pair.ours else "", pair.theirs.row if pair.theirs else 0)
