"""The sections that say what is done, by whom and when: people, goals, partners, activities, attachments."""

from __future__ import annotations

import datetime
from typing import Any

from hakemus.domain.application import Activity, Partner
from hakemus.domain.draft import any_value
from hakemus.domain.fields import word
from hakemus.i18n.dates import format_date, format_period
from hakemus.i18n.field_names import words_of
from hakemus.i18n.marking import N_
from hakemus.report.cells import cell_of
from hakemus.report.model import (
    Align,
    Cell,
    Column,
    EmptyCell,
    Gantt,
    GanttRow,
    PeriodCell,
    Row,
    RowKind,
    Table,
    TextCell,
)
from hakemus.report.source import Source, filled

BLANK_ROWS = 3

MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


def columns(source: Source, table: str, *names: tuple[str, int] | tuple[str, int, Align]) -> tuple[Column, ...]:
    """Columns named by their fields: (name, weight) or (name, weight, alignment)."""
    made = []
    for name, weight, *align in names:
        made.append(Column(name, source.name(f"{table}[].{name}"), align[0] if align else Align.LEFT, weight))
    return tuple(made)


def blank_rows(width: int, count: int = BLANK_ROWS) -> tuple[Row, ...]:
    return tuple(Row(tuple(EmptyCell() for _ in range(width))) for _ in range(count))


def word_cell(source: Source, path: str) -> Cell:
    if path in source.withheld:
        return source.cell(path)
    value = word(source.value(path))
    return TextCell(source.t(words_of(path)[value])) if value else source.cell(path)


def contacts(source: Source) -> list[Any]:
    """The contact persons as a table."""
    table = "applicant.contacts"
    heads = columns(source, table, ("role", 16), ("name", 24), ("title", 22), ("phone", 16), ("email", 28))
    rows = []
    for person in () if source.blank else source.draft.application.applicant.contacts:
        at = f"{table}[{person.id}]"
        cells = (
            word_cell(source, f"{at}.role"),
            *(source.cell(f"{at}.{name}") for name in ("name", "title", "phone", "email")),
        )
        rows.append(Row(cells, id=at))
    return [
        Table(
            "contacts",
            source.label(N_("Contact persons")),
            heads,
            tuple(rows) or (blank_rows(5, 2) if source.blank else ()),
            empty=source.t("No contact persons"),
        )
    ]


def goals(source: Source) -> list[Any]:
    """Goals as groups, their indicators as rows."""
    table = "goals[].indicators"
    heads = columns(
        source,
        table,
        ("name", 30),
        ("unit", 12),
        ("baseline", 12, Align.RIGHT),
        ("target", 12, Align.RIGHT),
        ("source", 20),
        ("measured_on", 14, Align.RIGHT),
    )
    rows: list[Row] = []
    for number, goal in enumerate(() if source.blank else source.draft.application.goals, 1):
        at = f"goals[{goal.id}]"
        text = goal.text if any_value(goal.text) else source.t("Not filled in")
        first = TextCell(source.t("Goal {number}: {text}", number=number, text=text), strong=True)
        note = source.t("Strategy: {text}", text=goal.strategy) if any_value(goal.strategy) else ""
        rows.append(Row((first, *(EmptyCell() for _ in heads[1:])), RowKind.GROUP, at, goal.id, note))
        for item in goal.indicators:
            inside = f"{at}.indicators[{item.id}]"
            rows.append(
                Row(tuple(source.cell(f"{inside}.{head.key}") for head in heads), RowKind.LINE, inside, goal.id)
            )
    return [
        Table(
            "goals",
            source.label(N_("Goals and indicators")),
            heads,
            tuple(rows) or (blank_rows(6) if source.blank else ()),
            empty=source.t("No goals yet"),
        )
    ]


def partners(source: Source) -> list[Any]:
    """Partners and team as tables, then the prose on cooperation."""
    blocks: list[Any] = []
    data = source.draft.application
    heads = columns(source, "partners", ("name", 28), ("role", 30), ("contact", 24), ("commitment", 18))
    rows = []
    for partner in () if source.blank else data.partners:
        at = f"partners[{partner.id}]"
        contact = "\n".join(part for part in (partner.contact, partner.email) if part and any_value(part))
        commitment = word(partner.commitment)
        words = source.t(words_of("partners[].commitment")[commitment]) if commitment else ""
        if partner.committed_on:
            words = f"{words} {format_date(partner.committed_on)}".strip()
        vat = word(partner.vat)
        notes = (
            partner.kind or "",
            source.t(words_of("partners[].vat")[vat]) if vat else "",
            _letter_of(source, partner),
            *source.waiting(at, "name", "role", "committed_on"),
        )
        note = ", ".join(part for part in notes if any_value(part))
        cells = (
            source.cell(f"{at}.name"),
            source.cell(f"{at}.role"),
            cell_of(contact, source.catalog),
            next(
                (source.cell(path) for path in (f"{at}.commitment", f"{at}.committed_on") if path in source.withheld),
                source.cell(f"{at}.committed_on")
                if f"{at}.committed_on" in source.draft.pending
                else cell_of(words, source.catalog),
            ),
        )
        rows.append(Row(cells, id=at, note=note))
    if rows or source.blank:
        blocks.append(Table("partners", source.label(N_("Partners")), heads, tuple(rows) or blank_rows(4)))
    heads = columns(source, "team", ("name", 28), ("organisation", 28), ("role", 32), ("confirmed", 12))
    rows = [
        Row(tuple(source.cell(f"team[{member.id}].{head.key}") for head in heads), id=f"team[{member.id}]")
        for member in (() if source.blank else data.team)
    ]
    if rows or source.blank:
        blocks.append(Table("team", source.label(N_("Team")), heads, tuple(rows) or blank_rows(4)))
    blocks += filled(source, ("project.joint", "project.cooperation"), long=("project.cooperation",))
    if not rows and not blocks:
        blocks.append(Table("partners", source.label(N_("Partners")), (), (), empty=source.t("No partners")))
    return blocks


def timeline(source: Source) -> list[Any]:
    """The project's days, its activities as a table, and the same as a bar chart."""
    blocks: list[Any] = list(filled(source, ("project.starts_on", "project.ends_on")))
    heads = columns(
        source,
        "activities",
        ("title", 40),
        ("starts_on", 13, Align.RIGHT),
        ("ends_on", 13, Align.RIGHT),
        ("responsible", 18),
        ("result", 22),
    )
    goal_numbers = {goal.id: str(number) for number, goal in enumerate(source.draft.application.goals, 1)}
    rows = []
    for activity in () if source.blank else source.draft.application.activities:
        at = f"activities[{activity.id}]"
        served = [goal_numbers[name] for name in activity.goals if name in goal_numbers]
        notes = [
            source.t("Milestone") if activity.milestone else "",
            activity.description or "",
            source.t("Goals: {numbers}", numbers=", ".join(served)) if served else "",
            *source.waiting(at, *(head.key for head in heads)),
        ]
        rows.append(
            Row(
                tuple(source.cell(f"{at}.{head.key}") for head in heads),
                id=at,
                note=" · ".join(part for part in notes if any_value(part)),
            )
        )
    blocks.append(
        Table(
            "activities",
            source.label(N_("Activities")),
            heads,
            tuple(rows) or (blank_rows(5) if source.blank else ()),
            empty=source.t("No activities yet"),
        )
    )
    chart = None if source.blank else gantt(source)
    if chart:
        blocks.append(chart)
    return blocks


def gantt(source: Source) -> Gantt | None:
    """The activities that have days, as a chart; None where there are none."""
    data = source.draft.application
    dated = [item for item in data.activities if item.starts_on or item.ends_on]
    if not dated:
        return None
    project = (data.project.starts_on, data.project.ends_on)
    rows = tuple(_gantt_row(source, item, *project) for item in dated)
    use = source.call.use_period
    days = [day for row in rows for day in (row.starts, row.ends)] + [day for day in project if day]
    starts, ends = min(days), max(days)
    return Gantt(
        starts=starts.replace(day=1),
        ends=_month_end(ends),
        rows=rows,
        project=PeriodCell(*project),
        project_words=source.t("Project {period}", period=format_period(*project)) if all(project) else "",
        use=PeriodCell(use.starts, use.ends) if use.starts or use.ends else None,
        use_words=source.t("Use period {period}", period=format_period(use.starts, use.ends)),
        months=tuple(source.t(name) for name in MONTHS),
        alt=source.t("Timeline. {rows}", rows=" ".join(f"{row.title}: {row.words}." for row in rows)),
    )


def _gantt_row(source: Source, item: Activity, first: datetime.date | None, last: datetime.date | None) -> GanttRow:
    starts = item.starts_on or item.ends_on
    ends = item.ends_on or item.starts_on
    assert starts is not None
    assert ends is not None
    starts, ends = min(starts, ends), max(starts, ends)
    milestone = bool(item.milestone)
    outside = bool((first and starts < first) or (last and ends > last))
    words = format_date(starts) if milestone or starts == ends else format_period(starts, ends)
    if outside:
        words = source.t("{period}, outside the project period", period=words)
    title = item.title if item.title and item.title.strip() else source.t("Untitled activity")
    return GanttRow(shortened(title), starts, ends, milestone, words, outside)


LONGEST_LABEL = 90


def shortened(title: str) -> str:
    """A title as it stands beside its bar: the table above the chart has it whole."""
    one_line = " ".join(title.split())
    return one_line if len(one_line) <= LONGEST_LABEL else one_line[: LONGEST_LABEL - 1].rstrip() + "…"


def _month_end(day: datetime.date) -> datetime.date:
    following = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return following - datetime.timedelta(days=1)


def _letter_of(source: Source, partner: Partner) -> str:
    """Which attachment holds what a partner has signed; empty where none does, or none that is there."""
    found = next((item for item in source.draft.application.attachments if item.id == partner.attachment), None)
    name = found and (found.title or found.filename)
    return source.t(N_("Letter of intent: {title}"), title=name) if name else ""


def attachments(source: Source) -> list[Any]:
    """The attachments and the state of each."""
    heads = columns(source, "attachments", ("title", 44), ("filename", 34), ("state", 22))
    rows = []
    for item in () if source.blank else source.draft.application.attachments:
        at = f"attachments[{item.id}]"
        required = next((need for need in source.call.attachments if need.id == item.kind), None)
        title = source.cell(f"{at}.title")
        if isinstance(title, EmptyCell) and required:
            title = cell_of(source.call.text(required.title, source.catalog.language), source.catalog)
        kind = "" if required or not any_value(item.kind) else item.kind or ""
        note = " · ".join(part for part in (kind, *source.waiting(at, "title", "filename", "state")) if part)
        rows.append(Row((title, source.cell(f"{at}.filename"), word_cell(source, f"{at}.state")), id=at, note=note))
    if source.blank:
        rows = [
            Row((TextCell(source.both(source.call_label(need.title))), EmptyCell(), EmptyCell()))
            for need in source.call.attachments
        ]
    return [Table("attachments", source.label(N_("Attachments")), heads, tuple(rows), empty=source.t("No attachments"))]
