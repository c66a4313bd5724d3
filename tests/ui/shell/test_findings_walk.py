"""Findings lead to their fields: by F8, by a click in the panel, at the right time, with every field marked."""

from __future__ import annotations

from person import CONTROL, SHIFT, Key, Person, plain, settle
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hakemus.domain.messages import msg
from hakemus.ui.binding.finding_buttons import MOST_SHOWN
from hakemus.ui.widgets.buttons import CardButton
from hakemus.ui.widgets.labels import Label


def address_in_focus(person: Person) -> str:
    node = QApplication.focusWidget()
    while node is not None:
        if node.property("address"):
            return str(node.property("address"))
        node = node.parentWidget()
    return ""


def test_f8_walks_round_all_findings_and_back(person: Person) -> None:
    person.start().example()
    findings = person.session.check.findings
    assert len(findings) >= 3
    seen = []
    for finding in findings:
        person.key(Key.Key_F8)
        seen.append(person.said)
        assert person.wizard.step == person.session.call.step_of(finding.paths[0])
    assert len(seen) == len(findings)
    sentences = [plain(person.wizard.desk.say(item.message)) for item in findings]
    for sentence, said in zip(sentences, seen, strict=True):
        assert sentence in said
    person.key(Key.Key_F8)
    assert sentences[0] in person.said
    person.key(Key.Key_F8, SHIFT)
    assert sentences[-1] in person.said


def test_a_jump_focuses_the_field_and_marks_it_until_the_next_edit(person: Person) -> None:
    person.start().new().step("applicant")
    person.fill("applicant.business_id", "1234567-9")
    at = next(n for n, item in enumerate(person.session.check.findings) if "applicant.business_id" in item.paths)
    person.step("budget")
    person.wizard.findings.show(at)
    settle()
    field = person.bound("applicant.business_id").widget
    assert address_in_focus(person) == "applicant.business_id"
    assert field.marked
    assert not person.bound("applicant.library").widget.marked
    assert field.control.visibleRegion().boundingRect().height() > 20
    person.type("1")
    assert not field.marked


def test_a_jump_into_a_table_focuses_and_marks_cells_in_every_row(person: Person) -> None:
    person.start().new().step("budget")
    rows = []
    for name in ("A", "B"):
        rows.append(person.add_row("budget.lines"))
        person.type(name)
        person.key(Key.Key_Return)
    finding = next(item for item in person.session.check.findings if item.kind == "category")
    assert len(finding.paths) == 2
    at = person.session.check.findings.index(finding)
    person.step("applicant")
    person.wizard.findings.show(at)
    widget = person.table("budget.lines").widget
    assert widget.current()[0] == rows[0]
    assert all(widget.is_marked(row, "category") for row in rows)
    # the column has no room here, so that the row's own field below the table has the focus
    assert address_in_focus(person) == f"{rows[0]}.category"
    assert person.bound(f"{rows[0]}.category").widget.marked
    person.window.resize(1900, 900)
    settle()
    person.step("applicant")
    person.wizard.findings.show(at)
    assert widget.hasFocus()
    assert widget.current() == (rows[0], "category")


def test_every_finding_of_an_empty_application_leads_somewhere(person: Person) -> None:
    person.start().new()
    lost = []
    for at, finding in enumerate(person.session.check.findings):
        person.wizard.findings.show(at)
        settle()
        focused = QApplication.focusWidget()
        if focused is None or not person.page.isAncestorOf(focused):
            lost.append((finding.rule, finding.paths))
    assert not lost


def test_every_finding_of_the_example_leads_somewhere(person: Person) -> None:
    person.start().example()
    lost = []
    for at, finding in enumerate(person.session.check.findings):
        person.wizard.findings.show(at)
        settle()
        focused = QApplication.focusWidget()
        if focused is None or not person.page.isAncestorOf(focused):
            lost.append((finding.rule, finding.paths))
    assert not lost


def test_f8_goes_to_what_cannot_be_read_first(person: Person) -> None:
    person.start().new().step("funding")
    person.fill("funding.grant", "12,5x")
    person.step("applicant")
    person.key(Key.Key_F8)
    assert person.wizard.step == "funding"
    assert address_in_focus(person) == "funding.grant"


def test_a_click_in_the_panel_goes_there(person: Person) -> None:
    person.start().new()
    person.key(Key.Key_F8, CONTROL)
    cards = [made for made in person.wizard.panel.findChildren(CardButton) if made.isVisible()]
    findings = person.session.check.findings
    assert len(cards) == len(findings)
    at = next(n for n, item in enumerate(findings) if person.session.call.step_of(item.paths[0]) == "funding")
    person.click(cards[at])
    assert person.wizard.step == "funding"


def test_the_list_waits_for_quiet_and_the_meter_does_not(person: Person, qtbot: QtBot) -> None:
    person.start().new()
    person.key(Key.Key_F8, CONTROL)
    person.step("funding")
    control = person.bound("funding.grant").widget.control
    control.setFocus()
    bridge = person.wizard.desk.bridge
    heard: list[int] = []
    bridge.judged.connect(lambda: heard.append(1))
    with qtbot.waitSignal(bridge.judged, timeout=3000):
        person.type("7500")
        assert person.wizard.meter.text("grant").startswith("7")
        assert not heard
    assert heard == [1]


def test_leaving_a_field_judges_at_once(person: Person) -> None:
    person.start().new().step("applicant")
    control = person.bound("applicant.business_id").widget.control
    control.setFocus()
    person.type("1234567-9")
    heard: list[int] = []
    person.wizard.desk.bridge.judged.connect(lambda: heard.append(1))
    person.key(Key.Key_Tab)
    assert heard == [1]
    assert control.property("level") in ("error", "warn")


def test_the_rail_follows_and_every_step_is_reachable(person: Person) -> None:
    person.start().new()
    rail = person.wizard.rail
    view = rail.view
    view.setFocus()
    steps = [item.step for item in rail.model.items]
    assert len(steps) == 10
    for step in steps[1:]:
        person.key(Key.Key_Down)
        assert person.wizard.step == step
        assert view.hasFocus()  # arrows go on through the list
    person.key(Key.Key_Home)
    assert person.wizard.step == steps[0]


def test_next_and_back_put_the_cursor_into_the_first_field(person: Person) -> None:
    person.start().new()
    page = person.page
    first = page.first_field()
    assert first is not None
    person.key(Key.Key_PageDown, CONTROL)
    assert person.wizard.step == "project"
    assert address_in_focus(person) == "project.title"
    person.key(Key.Key_PageUp, CONTROL)
    assert person.wizard.step == "applicant"
    assert address_in_focus(person) == "applicant.organisation"


def test_help_follows_focus_in_fields_and_cells(person: Person) -> None:
    person.start().new().step("partners")
    if person.wizard.panel.folded:
        person.key(Key.Key_F1)

    def head() -> str:
        from hakemus.ui.widgets.labels import Label

        return next(made.text() for made in person.wizard.panel.findChildren(Label) if made.isVisible())

    person.bound("project.cooperation").widget.control.setFocus()
    settle()
    assert head() == person.wizard.desk.field_name("project.cooperation")
    row = person.add_row("partners")
    person.key(Key.Key_Escape)
    person.table("partners").widget.focus_cell(row, "role")
    settle()
    assert head() == person.wizard.desk.field_name("partners[].role")


def test_a_finding_of_a_goal_that_has_no_indicator_leads_to_its_table(person: Person) -> None:
    person.start("en").example().step("goals")
    goal = person.session.draft.application.goals[0].id
    rows = [f"goals[{goal}].indicators[{row.id}]" for row in person.session.draft.application.goals[0].indicators]
    person.session.remove_rows(rows)
    person.session.seal()
    findings = person.session.check.findings
    concerned = [at for at, item in enumerate(findings) if item.paths and item.paths[0].startswith(f"goals[{goal}]")]
    assert concerned, [item.paths for item in findings]
    for at in concerned:
        person.step("budget")
        person.wizard.findings.show(at)
        settle()
        assert person.wizard.step == "goals"
        focused = QApplication.focusWidget()
        assert focused is not None
        assert person.wizard.page("goals").isAncestorOf(focused)


def test_a_list_of_very_many_findings_says_how_many_more_there_are(person: Person) -> None:
    person.start("en").example()
    rows = [{"title": f"Row {at}"} for at in range(MOST_SHOWN + 2)]
    for row in person.session.insert_rows("activities", rows, msg("Paste")):
        person.session.edit(f"activities[{row}].starts_on", "soon")
    person.session.seal()
    assert len(person.session.pending()) == MOST_SHOWN + 2
    assert len(person.session.check.findings) <= MOST_SHOWN
    page = person.step("review")
    person.wizard.panel.show_tab(1)
    settle()
    words = "2 more findings: F8 goes to them"
    for where in (page, person.wizard.panel):
        assert words in [plain(part.text()) for part in where.findChildren(Label) if part.isVisible()]
