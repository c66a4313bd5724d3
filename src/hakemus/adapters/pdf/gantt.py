"""Activities as a bar chart over time, drawn with its words. A long list becomes several figures, one to a page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hakemus.adapters.pdf import styles
from hakemus.adapters.pdf.composer import Composer
from hakemus.adapters.pdf.drawing import box, diamond, hatched, vertical, words
from hakemus.adapters.pdf.strips import FigureStrip, draw_line, draw_rule
from hakemus.adapters.pdf.tagged_canvas import TaggedCanvas
from hakemus.adapters.pdf.typesetting import Line, TextStyle, Typesetter
from hakemus.report.model import Gantt, GanttRow, PeriodCell

_TITLES = 132.0
_AXIS_X = _TITLES + 8
_AXIS: float = styles.WIDTH - _AXIS_X
_HEAD = 26.0
_BRACKET = 18.0
_ROW_PADDING = 7.0
_BAR = 10.0
_LONGEST = 560.0
_TITLE_LINES = 6
_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)


def add_gantt(composer: Composer, gantt: Gantt) -> None:
    """The chart with its alternative text; nothing where there are no rows."""
    if not gantt.rows:
        return
    painters = list(_painters(composer.setter, gantt))
    for painter in painters:
        rows = "; ".join(f"{row.title}: {row.words}" for row in painter.rows)
        element = composer.figure(gantt.alt if len(painters) == 1 else rows, rows)
        strip = FigureStrip(element, styles.WIDTH, painter.height, painter.paint, gap=styles.BLOCK_GAP)
        composer.add([strip])


def _painters(setter: Typesetter, gantt: Gantt) -> Iterator[_Painter]:
    """The rows, cut into charts that each fit on a page."""
    rows: list[GanttRow] = []
    used = 0.0
    for row in gantt.rows:
        height = _row_height(setter, row)
        if rows and used + height > _LONGEST:
            yield _Painter(setter, gantt, rows)
            rows, used = [], 0.0
        rows.append(row)
        used += height
    yield _Painter(setter, gantt, rows)


def _title_lines(setter: Typesetter, row: GanttRow) -> list[Line]:
    # A title of a page's length would leave no room for its bar; it stands in full in the table of activities.
    lines = setter.lines(row.title, styles.FIGURE, _TITLES)
    if len(lines) <= _TITLE_LINES:
        return lines
    rest = "".join(line.text for line in lines[_TITLE_LINES - 1 :])
    return [*lines[: _TITLE_LINES - 1], setter.one_line(rest, styles.FIGURE, _TITLES)]


def _row_height(setter: Typesetter, row: GanttRow) -> float:
    return len(_title_lines(setter, row)) * styles.FIGURE.leading + _ROW_PADDING


class _Painter:
    def __init__(self, setter: Typesetter, gantt: Gantt, rows: Sequence[GanttRow]) -> None:
        self.setter, self.gantt, self.rows = setter, gantt, list(rows)
        self.first = gantt.starts.replace(day=1)
        days = (gantt.ends - self.first).days + 1
        self.scale: float = _AXIS / max(28, days)
        self.brackets = [
            (period, text)
            for period, text in ((gantt.use, gantt.use_words), (gantt.project, gantt.project_words))
            if period is not None and period.ends is not None
        ]
        self.titles = [_title_lines(setter, row) for row in self.rows]
        self.heights = [_row_height(setter, row) for row in self.rows]
        self.height = _HEAD + _BRACKET * len(self.brackets) + sum(self.heights)

    def paint(self, canvas: TaggedCanvas, left: float, bottom: float) -> None:
        top = bottom + self.height
        self._ground(canvas, left, bottom, top)
        y = top - _HEAD
        for period, text in self.brackets:
            self._bracket(canvas, left, y, period, text)
            y -= _BRACKET
        for row, title, height in zip(self.rows, self.titles, self.heights, strict=True):
            draw_rule(canvas, left, y, styles.WIDTH, 0.5, styles.LINE)
            for at, line in enumerate(title):
                line_top = y - _ROW_PADDING / 2 - at * styles.FIGURE.leading
                draw_line(canvas, line, styles.FIGURE, left, line_top)
            self._row(canvas, left + _AXIS_X, y - height / 2, row)
            y -= height
        draw_rule(canvas, left, bottom, styles.WIDTH, 0.75, styles.EDGE)

    def _x(self, day: datetime.date) -> float:
        """Distance of a day's morning from the axis' beginning, held inside the axis."""
        return min(_AXIS, max(0.0, (day - self.first).days * self.scale))

    def _end(self, day: datetime.date) -> float:
        return min(_AXIS, max(0.0, ((day - self.first).days + 1) * self.scale))

    def _ground(self, canvas: TaggedCanvas, left: float, bottom: float, top: float) -> None:
        """Outside the project period sunken, inside white; a line for each step of time, named at the top."""
        axis, body = left + _AXIS_X, top - _HEAD
        box(canvas, axis, bottom, _AXIS, body - bottom, styles.SUNKEN)
        project = self.gantt.project
        if project.starts is not None and project.ends is not None:
            begin, end = self._x(project.starts), self._end(project.ends)
            box(canvas, axis + begin, bottom, max(0.0, end - begin), body - bottom, styles.PAPER)
        step = self._step()
        ticks = list(self._ticks(step))
        for day in ticks:
            heavy = 0.75 if day.month == 1 else 0.4
            vertical(canvas, axis + self._x(day), bottom, body - bottom, heavy, styles.LINE)
        years = [day for day in ticks if day.month == 1 or day == self.first]
        self._name(canvas, axis, top, [(day, str(day.year)) for day in years], styles.FIGURE_STRONG)
        if step < 12:
            months = [(day, self.gantt.months[day.month - 1]) for day in ticks]
            self._name(canvas, axis, top - 13, months, styles.FIGURE_SMALL)
        draw_rule(canvas, left, body, styles.WIDTH, 0.75, styles.EDGE)

    def _name(
        self,
        canvas: TaggedCanvas,
        axis: float,
        top: float,
        names: Sequence[tuple[datetime.date, str]],
        style: TextStyle,
    ) -> None:
        """Names to the right of their lines, save where one would touch the next or leave the axis."""
        ends = [self._x(day) for day, _ in names[1:]] + [_AXIS]
        for (day, name), end in zip(names, ends, strict=True):
            x = self._x(day) + 2
            if x + self.setter.natural_width(name, style) <= end:
                words(canvas, self.setter, name, style, axis + x, top)

    def _step(self) -> int:
        """Months between two lines, so that the names between them do not touch."""
        month = 30.4 * self.scale
        widest = max((self.setter.natural_width(name, styles.FIGURE_SMALL) for name in self.gantt.months), default=20)
        fitting = (step for step in _STEPS if step * month >= (widest if step < 12 else 20) + 5)
        return next(fitting, _STEPS[-1])

    def _ticks(self, step: int) -> Iterator[datetime.date]:
        yield self.first
        month = (self.first.year * 12 + self.first.month - 1) // step * step + step
        while month // 12 <= self.gantt.ends.year:
            day = datetime.date(month // 12, month % 12 + 1, 1)
            if day > self.gantt.ends:
                return
            yield day
            month += step

    def _bracket(self, canvas: TaggedCanvas, left: float, top: float, period: PeriodCell, text: str) -> None:
        """A period as a bracket, its name in the column of titles; open where it begins or ends outside the chart."""
        if period.ends is None:
            return
        style = replace(styles.FIGURE_STRONG, colour=styles.INK2)
        line = self.setter.one_line(text, style, _TITLES)
        draw_line(canvas, line, style, left, top - (_BRACKET - style.leading) / 2)
        y = top - _BRACKET / 2
        starts = period.starts if period.starts and period.starts >= self.first else None
        begin, end = self._x(starts or self.first), self._end(period.ends)
        if end <= begin:
            return
        draw_rule(canvas, left + _AXIS_X + begin, y, end - begin, 1.2, styles.INK2)
        if starts is not None:
            vertical(canvas, left + _AXIS_X + begin + 0.6, y - 3, 6, 1.2, styles.INK2)
        if period.ends <= self.gantt.ends:
            vertical(canvas, left + _AXIS_X + end - 0.6, y - 3, 6, 1.2, styles.INK2)

    def _row(self, canvas: TaggedCanvas, axis: float, middle: float, row: GanttRow) -> None:
        begin, end = self._x(row.starts), self._end(row.ends)
        if row.milestone:
            begin = min(max(begin, 5.0), _AXIS - 5.0)
            end = begin + 5.0
            edge = styles.ERROR if row.outside else styles.INK
            diamond(canvas, axis + begin, middle, 5.0, styles.PAPER if row.outside else styles.INK, edge)
            begin -= 5.0
        elif row.outside:
            hatched(canvas, axis + begin, middle - _BAR / 2, max(2.0, end - begin), _BAR, styles.ERROR)
        else:
            box(canvas, axis + begin, middle - _BAR / 2, max(2.0, end - begin), _BAR, styles.TONES["grant"][0])
        self._dates(canvas, axis, middle, row, begin, max(end, begin + 2.0))

    def _dates(self, canvas: TaggedCanvas, axis: float, middle: float, row: GanttRow, begin: float, end: float) -> None:
        """The dates behind the bar, before it where there is no room behind, else inside it."""
        style = styles.FIGURE_SMALL
        wide = self.setter.natural_width(row.words, style)
        top = middle + style.leading / 2
        if end + 5 + wide <= _AXIS:
            x = end + 5
        elif begin - 5 - wide >= 0:
            x = begin - 5 - wide
        elif not row.outside and end - begin >= wide + 8:
            light = replace(style, colour=styles.TONES["grant"][1])
            words(canvas, self.setter, row.words, light, axis + begin + 5, top)
            return
        else:
            x = max(0.0, min((begin + end - wide) / 2, _AXIS - wide))
        words(canvas, self.setter, row.words, style, axis + x, top, patch=self._under(x, wide))

    def _under(self, x: float, wide: float) -> str:
        """The ground behind words at `x`, so that no line runs through them."""
        project = self.gantt.project
        if project.starts is None or project.ends is None:
            return styles.SUNKEN
        inside = self._x(project.starts) <= x + wide / 2 <= self._end(project.ends)
        return styles.PAPER if inside else styles.SUNKEN
