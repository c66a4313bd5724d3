"""A text that is too long beside its sentences, the longest first: where its length lies, and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from hakemus.domain.lengths import Limit
from hakemus.ui.desk import Desk
from hakemus.ui.dialogs.foot_and_size import answers, foot, open_at, room
from hakemus.ui.look.style import px, sp
from hakemus.ui.widgets.boxes import clear_box, column, line, row
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.labels import Label, label
from hakemus.ui.widgets.text_boxes import Text
from hakemus.usecases.lengths import length_of, tail_of
from hakemus.usecases.shortening import Sentence, sentences

_SENTENCE = Qt.ItemDataRole.UserRole


class ShortenDialog(QDialog):
    """`text` is what it has become. Accepted only where the person takes it; the field is not touched before."""

    def __init__(self, parent: QWidget | None, desk: Desk, path: str, limit: Limit) -> None:
        super().__init__(parent)
        self._desk, self._limit = desk, limit
        t = desk.t
        self.setWindowTitle(t("Shorten: {field}", field=desk.field_name(path)))
        self._count = Label("", "strong", wrap=True)
        lines = max(4, min(20, (room(self).height() - px(260)) // px(24)))  # what the foot and the count leave
        self._editor = Text(least=lines, most=lines)
        self._editor.setAccessibleName(desk.field_name(path))
        self._editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._editor.set_text(desk.session.text(path))
        self._editor.typed.connect(lambda _text: self._follow())
        self._list = QListWidget()
        self._list.setAccessibleName(t("Sentences, the longest first"))
        self._list.setWordWrap(True)
        self._list.setSpacing(sp(3))
        self._list.currentItemChanged.connect(lambda item, _before: self._select(item))
        self._list.itemActivated.connect(lambda _item: self._editor.setFocus())
        both = row(gap=20)
        both.addLayout(column(self._count, self._editor, None, gap=8), 3)
        named = label(t("Sentences, the longest first"), "strong", wrap=True)
        both.addLayout(column(named, self._list, None, gap=8), 2)
        body = clear_box(both)
        body.setContentsMargins(px(24), px(20), px(24), px(16))
        said = label(t("Enter goes to the sentence. The text changes only when you take it."), "small", wrap=True)
        below = foot(
            None,
            *answers(
                button(t("Use this text"), "", "primary", does=self.accept),
                button(t("Leave it as it was"), does=self.reject),
            ),
        )
        whole = column(gap=0)
        whole.addWidget(body, 1)
        whole.addWidget(line())
        whole.addLayout(column(said, margins=(24, 8, 24, 0)))
        whole.addLayout(below)
        self.setLayout(whole)
        open_at(self, 980, 600)
        self._editor.ensurePolished()
        self._list.setFixedHeight(self._editor.sizeHint().height())  # both end on one line
        self.resize(self.width(), min(self.height(), self.sizeHint().height()))
        self._follow()
        self._editor.setFocus()

    @property
    def text(self) -> str:
        return self._editor.text()

    def _follow(self) -> None:
        """Counter, mark of the tail, and list, after the text as it stands."""
        desk, text = self._desk, self._editor.text()
        length, most = length_of(text, self._limit.counting), self._limit.most
        said = desk.t("{length} / {limit} characters", length=length, limit=most)
        over = length - most
        if over > 0:
            said = f"{said}: {desk.nt('{count} character too many', '{count} characters too many', over)}"
        self._count.set_text(said)
        self._count.set_tone("warn" if over > 0 else "ink")
        tail = tail_of(text, self._limit)
        self._editor.set_tail(None if tail is None else _units(text[:tail]))
        self._list.blockSignals(True)  # noqa: FBT003
        self._list.clear()
        for one in sorted(sentences(text, self._limit.counting), key=lambda one: (-one.length, one.start)):
            words = " ".join(text[one.start : one.end].split())
            item = QListWidgetItem(
                desk.nt("{count} character: {words}", "{count} characters: {words}", one.length, words=words)
            )
            item.setData(_SENTENCE, one)
            self._list.addItem(item)
        self._list.blockSignals(False)  # noqa: FBT003

    def _select(self, item: QListWidgetItem | None) -> None:
        one = item.data(_SENTENCE) if item is not None else None
        if isinstance(one, Sentence):
            text = self._editor.text()
            self._editor.select_words(_units(text[: one.start]), _units(text[: one.end]))


def _units(text: str) -> int:
    """The place behind a text in Qt's units, which are those of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
