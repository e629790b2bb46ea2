"""Problems of a deck file, one below the other: where, which code, what; each can be gone to and explained."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.problem import Problem, Severity
from studyapp.ui.widgets.layout import button, clear, label, row


class ProblemList(QWidget):
    """``chosen`` tells line and column of a problem that was clicked."""

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Problem, ...] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems; those on screen are kept where they are the same."""
        if tuple(problems) != self._shown:
            self._shown = tuple(problems)
            clear(self._column)
            for problem in self._shown:
                self._column.addWidget(self._entry(problem))
        self.setVisible(bool(problems))

    def _entry(self, problem: Problem) -> QWidget:
        error = problem.severity is Severity.ERROR
        mark = label(f"{'✗' if error else '▲'} {problem.code}", "wrong" if error else "caution")
        where = f"{problem.line}:{problem.column}"
        go = button(
            where,
            lambda: self.chosen.emit(problem.line, problem.column),
            "quiet",
            name=f"Go to line {problem.line}: {problem.code}",
        )
        why = button("Why?", lambda: explain(self, problem.code), "quiet", name=f"Why {problem.code} is reported")
        message = label(problem.message[:1].upper() + problem.message[1:], wrap=True)
        message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(mark, go, None, why))
        column.addWidget(message)
        return entry


def explain(widget: QWidget, code: str) -> None:
    """Open what ``studyapp check --explain`` tells about a code."""
    # The texts of all rules are parsed for that.
    from studyapp.content.explain import explain as told
    from studyapp.ui.text_dialog import show_text

    # Each paragraph in one line: the window breaks it.
    headline, _, text = told(code, 10_000).partition("\n")
    show_text(widget.window(), f"Why {code}", headline, "What the rule asks for, and an example.", text.strip())
