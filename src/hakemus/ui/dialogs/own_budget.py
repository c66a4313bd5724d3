"""A budget of somebody's own beside the application: where it stands in the file, which cost type is which category,
and what agrees, differs or is missing on either side. Lines are taken over, or the report alone is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QDialog, QWidget

from hakemus.domain.draft import Draft
from hakemus.i18n.catalog import Catalog
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at
from hakemus.ui.dialogs.own_budget_place import PlaceCard
from hakemus.ui.dialogs.own_budget_result import ResultCards
from hakemus.ui.look.style import sp
from hakemus.ui.widgets.boxes import Beside, Page, card, clear, clear_box, column, line, scroll, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Field
from hakemus.ui.widgets.field import Kind as FieldKind
from hakemus.ui.widgets.labels import label
from hakemus.usecases import own_budget
from hakemus.usecases.calls import call_of
from hakemus.usecases.own_budget import CostType, KnownForms
from hakemus.usecases.reconcile import ForeignLine, ForeignTable, Pair, Unread, lines_of, our_lines, reconcile
from hakemus.usecases.reconcile_report import Reconciled

MOST_TYPES = 60
"""Cost types beyond this have no box of their own and count as none."""

Keep = Callable[[Reconciled], None]


@dataclass(frozen=True, slots=True)
class Foreign:
    """The file that was opened: its name and its sheets."""

    name: str
    tables: tuple[ForeignTable, ...]


class OwnBudgetDialog(QDialog):
    """`chosen` and `mapping` are what to take over once the dialog was accepted; `save`, `print_` keep the report."""

    def __init__(
        self,
        parent: QWidget | None,
        words: Catalog,
        draft: Draft,
        file: Foreign,
        forms: KnownForms,
        *,
        save: Keep,
        print_: Keep,
    ) -> None:
        super().__init__(parent)
        self._words, self._draft, self._file, self._forms = words, draft, file, forms
        self._call = call_of(draft)
        self._ours = our_lines(draft)
        self._lines: tuple[ForeignLine, ...] = ()
        self._unread: tuple[Unread, ...] = ()
        self._known: dict[str, str] = {}
        self.mapping: dict[str, str] = {}
        t = words.text
        self.setWindowTitle(t("Budget of your own: {name}", name=file.name))
        self.place = PlaceCard(words, file.tables, forms.read())
        self.place.changed.connect(self._place_changed)
        self._types_box = column(gap=10)
        self._types = card(
            label(t("Cost types"), "h2", wrap=True),
            label(t("Which category of the call each of their cost types belongs to."), "body2", wrap=True),
            clear_box(self._types_box),
        )
        self.types: dict[str, Field] = {}
        self.cards = ResultCards(words, self._call)
        self.cards.chosen_changed.connect(self._follow)
        self._held: Reconciled | None = None
        self._save = button(t("Save the report…"), "pdf", does=lambda: self._keep(save))
        self._print = button(t("Print the report…"), "print", does=lambda: self._keep(print_))
        self._take = button(t("Take the chosen lines over"), "", "primary", does=self._accept)
        self._take.setDefault(True)
        below = foot(self._save, self._print, None, *answers(self._take, button(t("Close"), does=self.reject)))
        inner = column(self.place, self._types, self.cards, None, gap=14, margins=(24, 20, 24, 20))
        self.setLayout(column(scroll(Page(inner)), line(), below, gap=0))
        open_at(self, 980, 720)
        self._place_changed()

    @property
    def chosen(self) -> tuple[Pair, ...]:
        return self.cards.chosen

    # -- what follows what --------------------

    def _place_changed(self) -> None:
        """Another sheet or column: their lines are read anew, and their cost types with them."""
        columns, table = self.place.columns, self.place.table
        self._lines, self._unread = (), ()
        if columns is not None:
            self._lines, self._unread = lines_of(table, columns, self._call.currency)
        types = own_budget.cost_types(self._lines)
        self._known = {**self.place.known_types, **{name: chosen for name, chosen in self.mapping.items() if chosen}}
        self.mapping = own_budget.mapped(types, self._call, self._known)
        self._show_types(types[:MOST_TYPES])
        self._reckon()

    def _show_types(self, types: tuple[CostType, ...]) -> None:
        clear(self._types_box)
        self.types = {}
        t, language = self._words.text, self._words.language
        options = [
            ("", t("No category")),
            *((item.id, self._call.text(item.label, language)) for item in self._call.categories),
        ]
        for each in types:
            name = each.name or (t("Lines without a cost type") if len(types) > 1 else t("All lines"))
            said = self._words.plural("{count} line", "{count} lines", each.count)
            field = Field(name, FieldKind.CHOICE, options=options, width=300, hint=f"{said}, {self._money(each)}")
            field.set_text(self.mapping[each.name])
            field.edited.connect(lambda text, of=each.name: self._map(of, text))
            self.types[each.name] = field
        for first in range(0, len(types), 2):
            beside = Beside(sp(20), sp(10))
            for each in types[first : first + 2]:
                beside.addWidget(self.types[each.name])
            self._types_box.addLayout(beside)
        show_if(self._types, bool(types))

    def _money(self, each: CostType) -> str:
        from hakemus.i18n.amounts import format_money

        return format_money(each.amount, self._call.currency)

    def _map(self, name: str, category: str) -> None:
        self.mapping[name] = category
        self._reckon()

    def _reckon(self) -> None:
        table = self.place.table
        self._held = None
        if self.place.columns is not None:
            found = reconcile(self._ours, self._lines, self.mapping)
            self._held = Reconciled(self._file.name, table.name, found, self._unread)
        self.cards.show_held(self._held)
        self._follow()

    def _follow(self) -> None:
        for made in (self._save, self._print):
            made.setEnabled(self._held is not None)
        count = len(self.chosen)
        self._take.setEnabled(bool(count))
        self.cards.say_count(count)

    # -- what is kept --------------------

    def _remember(self) -> None:
        table, columns = self.place.table, self.place.columns
        if columns is not None:
            self._forms.write(own_budget.remembering(self._forms.read(), table, columns, self.mapping))

    def _keep(self, keep: Keep) -> None:
        if self._held is not None:
            self._remember()
            keep(replace(self._held))

    def _accept(self) -> None:
        self._remember()
        self.accept()
