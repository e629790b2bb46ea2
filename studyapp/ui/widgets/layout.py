"""Building blocks of every page: labels with a role, sheets, rows, the scrolling page itself."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import SIGNAL, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.ui.theme import GROUP_GAP, MARGIN, QUIET_PADDING, ROW_GAP, Theme

L = TypeVar("L", bound=QBoxLayout)


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label; ``role`` is one of the theme's (title, section, soft, faint, right, …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role of the theme and repaint it so."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, clicked: Callable[[], None], role: str = "", *, name: str = "") -> QPushButton:
    """A push button; ``name`` is its accessible name where the text alone does not say enough."""
    made = QPushButton(text)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: clicked())
    if role:
        made.setProperty("role", role)
    if name:
        made.setAccessibleName(name)
    return made


def focused_button(owner: QWidget) -> QPushButton | None:
    """The button inside ``owner`` that Enter is meant for: it has the focus, and is no choice that is made already."""
    at = QApplication.focusWidget()
    return at if isinstance(at, QPushButton) and owner.isAncestorOf(at) and not at.isChecked() else None


def shortcut(owner: QWidget, keys: str, action: Callable[[], None]) -> QShortcut:
    """A key for the page: works while the focus is anywhere inside ``owner``. Enter presses a button that has it."""
    made = QShortcut(QKeySequence(keys), owner)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    # These start and end things: who holds one down from the page before means none of that here.
    made.setAutoRepeat(keys not in ("Return", "Enter", "Space"))
    made.activated.connect(_unless_at_button(owner, action) if keys in ("Return", "Enter") else action)
    return made


def _unless_at_button(owner: QWidget, action: Callable[[], None]) -> Callable[[], None]:
    def enter() -> None:
        at = focused_button(owner)
        if at is None:
            action()
        else:
            at.click()

    return enter


def sheet(margin: int = 16) -> tuple[QFrame, QVBoxLayout]:
    """A sheet of paper and the column in it."""
    frame = QFrame()
    frame.setProperty("role", "sheet")
    column = QVBoxLayout(frame)
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(ROW_GAP)
    return frame, column


def rule() -> QFrame:
    """A thin horizontal line."""
    line = QFrame()
    line.setProperty("role", "rule")
    return line


def row(*parts: QWidget | QLayout | int | None, spacing: int = ROW_GAP) -> QHBoxLayout:
    """Parts side by side; None is a stretch, a number a gap in pixels."""
    return _fill(QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | QLayout | int | None, spacing: int = ROW_GAP) -> QVBoxLayout:
    """Parts below each other; None is a stretch, a number a gap in pixels."""
    return _fill(QVBoxLayout(), parts, spacing)


def _fill(layout: L, parts: tuple[QWidget | QLayout | int | None, ...], spacing: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QWidget):
            # Text that wraps takes what room there is; left alone it would wrap at a guess of Qt's.
            layout.addWidget(part, 1 if isinstance(part, QLabel) and part.wordWrap() else 0)
        else:
            layout.addLayout(part)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def limit_width(widget: QWidget, pixels: int, theme: Theme) -> None:
    """Let a widget grow no wider than so many pixels at 100 %, more where the text is larger."""

    def apply() -> None:
        widget.setMaximumWidth(theme.scaled(pixels))

    # With the widget as its context the connection ends with it.
    QObject.connect(theme, SIGNAL("changed()"), widget, apply)
    apply()


def scrolling(body: QWidget) -> QScrollArea:
    """A widget that scrolls up and down where it is higher than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area


class ScrollPage(QScrollArea):
    """A page: a title, then groups, in a column that scrolls and does not grow wider than it reads well.

    ``fit`` is called with True when the page becomes too narrow for things side by side, at the size of its text.
    ``first`` is the control that gets the focus when the page does.
    """

    narrow_below = 700
    # Not a focus proxy: with one, Tab comes by nothing of what stands before it on the page.
    first: QWidget | None = None

    def __init__(self, title: str, theme: Theme, *, width: int = 880) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("page")
        self.setWidget(body)
        inner = QWidget()
        # So far to the left of the groups reaches a button whose text is to stand in line with them.
        limit_width(inner, width + QUIET_PADDING, theme)
        self.groups = QVBoxLayout(inner)
        self.groups.setContentsMargins(QUIET_PADDING, 0, 0, 0)
        self.groups.setSpacing(GROUP_GAP)
        outer = QHBoxLayout(body)
        outer.setContentsMargins(MARGIN - QUIET_PADDING, MARGIN, MARGIN, MARGIN)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        self._theme = theme
        self._narrow: bool | None = None
        self.title = label(title, "title", wrap=True)
        self.setAccessibleName(title)
        self.groups.addWidget(self.title)

    def put_around_title(self, above: QBoxLayout, *below: QWidget) -> None:
        """Put a line that begins with a quiet button above the title and others below it, closer than groups are."""
        above.insertSpacing(0, -QUIET_PADDING)
        self.groups.removeWidget(self.title)
        self.groups.insertLayout(0, column(above, 4, self.title, *below, spacing=4))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on."""
        super().focusInEvent(event)
        if self.first is not None:
            self.first.setFocus(event.reason())

    def fit(self, narrow: bool) -> None:
        """Put things side by side or below each other; pages that have such things override it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when the page becomes narrow, or wide again."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < self._theme.scaled(self.narrow_below)
        if narrow != self._narrow:
            self._narrow = narrow
            self.fit(narrow)
