"""How things went: a chart on a sheet each, with a button that saves it."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from studyapp.core.errors import StudyError
from studyapp.ui.progress import draw
from studyapp.ui.progress.chart import Chart
from studyapp.ui.progress.chart_data import ChartData
from studyapp.ui.progress.view_model import HistoryState, ProgressViewModel
from studyapp.ui.theme import GROUP_GAP, Theme
from studyapp.ui.widgets.layout import button, label, row, scrolling, sheet
from studyapp.ui.widgets.message_bar import Message, MessageArea

_DRAWN = (draw.band, draw.joined, draw.calendar, draw.bars, draw.line, draw.dots)
_KINDS = "Picture (*.png);;Drawing (*.svg);;Table (*.csv)"


class ChartSheet(QWidget):
    """One chart with its title, how to read it, and Save."""

    def __init__(self, drawn: draw.Draw, theme: Theme, messages: MessageArea, *beside: QWidget) -> None:
        super().__init__()
        self._messages = messages
        self._title = label("", "section", wrap=True)
        self._save = button("Save…", self._ask, "quiet")
        self.chart = Chart(drawn, theme, 156 if drawn is draw.calendar else 200)
        self._note = label("", "faint", wrap=True)
        frame, inner = sheet(24)
        inner.addLayout(row(self._title, *beside, self._save))
        inner.addWidget(self.chart)
        inner.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def show_data(self, data: ChartData) -> None:
        """Show other figures."""
        self._title.setText(data.title)
        self._save.setAccessibleName(f"Save {data.title}")
        self._save.setVisible(data.filled)
        self.chart.setVisible(data.filled)
        self.chart.show_data(data)
        self._note.setText(data.note if data.filled else data.empty)

    def save_to(self, path: Path) -> None:
        """Save the chart; where that fails, say so."""
        try:
            self.chart.save(path)
        except StudyError as error:
            self._messages.show_message(Message("chart", "wrong", f"{error.message} {error.next_step}"))
        else:
            self._messages.show_message(Message("chart", "info", f"Saved as {path}."))

    def _ask(self) -> None:
        data = self.chart.shown
        if data is None:
            return
        chosen, kind = QFileDialog.getSaveFileName(self, "Save the chart", f"{data.name}.png", _KINDS)
        if chosen:
            path = Path(chosen)
            self.save_to(path if path.suffix else path.with_suffix(kind[-5:-1]))


class OverTimeView(QWidget):
    """All charts below each other."""

    def __init__(self, view_model: ProgressViewModel, theme: Theme, messages: MessageArea) -> None:
        super().__init__()
        self._vm = view_model
        self._shown: HistoryState | None = None
        self._area = QComboBox()
        self._area.setAccessibleName("Area whose mastery is shown")
        self._area.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._area.setMinimumContentsLength(26)
        self._area.activated.connect(lambda i: view_model.choose_area(self._area.itemData(i)))
        self.sheets = [
            ChartSheet(drawn, theme, messages, *([self._area] if drawn is draw.band else [])) for drawn in _DRAWN
        ]
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP_GAP)
        for made in self.sheets:
            column.addWidget(made)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(body))
        view_model.history_changed.connect(self.render_history)
        self.render_history(view_model.history)

    def render_history(self, history: HistoryState) -> None:
        """Show a state; showing it twice changes nothing."""
        if history == self._shown:
            return
        areas = self._shown.areas if self._shown is not None else ()
        self._shown = history
        if history.areas != areas:
            self._area.clear()
            for area, title in history.areas:
                self._area.addItem(title, area)
        self._area.setCurrentIndex(self._area.findData(history.area))
        for made, data in zip(self.sheets, history.charts, strict=False):
            made.show_data(data)
