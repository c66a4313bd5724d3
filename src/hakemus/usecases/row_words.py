"""What a cost row comes to, in words: its VAT, and what of it the call does not accept. Makes no text of a language."""

from __future__ import annotations

from hakemus.domain.draft import person_category
from hakemus.domain.figures import Figures, RowFigures
from hakemus.domain.messages import Message, Texts, msg
from hakemus.domain.money import Money
from hakemus.domain.paths import parse
from hakemus.usecases.checking import Check

PEOPLE = "budget.people["


def figures_at(figures: Figures, at: str) -> RowFigures:
    """The figures of the cost row at an address; empty ones where there is no such row."""
    rows = figures.people if at.startswith(PEOPLE) else figures.lines
    return rows.get(parse(at)[-1].key or "", RowFigures())


def accepts_less(figures: Figures) -> bool:
    """Whether any row's accepted sum differs from what was planned."""
    return any(
        row.planned is not None and row.accepted != row.planned
        for rows in (figures.lines, figures.people)
        for row in rows.values()
    )


def row_words(check: Check, at: str) -> tuple[Message, ...]:
    """The sentences to stand beside a cost row; none where the planned sum counts as it stands."""
    row = figures_at(check.figures, at)
    said: list[Message] = []
    if row.planned is None:
        return ()
    if row.vat:
        said.append(
            msg(
                "Net {net}, VAT {vat}, gross {gross}; counts as {counted}.",
                net=row.net,
                vat=row.vat,
                gross=row.gross,
                counted=row.counted,
            )
        )
    lost = row.counted - row.accepted
    if lost:
        said.append(_not_accepted(check, at, row, lost))
    return tuple(said)


def _not_accepted(check: Check, at: str, row: RowFigures, lost: Money) -> Message:
    rows = check.draft.application.budget.people if at.startswith(PEOPLE) else check.draft.application.budget.lines
    item = next(item for item in rows if item.id == parse(at)[-1].key)
    category = check.call.category(person_category(item.category) if at.startswith(PEOPLE) else item.category)
    if category is not None and category.excluded:
        return msg(
            "The call does not accept costs of the category {category}: {amount} is left out.",
            category=Texts(category.label),
            amount=lost,
        )
    return msg(
        "{excess} is above the call's cap of pay and is not accepted; {accepted} is.",
        excess=lost,
        accepted=row.accepted,
    )
