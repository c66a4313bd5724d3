"""What is odd about rows of money: category, explanation, unit, amount, sign, VAT, pay cap, words that hint."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import field_validator

from hakemus.domain.fields import MoneyValue, fault
from hakemus.domain.findings import Exit, Finding, TraceLine
from hakemus.domain.frozen import FrozenDict
from hakemus.domain.messages import FieldName, Texts, msg
from hakemus.domain.money import Money
from hakemus.rules.faults import Fault
from hakemus.rules.kinds import Case, money_values
from hakemus.rules.limits import Parameters, unit_of


def category(case: Case) -> Iterator[Finding]:
    """Rows without a category, with one the call does not know, with one it does not accept."""
    facts, categories = case.facts, case.call.categories
    if not categories:
        return
    yield from case.of_faults(facts.uncategorised, msg("A cost has no category."))
    yield from case.of_faults(facts.unknown_category, msg("A cost has a category that this call does not know."))
    for item in categories:
        if item.excluded:
            faults = tuple(row for row in facts.excluded if row.value == item.id)
            sums = facts.figures.by_category.get(item.id)
            left_out = sums.counted if sums else Money(0)
            message = msg(
                "The call does not accept costs of the category {category}: {amount} is left out.",
                category=Texts(item.label),
                amount=left_out,
            )
            yield from case.of_faults(faults, message, values=money_values(excluded=left_out), cited=item.reference)


def explanation(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(case.facts.unexplained, msg("This category needs an explanation of every cost."))


def unit(case: Case) -> Iterator[Finding]:
    size = unit_of(case.call)
    if size.cents == 100:
        message = (
            msg("The call takes whole euros only.")
            if case.call.currency == "EUR"
            else msg("The call takes whole sums only, without decimals.")
        )
    else:
        message = msg("The call takes sums in multiples of {unit} only.", unit=size)
    yield from case.of_faults(case.facts.off_unit, message)


def line_amount(case: Case) -> Iterator[Finding]:
    """An amount beside quantity and price that says another sum: the amount counts until one of them goes."""
    faults = case.facts.differing
    if not faults:
        return
    sums = [_two_sums(row) for row in faults]
    trace = [
        line
        for typed, computed in sums
        for line in (
            TraceLine(msg("Amount as it stands"), typed),
            TraceLine(msg("Quantity × unit price"), computed),
        )
    ]
    by_product: dict[str, str | None] = {row.path: None for row in faults}
    by_amount: dict[str, str | None] = {row.path.removesuffix("amount") + "unit_price": None for row in faults}
    exits = (
        Exit("product", msg("Use quantity × unit price"), FrozenDict(by_product)),
        Exit("amount", msg("Use the amount, remove the unit price"), FrozenDict(by_amount)),
    )
    typed, computed = sums[0]
    yield case.finding(
        (row.path for row in faults),
        msg("The amount of a cost differs from its quantity × unit price."),
        values=money_values(asked=typed, computed=computed),
        trace=tuple(trace[:40]),
        exits=exits,
        seen=(row.value for row in faults),
    )


def _two_sums(row: Fault) -> tuple[Money, Money]:
    """Both as cents: a product may have more digits than a stored sum can."""
    typed, _, computed = row.value.partition(" ")
    return Money(int(typed.replace(".", ""))), Money(int(computed.replace(".", "")))


def negative(case: Case) -> Iterator[Finding]:
    yield from case.of_faults(case.facts.negative, msg("A sum or a number is below zero."))


def vat(case: Case) -> Iterator[Finding]:
    message = msg(
        "A cost has VAT, but it is not known whether its payer gets VAT back: it counts as typed. Fill in {field}.",
        field=FieldName("applicant.vat"),
    )
    yield from case.of_faults(case.facts.vat_unknown, message)


def pay_cap(case: Case) -> Iterator[Finding]:
    excess, limit = case.facts.pay_excess, case.call.pay_cap.amount
    if limit is None:
        return
    message = msg(
        "{amount} of pay is above the call's yearly cap of {limit} and is not accepted.",
        amount=excess,
        limit=limit,
    )
    yield from case.of_faults(
        case.facts.over_pay_cap,
        message,
        values=money_values(excluded=excess, limit=limit),
        cited=case.call.pay_cap.reference,
    )


def cost_words(case: Case) -> Iterator[Finding]:
    """One finding a hint of the call, with its own text and paragraph."""
    for hint in case.call.hints:
        message = msg("A word hints at a cost that is not accepted: {reason}", reason=Texts(hint.text))
        yield from case.of_faults(case.facts.hinted.get(hint.id, ()), message, cited=hint.reference)


class TenderParameters(Parameters):
    threshold: MoneyValue

    @field_validator("threshold", mode="after")
    @classmethod
    def _given(cls, value: Money | None) -> Money:
        if value is None or value.cents <= 0:
            raise fault("money")
        return value


def tender(case: Case) -> Iterator[Finding]:
    """What is bought of one supplier, without VAT, reaches the sum from which a tender is needed."""
    limit: Money = case.parameters.threshold
    for net, paths in case.facts.by_supplier.values():
        if net >= limit:
            yield case.finding(
                paths,
                msg("Purchases of {amount} from one supplier have to be put out to tender.", amount=net),
                values=money_values(asked=net, limit=limit),
                seen=(str(net),),
            )
