"""What stands on every page outside the text: running head, foot, and the word across an unfinished draft. All of it
is artifact: a screen reader passes over it.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import HexColor

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.fonts import Weight, printable
from hakemus.adapters.pdf.strips import draw_line, draw_rule
from hakemus.adapters.pdf.tagged_canvas import Artifact, TaggedCanvas
from hakemus.adapters.pdf.typesetting import Align, TextStyle, Typesetter

_HEAD_Y = styles.PAGE_HEIGHT - 13 * styles.MM
_FOOT_Y = 14 * styles.MM


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words of head and foot; `page` has the places {page} and {pages}."""

    head_left: str
    head_right: str
    foot: tuple[str, ...]
    page: str
    mark: str

    def draw(self, canvas: TaggedCanvas, setter: Typesetter, number: int, count: int) -> None:
        """Draws all of it; must come before the page's text, so that the mark lies behind it."""
        if self.mark:
            self._draw_mark(canvas, setter)
        if number > 1:
            with canvas.artifact(Artifact.HEADER):
                self._draw_head(canvas, setter)
        with canvas.artifact(Artifact.FOOTER):
            self._draw_foot(canvas, setter, number, count)

    def _draw_mark(self, canvas: TaggedCanvas, setter: Typesetter) -> None:
        mark = " ".join(printable(self.mark).split())
        size = min(120.0, 560.0 / max(0.1, setter.book.width(mark, Weight.BOLD, 1.0)))
        style = TextStyle(size, size, Weight.BOLD, styles.WATERMARK)
        line = setter.one_line(mark, style, 10_000.0)
        with canvas.artifact(Artifact.WATERMARK):
            canvas.saveState()
            canvas.translate(styles.PAGE_WIDTH / 2, styles.PAGE_HEIGHT / 2)
            canvas.rotate(52)
            canvas.draw_runs(-line.width / 2, -0.33 * size, line.runs, size, HexColor(style.colour))
            canvas.restoreState()

    def _draw_head(self, canvas: TaggedCanvas, setter: Typesetter) -> None:
        right = " ".join(printable(self.head_right).split())
        taken = min(0.5, setter.natural_width(right, styles.FURNITURE) / styles.WIDTH + 0.001)
        self._line(canvas, setter, self.head_left, Align.LEFT, _HEAD_Y + 14, 0.96 - taken)
        self._line(canvas, setter, self.head_right, Align.RIGHT, _HEAD_Y + 14, taken)
        draw_rule(canvas, styles.MARGIN_LEFT, _HEAD_Y, styles.WIDTH, 0.5, styles.LINE)

    def _draw_foot(self, canvas: TaggedCanvas, setter: Typesetter, number: int, count: int) -> None:
        draw_rule(canvas, styles.MARGIN_LEFT, _FOOT_Y, styles.WIDTH, 0.5, styles.LINE)
        page = self.page.replace("{pages}", str(count)).replace("{page}", str(number))
        # The mark stands here too, where a search finds it in one piece.
        page = f"{self.mark} · {page}" if self.mark else page
        self._line(canvas, setter, page, Align.RIGHT, _FOOT_Y - 3, 0.3)
        for at, text in enumerate(self.foot):
            self._line(canvas, setter, text, Align.LEFT, _FOOT_Y - 3 - at * styles.FURNITURE.leading, 0.68)

    def _line(
        self, canvas: TaggedCanvas, setter: Typesetter, text: str, align: Align, top: float, share: float
    ) -> None:
        line = setter.one_line(text, styles.FURNITURE, share * styles.WIDTH)
        x = styles.MARGIN_LEFT + align.value * (styles.WIDTH - line.width)
        draw_line(canvas, line, styles.FURNITURE, x, top)
