"""Progress: the weak areas, and how things went."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studyapp.sessions.progress import Grouping
from studyapp.ui.progress.areas_view import AreasView
from studyapp.ui.progress.view_model import ProgressState, ProgressViewModel
from studyapp.ui.theme import MARGIN, Theme
from studyapp.ui.widgets.layout import button, label, limit_width, row, shortcut
from studyapp.ui.widgets.message_bar import MessageArea

KEYS = (
    ("A", "Weak areas"),
    ("O", "Over time"),
    ("↑ and ↓", "From area to area"),
    ("→ and ←", "Open an area, close it"),
    ("Enter", "Drill the area; review the cards of a question"),
)


class ProgressPage(QWidget):
    """Two views of one history; the charts are made when they are first looked at."""

    def __init__(self, view_model: ProgressViewModel, theme: Theme) -> None:
        super().__init__()
        self._vm = view_model
        self._theme = theme
        self.messages = MessageArea()
        self.areas = AreasView(view_model, theme)
        self._grouping = QComboBox()
        self._grouping.setAccessibleName("What the areas are")
        self._grouping.addItem("By domain", Grouping.DOMAINS)
        self._grouping.addItem("By part of the exam", Grouping.STRATA)
        self._grouping.activated.connect(lambda i: view_model.group(Grouping(self._grouping.itemData(i))))
        self._views = {
            False: button("Weak areas", lambda: self.look_at(over_time=False)),
            True: button("Over time", lambda: self.look_at(over_time=True)),
        }
        for made in self._views.values():
            made.setCheckable(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.areas)
        body = QWidget()
        body.setObjectName("page")
        inner = QWidget()
        limit_width(inner, 1040, theme)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(label("Progress", "title"))
        column.addLayout(row(*self._views.values(), None, self._grouping))
        column.addWidget(self._stack, 1)
        across = QHBoxLayout(body)
        across.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        across.addWidget(inner, 1)
        across.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.messages)
        outer.addWidget(body, 1)
        shortcut(self, "A", lambda: self.look_at(over_time=False))
        shortcut(self, "O", lambda: self.look_at(over_time=True))
        self._check(over_time=False)
        # The table has the focus wherever the page is given it, so that its keys work at once.
        self.setFocusProxy(self.areas.table)
        view_model.changed.connect(self._show_grouping)
        self._show_grouping(view_model.state)

    def look_at(self, *, over_time: bool) -> None:
        """Show how things went, or the weak areas."""
        self._check(over_time=over_time)
        if over_time and self._stack.count() == 1:
            # Imported and built when first needed: who never looks at the charts does not wait for them. The window
            # gets its turn between importing, building, and reading the figures.
            import studyapp.ui.progress.over_time_view  # noqa: F401

            QTimer.singleShot(0, self, self._build_charts)
            return
        self._stack.setCurrentIndex(int(over_time))
        self._vm.look_at(over_time=over_time)

    def _build_charts(self) -> None:
        from studyapp.ui.progress.over_time_view import OverTimeView

        self._stack.addWidget(OverTimeView(self._vm, self._theme, self.messages))
        self._stack.setCurrentIndex(1)
        QTimer.singleShot(0, self, lambda: self._vm.look_at(over_time=True))

    @property
    def view(self) -> QWidget | None:
        """The view that is looked at."""
        return self._stack.currentWidget()

    def showEvent(self, event: QShowEvent) -> None:
        """The table takes the focus, so that its keys work at once."""
        super().showEvent(event)
        self.areas.table.setFocus()

    def _check(self, *, over_time: bool) -> None:
        for which, made in self._views.items():
            made.setChecked(which is over_time)
        self._grouping.setVisible(not over_time)

    def _show_grouping(self, state: ProgressState) -> None:
        self._grouping.setEnabled(bool(state.exam))
        self._grouping.setToolTip(state.exam)
        self._grouping.setCurrentIndex(self._grouping.findData(state.grouping))
