"""Two states of an application side by side; what differs can be brought back or taken one by one, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from hakemus.domain.draft import Draft
from hakemus.domain.money import Money
from hakemus.i18n import amounts
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.i18n.marking import N_
from hakemus.ui.dialogs.foot_and_size import foot, open_at
from hakemus.ui.look.style import look, px, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import Page, card, clear, clear_box, column, line, scroll
from hakemus.ui.widgets.buttons import Button, button
from hakemus.ui.widgets.labels import LEFT, RIGHT, TOP, label
from hakemus.usecases.calls import call_of
from hakemus.usecases.comparing import Comparison, Difference, SumDifference, compare
from hakemus.usecases.difference_words import DifferenceWords

MOST_SHOWN = 150
"""Differences beyond this are counted, not shown: nobody reads them one by one."""

Take = Callable[[Difference | None], None]
"""Bring one difference back into the present draft; None means all."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it is called, and its draft as it stands now."""

    name: str
    draft: Callable[[], Draft]


class CompareDialog(QDialog):
    """The earlier or other state at the left, the present one at the right. `answer` is the key of what was chosen."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Catalog,
        old: Side,
        new: Side,
        *,
        take: Take | None = None,
        answers: Sequence[tuple[str, str]] = (),
        foreign: bool = False,
        papers: Sequence[tuple[str, str, Callable[[], object]]] = (),
    ) -> None:
        """`answers`: (key, words) of buttons at the foot, beside Close; `papers`: (icon, words, deed) of such that
        leave the comparison open. `foreign`: the left one is no earlier state of the right one, so that nothing is
        brought *back* from it."""
        super().__init__(parent)
        self.answer = ""
        self._words, self._old, self._new, self._take = words, old, new, take
        self.takes: list[Button] = []
        t = words.text
        self._verb, self._spoken = (
            (t("Take"), N_("Take this: {field}")) if foreign else (t("Bring back"), N_("Bring this back: {field}"))
        )
        self.setWindowTitle(t("Compare: {old} – {new}", old=old.name, new=new.name))
        self._list = column(gap=14, margins=(24, 20, 24, 20))
        self._all = button(
            t("Take all") if foreign else t("Bring all back"), "" if foreign else "undo", does=lambda: self._bring(None)
        )
        self._all.setVisible(take is not None)
        outputs = [button(shown, icon, "quiet", does=does) for icon, shown, does in papers]
        close = button(t("Close"), "", "primary", does=self.reject)
        close.setDefault(True)
        deeds = [button(shown, does=partial(self._choose, key)) for key, shown in answers]
        below = foot(self._all, *outputs, None, *deeds, close)
        self.setLayout(column(scroll(Page(self._list)), line(), below, gap=0))
        open_at(self, 980, 680)
        self.follow()

    def _choose(self, key: str) -> None:
        self.answer = key
        self.accept()

    def _bring(self, item: Difference | None) -> None:
        assert self._take is not None
        at = self.takes.index(self.sender()) if self.sender() in self.takes else 0  # type: ignore[arg-type]
        self._take(item)
        self.follow()
        if self.takes:
            self.takes[min(at, len(self.takes) - 1)].setFocus()

    def follow(self) -> None:
        """Show how the two differ now."""
        self.takes = []
        clear(self._list)
        old, new = self._old.draft(), self._new.draft()
        found = compare(old, new)
        words = DifferenceWords(self._words, call_of(new), (new, old))
        self._list.addWidget(label(self._headline(found), "h2", wrap=True))
        if found:
            self._list.addWidget(self._sums(found.sums, call_of(new).currency))
        shown = found.differences[:MOST_SHOWN]
        for step, items in groupby(shown, key=lambda item: item.step):
            self._list.addWidget(self._step(step, list(items), words, call_of(new).currency))
        rest = len(found.differences) - len(shown)
        if rest:
            self._list.addWidget(label(self._words.plural("and {count} more", "and {count} more", rest), "body2"))
        self._list.addStretch(1)
        self._all.setEnabled(bool(found))

    def _headline(self, found: Comparison) -> str:
        if not found:
            return self._words.text("There are no differences.")
        return self._words.plural("{count} field differs", "{count} fields differ", len(found.differences))

    def _grid(self, first: str, *, figures: bool = False, difference: bool = True) -> tuple[QGridLayout, QWidget]:
        """Heads over their columns: at the right where all of it is figures, and none over an empty column."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sp(18))
        grid.setVerticalSpacing(sp(6))
        for at, (stretch, least) in enumerate(((3, 150), (4, 130), (4, 130), (0, 90), (0, 0))):
            grid.setColumnStretch(at, stretch)
            if look().scale.factor <= LARGE:
                grid.setColumnMinimumWidth(at, px(least))
        heads = (first, self._old.name, self._new.name, self._words.text("Difference") if difference else "")
        for at, text in enumerate(heads):
            side = RIGHT if at == 3 or (figures and at) else LEFT
            grid.addWidget(label(text, "small", wrap=at in (1, 2), align=side | TOP), 0, at)
        return grid, clear_box(grid)

    def _sums(self, sums: Sequence[SumDifference], currency: str) -> QWidget:
        grid, box = self._grid("", figures=True)
        for at, each in enumerate(sums, 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 4)
            cells = (
                amounts.format_money(each.old, currency),
                amounts.format_money(each.new, currency),
                difference_text(each.money, currency),
            )
            grid.addWidget(label(self._words.text(each.name), "body2"), 2 * at, 0)
            for place, text in enumerate(cells, 1):
                role = "strong" if place == 3 and each.money else "body"
                grid.addWidget(label(text, role, align=RIGHT), 2 * at, place)
        return card(label(self._words.text("Sums"), "h2", wrap=True), box)

    def _step(self, step: str, items: Sequence[Difference], words: DifferenceWords, currency: str) -> QWidget:
        sums = all(isinstance(item.old, Money) or isinstance(item.new, Money) for item in items)
        some = any(item.money is not None for item in items)
        grid, box = self._grid(self._words.text("Field"), figures=sums, difference=some)
        for at, item in enumerate(items, 1):
            grid.addWidget(line(), 2 * at - 1, 0, 1, 5)
            name, (old, new) = words.name(item), words.pair(item)
            figure = (RIGHT if isinstance(item.old, Money) or isinstance(item.new, Money) else LEFT) | TOP
            grid.addWidget(label(name, wrap=True, align=TOP | LEFT), 2 * at, 0, TOP)
            grid.addWidget(label(old, "body2", wrap=True, align=figure), 2 * at, 1, TOP)
            grid.addWidget(label(new, wrap=True, align=figure), 2 * at, 2, TOP)
            if item.money is not None:
                grid.addWidget(
                    label(difference_text(item.money, currency), "strong", align=RIGHT | TOP), 2 * at, 3, TOP
                )
            if self._take is not None:
                grid.addWidget(self._take_button(item, name), 2 * at, 4, TOP)
        return card(label(self._words.text(STEP_NAMES.get(step, step)), "h2", wrap=True), box)

    def _take_button(self, item: Difference, name: str) -> Button:
        made = button(self._verb, "", "small", name=self._words.text(self._spoken, field=name))
        made.clicked.connect(lambda _checked=False: self._bring(item))
        self.takes.append(made)
        return made


def difference_text(amount: Money, currency: str) -> str:
    """`+50,00 €`, `−50,00 €`, a dash for none."""
    if not amount:
        return "–"
    return ("+" if amount.cents > 0 else "") + amounts.format_money(amount, currency)
