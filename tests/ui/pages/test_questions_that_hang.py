"""A question that hangs on an answer comes and goes; what is no longer asked stays, and does not print."""

from __future__ import annotations

from person import Person, plain, settle

GROUP = "answers[other-target-group]"


def paper(person: Person) -> str:
    desk = person.wizard.desk
    report = person.controller.services.exporter().report(desk.document(), language="en")
    return repr(report)


def test_a_question_comes_with_its_answer_and_a_kept_answer_says_that_it_does_not_print(person: Person) -> None:
    person.start("en").new()
    page = person.step("project")
    field = page.fields[GROUP].widget
    assert not field.isVisible()
    person.session.set_value("project.target_groups", ("Lapset", "Muu"))
    settle()
    assert field.isVisible()
    person.fill(GROUP, "Reserviläiset")
    assert "Reserviläiset" in paper(person)
    person.session.set_value("project.target_groups", ("Lapset",))
    settle()
    assert field.isVisible()
    assert plain(field._hint_text) == "Does not print. Asked where Other is among the target groups."
    assert "Reserviläiset" not in paper(person)
    assert person.session.value(GROUP) == "Reserviläiset"
    person.fill(GROUP, "")
    assert not field.isVisible()
