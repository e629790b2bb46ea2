"""The options of a question: rows to click, each with its letter, its mark and, once revealed, its rationale."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from studyapp.ui.theme import RADIUS, Theme
from studyapp.ui.widgets.layout import label
from studyapp.ui.widgets.reading import ReadingText

LETTERS = "ABCDEFGH"
_MARK = 18


class Verdict(StrEnum):
    """What a revealed option is: the key, a wrong choice, or a distractor that was left alone."""

    NONE = ""
    KEY = "key"
    WRONG = "wrong"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option as it is to be shown.

    ``note`` is a word beside it (“Your answer”), ``rationale`` stands below, ``struck`` strikes it out.
    """

    text: str
    chosen: bool
    verdict: Verdict = Verdict.NONE
    note: str = ""
    rationale: str = ""
    struck: bool = False


class OptionRow(QAbstractButton):
    """One option. A tick box where several may be chosen, a radio mark where one may.

    ``struck`` tells of a click with the right button.
    """

    struck = Signal()

    def __init__(self, theme: Theme, index: int) -> None:
        super().__init__()
        self._theme = theme
        self._index = index
        self._multiple = False
        self._verdict = Verdict.NONE
        self._struck_out = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._text = ReadingText(theme)
        self._note = label("", "strong")
        self._rationale = ReadingText(theme, "soft")
        for part in (self._text, self._note, self._rationale):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addWidget(self._note)
        column.addWidget(self._rationale)
        self._outer = QHBoxLayout(self)
        self._outer.addLayout(column)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Leave room for mark and letter at the size of the text."""
        self._outer.setContentsMargins(12 + self._mark + 8 + round(self._theme.type.reading * 1.6), 10, 16, 10)
        self.update()

    @property
    def _mark(self) -> int:
        # Half as fast as the text.
        return round(_MARK * (100 + self._theme.percent) / 200)

    def render_view(self, view: OptionView, *, multiple: bool, enabled: bool, folder: Path | None = None) -> None:
        """Show an option as ``view`` says; ``folder`` is where its images lie."""
        self._multiple, self._verdict = multiple, view.verdict
        self._text.show_markdown(view.text, folder)
        self._text.strike_out(view.struck)
        self._struck_out = view.struck
        self._note.setText(view.note)
        self._note.setVisible(bool(view.note))
        self._note.setProperty("role", {Verdict.KEY: "right", Verdict.WRONG: "wrong"}.get(view.verdict, "faint"))
        self._note.style().polish(self._note)
        self._rationale.show_markdown(view.rationale, folder)
        self._rationale.setVisible(bool(view.rationale))
        self.setChecked(view.chosen)
        self.setEnabled(enabled)
        self.setCursor(Qt.CursorShape.PointingHandCursor if enabled else Qt.CursorShape.ArrowCursor)
        spoken = f"{LETTERS[self._index]}. {view.text}" + (" — struck out" if view.struck else "")
        self.setAccessibleName(f"{spoken} — {view.note}" if view.note else spoken)
        names = " ".join(filter(None, (self._text.accessibleDescription(), self._rationale.accessibleDescription())))
        self.setAccessibleDescription(f"{view.rationale} {names}".strip())
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt's question to the layout: yes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the text at this width."""
        layout = self.layout()
        return max(44, layout.heightForWidth(width)) if layout else 44

    def sizeHint(self) -> QSize:
        """The layout's."""
        layout = self.layout()
        return layout.sizeHint() if layout else QSize(200, 44)

    def minimumSizeHint(self) -> QSize:
        """As high as the text at the present width, so that nothing is cut off."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def nextCheckState(self) -> None:
        """A click ticks nothing: what is on disk does, by ``render_view``."""

    def event(self, event: QEvent) -> bool:
        """The texts let the mouse through, so the row shows what they tell of product names."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for text in (self._text, self._rationale):
                told = text.told_at(text.mapFrom(self, event.pos()))
                if told:
                    QToolTip.showText(event.globalPos(), told, self)
                    return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button strikes out."""
        if event.button() == Qt.MouseButton.RightButton and self.isEnabled():
            self.struck.emit()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the page (“next”), Space chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The border, the mark and the letter; the texts are widgets of their own."""
        c = self._theme.colours
        fill, line = c.sheet, c.line
        if self._verdict is Verdict.KEY:
            fill, line = c.right_tint, c.right_line
        elif self._verdict is Verdict.WRONG:
            fill, line = c.wrong_tint, c.wrong_line
        elif self.isChecked():
            fill, line = c.accent_tint, c.accent
        elif self.underMouse() and self.isEnabled():
            fill = c.hover
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        width = 2.0 if self.hasFocus() else 1.0
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(QColor(c.accent if self.hasFocus() else line), width))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        self._paint_mark(painter)
        painter.setPen(colour("faint" if self._struck_out else "soft"))
        font = painter.font()
        font.setPixelSize(self._theme.type.reading)
        font.setBold(True)
        font.setStrikeOut(self._struck_out)
        painter.setFont(font)
        letter = QRectF(12 + self._mark + 8, 10, 60, self._line_height())
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter, LETTERS[self._index])
        painter.end()

    def _line_height(self) -> float:
        return self._theme.type.reading * 1.6

    def _paint_mark(self, painter: QPainter) -> None:
        colour = self._theme.colour
        side = float(self._mark)
        mark = QRectF(13, 10 + (self._line_height() - side) / 2, side, side)
        on = self.isChecked()
        painter.setPen(QPen(colour("accent_fill" if on else "line_strong"), 1.5))
        painter.setBrush(colour("accent_fill") if on else Qt.BrushStyle.NoBrush)
        if self._multiple:
            painter.drawRoundedRect(mark, 4, 4)
        else:
            painter.drawEllipse(mark)
        if on and self._multiple:
            painter.setPen(QPen(colour("on_accent"), 2))
            painter.drawPolyline(
                [mark.topLeft() + QPointF(x * side, y * side) for x, y in ((0.22, 0.5), (0.42, 0.72), (0.78, 0.28))]
            )
        elif on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("on_accent"))
            painter.drawEllipse(mark.center(), side / 5, side / 5)


class OptionList(QWidget):
    """All options of a question.

    ``picked`` tells the index of the row that was clicked or keyed, ``struck`` of the one to strike out or restore.
    """

    picked = Signal(int)
    struck = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[OptionRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def render_views(
        self, views: tuple[OptionView, ...], *, multiple: bool, enabled: bool, folder: Path | None = None
    ) -> None:
        """Show these options; rows are kept, so that the focus stays where it is.

        ``folder`` is where their images lie.
        """
        while len(self._rows) < len(views):
            index = len(self._rows)
            row = OptionRow(self._theme, index)
            # The truth comes back by render: the click only says what was picked.
            row.clicked.connect(lambda _checked=False, i=index: self.picked.emit(i))
            row.struck.connect(lambda i=index: self.struck.emit(i))
            self._rows.append(row)
            self._column.addWidget(row)
        for i, row in enumerate(self._rows):
            row.setVisible(i < len(views))
            if i < len(views):
                row.render_view(views[i], multiple=multiple, enabled=enabled, folder=folder)

    def focused(self) -> int | None:
        """The index of the row that has the focus, if one has."""
        return next((i for i, row in enumerate(self.rows()) if row.hasFocus()), None)

    def rows(self) -> list[OptionRow]:
        """The rows on screen."""
        return [row for row in self._rows if not row.isHidden()]
