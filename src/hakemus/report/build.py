"""Builds the neutral tree of an application from its draft, its call and its sums. One function a section."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hakemus import __version__
from hakemus.domain.asking import hidden_answers
from hakemus.domain.call import Call, Question
from hakemus.domain.draft import Document, any_value
from hakemus.domain.figures import Figures
from hakemus.i18n.amounts import currency_sign
from hakemus.i18n.catalog import Catalog
from hakemus.i18n.conditions import condition_words
from hakemus.i18n.dates import format_date
from hakemus.i18n.field_names import STEP_NAMES
from hakemus.i18n.marking import N_
from hakemus.report import budget, funding, plan
from hakemus.report.cells import cell_of
from hakemus.report.copies import COPY_NAMES, NAMED, PUBLIC_GROUND, SECRET_GROUNDS
from hakemus.report.model import Checks, Copy, EmptyCell, Field, Heading, Label, Prose, Report, Section, Signature
from hakemus.report.source import Source, filled
from hakemus.report.words import SHEET_WORDS
from hakemus.report.workbook import workbook


def build(
    document: Document,
    call: Call,
    figures: Figures,
    *,
    ready: bool,
    catalog: Catalog,
    second: Catalog | None = None,
    copy: Copy = Copy.DRAFT,
    made_on: datetime.date,
    withheld: Mapping[str, str] | None = None,
    marks: Sequence[str] = (),
    grounds: Sequence[str] = (),
    columns: bool = False,
) -> Report:
    """The whole report. `figures` are those of the same draft under the same call, with what is secret in it.

    `columns`: with what a workbook shows beside the form; a blank form and a public copy have none of it.

    `withheld` are the marks of secret values that the document holds no longer, by address; `grounds` say why, and
    `marks` are all the words that stand where something was taken out.
    """
    source = Source(document, call, figures, catalog, second, copy, withheld or {})
    parts = (
        ("applicant", _applicant(source)),
        ("project", _project(source)),
        ("goals", plan.goals(source)),
        ("partners", plan.partners(source)),
        ("timeline", plan.timeline(source)),
        ("budget", budget.budget(source)),
        ("funding", funding.funding(source)),
        ("attachments", plan.attachments(source)),
        ("submit", _declarations(source)),
    )
    titles = {**STEP_NAMES, "submit": N_("Declarations and signature")}
    sections: list[Section] = []
    for key, blocks in parts:
        answered = tuple(_answers(source, key))
        if blocks or answered:
            sections.append(Section(key, len(sections) + 1, source.label(titles[key]), (*blocks, *answered)))
    draft_mark = copy not in (Copy.SUBMISSION, Copy.BLANK) and not ready
    return Report(
        copy=copy,
        language=catalog.language,
        second_language=second.language if second else "",
        heading=_heading(source, made_on, grounds, ready=ready),
        sections=tuple(sections),
        mark=source.t("DRAFT") if draft_mark else "",
        mark_sentence=source.t("This is a draft: the application is not yet ready to be submitted.")
        if draft_mark
        else "",
        words={
            **{key: source.t(msgid) for key, msgid in SHEET_WORDS.items()},
            "currency": currency_sign(call.currency),
        },
        workbook=workbook(source) if columns and copy not in (Copy.BLANK, Copy.PUBLIC) else None,
        kept_back=tuple(marks),
    )


def _heading(source: Source, made_on: datetime.date, grounds: Sequence[str], *, ready: bool) -> Heading:
    applicant = source.draft.application.applicant
    blank = source.blank
    title = "" if blank else (source.draft.application.project.title or "")
    names = [name for name in (applicant.organisation, applicant.library) if name and any_value(name)]
    call_title = source.call_label(source.call.title)
    return Heading(
        form=source.label(N_("Grant application")),
        title=title or source.t("Untitled project") if not blank else source.both(source.label(N_("Application form"))),
        funder=source.call_label(source.call.funder_name),
        call=call_title,
        applicant="" if blank else ", ".join(dict.fromkeys(names)),
        subject=source.t("Application for the call {call}", call=call_title.text),
        call_id=source.call.id,
        edition=source.t("Edition of the call: {edition}", edition=source.call.edition),
        draft_id=source.document.id,
        revision=source.document.revision,
        page_words=source.t("Page {page} / {pages}"),
        version_words=_version_words(source, ready=ready),
        made_words=source.t("Made on {date} with hakemus {version}", date=format_date(made_on), version=__version__),
        copy_words=source.t(COPY_NAMES[source.copy]) if source.copy in NAMED else "",
        copy_sentence=_copy_sentence(source, grounds) if source.copy is Copy.PUBLIC else "",
    )


def _copy_sentence(source: Source, grounds: Sequence[str]) -> str:
    """What has been removed from a public copy, and why."""
    sentence = source.t(PUBLIC_GROUND)
    if grounds:
        sentence = f"{sentence} {source.t(SECRET_GROUNDS, grounds='; '.join(grounds))}"
    return sentence


def _version_words(source: Source, *, ready: bool) -> str:
    """What the foot of every page calls this paper: only a draft is called one, and a blank form is nobody's."""
    name, revision = source.document.id[:8], source.document.revision
    if source.blank:
        return source.t("Blank form")
    if source.copy is Copy.SUBMISSION or (source.copy in NAMED and ready):
        return source.t("Application {id}, revision {revision}", id=name, revision=revision)
    return source.t("Draft {id}, revision {revision}", id=name, revision=revision)


_APPLICANT = tuple(
    f"applicant.{name}"
    for name in (
        "organisation",
        "library",
        "business_id",
        "isil",
        "street",
        "postal_code",
        "city",
        "municipality",
        "region",
        "phone",
        "email",
        "iban",
        "bic",
        "vat",
    )
)


def _applicant(source: Source) -> list[Any]:
    return [*filled(source, _APPLICANT), *plan.contacts(source)]


_PROJECT_LONG = tuple(
    f"project.{name}"
    for name in ("summary", "need", "description", "earlier_projects", "evaluation", "dissemination", "continuation")
)
_PROJECT = ("project.title", "project.theme", "project.area", "project.target_groups", "project.keywords")


def _project(source: Source) -> list[Any]:
    return [*filled(source, _PROJECT), *filled(source, _PROJECT_LONG, long=_PROJECT_LONG)]


def _answers(source: Source, step: str) -> Iterable[Any]:
    """The call's own questions that stand on a step, and answers to questions that the call no longer asks."""
    asked = {question.id for question in source.call.questions}
    hidden: frozenset[str] = frozenset() if source.blank else hidden_answers(source.call, source.draft.application)
    for question in source.call.questions:
        if question.step != step:
            continue
        path = f"answers[{question.id}]"
        if path in hidden:
            continue
        cell = source.cell(path, "" if source.blank else source.t("Not filled in") if question.mandatory else "")
        chosen = next((item for item in question.choices if item.id == source.value(path)), None)
        if chosen:
            cell = cell_of(source.call.text(chosen.label, source.catalog.language), source.catalog)
        if source.blank or question.mandatory or not isinstance(cell, EmptyCell):
            help_text = _help_of(source, question) if source.blank else ""
            choices = tuple(source.call.text(item.label, source.catalog.language) for item in question.choices)
            yield Field(
                source.call_label(question.label),
                cell,
                path,
                help=help_text,
                long=question.kind == "text",
                choices=choices if source.blank else (),
            )
    if step == "project" and not source.blank:
        for key, text in source.draft.application.answers.items():
            if key not in asked and not key.startswith("eligibility."):
                yield Field(Label(key), cell_of(text, source.catalog), f"answers[{key}]", long=True)


def _help_of(source: Source, question: Question) -> str:
    """On a blank form: the help of a question, and when it is asked at all."""
    words = [source.help(f"answers[{question.id}]", question, required=question.mandatory)]
    if question.when is not None:
        words.append(condition_words(source.call, question, source.catalog))
    return " ".join(part for part in words if part)


def _declarations(source: Source) -> list[Any]:
    given = source.draft.application.declarations
    blocks: list[Any] = []
    items = tuple(
        (not source.blank and bool(given.get(item.id)), source.call.text(item.text, source.catalog.language))
        for item in source.call.declarations
    )
    if items:
        second = tuple(source.call_label(item.text).second for item in source.call.declarations)
        blocks.append(Checks(items, source.t("Given"), source.t("Not given"), second if source.second else ()))
    signatory = next(
        (person for person in source.draft.application.applicant.contacts if person.role == "signatory"), None
    )
    promise = source.label(N_("I confirm that the information given in this application is correct."))
    blocks.append(Prose(promise.text, second=promise.second))
    blocks.append(
        Signature(
            place=source.label(N_("Place")),
            day=source.label(N_("Date")),
            signature=source.label(N_("Signature")),
            name=source.label(N_("Name and title in print")),
            printed_name=""
            if source.blank or signatory is None
            else ", ".join(part for part in (signatory.name, signatory.title) if part),
            alt=source.t("An empty place for a signature."),
        )
    )
    return blocks
