"""A field: label, hint, control, message and counter as one thing, with its name and description for assistive tools.

It shows what it is told and says what the user does; it holds no value that the session does not have, parses nothing
and knows no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget

from hakemus.ui.look.style import look, px, set_property, sp
from hakemus.ui.look.tokens import LARGE
from hakemus.ui.widgets.boxes import Beside, column, row, show_if
from hakemus.ui.widgets.controls import Check, Combo
from hakemus.ui.widgets.field_foot import FieldFoot
from hakemus.ui.widgets.flow import Flow
from hakemus.ui.widgets.labels import RIGHT, TOP, Label, label
from hakemus.ui.widgets.suggest import Suggest
from hakemus.ui.widgets.text_boxes import Entry, Line, Text, one_line, units_before

Option = tuple[str, str]
"""What is stored and what is shown."""


class Kind(Enum):
    """What a field is for; it decides the control."""

    LINE = "line"
    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    """One of `options`; `edited` gives what is stored. A stored value that is no option is shown as it is."""
    SUGGEST = "suggest"
    """Free text with `options` as suggestions."""
    CHECK = "check"
    """`edited` gives "true" or "false"."""


_WIDTH = {Kind.MONEY: 170, Kind.DATE: 140}


class _CheckLabel(Label):
    """Words beside a check box: wrapped, and a click on them is a click on the box."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class Field(QWidget):
    """One question and its answer.

    `edited(text)` comes with every change by the user, never with `set_text`; `left()` when focus goes elsewhere;
    `focused()` when it comes. While `edited` is being handled, a `set_text` that would rewrite what is being typed
    waits until the field is left: "1 234,5" is not made "1 234,50" under the user's fingers.

    Hint, tag and what stands below are made when they first have words: an application has a hundred fields.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        text: str,
        kind: Kind | str = Kind.LINE,
        *,
        hint: str = "",
        optional: str = "",
        unit: str = "",
        options: Sequence[Option] = (),
        rows: int = 3,
        width: int | None = None,
        placeholder: str = "",
    ) -> None:
        """`optional`: the word that says so; `unit`: outside the box; `width`: of the control, in units."""
        super().__init__()
        self.kind = Kind(kind)
        self._name, self._hint_text, self._message_text = text, hint, ""
        self._emitting = False
        self._waiting: str | None = None
        self._typing = False
        self._options = tuple(options)
        self.control = self._make_control(rows, placeholder)
        self._label = _CheckLabel(text, wrap=True) if self.kind is Kind.CHECK else Label(text, "label", wrap=True)
        self._tag_text = ""
        self._tag: Label | None = None
        self._hint: Label | None = None
        self._foot: FieldFoot | None = None
        self._head: QLayout | None = None
        self._box = column(gap=4)
        self._lay_out(optional, unit, _WIDTH.get(self.kind) if width is None else width)
        self._name_control()
        self.control.typed.connect(self._on_typed)
        self.control.left.connect(self._on_left)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    # -- building ------------------------------------------------------------------------------------------

    def _make_control(self, rows: int, placeholder: str) -> Line | Text | _Choice | Suggest | Check:
        if self.kind is Kind.TEXT:
            text = Text(least=rows)
            text.setPlaceholderText(placeholder)
            return text
        if self.kind is Kind.CHOICE:
            return _Choice(self._options, placeholder)
        if self.kind is Kind.SUGGEST:
            suggest = Suggest(tuple(shown for _stored, shown in self._options))
            suggest.line.setPlaceholderText(placeholder)
            return suggest
        if self.kind is Kind.CHECK:
            return Check()
        line = Line()
        line.setPlaceholderText(placeholder)
        if self.kind is Kind.MONEY:
            line.setAlignment(RIGHT | Qt.AlignmentFlag.AlignVCenter)
        return line

    def _lay_out(self, optional: str, unit: str, width: int | None) -> None:
        middle = row(gap=6)
        if isinstance(self.control, Check) and isinstance(self._label, _CheckLabel):
            self._label.clicked.connect(self.control.click)
            self._label.setContentsMargins(0, px(2), 0, 0)
            middle.addWidget(self.control, 0, TOP)
            middle.addWidget(self._label, 1)
        else:
            self._head = self._with_label(optional)
            self._box.addLayout(self._head)
            middle.addWidget(self.control, 0 if width else 1)
            if unit:
                middle.addWidget(label(unit, "body2"))
            if width:
                self.control.setFixedWidth(px(width))
                middle.addStretch(1)
        self._box.addLayout(middle)
        self._box.addStretch(1)  # room that is left goes below; a policy of Maximum would cut wrapped messages
        self.setLayout(self._box)
        self._show_hint()

    def _with_label(self, optional: str) -> QLayout:
        # The label takes only the room of its words, so that "optional" stands beside it.
        if optional and look().scale.factor > LARGE:
            self._label.setWordWrap(False)
            return Flow(self._label, Label(optional, "small"), gap=8)
        head = row(gap=8)
        if optional:
            self._label.setWordWrap(False)
            self._label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
            head.addWidget(self._label, 0, Qt.AlignmentFlag.AlignBaseline)
            head.addWidget(Label(optional, "small"), 0, Qt.AlignmentFlag.AlignBaseline)
            head.addStretch(1)
        else:
            head.addWidget(self._label, 1)
        return head

    def _show_hint(self) -> None:
        if self._hint is None:
            if not self._hint_text:
                return
            self._hint = Label("", "small", wrap=True)
            self._box.insertWidget(1, self._hint)  # below the label, or below box and words of a check
        self._hint.set_text(self._hint_text)
        show_if(self._hint, bool(self._hint_text))

    def _show_tag(self) -> None:
        if self._head is None:  # a check's is only described
            return
        if self._tag is None:
            self._tag = Label("", "small", "note")
            if isinstance(self._head, QBoxLayout):
                self._head.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignBaseline)
            else:
                self._head.addWidget(self._tag)
        self._tag.set_text(self._tag_text)
        show_if(self._tag, bool(self._tag_text))

    def _below(self) -> FieldFoot:
        if self._foot is None:
            self._foot = FieldFoot()
            self._box.insertWidget(self._box.count() - 1, self._foot)
        return self._foot

    def _name_control(self) -> None:
        self.setFocusProxy(self.control)
        self._label.set_buddy(self.control)
        self.control.setAccessibleName(self._name)
        if isinstance(self.control, Suggest):
            self.control.line.setAccessibleName(self._name)
        self._describe()

    def _describe(self) -> None:
        words = " ".join(part for part in (self._tag_text, self._hint_text, self._message_text) if part)
        self.control.setAccessibleDescription(words)
        if isinstance(self.control, Suggest):
            self.control.line.setAccessibleDescription(words)

    # -- what the user does --------------------------------------------------------------------------------

    def _on_typed(self, text: str) -> None:
        self._typing = True
        self._waiting = None
        self.set_marked(False)
        self._emitting = True
        try:
            self.edited.emit(text)
        finally:
            self._emitting = False

    def _on_left(self) -> None:
        self._typing = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.set_text(waiting)
        self.left.emit()

    # -- what the page says --------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The label."""
        return self._name

    @property
    def typing(self) -> bool:
        """Whether the user has changed the text since focus came."""
        return self._typing

    def text(self) -> str:
        """What is shown: text, the stored value of a choice, "true" or "false"."""
        if isinstance(self.control, Check):
            return self.control.text_value()
        return self.control.text()

    def set_text(self, text: str) -> None:
        """Show a value. An equal one disturbs nothing, and one that comes while `edited` is handled waits."""
        if isinstance(self.control, Line):
            text = one_line(text)
        if text == self.text():
            self._waiting = None
            return
        if self._emitting and self.kind not in (Kind.CHECK, Kind.CHOICE):
            self._waiting = text
            return
        self._waiting = None
        if isinstance(self.control, Check):
            self.control.setChecked(text == "true")
        elif isinstance(self.control, Line):
            at = self.control.cursorPosition()
            self.control.setText(text)
            # An unfocused field shows its beginning; in a focused one the cursor keeps its place.
            self.control.setCursorPosition(min(at, len(text)) if self.control.hasFocus() else 0)
        else:
            self.control.set_text(text)

    def select(self, text: str, start: int, end: int) -> None:
        """Select a part of the text, where this very text is shown; offsets count characters."""
        control = self.control.line if isinstance(self.control, Suggest) else self.control
        if isinstance(control, Line | Text) and control.text() == text:
            control.select_words(units_before(text, start), units_before(text, end))

    def set_options(self, options: Sequence[Option]) -> None:
        """Other options or suggestions; what is shown stays."""
        self._options = tuple(options)
        if isinstance(self.control, _Choice):
            self.control.set_options(self._options)
        elif isinstance(self.control, Suggest):
            self.control.set_suggestions(tuple(shown for _stored, shown in self._options))

    def set_message(self, level: str | None, text: str = "") -> None:
        """The line below: level `error`, `warning` or `note` with its icon; None takes it away."""
        text = text if level else ""
        shade = {"error": "error", "warning": "warn"}.get(level or "", "") if text else ""
        set_property(self.control, "level", shade)
        if text or self._foot is not None:
            self._below().set_message(level or "", text)
        if text != self._message_text:
            self._message_text = text
            self._describe()

    def set_tail(self, at: int | None) -> None:
        """Mark the text from a character on as too much; None takes the mark away. The text itself stays."""
        control = self.control.line if isinstance(self.control, Suggest) else self.control
        if isinstance(control, Line | Text):
            control.set_tail(None if at is None else units_before(control.text(), at))

    def set_counter(self, text: str, over: bool = False) -> None:
        """The counter, right below; `over` gives it a warning icon. Empty takes it away."""
        if text or self._foot is not None:
            self._below().set_counter(text, over=over)

    def set_marked(self, on: bool) -> None:
        """Mark as concerned by a finding; the mark goes with the next edit."""
        set_property(self.control, "marked", "true" if on else "false")

    @property
    def marked(self) -> bool:
        """Whether a finding marked this field."""
        return bool(self.control.property("marked") == "true")

    def set_tag(self, text: str) -> None:
        """A word at the right of the label, of what else holds for the field; empty takes it away."""
        if text != self._tag_text:
            self._tag_text = text
            self._show_tag()
            self._describe()

    def set_menu(self, more: Sequence[Entry]) -> None:
        """Further entries of the menu of the right mouse button."""
        target = self.control.line if isinstance(self.control, Suggest) else self.control
        if isinstance(target, Line | Text):
            target.more = tuple(more)

    def set_hint(self, text: str) -> None:
        """Another hint under the label."""
        self._hint_text = text
        self._show_hint()
        self._describe()

    def set_label(self, text: str) -> None:
        """Another label, which is also the control's name."""
        self._name = text
        self._label.set_text(text)
        self._name_control()

    def set_read_only(self, on: bool) -> None:
        """A value that is shown and can be copied but not changed."""
        if isinstance(self.control, Line | Text):
            self.control.setReadOnly(on)
            set_property(self.control, "readOnly", "true" if on else "false")
        else:
            self.control.set_read_only(on)


class _Choice(Combo):
    """One of some values. A stored value that is none of them is shown as it is, never dropped."""

    typed = Signal(str)

    def __init__(self, options: tuple[Option, ...], placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self._own = 0
        self._taken = ""
        self.set_options(options)
        self.activated.connect(self._picked)

    def set_options(self, options: tuple[Option, ...]) -> None:
        text = self.text()
        self.clear()
        for stored, shown in options:
            self.addItem(shown, stored)
        self._own = self.count()
        self.setCurrentIndex(-1)
        self.set_text(text)

    def text(self) -> str:
        return str(self.currentData() or "")

    def set_text(self, text: str) -> None:
        while self.count() > self._own:
            self.removeItem(self.count() - 1)
        at = self.findData(text)
        if at < 0 and text:
            self.addItem(text, text)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self._taken = text

    def _picked(self, _at: int) -> None:
        if self.text() != self._taken:
            self._taken = self.text()
            self.typed.emit(self._taken)


def side_by_side(*fields: QWidget, gap: int = 20) -> Beside:
    """Fields in a row hang from their labels, whatever stands below them; where there is no room they stack."""
    box = Beside(sp(gap), sp(12))
    for one in fields:
        box.addWidget(one, 1, TOP)
    return box
