"""What somebody changed in a workbook, line by line: old and new, each with a box to take or leave it, and the totals
before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QWidget

from hakemus.domain.draft import Draft
from hakemus.domain.money import Money
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.ui.dialogs.compare import difference_text
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import Page, card, clear, clear_box, column, line, row, scroll
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.labels import LEFT, RIGHT, TOP, Label, label
from hakemus.usecases import rendering
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import How, SumDifference
from hakemus.usecases.difference_words import DifferenceWords
from hakemus.usecases.returned import Offer, Returned
from hakemus.usecases.taking_over import applied, totals

MOST_SHOWN = 150
"""Changes beyond this share one box: nobody reads them one by one."""
MOST_PROBLEMS = 60


class ReturnedDialog(QDialog):
    """`chosen` are the changes to take once the dialog was accepted."""

    def __init__(self, parent: QWidget | None, words: Catalog, draft: Draft, returned: Returned, name: str) -> None:
        super().__init__(parent)
        self._words, self._draft, self._returned = words, draft, returned
        self._call = call_of(draft)
        self._said = DifferenceWords(words, self._call, (draft, applied(draft, returned.offers)))
        self.boxes: list[tuple[QCheckBox, tuple[Offer, ...]]] = []
        t = words.text
        self.setWindowTitle(t("Returned workbook: {name}", name=name))
        self._sums = column(gap=0)
        self._count = label("", "body2", wrap=True)
        self._take = button(t("Take the chosen changes"), "", "primary", does=self.accept)
        below = foot(
            button(t("Choose all"), does=lambda: self._tick_all(on=True)),
            button(t("Choose none"), does=lambda: self._tick_all(on=False)),
            None,
            *answers(self._take, button(t("Cancel") if returned.offers else t("Close"), does=self.reject)),
        )
        self._take.setDefault(True)
        page = column(*self._parts(), None, gap=14, margins=(24, 20, 24, 20))
        self.setLayout(column(scroll(Page(page)), line(), below, gap=0))
        open_at(self, 980, 680)
        for made in self.findChildren(Button):
            if made is not self._take and not returned.offers:
                made.setVisible(made.text() == t("Close"))
        self._take.setVisible(bool(returned.offers))
        self._follow()

    @property
    def chosen(self) -> tuple[Offer, ...]:
        return tuple(offer for box, offers in self.boxes if box.isChecked() for offer in offers)

    # -- what is shown --------------------

    def _parts(self) -> list[QWidget]:
        t, offers = self._words.text, self._returned.offers
        parts: list[QWidget] = [label(self._headline(), "h2", wrap=True)]
        parts += [
            label(rendering.message(note, self._words, self._call), "body2", wrap=True) for note in self._returned.notes
        ]
        if self._returned.problems:
            parts.append(self._problems())
        if offers:
            parts.append(card(label(t("Sums"), "h2", wrap=True), clear_box(self._sums), self._count))
        shown = offers[:MOST_SHOWN]
        for step, items in groupby(shown, key=lambda item: item.difference.step):
            parts.append(card(label(t(STEP_NAMES.get(step, step)), "h2", wrap=True), self._lines(list(items))))
        rest = offers[len(shown) :]
        if rest:
            said = self._words.plural("and {count} more", "and {count} more", len(rest))
            box, caption = self._box(said, rest)
            parts.append(card(clear_box(row(box, caption, None, gap=8))))
        return parts

    def _headline(self) -> str:
        count = len(self._returned.offers)
        if count:
            return self._words.plural("{count} change in the workbook", "{count} changes in the workbook", count)
        if self._returned.problems:
            return self._words.text("The workbook has no changes that can be taken over.")
        return self._words.text("The workbook says the same as the application.")

    def _problems(self) -> QWidget:
        t = self._words.text
        lines: list[QWidget] = [label(t("Cells that could not be read"), "h2", wrap=True)]
        for item in self._returned.problems[:MOST_PROBLEMS]:
            reason = rendering.message(item.reason, self._words, self._call)
            lines.append(label(f"{item.sheet}, {item.cell}: {reason}", wrap=True))
        rest = len(self._returned.problems) - MOST_PROBLEMS
        if rest > 0:
            lines.append(label(self._words.plural("and {count} more", "and {count} more", rest), "body2"))
        return card(*lines, gap=6)

    def _lines(self, offers: Sequence[Offer]) -> QWidget:
        t = self._words.text
        heads = ("", t("What changed"), t("In the application"), t("In the workbook"), t("Difference"))
        # Heads stand over what is below them: at the right where all of it is figures.
        sums = all(isinstance(each.difference.old, Money) or isinstance(each.difference.new, Money) for each in offers)
        grid = self._grid(heads, figures=(2, 3, 4) if sums else (4,))
        for at, offer in enumerate(offers, 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 5)
            item = offer.difference
            name, (old, new) = self._said.name(item), self._said.pair(item)
            spoken = f"{name}: {old} → {new}" if not item.is_row else name
            box, _ = self._box(spoken, (offer,))
            grid.addWidget(box, 2 * at, 0, TOP)
            figure = (RIGHT if isinstance(item.old, Money) or isinstance(item.new, Money) else LEFT) | TOP
            grid.addWidget(self._name(name, offer), 2 * at, 1, TOP)
            grid.addWidget(label("" if item.how is How.ROW_ADDED else old, "body2", wrap=True, align=figure), 2 * at, 2)
            grid.addWidget(label("" if item.how is How.ROW_REMOVED else new, wrap=True, align=figure), 2 * at, 3)
            if offer.money is not None:
                text = difference_text(offer.money, self._call.currency)
                grid.addWidget(label(text, "strong", align=RIGHT | TOP), 2 * at, 4, TOP)
        return clear_box(grid)

    def _name(self, name: str, offer: Offer) -> QWidget:
        parts: list[Label] = [label(name, wrap=True)]
        if offer.sheet:
            parts.append(label(f"{offer.sheet}, {offer.cell}", "small", wrap=True))
        if offer.conflict:
            parts.append(label(self._words.text("Also changed here since the workbook was made."), "small", wrap=True))
        return clear_box(column(*parts, gap=2))

    def _grid(self, heads: Sequence[str], *, figures: Sequence[int] = (4,)) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(18))
        grid.setVerticalSpacing(sp(6))
        for at, (stretch, least) in enumerate(((0, 0), (3, 150), (4, 130), (4, 130), (0, 90))):
            grid.setColumnStretch(at, stretch)
            if look().scale.factor <= LARGE:
                grid.setColumnMinimumWidth(at, px(least))
        for at, text in enumerate(heads):
            side = RIGHT if at in figures else LEFT
            grid.addWidget(label(text, "small", wrap=at in (2, 3), align=side | TOP), 0, at)
        return grid

    def _box(self, words: str, offers: Sequence[Offer]) -> tuple[QCheckBox, Label]:
        box = QCheckBox()
        box.setAccessibleName(words)
        box.setChecked(not any(offer.conflict for offer in offers))
        box.toggled.connect(lambda _on: self._follow())
        self.boxes.append((box, tuple(offers)))
        return box, label(words, wrap=True)

    # -- what follows the boxes --------------------

    def _tick_all(self, *, on: bool) -> None:
        for box, _ in self.boxes:
            box.blockSignals(True)  # noqa: FBT003  # the sums are reckoned once, not for every box
            box.setChecked(on)
            box.blockSignals(False)  # noqa: FBT003
        self._follow()

    def _follow(self) -> None:
        chosen = self.chosen
        self._take.setEnabled(bool(chosen))
        self._count.set_text(self._words.plural("{count} change chosen", "{count} changes chosen", len(chosen)))
        clear(self._sums)
        if self._returned.offers:
            self._sums.addWidget(self._totals(totals(self._draft, chosen)))

    def _totals(self, sums: Sequence[SumDifference]) -> QWidget:
        t, currency = self._words.text, self._call.currency
        grid = self._grid(("", "", t("Before"), t("After"), t("Difference")), figures=(2, 3, 4))
        for at, each in enumerate(sums, 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 5)
            grid.addWidget(label(t(each.name), "body2"), 2 * at, 0, 1, 2)
            figures = (
                amounts.format_money(each.old, currency),
                amounts.format_money(each.new, currency),
                difference_text(each.money, currency),
            )
            for place, text in enumerate(figures, 2):
                role = "strong" if place == 4 and each.money else "body"
                grid.addWidget(label(text, role, align=RIGHT), 2 * at, place)
        return clear_box(grid)
