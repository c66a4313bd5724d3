"""A finding on its page: what is wrong, how it was computed and every way out, side by side or stacked
where narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame

from hakemus.ui.look.style import px, restyle, set_property
from hakemus.ui.look.tokens import ICON
from hakemus.ui.widgets.badges import STATE, Glyph
from hakemus.ui.widgets.boxes import clear_box, column, frame, line, row, show_if
from hakemus.ui.widgets.buttons import button
from hakemus.ui.widgets.exits_table import ExitsTable, ExitsView
from hakemus.ui.widgets.flow import Aside
from hakemus.ui.widgets.labels import MIDDLE, Label
from hakemus.ui.widgets.sum_table import SumRow, SumTable


@dataclass(frozen=True, slots=True)
class FindingView:
    """All words of a finding. `level` is `error`, `warning` or `note`; what is empty is not shown."""

    level: str
    title: str
    source: str = ""
    source_name: str = ""
    source_mark: str = ""
    """How sure the source is, where the rule is not stated in it."""
    ledger_title: str = ""
    ledger: tuple[SumRow, ...] = ()
    action: str = ""
    exits: ExitsView | None = None
    text: str = ""
    """A sentence under the band, for findings without arithmetic."""


class FindingCard(QFrame):
    """`used(exit id)`, `source_asked()` and `action_asked()` say what the user chose."""

    used = Signal(str)
    source_asked = Signal()
    action_asked = Signal()

    def __init__(self, view: FindingView | None = None, *, stack_below: int = 640) -> None:
        super().__init__()
        self.setObjectName("finding")
        self._stack_below = stack_below
        self._glyph = Glyph("error", "error", ICON["finding"])
        self._title = Label("", "h2", wrap=True)
        self._source = button(" ", "document", "quiet", does=self.source_asked.emit)
        self._mark = Label("", "small")
        self._band = frame(self._head(), "band")
        self._text = Label("", wrap=True)
        self._ledger_title = Label("", "label")
        self._ledger = SumTable(width=212)
        self._action = button(" ", "edit", "quiet", does=self.action_asked.emit)
        self._left = clear_box(column(self._ledger_title, self._ledger, row(self._action, None), None, gap=6))
        self._exits = ExitsTable()
        self._exits.used.connect(self.used)
        self._right = clear_box(column(self._exits, None, gap=0))
        self._rule = line(vertical=True)
        self._body = row(gap=18, margins=(20, 12, 15, 12))
        self._body.addWidget(self._left)
        self._body.addWidget(self._rule)
        self._body.addWidget(self._right, 1)
        self._inside = clear_box(self._body)
        text_box = column(self._text, margins=(20, 10, 20, 12))
        self._sentence = clear_box(text_box)
        outer = column(self._band, self._sentence, self._inside, gap=0)
        outer.setContentsMargins(1, 1, 1, 1)
        self.setLayout(outer)
        if view is not None:
            self.set(view)

    def _head(self) -> QBoxLayout:
        head = row(gap=10, margins=(20, 7, 12, 7))
        head.addWidget(self._glyph, 0, MIDDLE)
        # Under the source, not behind it: with large text both would not stand on one line.
        head.addLayout(Aside(self._title, clear_box(column(self._source, row(None, self._mark), gap=0)), gap=10), 1)
        return head

    def set(self, view: FindingView) -> None:
        """Show a finding; what stays equal keeps its focus."""
        icon, tone = STATE[view.level]
        set_property(self, "level", tone)
        set_property(self._band, "level", tone)
        self._glyph.set(icon, tone)
        self._title.set_tone(tone)
        self._title.set_text(view.title)
        self._source.set_text(view.source or " ")
        self._source.setAccessibleName(view.source_name or view.source)
        show_if(self._source, bool(view.source))
        self._mark.set_text(view.source_mark)
        show_if(self._mark, bool(view.source_mark))
        self._text.set_text(view.text)
        show_if(self._sentence, bool(view.text))
        self._ledger_title.set_text(view.ledger_title)
        self._ledger.set(view.ledger)
        self._action.set_text(view.action or " ")
        show_if(self._action, bool(view.action))
        show_if(self._left, bool(view.ledger or view.action))
        if view.exits is not None:
            self._exits.set(view.exits)
        show_if(self._right, view.exits is not None)
        show_if(self._rule, bool(view.exits is not None and view.ledger))
        show_if(self._inside, bool(view.ledger or view.action or view.exits is not None))
        self._arrange()

    @property
    def title(self) -> str:
        """The sentence in the band."""
        return self._title.text()

    @property
    def exits(self) -> ExitsTable:
        """The table of ways out."""
        return self._exits

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # The least width is that of the parts under each other, or the card could never become narrow.
        hint = super().minimumSizeHint()
        margins = self._body.contentsMargins()
        parts = max(self._left.minimumSizeHint().width(), self._right.minimumSizeHint().width())
        return QSize(parts + margins.left() + margins.right() + 2, hint.height())

    def _arrange(self) -> None:
        margins, gap = self._body.contentsMargins(), self._body.spacing()
        beside = self._left.minimumSizeHint().width() + self._right.minimumSizeHint().width()
        needed = beside + margins.left() + margins.right() + 2 * gap + 3
        narrow = self.width() < max(needed, px(self._stack_below))
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != way:
            self._body.setDirection(way)
            self._rule.setObjectName("hline" if narrow else "vline")
            restyle(self._rule)
