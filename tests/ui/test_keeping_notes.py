"""What is said of a file that was read: each sentence once, and the fields that it is about, as many as one reads."""

from __future__ import annotations

from fakes.ports import catalog
from hakemus.domain.messages import FieldName, msg
from hakemus.ui.keeping.notes import MOST_FIELDS, notes_text
from hakemus.usecases.errors import Problem

TEXT = msg("A text is needed here.")


def test_a_sentence_is_said_once_with_its_fields() -> None:
    notes = [
        Problem("", msg("The recovery copy is damaged. Look over what could be read of it before you save.")),
        Problem("application.project.title", TEXT),
        Problem("project.need", TEXT),
        Problem("application.project.title", TEXT),
        Problem(
            "application.funding.grant",
            msg(
                "{field}: a typed text waits to be read, so the value {value} was left out.",
                field=FieldName("funding.grant"),
                value="1",
            ),
        ),
    ]
    said = notes_text(catalog("en"), notes)
    assert said.count(TEXT.key) == 1
    assert "Project name, Need and starting point: A text is needed here." in said
    assert said.count("Grant applied for") == 1


def test_of_very_many_fields_some_are_named() -> None:
    names = ["organisation", "library", "business_id", "isil", "street", "postal_code", "city", "phone", "email"]
    assert len(names) == MOST_FIELDS + 3
    notes = [Problem(f"application.applicant.{name}", TEXT) for name in names]
    assert "and 3 other fields: A text is needed here." in notes_text(catalog("en"), notes)
    assert "and 1 other field: " in notes_text(catalog("en"), notes[: MOST_FIELDS + 1])
