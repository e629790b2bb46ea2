"""The results: the score and how sure it is, what stands out, the breakdowns, then every question in the open."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from studyapp.ui.exam.results_breakdown import Breakdown
from studyapp.ui.exam.results_question import QuestionSheet
from studyapp.ui.exam.results_view_model import Answered, ResultsState, ResultsViewModel, SitAgain
from studyapp.ui.exam.results_words import Filter, Notice
from studyapp.ui.exam.setup_controls import NumberBox, Switch
from studyapp.ui.file_export import ask_where
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.layout import ScrollPage, button, clear, column, label, row, set_role, sheet, shortcut

_KEYS = {
    "W": Filter.WRONG,
    "S": Filter.SURE,
    "C": Filter.CHANGED,
    "L": Filter.SLOW,
    "G": Filter.FLAGGED,
    "A": Filter.ALL,
}
_LABELS = {wanted: wanted.value.capitalize() for wanted in Filter}
_EMPTY = {
    Filter.WRONG: "Nothing wrong in this exam.",
    Filter.SURE: "You were sure of no answer that is wrong.",
    Filter.CHANGED: "You changed no answer.",
    Filter.SLOW: "No question took you more than twice as long as the others.",
    Filter.FLAGGED: "You flagged no question.",
    Filter.ALL: "",
}
KEYS = (
    *((key, f"{_LABELS[wanted]} questions") for key, wanted in _KEYS.items()),
    ("Enter", "Study the missed"),
    ("Ctrl+S", "Save the report"),
    ("E", "Edit the question on screen"),
    ("R", "Report the question on screen"),
)
_FILES = (("pdf", "Report as PDF"), ("html", "Report as web page (HTML)"), ("csv", "Responses as table (CSV)"))


class ResultsPage(ScrollPage):
    """Questions are built a few at a time, so that a long list does not hold up the window."""

    def __init__(self, view_model: ResultsViewModel, theme: Theme) -> None:
        super().__init__("Results", theme)
        self._vm = view_model
        self._shown: ResultsState | None = None
        self._pending: list[Answered] = []
        self._when = label("", "soft", wrap=True)
        self._share = label("", "number")
        self._total = label("", "section")
        self._verdict = label("", "strong", wrap=True)
        self._mark = NumberBox(1, 100, " %", "Pass mark, in percent", view_model.set_pass_mark)
        self._sure = label("", "soft", wrap=True)
        self._facts = label("", "faint", wrap=True)
        self._study = button("", view_model.study, "primary")
        self._save = button("Save report", lambda: None)
        self._made_due = label("", "faint", wrap=True)
        self._breakdown = Breakdown(view_model, theme)
        self._notices: QVBoxLayout = column(spacing=4)
        self._again: QVBoxLayout = column(spacing=16)
        self._filters = Switch(list(_LABELS.items()), view_model.set_filter, len(Filter))
        self._empty = label("", "soft", wrap=True)
        self._list: QVBoxLayout = column(spacing=16)
        self._build()
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_next)
        for key, wanted in _KEYS.items():
            shortcut(self, key, lambda w=wanted: view_model.set_filter(w))  # type: ignore[misc]
        shortcut(self, "Return", self._enter)
        shortcut(self, "E", self._edit)
        shortcut(self, "R", self._report)
        shortcut(self, QKeySequence(QKeySequence.StandardKey.Save).toString(), self._save.showMenu)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def _build(self) -> None:
        menu = QMenu(self._save)
        for ending, text in _FILES:
            menu.addAction(text).triggered.connect(self._exporter(ending, text))
        self._save.setMenu(menu)
        frame, top = sheet(24)
        top.addWidget(self._when)
        top.addLayout(row(self._share, self._total, None, spacing=16))
        self._mark_line = QWidget()
        self._mark_line.setLayout(row(label("Pass mark"), self._mark, label("Google publishes none", "faint"), None))
        for part in (self._verdict, self._sure, self._facts, self._mark_line):
            top.addWidget(part)
        top.addLayout(row(self._study, self._save, None))
        top.addWidget(self._made_due)
        self._notices_frame, notices = sheet(24)
        notices.addWidget(label("What stands out", "section"))
        notices.addLayout(self._notices)
        again_frame, again = sheet(24)
        again.addWidget(label("Sit it again", "section"))
        again.addLayout(self._again)
        for group in (frame, self._notices_frame, self._breakdown, again_frame):
            self.groups.addWidget(group)
        self.groups.addLayout(column(label("Questions", "section"), self._filters, spacing=12))
        self.groups.addWidget(self._empty)
        self.groups.addLayout(self._list)
        self.groups.addStretch(1)

    def fit(self, narrow: bool) -> None:
        """Fewer buttons beside each other where there is less room."""
        self._breakdown.fit(narrow)
        self._filters.fit(3 if narrow else len(Filter))

    def render_state(self, state: ResultsState) -> None:
        """Show a state; showing it twice changes nothing."""
        before, self._shown = self._shown, state
        if state == before:
            return
        self._when.setText(f"{state.title} · {state.when}")
        self._share.setText(state.share)
        self._total.setText(state.total)
        self._mark_line.setVisible(bool(state.verdict))
        self._verdict.setVisible(bool(state.verdict))
        self._verdict.setText(state.verdict)
        set_role(self._verdict, "right" if state.passed else "caution")
        self._mark.show_number(state.pass_mark)
        self._sure.setText(state.sure)
        self._facts.setText(state.facts)
        self._study.setVisible(bool(state.cards))
        self._study.setText(
            f"Study these {len(state.cards)} cards now  ⏎" if len(state.cards) > 1 else "Study this card now  ⏎"
        )
        self._made_due.setText(state.made_due)
        self._made_due.setVisible(bool(state.made_due))
        self._breakdown.render_state(state)
        self._filters.show_choice(state.filter, {f: f"{_LABELS[f]} ({count})" for f, count in state.counts} or None)
        if before is None or before.notices != state.notices:
            self._render_notices(state.notices)
        if before is None or before.again != state.again:
            clear(self._again)
            for way in state.again:
                self._again.addWidget(self._way(way))
        if before is None or before.questions != state.questions or before.attempt != state.attempt:
            self._empty.setVisible(not state.questions)
            self._empty.setText(_EMPTY[state.filter])
            clear(self._list)
            self._pending = list(state.questions)
            self._builder.start()
        if before is None or before.attempt != state.attempt:
            self.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """The page takes the focus, so that its keys work at once."""
        super().showEvent(event)
        self.setFocus()

    def _render_notices(self, notices: tuple[Notice, ...]) -> None:
        clear(self._notices)
        self._notices_frame.setVisible(bool(notices))
        for notice in notices:
            line = QWidget()
            show = button("Show", lambda n=notice: self._show(n.filter), "quiet", name=f"Show: {notice.text}")  # type: ignore[misc]
            line.setLayout(row(label(notice.text, wrap=True), show))
            self._notices.addWidget(line)

    def _way(self, way: SitAgain) -> QWidget:
        line = QWidget()
        start = button("Start", lambda: self._vm.sit_again(way), name=f"Start: {way.title}")
        texts = QWidget()
        texts.setLayout(column(label(way.title, "strong", wrap=True), label(way.detail, "faint", wrap=True), spacing=2))
        line.setLayout(row(texts, start, spacing=16))
        line.layout().setStretchFactor(texts, 1)  # type: ignore[union-attr]
        return line

    def _show(self, wanted: Filter) -> None:
        """List the questions of a notice, and go to them."""
        self._vm.set_filter(wanted)
        self.ensureWidgetVisible(self._filters, 0, self.viewport().height() // 2)

    def _build_next(self) -> None:
        if not self._pending:
            self._builder.stop()
            return
        made = QuestionSheet(self._pending.pop(0), self._theme)
        made.edit.connect(self._vm.edit)
        made.report.connect(self._vm.report)
        self._list.addWidget(made)

    def _on_screen(self) -> Answered | None:
        """The question one is looking at; None where none is in sight.

        It is the one that the focus is in, else the first one whose title is in sight, else the one that is in sight
        for the most part.
        """
        seen = [(sheet, self._sight_of(sheet)) for sheet in self.findChildren(QuestionSheet) if sheet.isVisible()]
        seen = [(sheet, part) for sheet, part in seen if not part.isEmpty()]
        focus = QApplication.focusWidget()
        inside = [sheet for sheet, _ in seen if focus is not None and sheet.isAncestorOf(focus)]
        titled = [sheet for sheet, _ in seen if self._sight_of(sheet.title).height() == sheet.title.height()]
        largest = sorted(seen, key=lambda one: -one[1].height())
        return next((sheet.answered for sheet in (*inside, *titled, *(sheet for sheet, _ in largest))), None)

    def _sight_of(self, widget: QWidget) -> QRect:
        """The part of the viewport in which a widget is seen."""
        return QRect(widget.mapTo(self.viewport(), QPoint()), widget.size()) & self.viewport().rect()

    def _edit(self) -> None:
        if (answered := self._on_screen()) is not None:
            self._vm.edit(answered)

    def _report(self) -> None:
        if (answered := self._on_screen()) is not None:
            self._vm.report(answered)

    def _exporter(self, ending: str, title: str) -> Callable[[], None]:
        return lambda: ask_where(self, title, self._vm.file_name, ending, self._vm.export)

    def _enter(self) -> None:
        """Enter in the pass mark is about the pass mark alone."""
        if self._mark.hasFocus():
            self._mark.interpretText()
        else:
            self._vm.study()
