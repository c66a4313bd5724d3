"""A field says each change by the user once, keeps what is typed, and has a name for those who listen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QKeySequence, QTextCharFormat, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from hakemus.ui.widgets.boxes import Page, card, column, scroll
from hakemus.ui.widgets.field import Field, Kind, side_by_side
from hakemus.ui.widgets.field_foot import FieldFoot
from hakemus.ui.widgets.labels import Label
from hakemus.ui.widgets.text_boxes import Text

KINDS = list(Kind)
OPTIONS = (("a", "First"), ("b", "Second"), ("c", "Third"))


@pytest.fixture
def stage(qtbot, dressed, settle):
    """A window with fields; gives them focus as a person would."""

    alive = []  # qtbot holds windows weakly

    def show(*fields, width=520):
        window = QMainWindow()
        alive.append(window)
        qtbot.addWidget(window)
        page = Page(column(*fields, None, gap=10, margins=(20, 20, 20, 20)))
        window.setCentralWidget(scroll(page))
        window.resize(width, 500)
        window.show()
        settle()
        return window

    return show


def heard(field):
    texts = []
    field.edited.connect(texts.append)
    return texts


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.MONEY, Kind.DATE, Kind.SUGGEST])
def test_every_keystroke_is_said_as_typed(stage, type_text, kind):
    field = Field("Name", kind)
    stage(field)
    texts = heard(field)
    field.setFocus()
    type_text(field.control, "Äšŧ\u00a0–€")
    assert texts[-1] == "Äšŧ\u00a0–€"
    assert len(texts) == 6
    assert field.text() == "Äšŧ\u00a0–€"


@pytest.mark.parametrize("kind", KINDS)
def test_set_text_is_never_said_to_be_an_edit(stage, kind):
    field = Field("Name", kind, options=OPTIONS)
    stage(field)
    texts = heard(field)
    for text in ("true", "b", "", "a", "not an option"):
        field.set_text(text)
    assert texts == []


def test_a_change_of_theme_or_text_size_is_no_edit(stage, dress, settle):
    fields = [Field("Name", kind, options=OPTIONS) for kind in KINDS]
    stage(*fields)
    texts = [heard(field) for field in fields]
    for field in fields:
        field.set_text("b")
    dress("dark", 1.5)
    settle()
    assert texts == [[] for _ in fields]


def test_an_equal_text_leaves_cursor_and_selection_alone(stage):
    line, text = Field("Line"), Field("Text", "text")
    stage(line, text)
    line.set_text("abcdef")
    line.control.setSelection(1, 3)
    line.set_text("abcdef")
    assert line.control.selectedText() == "bcd"
    text.set_text("one\ntwo")
    cursor = text.control.textCursor()
    cursor.setPosition(5)
    text.control.setTextCursor(cursor)
    text.set_text("one\ntwo")
    assert text.control.textCursor().position() == 5


def test_a_stored_line_break_is_shown_as_a_space_and_moves_no_cursor(stage):
    field = Field("Name")
    stage(field)
    field.set_text("one\ntwo")
    assert field.text() == "one two"
    field.control.setCursorPosition(2)
    field.set_text("one\ntwo")
    assert field.control.cursorPosition() == 2


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT])
def test_another_text_keeps_the_cursor_near(stage, kind):
    field = Field("Name", kind)
    stage(field)
    field.setFocus()
    field.set_text("abcdef")
    QTest.keyClick(field.control, Qt.Key.Key_Home)
    QTest.keyClick(field.control, Qt.Key.Key_Right)
    QTest.keyClick(field.control, Qt.Key.Key_Right)
    field.set_text("xyzuvw")
    QTest.keyClicks(field.control, "-")
    assert field.text() == "xy-zuvw"


def test_what_is_being_typed_is_not_tidied_under_the_fingers(stage, type_text):
    """The session's own reading of the text comes back at once; the field shows it when it is left."""
    field, other = Field("Sum", "money"), Field("Other")
    stage(field, other)
    tidy = {"1 2": "12,00", "1 23": "123,00", "1 234": "1\u00a0234,00"}
    field.edited.connect(lambda text: field.set_text(tidy.get(text, text)))
    field.setFocus()
    type_text(field.control, "1 234")
    assert field.text() == "1 234"
    assert field.typing
    other.setFocus()
    assert field.text() == "1\u00a0234,00"
    assert not field.typing


def test_an_undo_from_outside_is_shown_at_once(stage, type_text):
    field = Field("Sum", "money")
    stage(field)
    field.setFocus()
    type_text(field.control, "12")
    field.set_text("1")  # not in answer to a keystroke
    assert field.text() == "1"


@pytest.mark.parametrize("kind", KINDS)
def test_leaving_is_said_once(stage, kind):
    field, other = Field("One", kind, options=OPTIONS), Field("Two")
    stage(field, other)
    left = []
    field.left.connect(lambda: left.append(True))
    field.setFocus()
    other.setFocus()
    assert left == [True]


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.SUGGEST])
def test_undo_goes_to_the_window_also_after_typing(stage, type_text, kind):
    field = Field("Name", kind)
    window = stage(field)
    asked = []
    for keys in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
        action = QAction("Undo", window)
        action.setShortcut(keys)
        action.triggered.connect(lambda _=False, keys=keys: asked.append(keys))
        window.addAction(action)
    field.setFocus()
    type_text(field.control, "abc")
    QTest.keySequence(QApplication.focusWidget(), QKeySequence(QKeySequence.StandardKey.Undo))
    QTest.keySequence(QApplication.focusWidget(), QKeySequence(QKeySequence.StandardKey.Redo))
    assert asked == [QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo]
    assert field.text() == "abc"


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT])
def test_without_a_window_that_undoes_the_field_does_not_either(stage, type_text, kind):
    field = Field("Name", kind)
    stage(field)
    field.setFocus()
    type_text(field.control, "abc")
    QTest.keySequence(field.control, QKeySequence(QKeySequence.StandardKey.Undo))
    assert field.text() == "abc"


@pytest.mark.parametrize("kind", KINDS)
def test_the_wheel_changes_nothing(stage, kind):
    field = Field("Name", kind, options=OPTIONS)
    field.set_text("b" if kind is not Kind.CHECK else "true")
    stage(field)
    texts = heard(field)
    before = field.text()
    field.setFocus()
    for delta in (120, -120):
        at = QPointF(field.control.rect().center())
        event = QWheelEvent(
            at,
            field.control.mapToGlobal(at),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003
        )
        QApplication.sendEvent(field.control, event)
    assert field.text() == before
    assert texts == []


def test_pasted_line_breaks_become_spaces_in_a_line_and_stay_in_a_text(stage):
    line, text = Field("Line"), Field("Text", "text")
    stage(line, text)
    QGuiApplication.clipboard().setText("one\r\ntwo\nthree\u2028four")
    texts = heard(line)
    line.setFocus()
    QTest.keySequence(line.control, QKeySequence(QKeySequence.StandardKey.Paste))
    assert line.text() == "one two three four"
    assert texts == ["one two three four"]
    assert line.control.cursorPosition() == len("one two three four")
    text.setFocus()
    QTest.keySequence(text.control, QKeySequence(QKeySequence.StandardKey.Paste))
    assert text.text() == "one\ntwo\nthree\nfour"


def test_no_limit_cuts_a_text(stage):
    for kind in (Kind.LINE, Kind.TEXT, Kind.SUGGEST):
        field = Field("Name", kind)
        stage(field)
        field.set_text("a" * 40_000)
        assert len(field.text()) == 40_000


def test_rich_text_is_pasted_as_text(stage):
    field = Field("Text", "text")
    stage(field)
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("bold")
    field.control.insertFromMimeData(mime)
    assert field.text() == "bold"


def test_tab_leaves_a_text_and_shift_enter_makes_an_ordinary_line(stage):
    field, other = Field("Text", "text"), Field("Other")
    stage(field, other)
    field.setFocus()
    QTest.keyClicks(field.control, "a")
    QTest.keyClick(field.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(field.control, "b")
    assert field.text() == "a\nb"
    QTest.keyClick(field.control, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is other.control


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("lines", [1, 4, 14])
def test_a_box_holds_its_last_line_whole(stage, settle, dress, lines, factor):
    """Each line is drawn a little higher than the font says; ten of them hid half of the last."""
    dress(factor=factor)
    field = Field("Description", Kind.TEXT)
    stage(field)
    field.set_text("\n".join(["Ågj"] * lines))
    settle()
    box = field.control
    assert box.document().size().height() == lines
    assert box.verticalScrollBar().maximum() == 0


def test_a_text_grows_with_its_content_and_the_page_with_it(stage, settle):
    field = Field("Text", "text", rows=2)
    stage(field)
    small = field.control.height()
    field.set_text("\n".join("line" for _ in range(9)))
    settle()
    assert field.control.height() > small * 2
    assert not field.control.verticalScrollBar().isVisible()
    field.set_text("word " * 300)  # wrapped lines count
    settle()
    assert field.control.verticalScrollBar().maximum() == 0 or field.control.verticalScrollBar().isVisible()
    field.set_text("short")
    settle()
    assert field.control.height() == small


def test_a_choice_shows_words_and_says_what_is_stored(stage):
    field = Field("Kind", "choice", options=OPTIONS)
    stage(field)
    texts = heard(field)
    field.set_text("b")
    assert field.control.currentText() == "Second"
    field.setFocus()
    QTest.keyClick(field.control, Qt.Key.Key_Down)
    assert texts == ["c"]
    assert field.text() == "c"


def test_a_stored_value_that_is_no_option_is_shown_and_kept(stage):
    field = Field("Kind", "choice", options=OPTIONS)
    stage(field)
    field.set_text("from a later version")
    assert field.control.currentText() == "from a later version"
    assert field.text() == "from a later version"
    field.set_text("a")
    assert field.control.count() == 3


def test_a_suggestion_that_was_only_looked_at_is_not_taken(stage, type_text):
    field, other = Field("Town", "suggest", options=(("", "Kuopio"), ("", "Kuhmo"))), Field("Other")
    stage(field, other)
    texts = heard(field)
    field.setFocus()
    type_text(field.control, "Ku")
    field.control.line.completer().highlighted[str].emit("Kuopio")
    field.control.setEditText("Kuopio")  # as Qt shows a row of the list
    other.setFocus()
    assert field.text() == "Ku"
    assert texts == ["K", "Ku"]
    field.control.textActivated.emit("Kuhmo")
    assert texts[-1] == "Kuhmo"


def test_a_check_is_toggled_by_its_box_and_by_its_words(stage):
    field = Field("A long sentence to agree with", "check")
    stage(field)
    texts = heard(field)
    field.setFocus()
    QTest.keyClick(field.control, Qt.Key.Key_Space)
    QTest.mouseClick(field._label, Qt.MouseButton.LeftButton)
    assert texts == ["true", "false"]


def test_message_counter_and_mark(stage, type_text, settle):
    field = Field("Name", hint="As in the register")
    stage(field)
    field.set_message("error", "The check digit is wrong.")
    field.set_counter("120 too many", over=True)
    field.set_marked(True)
    settle()
    foot = field._foot
    assert foot.message.isVisible()
    assert foot.glyph.isVisible()
    assert foot.over.isVisible()
    assert field.marked
    field.setFocus()
    type_text(field.control, "x")
    assert not field.marked
    field.set_message(None)
    field.set_counter("")
    settle()
    assert not foot.isVisible()


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_says_nothing_has_no_parts_for_it(stage, kind):
    field = Field("Name", kind, options=OPTIONS)
    stage(field)
    labels = [part.text() for part in field.findChildren(Label)]
    field.set_message(None)
    field.set_counter("")
    field.set_hint("")
    field.set_tag("")
    assert [part.text() for part in field.findChildren(Label)] == labels == ["Name"]
    assert field.findChildren(FieldFoot) == []


@pytest.mark.parametrize("kind", KINDS)
def test_assistive_tools_read_label_hint_and_message(stage, kind):
    field = Field("R&D <b>name</b>", kind, hint="As in the register", options=OPTIONS)
    stage(field)
    field.set_message("warning", "Look at this.")
    seen = QAccessible.queryAccessibleInterface(field.control)
    assert seen.text(QAccessible.Text.Name) == "R&D <b>name</b>"
    assert seen.text(QAccessible.Text.Description) == "As in the register Look at this."
    assert field._label.buddy() is field.control


def test_a_click_on_a_label_goes_to_the_field(stage):
    field = Field("Name")
    stage(field)
    assert field.focusProxy() is field.control


def test_fields_in_a_row_stack_where_they_have_no_room(stage, settle):
    fields = [Field(f"Sum {n}", "money", unit="€") for n in range(3)]
    window = stage(side_by_side(*fields), Field("Below"), width=900)
    tops = {field.mapTo(window, QPoint()).y() for field in fields}
    assert len(tops) == 1
    window.resize(420, 500)
    settle()
    tops = [field.mapTo(window, QPoint()).y() for field in fields]
    assert tops == sorted(set(tops))
    for upper, lower in pairwise(fields):
        assert upper.geometry().bottom() < lower.geometry().top()
    fields[0].set_message("error", "A message that takes more than one line in a window as narrow as this one is")
    settle()
    assert fields[0].geometry().bottom() < fields[1].geometry().top()
    assert window.centralWidget().horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_nothing_is_clipped_at_twice_the_text_size(stage, settle, dress, theme):
    dress(theme, 2.0)
    fields = [
        Field(
            f"A label of some length {n}",
            kind,
            hint="A hint that is long enough to wrap in a narrow column",
            options=OPTIONS,
            unit="€" if kind is Kind.MONEY else "",
        )
        for n, kind in enumerate(KINDS)
    ]
    for field in fields:
        field.set_message("error", "A message that is long enough to wrap in a narrow column of this page")
        field.set_counter("120 characters too many, limit 500", over=True)
    window = stage(card(*fields[:4], side_by_side(*fields[4:6]), fields[6]), width=900)
    settle()
    for field in fields:
        for part in (field._label, field._hint, field._foot.message, field._foot.counter):
            if part.isVisible():
                assert part.height() >= part.heightForWidth(part.width()) - 1, part.text()
                if not part.wordWrap():
                    assert part.width() >= part.sizeHint().width()
        if not isinstance(field.control, Text):
            assert field.control.height() >= field.control.fontMetrics().height()
    window.hide()


@pytest.mark.parametrize("kind", [Kind.LINE, Kind.TEXT, Kind.MONEY, Kind.DATE, Kind.SUGGEST])
def test_text_set_by_an_assistive_tool_is_typed_text(stage, kind):
    """Dictation sets the whole text at once; what the field then shows has to be what the draft holds."""
    field = Field("Name", kind, options=OPTIONS if kind is Kind.SUGGEST else ())
    stage(field)
    texts = heard(field)
    control = getattr(field.control, "line", field.control)
    interface = QAccessible.queryAccessibleInterface(control).editableTextInterface()
    for text in ("12,5", "Third"):
        interface.replaceText(0, len(field.text()), text)
        assert texts[-1] == text
        assert field.text() == text
    field.set_text("7")
    assert "7" not in texts


def test_text_of_a_word_processor_comes_plain_with_its_lists(stage):
    field = Field("Kuvaus", Kind.TEXT)
    stage(field)
    mime = QMimeData()
    mime.setText("Tavoite:\r\n\uf0b7\tlukea\r\n\uf0b7\tkirjoittaa")
    mime.setHtml("<p>Tavoite:</p><ul><li>lukea</li></ul>")
    field.control.insertFromMimeData(mime)
    assert field.text() == "Tavoite:\n- lukea\n- kirjoittaa"
    field.set_text("")
    page = QMimeData()
    page.setHtml("<p>Näin:</p><ul><li>yksi</li></ul><ol><li><b>eka</b></li><li>toka</li></ol>")
    assert field.control.canInsertFromMimeData(page)
    field.control.insertFromMimeData(page)
    assert field.text() == "Näin:\n- yksi\n1. eka\n2. toka"


def test_a_word_processors_line_end_and_a_sheets_tab_become_spaces_in_a_line(stage):
    field = Field("Nimi")
    stage(field)
    QGuiApplication.clipboard().setText("Kirjasto\x0bliikkeelle\tKuopio\x0c\u00ad")
    field.setFocus()
    QTest.keySequence(field.control, QKeySequence(QKeySequence.StandardKey.Paste))
    assert field.text().rstrip() == "Kirjasto liikkeelle Kuopio"


def test_signs_of_symbol_fonts_do_not_come_into_a_line(stage):
    field = Field("Nimi", Kind.LINE)
    stage(field)
    QGuiApplication.clipboard().setText("\uf0b7 Kir\u00adjasto")
    field.setFocus()
    QTest.keySequence(field.control, QKeySequence(QKeySequence.StandardKey.Paste))
    assert field.text() == "- Kirjasto"


def test_what_is_too_much_is_marked_and_kept(stage, settle):
    text = Field("Kuvaus", Kind.TEXT)
    stage(text)
    text.set_text("𝔘 pitkä teksti")
    text.set_tail(2)
    (mark,) = text.control.extraSelections()
    assert mark.cursor.selectedText() == "pitkä teksti"
    assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine
    text.set_tail(99)
    assert text.control.extraSelections() == []
    text.set_tail(None)
    assert text.control.extraSelections() == []
    assert text.text() == "𝔘 pitkä teksti"

    line = Field("Nimi", Kind.LINE)
    stage(line)
    line.set_text("lyhyt ja pitkä")
    settle()
    plain_picture = line.control.grab().toImage()
    line.set_tail(5)
    settle()
    marked = line.control.grab().toImage()
    assert marked != plain_picture
    line.set_tail(None)
    settle()
    assert line.control.grab().toImage() == plain_picture
    assert line.text() == "lyhyt ja pitkä"
