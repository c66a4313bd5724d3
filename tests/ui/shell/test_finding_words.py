"""Ctrl+F finds in the whole application, Enter leads there, F3 and Shift+F3 walk on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from person import CONTROL, SHIFT, Key, Person, plain, settle, type_keys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from hakemus.domain.messages import msg
from hakemus.domain.paths import within
from hakemus.ui.dialogs.find import FindDialog
from hakemus.ui.tables.row_table import RowTable
from hakemus.usecases.searching import find


def address(widget: QWidget | None) -> str:
    """Where focus is: a field's address, or that of the current cell of a table."""
    node = widget
    while node is not None:
        if isinstance(node, RowTable):
            row, key = node.current()
            return f"{row}.{key}"
        if node.property("address"):
            return str(node.property("address"))
        node = node.parentWidget()
    return ""


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[FindDialog], None]], list[FindDialog]]:
    """What a person does in the dialog, in place of its loop."""

    def answer(act: Callable[[FindDialog], None]) -> list[FindDialog]:
        shown: list[FindDialog] = []

        def run(dialog: FindDialog) -> int:
            dialog.show()
            dialog.activateWindow()
            dialog.line.setFocus()
            settle()
            shown.append(dialog)
            act(dialog)
            dialog.parentWidget().activateWindow()
            settle()
            return dialog.result()

        monkeypatch.setattr(FindDialog, "exec", run)
        return shown

    return answer


def test_typed_words_are_found_and_enter_leads_to_the_chosen_hit(person: Person, asking) -> None:  # type: ignore[no-untyped-def]
    person.start().example()

    def act(dialog: FindDialog) -> None:
        type_keys("kirjasto")
        before = dialog.view.currentIndex().row()
        person.key(Key.Key_Down)
        assert dialog.view.currentIndex().row() == before + 1
        person.key(Key.Key_Return)

    shown = asking(act)
    person.key(Key.Key_F, CONTROL)
    hits = shown[0].hits.hits
    assert len(hits) > 3
    assert address(QApplication.focusWidget()) == hits[1].path
    assert person.said.startswith(f"Kohta 2 / {len(hits)}")
    person.key(Key.Key_F3)
    assert person.said.startswith(f"Kohta 3 / {len(hits)}")
    person.key(Key.Key_F3, SHIFT)
    person.key(Key.Key_F3, SHIFT)
    person.key(Key.Key_F3, SHIFT)
    assert person.said.startswith(f"Kohta {len(hits)} / {len(hits)}")


def test_what_was_found_is_selected_in_its_field(person: Person, asking) -> None:  # type: ignore[no-untyped-def]
    person.start().new()
    person.session.edit("project.summary", "Täällä 𝔘 on Sanä monen joukossa")
    person.session.edit("applicant.city", "Sanala")
    asking(lambda dialog: (type_keys("sana"), person.key(Key.Key_Return)))
    person.key(Key.Key_F, CONTROL)
    assert person.bound("applicant.city").widget.control.selectedText() == "Sana"
    person.key(Key.Key_F3)
    assert person.bound("project.summary").widget.control.textCursor().selectedText() == "Sanä"
    assert not person.session.steps_done - 2


def test_nothing_found_is_said_and_leads_nowhere(person: Person, asking) -> None:  # type: ignore[no-untyped-def]
    person.start().example()
    person.step("budget")

    def act(dialog: FindDialog) -> None:
        type_keys("qqq")
        assert plain(dialog.count.text()) == "”qqq” ei löytynyt hakemuksesta."
        assert dialog.view.accessibleDescription() == dialog.count.text()
        person.key(Key.Key_Return)
        assert dialog.isVisible()
        dialog.reject()

    asking(act)
    person.key(Key.Key_F, CONTROL)
    person.key(Key.Key_F3)
    assert person.said == "”qqq” ei löytynyt hakemuksesta."
    assert person.wizard.step == "budget"


def test_f3_without_words_asks_for_them(person: Person, asking) -> None:  # type: ignore[no-untyped-def]
    person.start().example()
    shown = asking(lambda dialog: dialog.reject())
    person.key(Key.Key_F3)
    assert len(shown) == 1
    person.key(Key.Key_W, CONTROL)
    person.controller.command("find")
    person.controller.command("find_next")
    assert len(shown) == 1


def test_what_was_sought_last_stands_there_again(person: Person, asking) -> None:  # type: ignore[no-untyped-def]
    person.start().example()
    asking(lambda dialog: (type_keys("kirjasto"), dialog.reject()))
    person.key(Key.Key_F, CONTROL)
    seen = []
    asking(lambda dialog: (seen.append((dialog.line.text(), dialog.line.selectedText())), dialog.reject()))
    person.key(Key.Key_F, CONTROL)
    assert seen == [("kirjasto", "kirjasto")]


@pytest.mark.parametrize("width", [1500, 900])
def test_every_hit_leads_to_its_own_field(person: Person, width: int) -> None:
    """Also those in tables, and in rows whose column has no room or never had any."""
    person.start().example()
    session = person.session
    line, own = session.value("budget.lines")[0].id, session.value("funding.own")[0].id
    session.apply(
        {
            f"budget.lines[{line}].supplier": "Kauppa",
            f"budget.lines[{line}].account": "4000",
            f"funding.own[{own}].evidence": "Hallitus 3 §",
            "submission.register_number": "1/2",
        },
        msg("changing the language of the paper"),
    )
    person.window.resize(width, 800)
    settle()
    desk = person.wizard.desk
    paths = {hit.path for sought in "aeiou0123456789" for hit in find(session.draft, desk.call, desk.words, sought)}
    assert {f"budget.lines[{line}].supplier", "submission.register_number", "budget.lines"} <= paths
    lost = {}
    for path in sorted(paths):
        person.wizard.go(path)
        settle()
        there = address(QApplication.focusWidget())
        alike = {"sum": "amount", "description": "title", "quantity": "months", "unit_price": "monthly_pay"}
        row, _, name = there.rpartition(".")
        inside = "[" not in path and isinstance(QApplication.focusWidget(), RowTable)
        if path not in (there, f"{row}.{alike.get(name, name)}") and not inside and not within(there, path):
            lost[path] = there
    assert lost == {}


def test_the_list_reads_as_sentences(person: Person) -> None:
    person.start("sv").example("lasande-byar")
    desk = person.wizard.desk
    dialog = FindDialog(person.window, desk, lambda text: find(person.session.draft, desk.call, desk.words, text), "by")
    spoken = dialog.hits.data(dialog.hits.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Projekt › Projektets namn: ")
    assert plain(dialog.count.text()).endswith("träffar")
    dialog.deleteLater()


def test_the_list_of_hits_runs_to_the_edges_without_a_frame(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.start().example()
    seen: list[bool] = []

    def look(dialog: FindDialog) -> int:
        dialog.show()
        settle()
        assert dialog.view.width() == dialog.width()
        shown = dialog.view.grab().toImage()
        inside = shown.pixel(10, shown.height() // 2)
        seen.append(shown.pixel(0, shown.height() // 2) == inside == shown.pixel(0, shown.height() - 1))
        return 0

    monkeypatch.setattr(FindDialog, "exec", look)
    person.controller.command("find")
    assert seen == [True]
