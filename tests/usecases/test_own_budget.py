"""A budget of somebody's own: what is remembered of its form, which of its lines are taken over, and its report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fakes.ports import CALL, Chance, Clock, catalog, document
from hakemus.domain.messages import msg
from hakemus.domain.money import Money
from hakemus.report.model import Copy, Field, MoneyCell, Prose, Table, TextCell
from hakemus.usecases import own_budget
from hakemus.usecases.calls import call_of
from hakemus.usecases.cell_values import Value
from hakemus.usecases.exporting import Exporter
from hakemus.usecases.own_budget import KnownForm, cost_types, heads_of, mapped, recognised, remembering
from hakemus.usecases.reconcile import Columns, ForeignLine, ForeignTable, Pair, Unread, our_lines, reconcile
from hakemus.usecases.reconcile_report import Reconciled
from hakemus.usecases.session import Session

HEADS: tuple[Value, ...] = ("Kohde", "Laji", None, "Euroa")


def table(*rows: tuple[Value, ...]) -> ForeignTable:
    return ForeignTable("Taul1", rows)


def line(row: int, words: str, amount: str, kind: str = "") -> ForeignLine:
    return ForeignLine(row, words, kind, Money.parse(amount))


COLUMNS = Columns(1, 0, 3, category=1)
FORM = KnownForm({"description": "kohde", "amount": "euroa", "category": "laji"}, {"4340": "services"})


def test_a_form_is_known_again_wherever_its_columns_have_moved_to() -> None:
    sheet = table(HEADS, ("Auto", "4340", None, Decimal(10)))
    assert heads_of(sheet, COLUMNS) == FORM.heads
    forms = remembering((), sheet, COLUMNS, {"4340": "services", "4500": ""})
    assert forms == (FORM,)
    assert recognised(sheet, forms) == (COLUMNS, FORM)
    moved = table(("Budjetti",), (None, "EUROA ", "Kohde", "laji"), (None, Decimal(10), "Auto", "4340"))
    assert recognised(moved, forms) == (Columns(2, 2, 1, category=3), FORM)
    assert recognised(table(("Kohde", "Summa")), forms) is None


def test_what_was_pointed_at_again_takes_the_place_of_what_was_known() -> None:
    sheet = table(HEADS)
    other = KnownForm({"description": "kulu", "amount": "summa"}, {})
    forms = remembering((other, FORM), sheet, COLUMNS, {"4500": "materials"})
    assert forms == (KnownForm(FORM.heads, {"4340": "services", "4500": "materials"}), other)
    forgotten = remembering(forms, sheet, COLUMNS, {"4340": ""})
    assert forgotten[0].mapping == {"4340": "", "4500": "materials"}
    many = tuple(KnownForm({"description": str(at), "amount": "x"}, {}) for at in range(own_budget.MOST_FORMS))
    assert len(remembering(many, sheet, COLUMNS, {})) == own_budget.MOST_FORMS


@pytest.mark.parametrize(
    ("rows", "columns"),
    [((), COLUMNS), ((("Auto", "1"),), Columns(0, 0, 1)), (((None, None, None, "Euroa"), ()), COLUMNS)],
    ids=["nothing", "no row above", "no words above the description"],
)
def test_a_form_without_heads_is_not_remembered(rows: tuple[tuple[Value, ...], ...], columns: Columns) -> None:
    assert remembering((FORM,), table(*rows), columns, {"a": "services"}) == (FORM,)


@pytest.mark.parametrize("heads", [{}, {"description": "kohde"}, {"amount": "euroa"}, {"else": "kohde"}])
def test_too_little_is_no_form(heads: dict[str, str]) -> None:
    assert recognised(table(HEADS), [KnownForm(heads, {})]) is None


def test_cost_types_are_mapped_by_memory_or_by_the_words_of_the_call() -> None:
    call = call_of(document().draft)
    label = next(item for item in call.categories if item.id == "rents").label["fi"]
    lines = [
        line(1, "Auto", "10.00", "4340"),
        line(2, "Tila", "5.00", f" {label.upper()}"),
        line(3, "Kirja", "1.00", "4340"),
        ForeignLine(4, "Yhteensä", "", Money.parse("16.00"), is_total=True),
        line(5, "Muu", "2.00"),
    ]
    types = cost_types(lines)
    assert [(each.name, each.count, str(each.amount)) for each in types] == [
        ("4340", 2, "11.00"),
        (f" {label.upper()}", 1, "5.00"),
        ("", 1, "2.00"),
    ]
    known = {"4340": "services", "": "no such category"}
    assert mapped(types, call, known) == {"4340": "services", f" {label.upper()}": "rents", "": ""}


DATA: dict[str, Any] = {
    "project": {"title": "Torikirjasto"},
    "budget": {
        "lines": [
            {"id": "k1", "description": "Auto", "quantity": "2", "unit_price": "10.00", "category": "services"},
            {"id": "k2", "description": "Kirjat", "amount": "50.00"},
        ],
        "people": [{"id": "h1", "title": "Vetäjä", "months": "1", "monthly_pay": "3000.00"}],
    },
}
THEIRS = (
    line(1, "Auto", "25.00"),
    line(2, "Kirjat", "50.00"),
    line(3, "Juna", "7.00", "4340"),
    line(4, "Vetäjä", "3100.00"),
    line(5, "Laiva", "0.00"),
)


def pairs_of(made: Any) -> list[Pair]:
    found = reconcile(our_lines(made.draft), THEIRS, {})
    return [*found.agreed, *found.differing, *found.only_ours, *found.only_theirs]


def test_lines_are_taken_over_as_one_step() -> None:
    made = document(DATA)
    session = Session(made, Clock(), Chance().draw)
    session.edit("budget.lines[k1].unit_price", "kymppi")
    session.seal()
    before = session.draft
    pairs = pairs_of(made)
    takeable = {pair.theirs.description for pair in pairs if own_budget.can_take(pair) and pair.theirs}
    assert takeable == {"Auto", "Juna", "Laiva"}
    assert not own_budget.can_take(Pair(our_lines(made.draft)[0], None))
    assert own_budget.take(session, pairs, {"4340": "travel"}, Chance().draw) == 3
    lines = session.draft.application.budget.lines
    assert [(each.description, str(each.amount), each.unit_price, each.category) for each in lines] == [
        ("Auto", "25.00", None, "services"),
        ("Kirjat", "50.00", None, None),
        ("Juna", "7.00", None, "travel"),
        ("Laiva", "0.00", None, None),
    ]
    assert session.draft.pending == {}
    assert session.draft.application.budget.people == before.application.budget.people
    session.undo()
    assert session.draft == before


def test_text_that_waits_elsewhere_stays_and_nothing_chosen_changes_nothing() -> None:
    made = document(DATA)
    session = Session(made, Clock(), Chance().draw)
    session.edit("funding.grant", "paljon")
    before = session.draft
    agreed = [pair for pair in pairs_of(made) if pair.ours and pair.theirs and not pair.difference]
    assert own_budget.take(session, agreed, {}, Chance().draw) == 0
    assert session.draft is before
    own_budget.take(session, pairs_of(made), {}, Chance().draw)
    assert dict(session.draft.pending) == {"funding.grant": "paljon"}


def exporter(seen: list[Any]) -> Exporter:
    def paper(report: Any, _day: object, inside: bytes) -> bytes:
        seen.append((report, inside))
        return b"%PDF"

    return Exporter(paper, lambda *_all: b"", lambda *_all: [], None, catalog, Clock())  # type: ignore[arg-type]


def test_the_report_says_every_line_of_both_sides_and_carries_nothing_inside() -> None:
    made = document(DATA)
    found = reconcile(our_lines(made.draft), [*THEIRS, line(6, "", "9.00", "4340")], {"4340": "travel"})
    held = Reconciled("own.csv", "own.csv", found, (Unread(9, msg("The sum has parts of a cent.")),))
    seen: list[Any] = []
    assert exporter(seen).reconciliation_bytes(made, held, "en") == b"%PDF"
    ((report, inside),) = seen
    assert inside == b""
    assert (report.copy, report.mark, report.heading.form.text) == (Copy.DRAFT, "", "Comparison of budgets")
    assert [section.key for section in report.sections] == [
        "summary",
        "categories",
        "differing",
        "only-theirs",
        "agreed",
        "unread",
    ]
    rows = [row for block in report.blocks() if isinstance(block, Table) for row in block.rows]
    said = {row.cells[0].text: row for row in rows if isinstance(row.cells[0], TextCell)}
    assert {"Auto", "Kirjat", "Juna", "Vetäjä", "Laiva", "(no description)", "9", "No category"} <= set(said)
    assert said["Juna"].note == "row 3 · 4340"
    assert said["Auto"].cells[3] == MoneyCell(Money.parse("5.00"))
    figures = [block.cell for block in report.blocks() if isinstance(block, Field)]
    assert figures[0] == TextCell("own.csv")
    assert figures[3] == MoneyCell(found.theirs - found.ours)


def test_the_report_names_both_where_words_differ_and_says_that_all_agrees() -> None:
    made = document({"budget": {"lines": [{"id": "k1", "description": "Kirjat", "amount": "50.00"}]}})
    held = Reconciled("b.xlsx", "Taul1", reconcile(our_lines(made.draft), [line(2, "Teokset", "50.00")], {}))
    seen: list[Any] = []
    exporter(seen).reconciliation_bytes(made, held)
    report = seen[0][0]
    prose = [block for block in report.blocks() if isinstance(block, Prose)]
    assert len(prose) == 1
    (row,) = next(block for block in report.blocks() if isinstance(block, Table) and block.key == "agreed").rows
    assert row.note == "rivi 2 · Teokset"
    assert next(block for block in report.blocks() if isinstance(block, Field)).cell == TextCell("b.xlsx › Taul1")


def test_an_empty_budget_beside_none_is_a_report_of_its_sums_alone() -> None:
    made = document({}, CALL)
    seen: list[Any] = []
    exporter(seen).reconciliation_bytes(made, Reconciled("b.csv", "b.csv", reconcile((), (), {})))
    assert [section.key for section in seen[0][0].sections] == ["summary"]
    ours = document({"budget": {"lines": [{"id": "k1", "amount": "5.00"}]}})
    exporter(seen).reconciliation_bytes(ours, Reconciled("b.csv", "b.csv", reconcile(our_lines(ours.draft), (), {})))
    assert [section.key for section in seen[1][0].sections] == ["summary", "categories", "only-ours"]
