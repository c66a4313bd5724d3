"""Sizes, colours and type of the paper: the light colours of the window's palette, on an A4 grid. Nothing else in this
package names a colour or a size.
"""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.pagesizes import A4

from hakemus.adapters.pdf.fonts import Weight
from hakemus.adapters.pdf.typesetting import TextStyle

MM = 72 / 25.4

PAGE_WIDTH: float = A4[0]
PAGE_HEIGHT: float = A4[1]
MARGIN_LEFT = MARGIN_RIGHT = 20 * MM
MARGIN_TOP = 22 * MM
MARGIN_BOTTOM = 22 * MM
WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_TOP = PAGE_HEIGHT - MARGIN_TOP
TEXT_HEIGHT = TEXT_TOP - MARGIN_BOTTOM

LABEL_WIDTH = 44 * MM
ANSWER_X = 48 * MM
ANSWER_WIDTH = WIDTH - ANSWER_X
# About 90 characters: longer lines lose the eye on its way back.
MEASURE = 156 * MM

# A laser printer dots whatever is not black, and thin letters with it: words are black, second ones nearly so.
INK = "#000000"
INK2 = "#202D32"
ACCENT = "#0F5A6B"
LINE = "#D5DCDA"
EDGE = "#788789"
SUNKEN = "#EFF2F0"
PAPER = "#FFFFFF"
WARN = "#7A4A00"
KEPT_BACK = "#DDE3E1"
WARN_SOFT = "#FCF1DC"
ERROR = "#A1262B"
WATERMARK = "#EBEEED"

# Figure tones: fill, and the ink that reads on it.
TONES = {
    "grant": ("#0F5A6B", "#FFFFFF"),
    "own": ("#B9CBA6", INK),
    "other": ("#E6C588", INK),
    "income": ("#C9D6E4", INK),
    "gap": ("#FFFFFF", ERROR),
}

TITLE = TextStyle(21, 26, Weight.BOLD)
OVERLINE = TextStyle(10.5, 14, Weight.SEMIBOLD, ACCENT)
UNDERLINE = TextStyle(10.5, 14, Weight.REGULAR, INK2)
APPLICANT = TextStyle(12, 16, Weight.SEMIBOLD)
SECTION = TextStyle(14, 18, Weight.SEMIBOLD, ACCENT)
SUBHEAD = TextStyle(11, 14, Weight.SEMIBOLD)
BODY = TextStyle(10, 14)
STRONG = replace(BODY, weight=Weight.SEMIBOLD)
MUTED = replace(BODY, colour=INK2)
LABEL = TextStyle(10, 14, Weight.SEMIBOLD)
SMALL = TextStyle(8.5, 11.5, colour=INK2)
CONTINUED = TextStyle(8.5, 17, Weight.SEMIBOLD, INK2)
MARKED = replace(SMALL, colour=WARN, weight=Weight.SEMIBOLD)
NOTICE = replace(STRONG, colour=WARN)

TABLE_HEAD = TextStyle(8.5, 11, Weight.SEMIBOLD, INK2)
TABLE = TextStyle(9.25, 12)
FURNITURE = TextStyle(8, 11, colour=INK2)
FIGURE = TextStyle(8.5, 11)
FIGURE_STRONG = replace(FIGURE, weight=Weight.SEMIBOLD)
FIGURE_SMALL = TextStyle(8, 10, colour=INK2)

SECTION_GAP = 22.0
BLOCK_GAP = 12.0
FIELD_PADDING = 3.0
