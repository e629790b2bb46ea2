"""The results: the score and how sure it is, each stratum, then every question in the open."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout

from studyapp.core.scoring import Outcome
from studyapp.ui.exam.results_view_model import Answered, Filter, ResultsState, ResultsViewModel
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.bars import IntervalBar
from studyapp.ui.widgets.layout import ScrollPage, button, clear, label, row, rule, set_role, sheet, shortcut
from studyapp.ui.widgets.options import OptionList
from studyapp.ui.widgets.reading import ReadingText

KEYS = (("W", "Wrong questions"), ("G", "Flagged questions"), ("A", "All questions"), ("Enter", "Study the missed"))
_LABELS = {Filter.WRONG: "Wrong", Filter.FLAGGED: "Flagged", Filter.ALL: "All"}


class ResultsPage(ScrollPage):
    """Questions are built a few at a time, so that a long list does not hold up the window."""

    def __init__(self, view_model: ResultsViewModel, theme: Theme) -> None:
        super().__init__("Results", theme)
        self._vm = view_model
        self._theme = theme
        self._shown: ResultsState | None = None
        self._pending: list[Answered] = []
        frame, top = sheet(24)
        self._when = label("", "soft", wrap=True)
        self._share = label("", "number")
        self._total = label("", "section")
        self._verdict = label("", "strong", wrap=True)
        self._sure = label("", "soft", wrap=True)
        self._facts = label("", "faint", wrap=True)
        self._study = button("Study the missed", view_model.study, "primary")
        top.addWidget(self._when)
        top.addLayout(row(self._share, self._total, None, spacing=16))
        for part in (self._verdict, self._sure, self._facts):
            top.addWidget(part)
        top.addLayout(row(self._study, None))
        self.groups.addWidget(frame)
        strata_frame, strata = sheet(24)
        strata.addWidget(label("By area", "section"))
        self._strata = QGridLayout()
        self._strata.setHorizontalSpacing(16)
        self._strata.setVerticalSpacing(8)
        strata.addLayout(self._strata)
        strata.addWidget(
            label(
                "The band is where the true share lies, 80 % sure; the dashed line is the pass mark.",
                "faint",
                wrap=True,
            )
        )
        self.groups.addWidget(strata_frame)
        self._filters: dict[Filter, QPushButton] = {}
        for wanted in Filter:
            made = button(_LABELS[wanted], lambda w=wanted: view_model.set_filter(w))  # type: ignore[misc]
            made.setCheckable(True)
            self._filters[wanted] = made
        self.groups.addLayout(row(label("Questions", "section"), 16, *self._filters.values(), None))
        self._empty = label("", "soft")
        self.groups.addWidget(self._empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.groups.addLayout(self._list)
        self.groups.addStretch(1)
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build_next)
        for key, wanted in (("W", Filter.WRONG), ("G", Filter.FLAGGED), ("A", Filter.ALL)):
            shortcut(self, key, lambda w=wanted: view_model.set_filter(w))  # type: ignore[misc]
        shortcut(self, "Return", view_model.study)
        view_model.changed.connect(self.render_state)
        self.render_state(view_model.state)

    def render_state(self, state: ResultsState) -> None:
        """Show a state; showing it twice changes nothing."""
        if state == self._shown:
            return
        fresh = self._shown is None or self._shown.attempt != state.attempt
        self._shown = state
        self._when.setText(f"{state.title} · {state.when}")
        self._share.setText(state.share)
        self._total.setText(state.total)
        self._verdict.setText(state.verdict)
        self._verdict.setVisible(bool(state.verdict))
        set_role(self._verdict, "right" if state.passed else "caution")
        self._sure.setText(state.sure)
        self._facts.setText(state.facts)
        self._study.setVisible(bool(state.cards))
        self._study.setText(
            f"Study these {len(state.cards)} cards now  ⏎" if len(state.cards) > 1 else "Study this card now  ⏎"
        )
        self._render_strata(state)
        for wanted, count in state.counts:
            self._filters[wanted].setText(f"{_LABELS[wanted]} ({count})")
            self._filters[wanted].setChecked(wanted is state.filter)
        self._empty.setVisible(not state.questions)
        self._empty.setText(
            "You flagged no question."
            if state.filter is Filter.FLAGGED
            else "Nothing wrong in this exam."
            if state.filter is Filter.WRONG
            else ""
        )
        clear(self._list)
        self._pending = list(state.questions)
        self._builder.start()
        if fresh:
            self.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """The page takes the focus, so that its keys work at once."""
        super().showEvent(event)
        self.setFocus()

    def _render_strata(self, state: ResultsState) -> None:
        clear(self._strata)
        for i, line in enumerate(state.strata):
            bar = IntervalBar(self._theme)
            bar.show_share(line.share, line.interval, state.pass_mark)
            self._strata.addWidget(label(line.name, wrap=True), i, 0)
            self._strata.addWidget(label(line.text, "strong"), i, 1)
            self._strata.addWidget(bar, i, 2)
            self._strata.addWidget(label(line.detail, "faint"), i, 3)
        self._strata.setColumnStretch(0, 2)
        self._strata.setColumnStretch(2, 3)

    def _build_next(self) -> None:
        if not self._pending:
            self._builder.stop()
            return
        self._list.addWidget(self._question(self._pending.pop(0)))

    def _question(self, answered: Answered) -> QFrame:
        frame, inner = sheet(24)
        role = {Outcome.RIGHT: "right", Outcome.WRONG: "wrong", Outcome.UNANSWERED: "caution"}[answered.outcome]
        inner.addLayout(row(label(f"Question {answered.number}", "section"), None, label(answered.headline, role)))
        if answered.case_title:
            inner.addWidget(label(f"Case: {answered.case_title}", "faint"))
        stem = ReadingText(self._theme)
        stem.show_markdown(answered.stem)
        inner.addWidget(stem)
        options = OptionList(self._theme)
        options.render_views(answered.options, multiple=answered.multiple, enabled=False)
        inner.addWidget(options)
        if answered.changed:
            inner.addWidget(rule())
            changed = ReadingText(self._theme, "soft")
            changed.show_markdown(f"**What changed since the notes.** {answered.changed}")
            inner.addWidget(changed)
        return frame
