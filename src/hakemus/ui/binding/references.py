"""Lists to choose from that are made of the application's own rows, and of the call's categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hakemus.ui.desk import Desk

Options = Callable[[], Sequence[tuple[str, str]]]


def rows_of(desk: Desk, table: str, name: str, nothing: str) -> Options:
    """Rows of a table by a field of theirs; `nothing` is what no choice is called."""

    def options() -> Sequence[tuple[str, str]]:
        rows = desk.session.value(table) or ()
        unnamed = desk.t("Unnamed")
        return [("", nothing), *((row.id, (getattr(row, name) or "").strip() or unnamed) for row in rows)]

    return options


def payers(desk: Desk) -> Options:
    return rows_of(desk, "partners", "name", desk.t("Applicant"))


def activities(desk: Desk) -> Options:
    return rows_of(desk, "activities", "title", "–")


def partners(desk: Desk) -> Options:
    return rows_of(desk, "partners", "name", "–")


def attachments(desk: Desk) -> Options:
    """Attachments by title, else by their file's name."""

    def options() -> Sequence[tuple[str, str]]:
        rows = desk.session.draft.application.attachments
        return [("", "–"), *((row.id, row.title or row.filename or desk.t("Unnamed")) for row in rows)]

    return options


def categories(desk: Desk) -> Options:
    call, language = desk.call, desk.words.language
    found = [(item.id, call.text(item.label, language)) for item in call.categories]
    return lambda: [("", "–"), *found]
