"""Draws charts with any painter: on screen, into a picture, into a drawing. Returns what can be hovered over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from studyapp.ui.progress.chart_data import ChartData, Point, thinned
from studyapp.ui.theme import Colours

_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Hit:
    """A place of a chart that tells something when hovered over."""

    place: QRectF
    told: str


Draw = Callable[[QPainter, QRectF, ChartData, Colours, int], list[Hit]]


@dataclass(frozen=True)
class _Plot:
    """The field between the axes, and where values lie in it."""

    field: QRectF
    data: ChartData
    scale: float

    def y(self, value: float) -> float:
        return self.field.bottom() - min(value / self.data.top, 1.0) * self.field.height()

    def spread(self) -> list[float]:
        """The places of the points side by side, each in the middle of its share of the width."""
        width = self.field.width() / len(self.data.points)
        return [self.field.left() + width * (i + 0.5) for i in range(len(self.data.points))]

    def by_x(self) -> list[float]:
        """The places of the points by their own measure, from edge to edge."""
        xs = [point.x for point in self.data.points]
        if len(xs) < 2:
            return [self.field.center().x()] * len(xs)
        span = xs[-1] - xs[0]
        return [self.field.left() + (x - xs[0]) / span * self.field.width() for x in xs]

    def columns(self, xs: Sequence[float]) -> list[Hit]:
        """Every point can be hovered over in the whole of its column."""
        edges = [self.field.left(), *((a + b) / 2 for a, b in pairwise(xs)), self.field.right()]
        places = zip(edges, edges[1:], self.data.points, strict=False)
        height = self.field.height()
        return [Hit(QRectF(left, self.field.top(), right - left, height), p.told) for left, right, p in places]


def dots(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """Values side by side, each with its interval."""
    plot = _axes(painter, rect, data, c, size)
    xs = plot.spread()
    _intervals(painter, plot, xs, c)
    _dots(painter, plot, xs, c)
    _labels(painter, plot, xs, c, size)
    return plot.columns(xs)


def line(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """Values from day to day, joined."""
    plot = _axes(painter, rect, data, c, size)
    xs = plot.by_x()
    _joined(painter, plot, xs, c)
    _dots(painter, plot, xs, c)
    _labels(painter, plot, xs, c, size)
    return plot.columns(xs)


def joined(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """Values side by side, joined, each with its interval."""
    plot = _axes(painter, rect, data, c, size)
    xs = plot.spread()
    _intervals(painter, plot, xs, c)
    _joined(painter, plot, xs, c)
    _dots(painter, plot, xs, c)
    _labels(painter, plot, xs, c, size)
    return plot.columns(xs)


def band(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """Values from day to day with a band around them."""
    plot = _axes(painter, rect, data, c, size)
    xs = plot.by_x()
    highs = [QPointF(x, plot.y(p.high or 0.0)) for x, p in zip(xs, data.points, strict=True)]
    lows = [QPointF(x, plot.y(p.low or 0.0)) for x, p in zip(xs, data.points, strict=True)]
    if len(xs) < 2:
        _intervals(painter, plot, xs, c)
    painter.setPen(QPen(QColor(c.info_line), 1))
    painter.setBrush(QColor(c.info_tint))
    painter.drawPolygon(QPolygonF([*highs, *reversed(lows)]))
    _mark(painter, plot, c)
    _joined(painter, plot, xs, c)
    _dots(painter, plot, xs, c, 3.0 if len(xs) > 1 else 5.0)
    _labels(painter, plot, xs, c, size)
    return plot.columns(xs)


def bars(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """Counts side by side, the first of them stronger; a number stands above a bar where there is room."""
    plot = _axes(painter, rect, data, c, size)
    xs = plot.spread()
    width = max(2.0, min(28.0 * plot.scale, plot.field.width() / len(xs) * 0.7))
    roomy = QFontMetricsF(painter.font()).horizontalAdvance("000") < plot.field.width() / len(xs)
    for i, (x, point) in enumerate(zip(xs, data.points, strict=True)):
        if not point.value:
            continue
        top = plot.y(point.value)
        painter.setPen(QPen(QColor(c.info_line), 1))
        painter.setBrush(QColor(c.info_line if i == 0 else c.info_tint))
        painter.drawRect(QRectF(x - width / 2, top, width, plot.field.bottom() - top))
        if roomy:
            painter.setPen(QColor(c.soft))
            painter.drawText(QRectF(x - 40, top - size * 1.5, 80, size * 1.4), _CENTRE, f"{point.value:g}")
    _labels(painter, plot, xs, c, size)
    return plot.columns(xs)


def calendar(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> list[Hit]:
    """A column for each week, Monday on top; as many of the last weeks as have room."""
    left, top = rect.left() + size * 3.2, rect.top() + size * 1.6
    side = (rect.bottom() - top - size * 2.4) / 7
    first = data.cells[0].day - (data.cells[0].day - 1) % 7
    weeks = (data.cells[-1].day - first) // 7 + 1
    side = min(side, max((rect.right() - left) / weeks, size * 0.9))
    shown = min(weeks, int((rect.right() - left) / side))
    start = first + 7 * (weeks - shown)
    for row, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
        painter.setPen(QColor(c.faint))
        painter.drawText(QRectF(rect.left(), top + row * side, size * 2.8, side), _LEFT, name)
    hits = []
    for column in range(shown):
        # A month is named above the first week that begins in it.
        day = date.fromordinal(start + 7 * column)
        if day.day <= 7 and left + column * side + size * 2 < rect.right():
            painter.setPen(QColor(c.faint))
            painter.drawText(QRectF(left + column * side, rect.top(), size * 4, size * 1.4), _LEFT, f"{day:%b}")
    for cell in data.cells:
        if cell.day < start:
            continue
        column, row = divmod(cell.day - start, 7)
        place = QRectF(left + column * side, top + row * side, side, side)
        _cell(painter, place, cell.level, c, marked=cell.marked)
        hits.append(Hit(place, cell.told))
    _legend(painter, QPointF(left, top + 7 * side + size * 0.7), data.legend, c, size)
    return hits


def _cell(painter: QPainter, place: QRectF, level: int, c: Colours, *, marked: bool = False) -> None:
    """A square that grows and darkens with its level, with a dot in it where it is marked."""
    shades = (c.line, c.info_tint, c.info_tint, c.info_line, c.accent)
    half = place.width() / 2 * (0.16, 0.5, 0.64, 0.78, 0.9)[level]
    painter.setPen(QPen(QColor(c.info_line), 1) if level else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shades[level]))
    middle = place.center()
    painter.drawRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))
    if marked:
        painter.setPen(QPen(QColor(c.caution), 1))
        painter.setBrush(QColor(c.sheet))
        painter.drawEllipse(middle, place.width() * 0.17, place.width() * 0.17)


def _legend(painter: QPainter, at: QPointF, words: Sequence[str], c: Colours, size: int) -> None:
    metrics = QFontMetricsF(painter.font())
    x = at.x()
    for level, word in enumerate(words, 1):
        _cell(painter, QRectF(x, at.y(), size * 1.2, size * 1.2), level, c)
        painter.setPen(QColor(c.faint))
        width = metrics.horizontalAdvance(word) + 2
        painter.drawText(QRectF(x + size * 1.5, at.y() - 2, width, size * 1.2 + 4), _LEFT, word)
        x += size * 3 + width


def _axes(painter: QPainter, rect: QRectF, data: ChartData, c: Colours, size: int) -> _Plot:
    """Ticks with their words, the dashed mark; and the field that is left for the values."""
    metrics = QFontMetricsF(painter.font())
    left = max(metrics.horizontalAdvance(label) for _, label in data.ticks) + 8
    right = metrics.horizontalAdvance(data.mark_label) + 8 if data.mark is not None else 8
    plot = _Plot(rect.adjusted(left, size, -max(right, size), -size * 1.8), data, size / 13)
    for value, label in data.ticks:
        y = plot.y(value)
        painter.setPen(QPen(QColor(c.line), 1))
        painter.drawLine(QPointF(plot.field.left(), y), QPointF(plot.field.right(), y))
        painter.setPen(QColor(c.faint))
        painter.drawText(QRectF(rect.left(), y - size, left - 8, size * 2), _RIGHT, label)
    if data.mark is not None:
        _mark(painter, plot, c)
        place = QRectF(plot.field.right() + 4, plot.y(data.mark) - size, right, size * 2)
        painter.setPen(QColor(c.soft))
        painter.drawText(place, _LEFT, data.mark_label)
    return plot


def _mark(painter: QPainter, plot: _Plot, c: Colours) -> None:
    if plot.data.mark is not None:
        y = plot.y(plot.data.mark)
        painter.setPen(QPen(QColor(c.line_strong), 1.2 * plot.scale, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.field.left(), y), QPointF(plot.field.right(), y))


def _intervals(painter: QPainter, plot: _Plot, xs: Sequence[float], c: Colours) -> None:
    painter.setPen(QPen(QColor(c.info_line), 2 * plot.scale))
    for x, point in zip(xs, plot.data.points, strict=True):
        if point.low is not None and point.high is not None:
            low, high = plot.y(point.low), plot.y(point.high)
            painter.drawLine(QPointF(x, low), QPointF(x, high))
            for end in (low, high):
                painter.drawLine(QPointF(x - 3 * plot.scale, end), QPointF(x + 3 * plot.scale, end))


def _joined(painter: QPainter, plot: _Plot, xs: Sequence[float], c: Colours) -> None:
    painter.setPen(QPen(QColor(c.accent), 1.5 * plot.scale))
    painter.drawPolyline(_at(plot, xs, plot.data.points))


def _dots(painter: QPainter, plot: _Plot, xs: Sequence[float], c: Colours, radius: float = 5.0) -> None:
    radius = min(radius * plot.scale, max(2.0, plot.field.width() / max(1, len(xs)) / 3))
    painter.setPen(QPen(QColor(c.sheet), 1.2))
    painter.setBrush(QColor(c.accent))
    for place in _at(plot, xs, plot.data.points):
        painter.drawEllipse(place, radius, radius)


def _at(plot: _Plot, xs: Sequence[float], points: Sequence[Point]) -> list[QPointF]:
    return [QPointF(x, plot.y(point.value)) for x, point in zip(xs, points, strict=True)]


def _labels(painter: QPainter, plot: _Plot, xs: Sequence[float], c: Colours, size: int) -> None:
    metrics = QFontMetricsF(painter.font())
    widest = max(metrics.horizontalAdvance(point.label) for point in plot.data.points) + size
    labels = thinned([point.label for point in plot.data.points], int(plot.field.width() / widest))
    painter.setPen(QColor(c.faint))
    taken = plot.field.right() + 2 * size
    for x, label in reversed(list(zip(xs, labels, strict=True))):
        place = QRectF(x - widest / 2, plot.field.bottom() + size * 0.3, widest, size * 1.5)
        # The outermost words stay within the chart.
        place.moveRight(min(place.right(), plot.field.right() + size))
        # Days without an answer have no point: what is next in order may be anywhere.
        if label and place.right() <= taken:
            painter.drawText(place, _CENTRE, label)
            taken = place.left()
