"""A share as a bar with its interval and the pass mark; and the line of past scores."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studyapp.core.interval import Interval
from studyapp.ui.theme import Theme


class IntervalBar(QWidget):
    """An axis from 0 to 100 %: the interval as a band, the share as a dot, the pass mark as a dashed tick."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._share: float | None = None
        self._interval: Interval | None = None
        self._pass_mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_share(self, share: float | None, interval: Interval | None, pass_mark: float | None) -> None:
        """Show a share (0 to 1) with its interval; None shows the empty axis."""
        self._share, self._interval, self._pass_mark = share, interval, pass_mark
        spoken = "not enough data"
        if share is not None and interval is not None:
            spoken = f"{share:.0%}, between {interval.low:.0%} and {interval.high:.0%}"
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """A row's height."""
        return QSize(220, max(20, self._theme.type.base + 8))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but still a bar."""
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Axis, band, pass mark, dot."""
        c = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, width, middle = 6.0, self.width() - 12.0, self.height() / 2
        painter.setPen(QPen(QColor(c.line), 2))
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
        below = self._share is not None and self._pass_mark is not None and self._share < self._pass_mark
        if self._interval is not None:
            band = QRectF(
                left + self._interval.low * width,
                middle - 4,
                max(2.0, (self._interval.high - self._interval.low) * width),
                8,
            )
            painter.setPen(QPen(QColor(c.caution_line if below else c.info_line), 1))
            painter.setBrush(QColor(c.caution_tint if below else c.info_tint))
            painter.drawRoundedRect(band, 4, 4)
        if self._pass_mark is not None:
            x = left + self._pass_mark * width
            painter.setPen(QPen(QColor(c.line_strong), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        if self._share is not None:
            painter.setPen(QPen(QColor(c.sheet), 1.5))
            painter.setBrush(QColor(c.caution_line if below else c.info_line))
            painter.drawEllipse(QPointF(left + self._share * width, middle), 5, 5)
        painter.end()


class TrendLine(QWidget):
    """Scores of past exams from left to right, each a dot with its interval, with the pass mark across."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[tuple[float, Interval, str], ...] = ()
        self._pass_mark = 0.7
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_points(self, points: tuple[tuple[float, Interval, str], ...], pass_mark: float) -> None:
        """Show scores (share, interval, day), the oldest first."""
        self._points, self._pass_mark = points, pass_mark
        self.setAccessibleName("Scores: " + (", ".join(f"{d} {s:.0%}" for s, _, d in points) or "none yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """A chart's height."""
        return QSize(480, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Grid, pass mark, intervals, line and dots, days below."""
        c, size = self._theme.colours, self._theme.type.base
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = QRectF(size * 3.2, 8, self.width() - size * 3.2 - 16, self.height() - size * 2 - 12)
        font = painter.font()
        font.setPixelSize(max(9, size - 2))
        painter.setFont(font)

        def y(share: float) -> float:
            return plot.bottom() - share * plot.height()

        for share in (0.0, 0.5, 1.0):
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(plot.left(), y(share)), QPointF(plot.right(), y(share)))
            painter.setPen(QColor(c.faint))
            painter.drawText(
                QRectF(0, y(share) - size, plot.left() - 8, size * 2),
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                f"{share:.0%}",
            )
        painter.setPen(QPen(QColor(c.line_strong), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y(self._pass_mark)), QPointF(plot.right(), y(self._pass_mark)))
        count = len(self._points)
        xs = [plot.left() + plot.width() * (i + 0.5) / count for i in range(count)]
        for x, (_, interval, _) in zip(xs, self._points, strict=True):
            painter.setPen(QPen(QColor(c.info_line), 2))
            painter.drawLine(QPointF(x, y(interval.low)), QPointF(x, y(interval.high)))
        painter.setPen(QPen(QColor(c.accent), 1.5))
        painter.drawPolyline([QPointF(x, y(p[0])) for x, p in zip(xs, self._points, strict=True)])
        every = max(1, round(count * size * 5 / max(1.0, plot.width())))
        for i, (x, (share, _, day)) in enumerate(zip(xs, self._points, strict=True)):
            painter.setPen(QPen(QColor(c.sheet), 1.5))
            painter.setBrush(QColor(c.accent))
            painter.drawEllipse(QPointF(x, y(share)), 5, 5)
            if i % every == 0:
                painter.setPen(QColor(c.faint))
                painter.drawText(
                    QRectF(x - size * 4, plot.bottom() + 4, size * 8, size * 1.6), Qt.AlignmentFlag.AlignCenter, day
                )
        painter.end()
