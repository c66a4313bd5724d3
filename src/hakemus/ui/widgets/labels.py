"""Labels with a role and a tone, always plain text, and the breaks that a line of figures must not have."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hakemus.ui.look.style import set_property

NBSP = "\u00a0"
LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
TOP = Qt.AlignmentFlag.AlignTop
MIDDLE = Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignHCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

# A figure never parts from its thousands, sign, unit or counted word; "klo 16", "s. 4", "pe 30.10." stay
# together, and so do "pop up -kirjasto" and the sides of a multiplication. No language is named here.
_BREAKS = re.compile(
    r"(?<=\d) (?=\d{3}(?!\d)|%|€|[^\W\d_]{1,10}\b)"
    r"|(?<=\b[^\W\d_]{2}) (?=\d)|(?<=\b[^\W\d_]{3}) (?=\d)|(?<=\b[^\W\d_]\.) (?=\d)"
    r"|(?<=\w) (?=-\w|×)|(?<=[×/+=−]) (?=\d)|(?<=\d) (?=/)"
)


# What has no place to break at stands out of its box: a name of a file may have 255 letters. The longest words of
# Finnish and Swedish texts have some 35.
_UNBROKEN = re.compile(r"[^\s/\\\u00ad\u200b-]{41,}")
_PIECE = 20
ZERO_WIDTH = "\u200b"


def breakable(text: str) -> str:
    """The text with places to break a line in words that are longer than words are.

    >>> breakable("a" * 45).split(ZERO_WIDTH)
    ['aaaaaaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaaaaaa', 'aaaaa']
    """
    return _UNBROKEN.sub(
        lambda found: ZERO_WIDTH.join(found.group()[at : at + _PIECE] for at in range(0, len(found.group()), _PIECE)),
        text,
    )


def nb(text: str) -> str:
    """The text with no-break spaces where a line must not break.

    >>> nb("9 000,00 € asti klo 16").count(NBSP)
    3
    """
    return _BREAKS.sub(NBSP, text)


def plain_tip(text: str) -> str:
    """A tooltip that is text, whatever characters it has: Qt would take `<b>` for mark-up."""
    if "<" not in text:
        return text
    import html  # few tips have one, and the first paint waits for whatever is imported

    return f"<p>{html.escape(text)}</p>"


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that is text."""
    widget.setToolTip(plain_tip(text))


class Label(QLabel):
    """Plain text in a role of the type scale (`h1`, `strong`, `small`, …) and a tone (`error`, `ink2`, …)."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if align is not None:
            self.setAlignment(align)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text; nothing is redrawn when it is the same."""
        new = nb(breakable(text) if self.wordWrap() else text)
        if self.buddy() is not None:
            new = new.replace("&", "&&")  # with a buddy Qt takes & for a mnemonic
        if new != self.text():
            self.setText(new)

    def set_tone(self, tone: str) -> None:
        """Change the tone; empty is the role's own."""
        set_property(self, "tone", tone)

    def set_buddy(self, widget: QWidget) -> None:
        """Name a control: assistive tools read this label for it."""
        plain = self.text()
        self.setBuddy(widget)
        self.setText(plain.replace("&", "&&"))


def label(
    text: str = "",
    role: str = "body",
    tone: str = "",
    *,
    wrap: bool = False,
    align: Qt.AlignmentFlag | None = None,
) -> Label:
    """A label in one line of code."""
    return Label(text, role, tone, wrap=wrap, align=align)
