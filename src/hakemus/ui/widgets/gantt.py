"""The timeline, painted on any painter: a table's delegate, its header and paper use the same functions.

All words and dates in words come from the caller; only the axis is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

from hakemus.ui.look import fonts
from hakemus.ui.look.style import Look, look

Period = tuple[date, date]
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Axis:
    """What the timeline spans. Ends are the first day after; `months` are twelve short names."""

    start: date
    end: date
    months: tuple[str, ...]
    project: Period | None = None
    use: Period | None = None
    today: date | None = None

    def x(self, day: date, rect: QRectF) -> float:
        """Where the morning of a day lies."""
        days = max(1, (self.end - self.start).days)
        return rect.left() + rect.width() * ((day - self.start).days / days)

    @property
    def shows_today(self) -> bool:
        """Whether today lies in what is spanned."""
        return self.today is not None and self.start <= self.today < self.end

    def steps(self, months: int) -> Iterator[date]:
        """The first days of every so many months, from January's rhythm."""
        year, month = self.start.year, (self.start.month - 1) // months * months + 1
        while (day := date(year, month, 1)) < self.end:
            if day >= self.start:
                yield day
            month += months
            year, month = year + (month - 1) // 12, (month - 1) % 12 + 1

    def quarter_width(self, rect: QRectF) -> float:
        """Pixels of three months."""
        return rect.width() * 91.3 / max(1, (self.end - self.start).days)


@dataclass(frozen=True, slots=True)
class Bar:
    """An activity or a milestone; both ends inclusive, one or both may be missing.

    `mark` is `error` where dates are wrong, and `fault` says how.
    """

    start: date | None
    end: date | None
    text: str
    milestone: bool = False
    mark: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A period over all rows, with a long and a short name; `tone` colours it, `flag` makes it the flag of a day.

    One that is `open` has no beginning: it comes from the left edge. What ends behind the axis has no end mark.
    """

    period: Period
    words: str
    short: str = ""
    tone: str = "accent"
    flag: bool = False
    open: bool = False


def axis_over(days: list[date], months: tuple[str, ...], **rest: date | Period | None) -> Axis:
    """An axis over all given days, from the start of a quarter to the end of one, at least a year long."""
    first, last = min(days), max(days)
    start = date(first.year, (first.month - 1) // 3 * 3 + 1, 1)
    past = (last.month - 1) // 3 * 3 + 4
    end = date(last.year + (past - 1) // 12, (past - 1) % 12 + 1, 1)
    if (end - start).days < 365:
        end = date(start.year + 1, start.month, 1)
    return Axis(start, end, months, **rest)  # type: ignore[arg-type]


def draw_ground(painter: QPainter, rect: QRectF, axis: Axis, at: Look | None = None) -> None:
    """Project period light, outside it sunken; quarter lines, year lines stronger; today dashed."""
    at = at or look()
    hue = at.theme.hue
    painter.fillRect(rect, QColor(hue("sunken" if axis.project else "surface")))
    if axis.project:
        painter.fillRect(_span(rect, axis, axis.project), QColor(hue("surface")))
    months = 3 if axis.quarter_width(rect) > at.scale.px(14) else 12
    for day in axis.steps(months):
        x = round(axis.x(day, rect)) + 0.5
        painter.setPen(QPen(QColor(hue("edge" if day.month == 1 else "line")), 1))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))
    if axis.today is not None and axis.start <= axis.today < axis.end:
        x = round(axis.x(axis.today, rect)) + 0.5
        painter.setPen(QPen(QColor(hue("accent")), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))


def _span(rect: QRectF, axis: Axis, period: Period) -> QRectF:
    left = max(rect.left(), axis.x(period[0], rect))
    right = min(rect.right(), axis.x(period[1] + timedelta(days=1), rect))
    return QRectF(left, rect.top(), max(0.0, right - left), rect.height())


def _words(painter: QPainter, box: QRectF, text: str, rect: QRectF, axis: Axis, at: Look) -> None:
    """Text over grid lines: a patch of the ground behind it, so that no line runs through a word."""
    metrics = painter.fontMetrics()
    patch = QRectF(
        box.left() - 2,
        box.center().y() - metrics.height() / 2 + 2,
        metrics.horizontalAdvance(text) + 4,
        metrics.height() - 4,
    )
    painter.fillRect(patch, QColor(at.theme.hue("sunken" if axis.project else "surface")))
    if axis.project:
        painter.fillRect(patch.intersected(_span(rect, axis, axis.project)), QColor(at.theme.surface))
    painter.drawText(box, LEFT, text)


def _font(at: Look, role: str, weight: int) -> QFont:
    return fonts.make(at.scale.type(role), weight)


def ends_of(bar: Bar, rect: QRectF, axis: Axis) -> tuple[float, float]:
    """Where a bar or a milestone begins and ends on the x axis; one without any day is nowhere, at the left."""
    start, end = bar.start or bar.end, bar.end or bar.start
    if start is None or end is None:
        return rect.left(), rect.left()
    left = axis.x(start, rect)
    if bar.milestone:
        return left - look().scale.px(7), left + look().scale.px(7)
    return left, max(left + 4, axis.x(max(start, end) + timedelta(days=1), rect))


def draw_row(painter: QPainter, rect: QRectF, axis: Axis, bar: Bar, at: Look | None = None) -> None:
    """One bar with its dates beside it, inside it where neither side has room, or the diamond of a milestone.

    A missing end is an open one. Wrong dates are hatched, and said where there is room for the words.
    """
    at = at or look()
    px, hue = at.scale.px, at.theme.hue
    start, end = bar.start or bar.end, bar.end or bar.start
    if start is None or end is None:
        return
    middle = rect.center().y()
    tone = "error" if bar.mark == "error" else ""
    painter.setFont(_font(at, "small", 400))
    left, right = ends_of(bar, rect, axis)
    gap = px(4 if bar.milestone else 6)
    words = _words_beside(painter, bar, max(rect.right() - right, left - rect.left()) - gap)
    width = painter.fontMetrics().horizontalAdvance(words) + 4
    behind, before = right + gap + width <= rect.right(), left - gap - width >= rect.left()
    inside = not (behind or before or bar.milestone) and right - left >= width + 2 * gap
    if bar.milestone:
        x, radius = axis.x(start, rect), px(7)
        corners = ((x, middle - radius), (x + radius, middle), (x, middle + radius), (x - radius, middle))
        diamond = QPolygonF([QPointF(*corner) for corner in corners])
        painter.setPen(QPen(QColor(hue(tone or "surface")), 1.5))
        painter.setBrush(QColor(hue("surface" if tone else "ink")))
        painter.drawPolygon(diamond)
        if tone:
            painter.setBrush(QBrush(QColor(hue(tone)), Qt.BrushStyle.BDiagPattern))
            painter.drawPolygon(diamond)
    else:
        high = px(20 if inside else 14)
        box = QRectF(left, middle - high / 2, right - left, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(hue(tone or "c_grant")))
        if tone and not inside:
            box = box.adjusted(0.75, 0.75, -0.75, -0.75)
            painter.setBrush(QColor(hue("surface")))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(QPen(QColor(hue(tone)), 1.5))
            painter.setBrush(QBrush(QColor(hue(tone)), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(box, 3, 3)
    if inside:
        painter.setPen(QColor(hue("surface" if tone else "on_c_grant")))
        painter.drawText(QRectF(left + gap, rect.top(), width, rect.height()), LEFT, words)
        return
    painter.setPen(QColor(hue(tone or "ink2")))
    at_left = right + gap if behind else max(rect.left() + 2, left - gap - width)
    _words(painter, QRectF(at_left, rect.top(), width, rect.height()), words, rect, axis, at)


def _words_beside(painter: QPainter, bar: Bar, room: float) -> str:
    """The dates of a bar, and what is wrong with them where a side has room for it."""
    whole = f"{bar.text}, {bar.fault}" if bar.fault else bar.text
    return whole if painter.fontMetrics().horizontalAdvance(whole) + 4 <= room else bar.text


def draw_head(painter: QPainter, rect: QRectF, axis: Axis, at: Look | None = None) -> None:
    """Years above, quarters below, thinned out where they would touch."""
    at = at or look()
    px, hue = at.scale.px, at.theme.hue
    painter.fillRect(rect, QColor(hue("sunken")))
    upper = QRectF(rect.left(), rect.top(), rect.width(), rect.height() / 2)
    lower = upper.translated(0, upper.height())
    painter.setFont(_font(at, "small", 600))
    for year in range(axis.start.year, axis.end.year + 1):
        first, last = max(date(year, 1, 1), axis.start), min(date(year + 1, 1, 1), axis.end)
        left, right = axis.x(first, upper), axis.x(last, upper)
        if right - left > painter.fontMetrics().horizontalAdvance(str(year)) + px(8):
            painter.setPen(QColor(hue("ink")))
            painter.drawText(QRectF(left + px(5), upper.top(), right - left, upper.height()), LEFT, str(year))
        if first.month == 1 and first < last:
            painter.setPen(QPen(QColor(hue("edge")), 1))
            x = round(axis.x(first, rect)) + 0.5
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
    painter.setFont(_font(at, "small", 400))
    _draw_quarters(painter, lower, axis, at)
    painter.setPen(QPen(QColor(hue("line")), 1))
    painter.drawLine(QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5))


def _draw_quarters(painter: QPainter, lower: QRectF, axis: Axis, at: Look) -> None:
    px = at.scale.px
    metrics, span = painter.fontMetrics(), axis.quarter_width(lower)
    widest = max(metrics.horizontalAdvance(name) for name in axis.months) + px(8)
    every = next((months for months in (3, 6, 12) if span * months / 3 >= widest), 0)
    if not every:
        return
    painter.setPen(QColor(at.theme.ink2))
    # Either each quarter is named by both its ends or none is, or one head would read like another thing than the next.
    ends = {day: f"{axis.months[day.month - 1]}–{axis.months[(day.month + 1) % 12]}" for day in axis.steps(3)}
    both = every == 3 and all(metrics.horizontalAdvance(words) < span - px(8) for words in ends.values())
    for day in axis.steps(every):
        text = ends[day] if both else axis.months[day.month - 1]
        left = axis.x(day, lower) + px(5)
        if left + metrics.horizontalAdvance(text) <= lower.right():
            painter.drawText(QRectF(left, lower.top(), span * every / 3, lower.height()), LEFT, text)


def draw_periods(
    painter: QPainter, rect: QRectF, axis: Axis, brackets: tuple[Bracket, ...], at: Look | None = None
) -> None:
    """The brackets over the rows: use period of the grant, project period, and the flag of today."""
    at = at or look()
    px, hue = at.scale.px, at.theme.hue
    draw_ground(painter, rect, axis, at)
    painter.setFont(_font(at, "small", 600))
    metrics = painter.fontMetrics()
    level = 0
    for bracket in brackets:
        first, last = axis.x(bracket.period[0], rect), axis.x(bracket.period[1] + timedelta(days=1), rect)
        painter.setPen(QPen(QColor(hue(bracket.tone)), 2))
        if bracket.flag:
            words = bracket.words if rect.width() > px(440) else bracket.short or bracket.words
            width = metrics.horizontalAdvance(words) + 4
            left = first + px(5) if first + px(5) + width < rect.right() else first - px(5) - width
            if axis.start <= bracket.period[0] < axis.end:
                box = QRectF(left, rect.bottom() - px(20), width, px(18))
                _words(painter, box, words, rect, axis, at)
            continue
        y = rect.top() + px(21) + level * px(25)
        level += 1
        first = rect.left() if bracket.open else first
        painter.drawLine(QPointF(first, y), QPointF(min(last, rect.right()), y))
        ends = [last - 1] if bracket.open else [first, last - 1]
        for x in (x for x in ends if rect.left() <= x <= rect.right()):
            painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4))
        room = min(last, rect.right()) - max(first, rect.left()) - px(8)
        words = bracket.words if metrics.horizontalAdvance(bracket.words) <= room else bracket.short or bracket.words
        left = max(first, rect.left()) + px(6)
        _words(painter, QRectF(left, y - px(20), max(room, 10), px(18)), words, rect, axis, at)
