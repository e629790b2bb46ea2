"""Tick boxes in the colours of the theme: Fusion's own vanish on a dark page."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from studyapp.ui.theme import Theme

_BOXES = (QStyle.PrimitiveElement.PE_IndicatorCheckBox, QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck)
_SIDES = (QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight)


class TickStyle(QProxyStyle):
    """Fusion but for its tick boxes. Kept by whoever gives it to a widget with ``setStyle``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        """A box that grows with the text."""
        if metric in _SIDES:
            return self._theme.type.base + 1
        return super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """A box with a tick, a dash where only parts are ticked."""
        if element not in _BOXES:
            super().drawPrimitive(element, option, painter, widget)
            return
        colour = self._theme.colour
        on = bool(option.state & QStyle.StateFlag.State_On)
        partly = bool(option.state & QStyle.StateFlag.State_NoChange)
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent" if on or partly else "line_strong"), 1))
        painter.setBrush(colour("accent_fill" if on or partly else "sheet"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(colour("on_accent"), box.width() / 8))
        points = ((0.22, 0.52), (0.43, 0.72), (0.78, 0.28)) if on else ((0.25, 0.5), (0.75, 0.5))
        if on or partly:
            painter.drawPolyline([box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in points])
        painter.restore()
