"""The frame: a narrow sidebar on the left, the page on the right, and nothing else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from studyapp.ui.icons import icon
from studyapp.ui.theme import SIDEBAR_WIDTH, Theme
from studyapp.ui.widgets.layout import label
from studyapp.ui.widgets.message_bar import MessageArea

PAGES = (
    ("today", "Today"),
    ("exam", "Practice exam"),
    ("flashcards", "Flashcards"),
    ("progress", "Progress"),
    ("decks", "Decks"),
    ("settings", "Settings"),
)

# Below this many pixels at 100 % the sidebar would take too much from the page.
NARROW_WINDOW = 800


class MainWindow(QMainWindow):
    """Navigates between pages. ``wanted`` names the page that was clicked; ``painted`` comes once, at first paint.

    ``dropped`` brings the paths of deck files, folders and files of other programs that were dropped onto it.
    """

    wanted = Signal(str)
    painted = Signal()
    help_wanted = Signal()
    size_step = Signal(int)
    closing = Signal()
    dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._was_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before ``closing``: False keeps the window, and what was asked says why."""
        self.setWindowTitle("studyapp")
        self.setAcceptDrops(True)
        self.resize(1120, 760)
        self.setMinimumSize(720, 480)
        self.messages = MessageArea()
        self._stack = QStackedWidget()
        self.entry = ""
        """The entry of the sidebar that the page on screen belongs to."""
        self._nav: dict[str, QPushButton] = {}
        self._badges: dict[str, int] = {}
        self._sidebar = self._make_sidebar()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._stack, 1)
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self._sidebar)
        line.addWidget(right, 1)
        self.setCentralWidget(middle)
        for i, (name, _) in enumerate(PAGES, start=1):
            QShortcut(QKeySequence(f"Ctrl+{i}"), self).activated.connect(lambda n=name: self._ask(n))
        for keys, step in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda s=step: self.size_step.emit(s))
        # A shortcut, since a list that has the focus would search for it.
        QShortcut(QKeySequence("?"), self).activated.connect(self.help_wanted)
        theme.changed.connect(self._paint_icons)
        self._paint_icons()

    def show_page(self, page: QWidget, name: str) -> None:
        """Put a page on the right; ``name`` is the entry of the sidebar it belongs to. A desk hides the sidebar."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.entry = name
        self._sidebar.setVisible(name != "desk")
        for entry, made in self._nav.items():
            made.setChecked(entry == name)
        page.setFocus()

    def forget_page(self, page: QWidget) -> None:
        """Take a page out for good."""
        self._stack.removeWidget(page)
        page.deleteLater()

    @property
    def page(self) -> QWidget | None:
        """The page on screen."""
        return self._stack.currentWidget()

    def set_badge(self, name: str, count: int) -> None:
        """A number beside an entry of the sidebar, none for zero."""
        self._badges[name] = count
        title = dict(PAGES)[name]
        self._nav[name].setAccessibleName(f"{title}, {count}" if count else title)
        self._fit_sidebar()

    def _make_sidebar(self) -> QFrame:
        sidebar = QFrame()
        sidebar.setObjectName("sidebar")
        column = QVBoxLayout(sidebar)
        column.setContentsMargins(12, 20, 12, 16)
        column.setSpacing(4)
        self._name = label("  studyapp", "strong")
        column.addWidget(self._name)
        column.addSpacing(12)
        for name, title in PAGES:
            if name == "settings":
                column.addStretch(1)
            made = QPushButton(f"  {title}")
            made.setProperty("role", "nav")
            made.setAccessibleName(title)
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, n=name: self._ask(n))
            self._nav[name] = made
            column.addWidget(made)
        return sidebar

    def _ask(self, name: str) -> None:
        # The page that is shown, not the click, says which entry is checked.
        for entry, made in self._nav.items():
            made.setChecked(entry == name)
        self.wanted.emit(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A window that is narrow for its text keeps icons alone in the sidebar."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def _fit_sidebar(self) -> None:
        narrow = self.width() < self._theme.scaled(NARROW_WINDOW)
        self._name.setVisible(not narrow)
        for name, made in self._nav.items():
            made.setText("" if narrow else f"  {self._title(name)}")
            made.setToolTip(self._title(name) if narrow else "")
        # Fixed, as the checked entry is bold and would make the sidebar wider than the others.
        width = self._theme.scaled(20) + 48 if narrow else self._theme.scaled(SIDEBAR_WIDTH)
        self._sidebar.setFixedWidth(width)

    def _title(self, name: str) -> str:
        count = self._badges.get(name, 0)
        return dict(PAGES)[name] + (f"  {count}" if count else "")

    def _paint_icons(self) -> None:
        self._fit_sidebar()
        side = self._theme.scaled(20)
        for name, made in self._nav.items():
            made.setIconSize(QSize(side, side))
            made.setIcon(icon(name, self._theme.colour("soft"), side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """``?`` where the keyboard gives it with Shift and the shortcut does not know it."""
        if event.text() == "?":
            self.help_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Decks, and what can be made one, may be dropped anywhere."""
        if _taken_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        event.acceptProposedAction()
        self.dropped.emit(_taken_of(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What runs is left properly before the window goes; where that would lose something it stays."""
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        event.accept()


def is_foreign(path: Path) -> bool:
    """Whether a file is one of another program, to be imported. A text file may be anything."""
    return path.suffix.lower() in (".csv", ".tsv", ".gift", ".xml")


def _taken_of(data: QMimeData) -> list[Path]:
    """The folders, YAML files and files of other programs among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_dir() or path.suffix.lower() in (".yaml", ".yml") or is_foreign(path)]
