"""Weak areas as a table that is a chart, and the line of past scores."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studyapp.ui import words
from studyapp.ui.progress.view_model import PASS_MARK, AreaLine, ProgressState, ProgressViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.bars import IntervalBar, TrendLine
from studyapp.ui.widgets.layout import ScrollPage, button, clear, label, row, sheet

KEYS = (("Tab", "From area to area"), ("Space", "Open an area; start its drill"))


class ProgressPage(ScrollPage):
    """Areas, the weakest first, each with its drill; a domain opens to its topics."""

    def __init__(self, view_model: ProgressViewModel, theme: Theme) -> None:
        super().__init__("Progress", theme, width=960)
        self._vm = view_model
        self._theme = theme
        self._state: ProgressState | None = None
        self._open: set[str] = set()
        trend_frame, trend = sheet(24)
        trend.addWidget(label("Scores of your exams", "section"))
        self._trend_empty = label(
            "Each exam you submit appears here with its interval. Sit one from the Practice exam page.",
            "soft",
            wrap=True,
        )
        self._trend = TrendLine(theme)
        self._trend_note = label(
            "Each line is where the true share lies, 80 % sure; dashed is a pass mark of "
            f"{words.percent(PASS_MARK)}, an assumption.",
            "faint",
            wrap=True,
        )
        for part in (self._trend_empty, self._trend, self._trend_note):
            trend.addWidget(part)
        areas_frame, areas = sheet(24)
        areas.addWidget(label("Weak areas", "section"))
        self._areas_note = label("", "soft", wrap=True)
        areas.addWidget(self._areas_note)
        self._areas = QVBoxLayout()
        self._areas.setSpacing(0)
        areas.addLayout(self._areas)
        self.groups.addWidget(areas_frame)
        self.groups.addWidget(trend_frame)
        self.groups.addStretch(1)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def fit(self, narrow: bool) -> None:
        """The title of an area above its bar where there is no room beside it."""
        self._fill(self._state or self._vm.state)

    def render_state(self, state: ProgressState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._state:
            return
        self._state = state
        self._trend.setVisible(bool(state.points))
        self._trend_note.setVisible(bool(state.points))
        self._trend_empty.setVisible(not state.points)
        self._trend.show_points(state.points, PASS_MARK)
        self._areas_note.setText(
            f"From {words.counted(state.answers, 'answer')}, the surest weakness first. The band is where your share "
            "of right answers lies, 80 % sure."
            if state.answers
            else "Answer questions in an exam or a drill, and each area shows here how well you know it and how sure "
            "that is."
        )
        self._fill(state)

    def _fill(self, state: ProgressState) -> None:
        clear(self._areas)
        for line in state.areas:
            self._areas.addWidget(self._area(line))

    def _area(self, line: AreaLine, *, indent: bool = False) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(24 if indent else 0, 4, 0, 4)
        column.setSpacing(0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        bar = IntervalBar(self._theme)
        bar.show_share(line.share, line.interval, PASS_MARK)
        below_title = 1 if self._narrow else 0
        title = label(line.title, "" if indent else "strong", wrap=True)
        grid.addWidget(title, 0, 0, 1, 5 if self._narrow else 1)
        answers = label(line.answers, "faint")
        answers.setFixedWidth(self._theme.scaled(86))
        grid.addWidget(answers, below_title, 1)
        grid.addWidget(bar, below_title, 2)
        text = label(line.text, "soft" if line.share is not None else "faint")
        text.setFixedWidth(self._theme.scaled(215))
        grid.addWidget(text, below_title, 3)
        drill = button("Drill", lambda: self._vm.drill(line.area), "quiet", name=f"Drill {line.title}")
        drill.setEnabled(line.questions > 0)
        drill.setToolTip(words.counted(line.questions, "question") + " in the decks")
        for i, (stretch, width) in enumerate(((0, 0) if self._narrow else (5, 150), (0, 0), (6, 100), (0, 0), (0, 0))):
            grid.setColumnStretch(i, stretch)
            grid.setColumnMinimumWidth(i, width)
        topics = QWidget()
        below = QVBoxLayout(topics)
        below.setContentsMargins(0, 0, 0, 8)
        below.setSpacing(0)
        topics.setVisible(False)
        actions = [drill]
        if line.topics:
            opener = button("", lambda: None, "quiet", name=f"Topics of {line.title}")

            def show(opened: bool) -> None:
                if opened and not below.count():
                    for topic in line.topics:
                        below.addWidget(self._area(topic, indent=True))
                topics.setVisible(opened)
                opener.setText("Topics ▴" if opened else "Topics ▾")
                (self._open.add if opened else self._open.discard)(line.area)

            opener.clicked.connect(lambda _checked=False: show(topics.isHidden()))
            show(line.area in self._open)
            actions.insert(0, opener)
        held = QWidget()
        held.setLayout(row(None, *actions, spacing=0))
        held.setFixedWidth(self._theme.scaled(150))
        grid.addWidget(held, below_title, 4)
        column.addLayout(grid)
        column.addWidget(topics)
        return holder
