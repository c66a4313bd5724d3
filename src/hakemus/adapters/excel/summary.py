"""Lays the first sheet: whose application this is, its sums by category and source, shares, and the workbook's checks.

Its figures refer to the sheets where they are reckoned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hakemus.adapters.excel import formulas
from hakemus.adapters.excel.contents import money_format, percent_format, shown_value
from hakemus.adapters.excel.plan import (
    INK_SECOND,
    MONEY_FORMAT,
    WARN_GROUND,
    Claim,
    Painted,
    Sheet,
    Style,
    address,
    longest_line,
    longest_word,
    styled,
    width_of,
)
from hakemus.adapters.excel.reckoning import money_rows
from hakemus.adapters.excel.tables import HEAD, LINE_STYLE, SMALL, TOTAL, words_of
from hakemus.adapters.excel.text import one_line, quoted
from hakemus.adapters.excel.watch import Figure, Sums, checks_of
from hakemus.domain.money import ZERO, Money, total
from hakemus.report.model import BarPart, Copy, Field, FundingBar, Label, MoneyCell, Report, ShownCell, SumsBy

_FACT = Style(colour=INK_SECOND)
_STRONG = Style(bold=True)
_GRANT = "funding.grant"
_NAMES = {"grant": "grant_applied", "own": "own_funding", "other": "other_funding", "income": "income"}


@dataclass(slots=True)
class Ledger:
    """Sums placed so far, as references usable from any sheet, so that a figure refers to where it is reckoned."""

    sums: dict[tuple[str, str], list[tuple[str, Claim]]] = field(default_factory=dict)
    columns: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By a column's key the ranges of it and of the sums beside it, for the tables of cost rows."""

    def columns_of(self, key: str) -> list[tuple[str, str]]:
        return self.columns.get(key, [])

    def add(self, sheet: str, claims: Iterable[Claim]) -> None:
        """Takes in the sums of a sheet; `sheet` is its name as a formula refers to it."""
        for claim in claims:
            self.sums.setdefault((claim.table, claim.kind), []).append((sheet, claim))

    def of(self, table: str, kind: str) -> list[tuple[str, Claim]]:
        """References and sums of a table's rows of this kind, one a row: that of its last column."""
        last = {claim.row: (sheet, claim) for sheet, claim in self.sums.get((table, kind), ())}
        return [(f"{sheet}!{address(claim.row, claim.col)}", claim) for sheet, claim in last.values()]


class SummaryPlacer:
    """Fills a summary sheet from the row it is told."""

    def __init__(self, sheet: Sheet, report: Report, ledger: Ledger, words: Mapping[str, str]) -> None:
        self.sheet, self.report, self.ledger, self.words = sheet, report, ledger, words
        self.cap_at = ""
        self.names: list[tuple[str, str]] = []
        self.bar = next((block for block in report.blocks() if isinstance(block, FundingBar)), None)

    def place(self, row: int) -> None:
        row = self._facts(row) + 1
        if self.report.copy is Copy.BLANK:
            return
        row, costs = self._costs(row)
        self._name("total_costs", costs)
        for by in self.report.workbook.sums if self.report.workbook else ():
            row = self._by(row, by, costs)
        if self.bar is None:
            self._figures(row, costs, ())
            return
        row, parts, whole = self._funding(row, self.bar)
        row = self._figures(row, parts.get("grant", Figure(ZERO, "")), (costs, whole))
        self._checks(row, Sums(costs, parts), whole)

    def _name(self, name: str, figure: Figure) -> None:
        if figure.at:
            self.names.append((name, figure.at))

    def _by(self, row: int, by: SumsBy, costs: Figure) -> int:
        """The costs by payer, year or account: sums over the column that says which."""
        if not by.shares:
            return row
        row = self._heads(row, by.title, self._money_head(), self.words["share"])
        first = row
        keys = [str(share.value).casefold() for share in by.shares]
        for share in by.shares:
            label = share.label if share.value is None else one_line(share.label)
            formula = ""
            if share.value is None:
                others = f"-SUM({address(first, 1)}:{address(row - 1, 1)})" if row > first else ""
                formula = f"=ROUND({costs.at}{others},2)"
            elif keys.count(str(share.value).casefold()) == 1 and label == str(share.value):
                places = self.ledger.columns_of(by.key)
                terms = [formulas.matching(column, address(row, 0), share.value, sums) for column, sums in places]
                formula = f"={'+'.join(terms)}" if terms else ""
            self._line(row, label, share.amount, formula, LINE_STYLE)
            if isinstance(share.value, int):
                self.sheet.put(row, 0, Decimal(share.value), styled(LINE_STYLE, number="0"))
            self._share(row, share.amount, costs, LINE_STYLE)
            row += 1
        whole = total(share.amount for share in by.shares)
        self._line(row, self.words["total"], whole, f"=SUM({address(first, 1)}:{address(row - 1, 1)})", TOTAL)
        self._share(row, whole, costs, TOTAL)
        return row + 2

    def _facts(self, row: int) -> int:
        heading = self.report.heading
        facts = (
            ("fact.funder", _both(heading.funder), _FACT),
            ("fact.call", _both(heading.call), _FACT),
            ("fact.applicant", heading.applicant, _STRONG),
            ("fact.project", heading.title, _STRONG),
            ("fact.version", f"{heading.version_words}. {heading.made_words}", _FACT),
        )
        for key, text, style in facts:
            if text:
                self.sheet.put(row, 0, self.words[key], _FACT)
                self.sheet.measure(0, need=longest_line(self.words[key]))
                self.sheet.put(row, 1, one_line(text), styled(style, wrap=True))
                self.sheet.banners.append((row, 1, 4))
                row += 1
        if self.report.mark_sentence:
            self.sheet.put(row, 1, one_line(self.report.mark_sentence), _STRONG)
            row += 1
        return row

    def _heads(self, row: int, *labels: str) -> int:
        for col in range(max(3, len(labels))):
            label = labels[col] if col < len(labels) else ""
            self.sheet.put(row, col, label, styled(HEAD, right=col > 0))
            self.sheet.measure(col, need=longest_line(label) * 1.1)
        return row + 1

    def _costs(self, row: int) -> tuple[int, Figure]:
        """Sums by category and in all."""
        groups, totals = self.ledger.of("budget", "group"), self.ledger.of("budget", "total")
        row = self._heads(row, self.words["funding.costs"], self._money_head(), self.words["share"])
        first = row
        costs = totals[-1][1].amount if totals else self._stated_costs()
        total_at = address(first + len(groups), 1)
        for reference, claim in groups:
            self._line(row, claim.words, claim.amount, f"={reference}", LINE_STYLE)
            self._share(row, claim.amount, Figure(costs, total_at), LINE_STYLE)
            row += 1
        formula = formulas.addition(costs, [((first + at, 1), claim.amount) for at, (_, claim) in enumerate(groups)])
        if not formula and totals:
            formula = f"={totals[-1][0]}"
        elif not formula:
            # Costs that are not itemised are what the sources of funding add up to.
            sources = self.ledger.of("funding", "total")
            formula = next((f"={at}" for at, claim in sources if claim.amount == costs), "")
        self._line(row, self.words["total"], costs, formula, TOTAL)
        self._share(row, costs, Figure(costs, total_at), TOTAL)
        return row + 2, Figure(costs, total_at)

    def _stated_costs(self) -> Money:
        for block in self.report.blocks():
            if isinstance(block, Field) and block.path == "budget" and isinstance(block.cell, MoneyCell):
                return block.cell.amount
        return ZERO

    def _funding(self, row: int, bar: FundingBar) -> tuple[int, dict[str, Figure], Figure]:
        row = self._heads(row, self.words["sheet.funding"], self._money_head(), self.words["share"])
        parts = [part for part in bar.parts if part.tone != "gap"]
        first = row
        whole = Figure(total(part.amount for part in parts), address(first + len(parts), 1))
        found: dict[str, Figure] = {}
        for part in parts:
            self._line(row, part.name, part.amount, self._reckoned(part), LINE_STYLE)
            self._share(row, part.amount, whole, LINE_STYLE)
            found[part.tone] = Figure(part.amount, address(row, 1))
            self._name(_NAMES[part.tone], found[part.tone])
            row += 1
        formula = formulas.addition(whole.amount, [((first + at, 1), part.amount) for at, part in enumerate(parts)])
        self._line(row, self.words["funding.whole"], whole.amount, formula, TOTAL)
        self._share(row, whole.amount, whole, TOTAL)
        self._name("funding_in_all", whole)
        return row + 2, found, whole

    def _reckoned(self, part: BarPart) -> str:
        """The rows of the funding sheet that a part of the bar adds up; empty where they give another sum."""
        start = _GRANT if part.tone == "grant" else f"funding.{part.tone}["
        rows = [(ref, claim) for ref, claim in self.ledger.of("funding", "line") if claim.address.startswith(start)]
        if rows and total(claim.amount for _, claim in rows) != part.amount:
            return self._counted(part, [claim for _, claim in rows], rows[0][0].rpartition("!")[0])
        if not rows:
            return ""
        if len(rows) == 1:
            return f"={rows[0][0]}"
        return formulas.sum_of([(claim.row, claim.col) for _, claim in rows], rows[0][0].rpartition("!")[0])

    def _counted(self, part: BarPart, claims: Sequence[Claim], sheet: str) -> str:
        """The same where rows stand among them that do not count."""
        table = self.report.table("funding")
        rows = {row.id: row for row in table.rows} if table else {}
        if table is None or any(claim.address not in rows for claim in claims):
            return ""
        places = [(claim.row, claim.col) for claim in claims]
        told = money_rows(table, places, [rows[claim.address] for claim in claims])
        return formulas.addition_but(part.amount, told, sheet)

    def _figures(self, row: int, grant: Figure, wholes: Iterable[Figure]) -> int:
        """The further figures that the form states about money: shares, limits, differences."""
        written = False
        for section in self.report.sections:
            if section.key not in ("budget", "funding"):
                continue
            for block in section.blocks:
                if not isinstance(block, Field) or block.path == "budget":
                    continue
                if isinstance(block.cell, MoneyCell | ShownCell):
                    self._figure(row, block, grant, wholes)
                    row, written = row + 1, True
        return row + written

    def _figure(self, row: int, block: Field, grant: Figure, wholes: Iterable[Figure]) -> None:
        label = one_line(words_of(block.label).replace("\n", " / "))
        if isinstance(block.cell, MoneyCell):
            amount, formula = block.cell.amount, ""
            if self.bar and self.bar.cap is not None and grant.at:
                if amount == self.bar.cap and not self.cap_at:
                    self.cap_at = address(row, 1)
                elif self.cap_at and amount and amount == grant.amount - self.bar.cap:
                    formula = f"=MAX(0,ROUND({grant.at}-{self.cap_at},2))"
            self._line(row, label, amount, formula, LINE_STYLE)
            cell = self.sheet.cells[row, 1]
            self.sheet.cells[row, 1] = cell._replace(style=replace(cell.style, number=money_format(self._sign())))
        elif isinstance(block.cell, ShownCell):
            self.sheet.put(row, 0, label, LINE_STYLE)
            self.sheet.measure(0, want=longest_line(label))
            shown = shown_value(block.cell.text)
            style = styled(LINE_STYLE, right=True, number=percent_format(2) if shown is not None else "")
            found = (
                ""
                if shown is None or not grant.at
                else next(
                    (
                        text
                        for whole in wholes
                        if (text := formulas.share(shown.scaleb(2), (grant.at, grant.amount), (whole.at, whole.amount)))
                    ),
                    "",
                )
            )
            self.sheet.put(row, 1, block.cell.text if shown is None else shown, style, found)
        self.sheet.put(row, 2, one_line(block.note, 60) or None, styled(SMALL, bottom=7, right=True))
        self.sheet.measure(2, need=longest_line(one_line(block.note, 60)) * 0.9)

    def _checks(self, row: int, sums: Sums, whole: Figure) -> None:
        """What the workbook checks by itself when a figure in it is changed."""
        sign = f", {self._sign()}" if self._sign() else ""
        heads = (self.words["checks"], self.words["check.limit"] + sign, self.words["check.figure"] + sign)
        row = self._heads(row, *heads, self.words["check.result"])
        gap = sums.costs.amount - whole.amount
        self._line(row, self.words["check.balance"], None, "", LINE_STYLE)
        self._off(row, Money(abs(gap.cents)), f"=ABS(ROUND({sums.costs.at}-{whole.at},2))", self.words["check.differs"])
        row += 1
        workbook = self.report.workbook
        if workbook is None:
            return
        for check in checks_of(workbook.limits, sums, itemised=workbook.itemised):
            self._line(row, check.words, check.limit, check.formula, LINE_STYLE)
            broken = self.words["check.over" if check.above else "check.under"]
            self._off(row, check.off, check.off_formula(address(row, 1)), broken)
            row += 1

    def _off(self, row: int, amount: Money, formula: str, broken: str) -> None:
        """By how much a limit is broken, and the verdict in words."""
        self.sheet.put(row, 2, amount, styled(LINE_STYLE, right=True, number=MONEY_FORMAT), formula)
        self.sheet.claims.append(Claim("", broken, "", "summary", "check", row, 2, amount))
        self.sheet.measure(2, need=width_of(amount) + 3)
        self._verdict(row, f"{address(row, 2)}=0", not amount, broken)
        self.sheet.painted.append(Painted((row, 2), (row, 3), f"=${address(row, 2)}<>0", WARN_GROUND))

    def _verdict(self, row: int, condition: str, kept: bool, broken: str) -> None:
        fine = self.words["check.ok"]
        self.sheet.put(
            row,
            3,
            fine if kept else broken,
            styled(LINE_STYLE, right=True, bold=True),
            f"=IF({condition},{quoted(fine)},{quoted(broken)})",
        )
        self.sheet.measure(3, need=max(longest_line(fine), longest_line(broken)) * 1.1)

    def _line(self, row: int, label: str, amount: Money | None, formula: str, style: Style) -> None:
        self.sheet.put(row, 0, one_line(label), styled(style, wrap=True))
        self.sheet.measure(0, need=min(longest_word(label), 30), want=longest_line(one_line(label)))
        self.sheet.put(row, 1, amount, styled(style, right=True, number=MONEY_FORMAT), formula)
        if amount is None:
            return
        self.sheet.measure(1, need=width_of(amount) + 3)
        self.sheet.claims.append(Claim("", one_line(label, 80), "", "summary", "amount", row, 1, amount))

    def _share(self, row: int, part: Money, whole: Figure, style: Style) -> None:
        look = styled(style, right=True, number=percent_format(2))
        if not whole.amount:
            self.sheet.put(row, 2, None, look)
            return
        shown = formulas.rounded_share(part, whole.amount)
        formula = formulas.share(shown, (address(row, 1), part), (whole.at, whole.amount))
        self.sheet.put(row, 2, shown.scaleb(-2), look, formula)
        self.sheet.measure(2, need=9)

    def _sign(self) -> str:
        return self.words["currency"]

    def _money_head(self) -> str:
        return f"{self.words['total']}, {self._sign()}" if self._sign() else self.words["total"]


def _both(label: Label) -> str:
    return " / ".join(dict.fromkeys(part for part in (label.text, label.second) if part))
