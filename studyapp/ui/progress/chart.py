"""A chart on a page: drawn, hovered over, read aloud, saved."""

import csv
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studyapp.core.errors import StudyError
from studyapp.ui.progress.chart_data import ChartData
from studyapp.ui.progress.draw import Draw, Hit
from studyapp.ui.theme import Theme

_PICTURE = QSize(1200, 500)
_EDGE = 24


class Chart(QWidget):
    """Shows a ``ChartData`` as ``draw`` draws it, so many pixels high at 100 %."""

    def __init__(self, draw: Draw, theme: Theme, height: int = 200) -> None:
        super().__init__()
        self._height = height
        self._draw = draw
        self._theme = theme
        self._data: ChartData | None = None
        self._hits: list[Hit] = []
        self._hovered: Hit | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._resized)

    def show_data(self, data: ChartData) -> None:
        """Show other figures."""
        self._data, self._hovered = data, None
        self.setAccessibleName(data.title)
        self.setAccessibleDescription(data.spoken)
        self.update()

    @property
    def shown(self) -> ChartData | None:
        """What is shown."""
        return self._data

    def told_at(self, place: QPointF) -> str:
        """What hovering over a place tells."""
        return next((hit.told for hit in self._hits if hit.place.contains(place)), "")

    def save(self, path: Path) -> None:
        """Write a picture (``.png``), a drawing (``.svg``) or a table (``.csv``).

        Raises:
            StudyError: where the file cannot be written, or is of another kind.
        """
        if self._data is None:
            return
        writers = {".png": self._save_png, ".svg": self._save_svg, ".csv": _save_csv}
        write = writers.get(path.suffix.lower())
        if write is None:
            raise StudyError(f"{path.name} is no chart file.", "Choose a name that ends in .png, .svg or .csv.")
        try:
            write(path, self._data)
        except OSError as error:
            raise StudyError(f"{path} could not be written.", "Choose another folder.") from error

    def sizeHint(self) -> QSize:
        """A chart's height goes with the text."""
        return QSize(self._theme.scaled(480), self._theme.scaled(self._height))

    def minimumSizeHint(self) -> QSize:
        """Narrow, but still a chart."""
        return QSize(160, self.sizeHint().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The place under the pointer tells its numbers."""
        found = next((hit for hit in self._hits if hit.place.contains(event.position())), None)
        if found is not self._hovered:
            self._hovered = found
            self.update()
        if found is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), found.told, self)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered over any more."""
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chart, and a frame around what is hovered over."""
        if self._data is None or not self._data.filled:
            return
        painter = QPainter(self)
        self._hits = self._paint(painter, QRectF(self.rect()), self._data)
        if self._hovered is not None:
            place = next((hit.place for hit in self._hits if hit.told == self._hovered.told), None)
            if place is not None:
                tint = QColor(self._theme.colours.accent)
                painter.setPen(QPen(tint, 1))
                tint.setAlpha(24)
                painter.setBrush(tint)
                painter.drawRect(place)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRectF, data: ChartData) -> list[Hit]:
        size = self._theme.type.base
        font = QFont(self.font())
        font.setPixelSize(max(9, size - 1))
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return self._draw(painter, rect, data, self._theme.colours, size)

    def _picture(self, painter: QPainter, data: ChartData) -> None:
        """The chart with its title, as it is saved."""
        c, size = self._theme.colours, self._theme.type.section
        painter.fillRect(QRectF(0, 0, _PICTURE.width(), _PICTURE.height()), QColor(c.sheet))
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        painter.drawText(QRectF(_EDGE, _EDGE, _PICTURE.width() - 2 * _EDGE, size * 2), data.title)
        top = _EDGE + size * 2
        inner = QRectF(_EDGE, top, _PICTURE.width() - 2 * _EDGE, _PICTURE.height() - top - _EDGE)
        self._paint(painter, inner, data)

    def _save_png(self, path: Path, data: ChartData) -> None:
        picture = QImage(_PICTURE * 2, QImage.Format.Format_ARGB32)
        painter = QPainter(picture)
        painter.scale(2, 2)
        self._picture(painter, data)
        painter.end()
        if not picture.save(str(path)):
            raise OSError(str(path))

    def _save_svg(self, path: Path, data: ChartData) -> None:
        # Imported here: a library of its own, which is needed for this alone.
        from PySide6.QtSvg import QSvgGenerator

        # Into memory first, as the generator says nothing where it cannot write.
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        drawing.setSize(_PICTURE)
        drawing.setViewBox(QRectF(0, 0, _PICTURE.width(), _PICTURE.height()))
        drawing.setTitle(data.title)
        drawing.setDescription(data.spoken)
        painter = QPainter(drawing)
        self._picture(painter, data)
        painter.end()
        path.write_bytes(content.data())

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()


def _save_csv(path: Path, data: ChartData) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(data.table)
