"""Exports: one report tree from one draft, rendered, written durably, and read back against the tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hakemus.domain.draft import Document
from hakemus.domain.findings import Finding, Severity
from hakemus.domain.messages import Message, msg
from hakemus.report.build import build
from hakemus.report.copies import REMOVED
from hakemus.report.grounds import ground_words
from hakemus.report.model import Copy, Report
from hakemus.usecases.calls import call_of
from hakemus.usecases.checking import Check, check
from hakemus.usecases.comparison_report import State, comparison_report
from hakemus.usecases.errors import NotReady, NotWritten, UserError
from hakemus.usecases.explaining import Explanation
from hakemus.usecases.letter_of_intent import letter_report
from hakemus.usecases.papers import inside
from hakemus.usecases.ports import CatalogOf, Clock, FileWriter, RenderPaper, RenderReport
from hakemus.usecases.publishing import without_personal_data
from hakemus.usecases.reconcile_report import Reconciled, reconciliation_report
from hakemus.usecases.reviewing import FileState, explanation_report, review_report
from hakemus.usecases.secrecy import removals, without_secrets
from hakemus.usecases.workbook_report import with_watch

VerifyWorkbook = Callable[[Report, bytes], list[str]]
"""Compares a workbook, read back, with the report; an empty list where every amount agrees."""

VerifyPaper = Callable[[Report, bytes], list[str]]
"""Looks for every sum of the report in the paper, read back; those that it lacks."""

LackingCharacters = Callable[[Report], tuple[str, ...]]
"""The characters of a report that paper cannot show, each once."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """The outputs of the program behind one door."""

    pdf: RenderPaper
    xlsx: RenderReport
    verify_xlsx: VerifyWorkbook
    writer: FileWriter
    catalog_of: CatalogOf
    clock: Clock
    lacking: LackingCharacters = lambda _report: ()
    verify_pdf: VerifyPaper = lambda _report, _data: []

    def report(
        self,
        document: Document,
        copy: Copy = Copy.DRAFT,
        language: str = "",
        second: str = "",
        *,
        columns: bool = False,
    ) -> Report:
        """The tree of a document as it stands; `columns`: with what a workbook shows beside the form."""
        language = language or document.draft.language
        call = call_of(document.draft)
        judged = check(document.draft, call, self.clock.today())
        if copy is Copy.SUBMISSION and not judged.ready:
            raise NotReady(_obstacle(judged))
        catalog = self.catalog_of(language)
        withheld: Mapping[str, str] = {}
        grounds: tuple[str, ...] = ()
        marks: tuple[str, ...] = ()
        if copy is Copy.PUBLIC:
            named = dict.fromkeys(item.secret.ground for item in removals(document.draft) if item.found)
            grounds = tuple(ground_words(ground, catalog) for ground in named)
            public = without_secrets(document, catalog)
            document = without_personal_data(public.document, catalog.text(REMOVED), public.marks)
            withheld, marks = public.places, (catalog.text(REMOVED), *sorted(public.marks))
        made = build(
            document,
            call,
            judged.figures,
            ready=judged.ready,
            catalog=catalog,
            second=self.catalog_of(second) if second else None,
            copy=copy,
            made_on=self.clock.today(),
            withheld=withheld,
            marks=marks,
            grounds=grounds,
            columns=columns,
        )
        return with_watch(made, judged, catalog) if columns else made

    def pdf_bytes(self, document: Document, copy: Copy = Copy.DRAFT, language: str = "", second: str = "") -> bytes:
        """The paper, read back; `papers.CARRYING` says which copies carry the application inside."""
        report = self.report(document, copy, language, second)
        data = self.pdf(report, self.clock.today(), inside(document, copy))
        missing = self.verify_pdf(report, data)
        if missing:
            raise NotWritten(
                msg(
                    "The paper does not show every sum of the application ({difference}). It was not written.",
                    difference=missing[0],
                )
            )
        return data

    def review_bytes(self, document: Document, state: FileState, language: str = "") -> bytes:
        """The review report as a paper; it carries nothing inside."""
        return self.pdf(self.review(document, state, language), self.clock.today(), b"")

    def review(self, document: Document, state: FileState, language: str = "") -> Report:
        """What was found in a document as it stands, and why."""
        language = language or document.draft.language
        judged = check(document.draft, call_of(document.draft), self.clock.today())
        paper = self.report(document, Copy.DRAFT, language)
        return review_report(document, judged, state, paper, self.catalog_of(language))

    def explanation_bytes(self, document: Document, judged: Check, explained: Explanation | Finding) -> bytes:
        """How one figure or finding came about, as a paper in the draft's language; it carries nothing inside."""
        language = document.draft.language
        paper = self.report(document, Copy.DRAFT, language)
        report = explanation_report(judged, explained, paper, self.catalog_of(language))
        return self.pdf(report, self.clock.today(), b"")

    def letter_bytes(self, document: Document, partner: str, language: str = "") -> bytes:
        """A letter of intent for the partner of that id, to be signed; it carries nothing inside.

        Raises `UserError` where there is no such partner.
        """
        language = language or document.draft.language
        found = next((row for row in document.draft.application.partners if row.id == partner), None)
        if found is None:
            raise UserError(msg("The partner is not in the application any more."))
        judged = check(document.draft, call_of(document.draft), self.clock.today())
        paper = self.report(document, Copy.DRAFT, language)
        return self.pdf(letter_report(paper, judged, found, self.catalog_of(language)), self.clock.today(), b"")

    def reconciliation_bytes(self, document: Document, held: Reconciled, language: str = "") -> bytes:
        """What a budget of somebody's own says beside the application, as a paper; it carries nothing inside."""
        language = language or document.draft.language
        paper = self.report(document, Copy.DRAFT, language)
        call, catalog = call_of(document.draft), self.catalog_of(language)
        return self.pdf(reconciliation_report(paper, held, call, catalog), self.clock.today(), b"")

    def comparison_bytes(self, document: Document, old: State, new: State, language: str) -> bytes:
        """Two states of an application beside each other, as a paper that carries nothing inside.

        `document` gives the heading.
        """
        paper = self.report(document, Copy.DRAFT, language)
        return self.pdf(comparison_report(paper, old, new, self.catalog_of(language)), self.clock.today(), b"")

    def xlsx_bytes(self, document: Document, copy: Copy = Copy.DRAFT, language: str = "") -> bytes:
        """The workbook, read back and compared: a difference is an error, never a file left looking right."""
        report = self.report(document, copy, language, columns=True)
        data = self.xlsx(report, self.clock.today())
        differences = self.verify_xlsx(report, data)
        if differences:
            raise NotWritten(
                msg(
                    "The workbook does not agree with the application ({difference}). It was not written.",
                    difference=differences[0],
                )
            )
        return data

    def write(self, path: str, data: bytes) -> None:
        self.writer.write(path, data)


def _obstacle(judged: Check) -> Message:
    """What stands in the way of the ready version: the first error, else text that is no value."""
    first = next((item.message for item in judged.findings if item.severity is Severity.ERROR), None)
    if first is None:
        return msg("The application is not ready: something typed cannot be read as a value. Nothing was written.")
    return msg("The application is not ready, and nothing was written. {first}", first=first)
