"""A letter of intent for one partner, as a paper to be signed: who, what, when, with which money.

Its sentences are the program's own, for no funder of the shipped calls gives a form for one; the letter says so. What
is filled in comes from the partner's rows, and what nobody has said yet stays a line to write on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hakemus.domain.application import Partner
from hakemus.domain.draft import any_value
from hakemus.domain.money import Money
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.dates import format_period
from hakemus.report.model import (
    Align,
    Block,
    Cell,
    Column,
    Field,
    Gap,
    Label,
    MoneyCell,
    Prose,
    Report,
    Row,
    RowKind,
    Section,
    Signature,
    Table,
    TextCell,
)
from hakemus.usecases.checking import Check

WRITE = TextCell("\N{HORIZONTAL ELLIPSIS}" * 24)
"""A line to write on by hand."""


def letter_report(paper: Report, judged: Check, partner: Partner, catalog: Catalog) -> Report:
    """The letter in the form of an application's `paper`, whose heading it takes over."""
    letter = _Letter(judged, partner, catalog)
    t = catalog.text
    parts: tuple[tuple[str, str, Iterator[Block]], ...] = (
        ("parties", t("The parties"), letter.parties()),
        ("project", t("The project"), letter.project()),
        ("part", t("The partner's part"), letter.part()),
        ("money", t("Money"), letter.money()),
        ("intent", t("What is agreed"), letter.intent()),
        ("signatures", t("Signatures"), letter.signatures()),
    )
    sections = tuple(
        Section(key, number, Label(title), tuple(blocks)) for number, (key, title, blocks) in enumerate(parts, 1)
    )
    heading = replace(paper.heading, form=Label(t("Letter of intent")), copy_words="", copy_sentence="")
    return replace(paper, heading=heading, sections=sections, second_language="", mark="", mark_sentence="")


class _Letter:
    def __init__(self, judged: Check, partner: Partner, catalog: Catalog) -> None:
        self.judged, self.partner = judged, partner
        self.application = judged.draft.application
        self.t = catalog.text

    def parties(self) -> Iterator[Block]:
        applicant, partner = self.application.applicant, self.partner
        responsible = next((row for row in applicant.contacts if row.role in ("responsible", None)), None)
        yield Gap(Label(self.t("The applicant")))
        yield self._field(self.t("Applicant organisation"), _joined(applicant.organisation, applicant.library))
        yield self._field(self.t("Business ID"), applicant.business_id)
        if responsible is not None:
            yield self._field(self.t("Contact person"), _joined(responsible.name, responsible.phone, responsible.email))
        yield Gap(Label(self.t("The partner")))
        yield self._field(self.t("Name"), _joined(partner.name, partner.kind))
        yield self._field(self.t("Contact person"), _joined(partner.contact, partner.email))

    def project(self) -> Iterator[Block]:
        project, call = self.application.project, self.judged.call
        language = self.judged.draft.language
        yield self._field(self.t("Project name"), project.title)
        yield self._field(self.t("Duration"), format_period(project.starts_on, project.ends_on))
        yield self._field(self.t("Applied for from"), call.text(call.funder_name, language))
        if any_value(project.summary):
            yield Prose(project.summary or "")

    def part(self) -> Iterator[Block]:
        yield self._field(self.t("Role in the project"), self.partner.role)
        mine = [row for row in self.application.activities if self._is_mine(row.responsible)]
        for row in mine:
            words = _joined(row.title, format_period(row.starts_on, row.ends_on))
            yield Field(Label(self.t("Activity")), TextCell(words))

    def money(self) -> Iterator[Block]:
        partner, figures = self.partner.id, self.judged.figures
        paid = figures.by_payer.get(partner)
        lines: list[tuple[str, Money]] = []
        if paid is not None and paid.accepted:
            lines.append((self.t("Costs of the project that the partner pays"), paid.accepted))
        funding = self.application.funding
        for own in funding.own:
            if own.partner == partner and own.amount is not None:
                lines.append((_joined(self.t("Own funding"), own.description), own.amount))
        for other in funding.other:
            if other.partner == partner and other.amount is not None and other.status != "refused":
                lines.append((_joined(self.t("Other funding"), other.source), other.amount))
        if not lines:
            yield Prose(self.t("No money of the partner's is planned in the application."))
            return
        columns = (
            Column("what", Label(self.t("What")), weight=60),
            Column("sum", Label(self.t("Sum")), Align.RIGHT, 24),
        )
        rows = tuple(Row((TextCell(words), MoneyCell(amount)), RowKind.LINE) for words, amount in lines)
        yield Table("partner-money", Label(""), columns, rows)

    def intent(self) -> Iterator[Block]:
        yield Prose(
            self.t(
                "The partner takes part in the project as described above if the grant is given. If it is not, this "
                "letter binds nobody."
            )
        )
        yield Prose(
            self.t(
                "Before the work begins the parties make an agreement on cooperation. It says at least: the tasks and "
                "who answers for them; costs, money and when it is paid; bookkeeping and documents kept; who owns the "
                "results and how they may be used; personal data; reporting; what happens when the plan changes or a "
                "party leaves; how the agreement ends."
            )
        )
        yield Prose(self.t("The wording of this letter is that of the program, not a funder's form."), small=True)

    def signatures(self) -> Iterator[Block]:
        for who in (
            _joined(self.application.applicant.organisation, self.application.applicant.library),
            self.partner.name or self.t("The partner"),
        ):
            yield Gap(Label(who or self.t("The applicant")))
            yield Signature(
                place=Label(self.t("Place")),
                day=Label(self.t("Date")),
                signature=Label(self.t("Signature")),
                name=Label(self.t("Name and title in print")),
                printed_name="",
                alt=self.t("An empty place for a signature."),
            )

    def _is_mine(self, responsible: str | None) -> bool:
        name = " ".join((self.partner.name or "").split()).casefold()
        return bool(name) and " ".join((responsible or "").split()).casefold() == name

    def _field(self, name: str, value: str | None) -> Field:
        cell: Cell = TextCell(value) if any_value(value) and value is not None else WRITE
        return Field(Label(name), cell)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part and part.strip())
