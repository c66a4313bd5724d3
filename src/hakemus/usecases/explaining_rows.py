"""How one cost row came about, from what was typed to what the call accepts; and how a category adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hakemus.domain.application import Line, Person
from hakemus.domain.draft import any_value, person_category
from hakemus.domain.figures import RowFigures
from hakemus.domain.findings import Reference, TraceLine
from hakemus.domain.messages import Message, Shown, Texts, msg
from hakemus.domain.money import Money, half_up
from hakemus.domain.paths import get_value
from hakemus.rules.rows import line_product, pay_limit
from hakemus.usecases.checking import Check
from hakemus.usecases.row_words import PEOPLE, figures_at

FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Lines:
    """The title of a figure, its ledger, what else there is to say, its source, and where it is changed."""

    title: Message
    lines: tuple[TraceLine, ...]
    notes: tuple[Message, ...] = ()
    reference: Reference | None = None
    path: str = "budget.lines"


def group_lines(check: Check, category: str) -> Lines:
    """What the rows of a category come to; the rows without one where it is empty."""
    call = check.call
    found = call.category(category)
    title = msg("{name}", name=Texts(found.label)) if found else msg("No category")
    budget = check.draft.application.budget
    lines: list[TraceLine] = []
    known = call.category_ids
    for table, rows in ((PEOPLE, budget.people), ("budget.lines[", budget.lines)):
        for row in rows:
            named = person_category(row.category) if isinstance(row, Person) else row.category or ""
            figures = figures_at(check.figures, f"{table}{row.id}]")
            if (named if named in known else "") == (category if found else "") and figures.planned is not None:
                lines.append(TraceLine(_name(row), figures.counted))
    sums = check.figures.by_category.get(category if found else "")
    if sums is not None:
        if sums.counted != sums.accepted:
            lines.append(TraceLine(msg("Counted in all"), sums.counted, result=True))
            lines.append(TraceLine(msg("Costs that the call does not accept"), sums.accepted - sums.counted))
        lines.append(TraceLine(title, sums.accepted, result=True))
    return Lines(title, tuple(lines), reference=call.reference(found.reference if found else None))


def row_lines(check: Check, at: str) -> Lines:
    """From what was typed to what is accepted: the product or the pay, VAT, what the call leaves out."""
    row = get_value(check.draft.application, at)
    figures = figures_at(check.figures, at)
    if not isinstance(row, (Line, Person)) or figures.planned is None:
        return Lines(msg("Nothing is computed here yet."), (), path=at)
    lines = [*(_person(row, figures) if isinstance(row, Person) else _line(row, figures))]
    notes: list[Message] = [msg("Rounded half up to the cent, once.")]
    if figures.vat:
        lines += _vat(figures)
        notes.append(_vat_reason(check, row))
    reference = None
    if figures.counted != figures.accepted:
        cut, reference = _left_out(check, row, figures)
        lines += cut
    return Lines(_name(row), tuple(lines), tuple(notes), reference, at)


def _name(row: Line | Person) -> Message:
    text = row.title if isinstance(row, Person) else row.description
    return msg("{name}", name=" ".join((text or "").split())) if any_value(text) else msg("Unnamed")


def _line(row: Line, figures: RowFigures) -> Iterator[TraceLine]:
    assert figures.planned is not None
    product = line_product(row)
    if row.quantity is not None and row.unit_price is not None and product is not None:
        words = msg("{quantity} × {price}", quantity=row.quantity, price=row.unit_price)
        yield TraceLine(words, Money(product))
        if product != figures.planned.cents:
            yield TraceLine(msg("Amount as it stands"), figures.planned)
    else:
        yield TraceLine(msg("Amount as it stands"), figures.planned)
    yield TraceLine(msg("Sum of the row"), figures.planned, result=True)


def _person(row: Person, figures: RowFigures) -> Iterator[TraceLine]:
    """Pay, holiday pay, side costs: each rounded for the eye, the last part such that they add up."""
    assert figures.planned is not None
    assert row.monthly_pay is not None
    assert row.months is not None
    part = row.time_percent if row.time_percent is not None else FULL
    pay = Fraction(row.monthly_pay.cents) * Fraction(row.months) * Fraction(part) / 100
    holiday = pay * Fraction(row.holiday_percent or 0) / 100
    words = msg(
        "{months} months × {percent} × {pay} a month", months=row.months, percent=_percent(part), pay=row.monthly_pay
    )
    shown = [(words, half_up(pay))]
    if row.holiday_percent:
        shown.append((msg("Holiday pay {percent}", percent=_percent(row.holiday_percent)), half_up(holiday)))
    if row.side_cost_percent:
        rest = figures.planned - Money(sum(amount.cents for _, amount in shown))
        share = _percent(row.side_cost_percent)
        words = msg("Side costs {percent} of both", percent=share)
        shown.append((words if row.holiday_percent else msg("Side costs {percent}", percent=share), rest))
    yield from (TraceLine(label, amount) for label, amount in shown)
    yield TraceLine(msg("Cost of the person"), figures.planned, result=True)


def _percent(value: Decimal) -> Shown:
    return Shown(format(value, "f"))


def _vat(figures: RowFigures) -> Iterator[TraceLine]:
    yield TraceLine(msg("Without VAT"), figures.net)
    yield TraceLine(msg("VAT"), figures.vat)
    yield TraceLine(msg("With VAT"), figures.gross)
    yield TraceLine(msg("Counts as"), figures.counted, result=True)


def _vat_reason(check: Check, row: Line | Person) -> Message:
    """Why a row counts net, gross or as typed: who pays it, and whether they get VAT back."""
    application = check.draft.application
    partner = next((item for item in application.partners if row.payer and item.id == row.payer), None)
    position = partner.vat if partner else None if row.payer else application.applicant.vat
    if position == "recovers":
        return msg("Its payer gets VAT back: it counts without VAT.")
    if position == "bears":
        return msg("VAT stays as a cost of its payer: it counts with VAT.")
    return msg("It is not known whether its payer gets VAT back: it counts as typed.")


def _left_out(check: Check, row: Line | Person, figures: RowFigures) -> tuple[list[TraceLine], Reference | None]:
    call = check.call
    category = call.category(person_category(row.category) if isinstance(row, Person) else row.category)
    lost = TraceLine(msg("Costs that the call does not accept"), figures.accepted - figures.counted)
    accepted = TraceLine(msg("Accepted"), figures.accepted, result=True)
    if category is not None and category.excluded:
        return [lost, accepted], call.reference(category.reference)
    cap = call.pay_cap.amount
    assert isinstance(row, Person)
    assert cap is not None
    part = row.time_percent if row.time_percent is not None else FULL
    words = msg(
        "Highest pay of a year {cap} × {months} / 12 × {percent}", cap=cap, months=row.months, percent=_percent(part)
    )
    return [TraceLine(words, Money(pay_limit(row, cap))), lost, accepted], call.reference(call.pay_cap.reference)
