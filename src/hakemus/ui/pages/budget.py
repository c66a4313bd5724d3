"""The step Budget: cost lines and people under the call's categories, the rest of a row in fields below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt

from hakemus.domain.draft import person_category
from hakemus.domain.figures import RowFigures, Sums
from hakemus.domain.money import Money
from hakemus.domain.paths import row_of, row_path, within
from hakemus.i18n import amounts
from hakemus.i18n.marking import N_
from hakemus.ui.binding import references
from hakemus.ui.binding.row_details import Detail
from hakemus.ui.binding.tables import ADD, BoundTable, Spec
from hakemus.ui.desk import Desk
from hakemus.ui.look.style import look
from hakemus.ui.pages.base import StepPage
from hakemus.ui.pages.questions import question_card
from hakemus.ui.tables.rows import Cell, Row, RowKey
from hakemus.ui.tables.totals import TableBox
from hakemus.ui.widgets.badges import glyph
from hakemus.ui.widgets.boxes import Item, clear_box, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.field import Kind
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import label
from hakemus.usecases import typed
from hakemus.usecases.explaining import GROUP, ROW
from hakemus.usecases.row_words import accepts_less, figures_at, row_words
from hakemus.usecases.session import Change

_PERSON_FIELDS = {
    "description": "title",
    "quantity": "months",
    "unit_price": "monthly_pay",
    "category": "category",
    "payer": "payer",
    "activity": "activity",
}
_GROUP = "group:"
_choice = Kind.CHOICE


class BudgetTable(BoundTable):
    """Lines and people in one table, under their categories with the sum of each."""

    people = "budget.people"
    shows_accepted = False
    """Whether the call accepts another sum of some row than was planned: then both have a column."""

    def figures_of(self, at: str) -> RowFigures:
        return figures_at(self.desk.session.check.figures, at)

    def is_person(self, at: str) -> bool:
        return at.startswith(f"{self.people}[")

    def row_keys(self) -> Iterable[RowKey]:
        session = self.desk.session
        by_category: dict[str, list[RowKey]] = {}
        known = self.desk.call.category_ids
        waiting = session.draft.pending
        figures = session.check.figures
        self.shows_accepted = accepts_less(figures)
        for table, rows, sums in (
            (self.people, session.value(self.people) or (), figures.people),
            (self.path, session.value(self.path) or (), figures.lines),
        ):
            person = table == self.people
            for item in rows:
                at = row_path(table, item.id)
                named = person_category(item.category) if person else item.category or ""
                mine = tuple(text for path, text in waiting.items() if within(path, at)) if waiting else ()
                marks = tuple(mark for path, mark in self._marks.items() if within(path, at)) if self._marks else ()
                stamp = (item, mine, marks, self.names, session.draft.sources, sums.get(item.id))
                key = RowKey(at, "person" if person else "line", stamp)
                by_category.setdefault(named if named in known else "", []).append(key)
        for category in (*(item.id for item in self.desk.call.categories), ""):
            rows_in = by_category.get(category)
            if rows_in:
                group = figures.by_category.get(category, Sums())
                yield RowKey(f"{_GROUP}{category}", "group", (group, self.shows_accepted))
                yield from rows_in
        if not self.desk.read_only:
            yield RowKey(ADD, "add", self._add)

    def make_row(self, key: RowKey) -> Row:
        if key.id.startswith(_GROUP):
            return self._group_row(key)
        if key.kind != "person":
            made = super().make_row(key)
            return Row(made.id, made.kind, made.cells, made.detail, indent=key.id != ADD)
        item = self.item(key.id)
        cells = {spec.key: self.cell(key.id, item, spec) for spec in self.specs}
        return Row(key.id, "person", cells, detail=self.person_words(item), icon="person", indent=True)

    def _group_row(self, key: RowKey) -> Row:
        name = key.id.removeprefix(_GROUP)
        found = self.desk.call.category(name)
        words = self.desk.call.text(found.label, self.desk.words.language) if found else self.desk.t("No category")
        assert isinstance(key.stamp, tuple)
        group, both = key.stamp
        sums = {"sum": group.planned if both else group.counted, "accepted": group.accepted}
        shown = {name: Cell(amounts.format_money(amount, symbol=False)) for name, amount in sums.items()}
        return Row(key.id, "group", {"description": Cell(words), **shown})

    def person_words(self, person: Any) -> str:
        """`3 months × 50 % × 2 300 €, side costs 24 %`: how a person's cost arises."""
        t = self.desk.t
        parts = []
        if person.months is not None:
            parts.append(t("{months} months", months=amounts.format_decimal(person.months)))
        if person.time_percent is not None:
            parts.append(amounts.format_percent(person.time_percent))
        if person.monthly_pay is not None:
            parts.append(t("{pay} a month", pay=amounts.format_money(person.monthly_pay, self.desk.call.currency)))
        words = " × ".join(parts)
        sides = []
        if person.side_cost_percent is not None:
            sides.append(t("side costs {percent}", percent=amounts.format_percent(person.side_cost_percent)))
        if person.holiday_percent is not None:
            sides.append(t("holiday pay {percent}", percent=amounts.format_percent(person.holiday_percent)))
        return ", ".join([words, *sides] if words else sides)

    def cell(self, row: str, item: Any, spec: Spec) -> Cell:
        if spec.key == "sum":
            return self._sum_cell(row, item)
        if spec.key == "accepted":
            figures = self.figures_of(row)
            words = "" if figures.planned is None else amounts.format_money(figures.accepted, symbol=False)
            return Cell(words, editable=False)
        if not self.is_person(row):
            return super().cell(row, item, spec)
        if spec.key == "unit":
            return Cell(self.desk.t("month"), editable=False)
        name = _PERSON_FIELDS.get(spec.key)
        if name is None or item is None:
            return Cell(editable=False)
        return super().cell(row, item, Spec(name, options=spec.options or (lambda: ())))

    def _sum_cell(self, row: str, item: Any) -> Cell:
        planned = self.figures_of(row).planned
        text = "" if planned is None else amounts.format_money(planned, symbol=False)
        if self.is_person(row) or item is None:
            return Cell(text, editable=False)
        path = f"{row}.amount"
        waiting = self.desk.session.draft.pending.get(path)
        if waiting is not None:
            return Cell(waiting, waiting, "error", editable=True)
        both = item.quantity is not None and item.unit_price is not None
        mark: Any = self._marks.get(path, "")
        return Cell(text, typed.shown(item.amount), mark, editable=not both or item.amount is not None)

    def field_of(self, row: str, key: str) -> str:
        """The address behind a cell."""
        if key in ("sum", "accepted"):
            return f"{row}.amount"
        return f"{row}.{_PERSON_FIELDS.get(key, key)}" if self.is_person(row) else f"{row}.{key}"

    def field_name(self, key: str) -> str:
        return "amount" if key == "sum" else key

    def _typed(self, row: str, key: str, text: str) -> None:
        if "[" in row and not self._is_choice(key):
            self.desk.session.edit(self.field_of(row, key), text)

    def _edited(self, row: str, key: str, text: str) -> None:
        if "[" in row:
            self.desk.session.edit(self.field_of(row, key), text)
            self.desk.bridge.leave()

    def _focused(self, row: str, key: str) -> None:
        inside = "[" in row
        if inside:
            self.desk.wishes.focused.emit(self.field_of(row, key))
        self.row_focused.emit(row if inside else "")

    def new_values(self) -> Mapping[str, Any]:
        row, _ = self.widget.current()
        item = self.desk.session.value(row) if "[" in row else None
        category = None if item is None else person_category(item.category) if self.is_person(row) else item.category
        return {"category": category} if category else {}

    def add_row(self, after: str = "") -> None:
        super().add_row("" if self.is_person(after) or after.startswith(_GROUP) else after)

    def add_person(self) -> None:
        """A new person; the cursor goes into the row."""
        name = self.desk.session.insert_row(self.people)
        self.widget.focus_cell(row_path(self.people, name), "description", edit=True)

    def _hears(self, path: str) -> bool:
        return any(
            path == "" or within(path, part) or within(part, path)
            for part in ("budget", "partners", "activities", "applicant.vat", "terms")
        )

    def judge(self, findings: Any) -> None:
        marks: dict[str, str] = {}
        for finding in findings:
            for path in finding.paths:
                if path.startswith(("budget.lines[", "budget.people[")) and finding.severity.value != "note":
                    marks.setdefault(
                        path, "missing" if finding.kind in ("required", "explanation") else finding.severity.value
                    )
        if marks != self._marks:
            self._marks = marks
            self.widget.refresh()

    def holds(self, path: str) -> bool:
        return within(path, "budget")

    def focus(self, path: str) -> bool:
        if not path.startswith(("budget.lines[", "budget.people[")):
            return False
        return self.widget.focus_cell(row_of(path) or path, self.column_of(path))

    def column_of(self, path: str) -> str:
        name = "" if path.endswith("]") else path.rpartition(".")[2]
        backwards = {value: key for key, value in _PERSON_FIELDS.items()} if self.is_person(path) else {"amount": "sum"}
        key = backwards.get(name, name)
        return key if any(spec.key == key for spec in self.specs) else ""

    def mark(self, paths: Iterable[str]) -> None:
        self.widget.set_marked([(path if path.endswith("]") else path.rpartition(".")[0], "") for path in paths])


class BudgetPage(StepPage):
    step = "budget"
    lead = N_("What does the project cost? Write each cost on a row of its own.")
    widest = 1240
    fills = 1

    def build(self) -> Sequence[Item]:
        t, desk = self.desk.t, self.desk
        self.table = BudgetTable(
            desk,
            "budget.lines",
            [
                Spec("description", 220, stretch=True),
                Spec("category", 150, options=references.categories(desk)),
                Spec("quantity", 84, right=True),
                Spec("unit", 80),
                Spec("unit_price", 116, right=True, head=t("Unit price {sign}", sign=sign(desk))),
                Spec("sum", 116, right=True, head=t("Sum {sign}", sign=sign(desk)), options=lambda: ()),
                Spec(
                    "accepted",
                    116,
                    right=True,
                    head=t("Accepted {sign}", sign=sign(desk)),
                    options=lambda: (),
                    editable=False,
                ),
                Spec("payer", 130, options=references.payers(desk)),
                Spec("activity", 190, options=references.activities(desk)),
            ],
            name=t("Budget"),
            add=t("Add a cost row"),
            shape="open",
            parent=self,
        )
        self.add_table(self.table)
        self.box = TableBox(self.table.widget)
        self.details = self.rows_fields(self.table, self._details_of, says=self._row_words)
        self.table.widget.columns_changed.connect(lambda: self.details.build(self.details.row))
        view = self.table.widget
        view.activated_row.connect(self._explain)
        self.box.totals.clicked.connect(lambda: self._explain(""))
        self.box.totals.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tools = (
            button(t("How computed…"), "note", "tool", does=lambda: self._explain(view.current()[0])),
            button(t("Copy the row"), "copy", "tool", does=lambda: view.do("duplicate")),
            button(t("Remove"), "trash", "tool", does=lambda: view.do("remove")),
        )
        self._adding = (
            button(t("Add a row"), "plus", does=lambda: self.table.add_row(view.current_row())),
            button(t("Add a person"), "person", does=self.table.add_person),
        )
        self._links = button(t("Links…"), "transfer", "tool", does=lambda: desk.wishes.command.emit("links"))
        tools = Flow(
            *(() if desk.read_only else self._adding),
            None,
            self._links,
            *(() if desk.read_only else self._tools),
            gap=8,
        )
        hints = (
            ("paste", t("Paste rows from a spreadsheet: Ctrl+V")),
            ("edit", t("In a cell: Enter accepts, Esc takes back, arrows move")),
        )
        said = (row(glyph(icon, "ink2", 18), label(words, "small"), gap=6) for icon, words in hints)
        self._hint = clear_box(Flow(*map(clear_box, said), gap=18))
        self._showed_accepted = False
        self._sum_up()
        return (tools, self.box, self.details, self._hint, *question_card(self))

    def _details_of(self, at: str) -> Sequence[Detail]:
        desk = self.desk
        payers, activities = references.payers(desk), references.activities(desk)
        narrow = [key for key in self.table.left_out() if key in ("quantity", "unit", "unit_price")]
        if self.table.is_person(at):
            return (
                *(Detail(_PERSON_FIELDS[key]) for key in narrow if key in _PERSON_FIELDS),
                Detail("time_percent"),
                Detail("side_cost_percent"),
                Detail("holiday_percent"),
                Detail("category", _choice, references.categories(desk)),
                Detail("year"),
                Detail("payer", _choice, payers),
                Detail("activity", _choice, activities, 2),
            )
        return (
            *map(Detail, narrow),
            Detail("category", _choice, references.categories(desk)),
            Detail("vat_percent"),
            Detail("vat_included"),
            Detail("payer", _choice, payers),
            Detail("activity", _choice, activities),
            Detail("year"),
            Detail("supplier"),
            Detail("account"),
            Detail("starts_on"),
            Detail("ends_on"),
        )

    def _row_words(self, at: str) -> str:
        return " ".join(self.desk.say(words) for words in row_words(self.desk.session.check, at))

    def _explain(self, at: str) -> None:
        """How the sum at the cursor came about: of a row, of a category, else of all costs."""
        figure = "costs"
        if at.startswith(_GROUP):
            figure = GROUP + at.removeprefix(_GROUP)
        elif "[" in at:
            figure = ROW + at
        self.desk.bridge.leave()
        self.desk.wishes.command.emit(f"figure:{figure}")

    def _sum_up(self) -> None:
        totals = self.desk.session.check.totals
        title = self.desk.t("Costs in all") if totals.itemised else self.desk.t("Costs in all (from the funding)")
        costs = amounts.format_money(totals.costs, symbol=False)
        if not self.table.shows_accepted:
            self.box.totals.set(title, {"sum": costs})
            return
        groups = self.desk.session.check.figures.by_category.values()
        planned = Money(sum(group.planned.cents for group in groups))
        self.box.totals.set(title, {"sum": amounts.format_money(planned, symbol=False), "accepted": costs})

    def changed(self, change: Change) -> None:
        self._sum_up()
        if self.table.shows_accepted != self._showed_accepted:
            self._fit()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns that are needed and have room; the others stand in the fields below."""
        both = self._showed_accepted = self.table.shows_accepted
        units = self.width() / look().scale.factor
        hidden = [] if both else ["accepted"]
        units -= 116 if both else 0
        if units < 1100:
            hidden += ["payer", "activity"]
        if units < 900:
            hidden.append("category")
        if units < 640:
            hidden.append("unit")
        if units < 500:
            hidden.append("quantity")
        if units < 400:
            hidden.append("unit_price")
        t = self.desk.t
        words = (t("How computed…"), t("Copy the row"), t("Remove"), t("Links…"))
        self.fit_tools(tuple(zip((*self._tools, self._links), words, strict=True)), self._adding)
        self.table.widget.set_hidden(hidden)
        self._hint.setVisible(not self.desk.read_only and self.width() / look().scale.factor >= 700)


def sign(desk: Desk) -> str:
    return amounts.currency_sign(desk.call.currency)
