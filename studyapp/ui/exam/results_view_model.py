"""The results of a submitted attempt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.core.deck import Question
from studyapp.core.errors import StudyError
from studyapp.core.scoring import Outcome
from studyapp.sessions.missed import missed_cards
from studyapp.sessions.report import Entry, Report, make_report
from studyapp.sessions.selection import pass_mark, set_pass_mark
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.card_words import made_due
from studyapp.ui.exam import results_words
from studyapp.ui.exam.desk_state import revealed_option
from studyapp.ui.exam.results_words import Filter, Line, Notice, View
from studyapp.ui.exam.setup_words import again_sentence, fresh_sentence
from studyapp.ui.file_export import not_saved, saved
from studyapp.ui.routes import Again, EditItem, ReportItem, Retake, ReviewCards, StartExam
from studyapp.ui.widgets.message_bar import Message
from studyapp.ui.widgets.options import OptionView

_KEPT = "Saved. This exam keeps the text as you sat it."


@dataclass(frozen=True, slots=True)
class Answered:
    """One question as it was shown, with the answer given, the key, all rationales and what the learner noted.

    ``question`` is what it was made of, ``folder`` where its images lie.
    """

    number: int
    outcome: Outcome
    headline: str
    remarks: tuple[str, ...]
    stem: str
    highlights: tuple[tuple[int, int], ...]
    case_title: str
    options: tuple[OptionView, ...]
    multiple: bool
    note: str
    changed: str
    question: Question
    folder: Path | None


@dataclass(frozen=True, slots=True)
class SitAgain:
    """One way to sit it again: what it will be, and where it leads."""

    title: str
    detail: str
    route: Retake | StartExam


@dataclass(frozen=True)
class ResultsState:
    """What the page shows. ``questions`` are those that pass the filter; ``verdict`` is empty in study mode."""

    attempt: int = 0
    title: str = ""
    when: str = ""
    total: str = ""
    share: str = ""
    sure: str = ""
    verdict: str = ""
    passed: bool = False
    facts: str = ""
    pass_mark: int = 70
    notices: tuple[Notice, ...] = ()
    view: View = View.STRATUM
    views: tuple[View, ...] = ()
    lines: tuple[Line, ...] = ()
    filter: Filter = Filter.WRONG
    counts: tuple[tuple[Filter, int], ...] = ()
    questions: tuple[Answered, ...] = ()
    cards: tuple[str, ...] = ()
    made_due: str = ""
    again: tuple[SitAgain, ...] = ()


class ResultsViewModel(QObject):
    """Scores a stored attempt from the form as it was shown, and lists its questions."""

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._report: Report | None = None
        self._export: tuple[Path, Iterator[None]] | None = None
        self._exporter = QTimer(self)
        self._exporter.setInterval(0)
        self._exporter.timeout.connect(self._export_on)
        self.state = ResultsState()

    @property
    def file_name(self) -> str:
        """What an export is called unless the learner calls it otherwise; without its ending."""
        return "".join(c if c.isalnum() or c in " -" else " " for c in f"{self.state.title} {self.state.when}").strip()

    def show_attempt(self, attempt_id: int) -> None:
        """Load an attempt and show its results; what was wrong comes first."""
        store, bank = self._workspace.store, self._workspace.bank
        attempt = store.attempts.load(attempt_id)
        form = attempt.form
        percent = pass_mark(store.settings, form.blueprint_id, form.pass_mark)
        self._report = make_report(attempt, percent / 100, bank.syllabus.title_of)
        wanted = Filter.WRONG if self._report.missed else Filter.ALL
        self.state = replace(
            ResultsState(),
            attempt=attempt.id,
            title=form.title,
            when=words.day(attempt.started_at),
            filter=wanted,
            views=results_words.views(self._report),
            lines=results_words.lines(self._report, View.STRATUM),
            notices=results_words.notices(self._report),
            counts=tuple((f, len(results_words.listed(self._report, f))) for f in Filter),
            questions=self._questions(self._report, wanted),
            cards=self._cards(self._report),
            made_due=made_due(
                (card for e in self._report.entries for card in missed_cards(e.item, e.response)), bank.cards
            ),
            facts=results_words.facts(self._report),
        )
        self._judge(self._report, percent)

    def set_filter(self, wanted: Filter) -> None:
        """List the questions that pass a filter."""
        if self._report is not None and wanted is not self.state.filter:
            self.state = replace(self.state, filter=wanted, questions=self._questions(self._report, wanted))
            self.changed.emit(self.state)

    def set_view(self, view: View) -> None:
        """Break the score down by something else."""
        if self._report is not None and view is not self.state.view:
            self.state = replace(self.state, view=view, lines=results_words.lines(self._report, view))
            self.changed.emit(self.state)

    def set_pass_mark(self, percent: int) -> None:
        """Assume another pass mark for this exam's blueprint, in percent; the verdict follows."""
        if self._report is None or percent == self.state.pass_mark:
            return
        try:
            set_pass_mark(self._workspace.store.settings, self._report.attempt.form.blueprint_id, percent)
        except StudyError as error:
            self._tell(f"The pass mark is not saved: {error.message} {error.next_step}")
        self._report = replace(self._report, score=replace(self._report.score, pass_mark=percent / 100))
        self._judge(self._report, percent)

    def study(self) -> None:
        """Review the cards that belong to the missed questions."""
        if self.state.cards:
            self.navigate.emit(ReviewCards(self.state.cards))

    def sit_again(self, way: SitAgain) -> None:
        """Start one of the ways to sit it again."""
        self.navigate.emit(way.route)

    def edit(self, answered: Answered) -> None:
        """Mend a question in its deck; the results keep it as it was shown."""
        self.navigate.emit(EditItem(answered.question, once_saved=_KEPT))

    def report(self, answered: Answered) -> None:
        """Report a question to its authors."""
        self.navigate.emit(ReportItem(answered.question))

    def export(self, path: Path) -> None:
        """Write the report to a file: PDF, HTML or CSV, by its ending; a little at a time."""
        from studyapp.ui.exam.export import export

        if self._report is not None:
            self._export = (path, export(self._report, path))
            self._exporter.start()

    def _export_on(self) -> None:
        if self._export is None:
            self._exporter.stop()
            return
        path, steps = self._export
        try:
            next(steps)
            return
        except StopIteration:
            self.message.emit(saved(path))
        except StudyError as error:
            self.message.emit(not_saved(error))
        self._export = None

    def _judge(self, report: Report, percent: int) -> None:
        total = report.score.total
        self.state = replace(
            self.state,
            total=f"{total.correct} of {total.questions}",
            share=words.percent(total.share),
            sure=f"80 % sure: between {words.between(total.interval)} on questions like these",
            verdict=results_words.verdict(report),
            passed=report.score.passed,
            pass_mark=percent,
            again=self._again(report),
        )
        self.changed.emit(self.state)

    def _tell(self, text: str) -> None:
        self.message.emit(Message("export", "wrong", text))

    def _questions(self, report: Report, wanted: Filter) -> tuple[Answered, ...]:
        file_of = self._workspace.library.file_of
        return tuple(_answered(entry, file_of(entry.question.deck)) for entry in results_words.listed(report, wanted))

    def _cards(self, report: Report) -> tuple[str, ...]:
        """The cards linked to missed questions, in order and once each, as far as they are loaded."""
        loaded = self._workspace.bank.cards
        wanted = [card for entry in report.missed for card in entry.question.cards if card in loaded]
        return tuple(dict.fromkeys(wanted))

    def _again(self, report: Report) -> tuple[SitAgain, ...]:
        attempt = report.attempt
        ways = []
        if report.missed:
            missed = words.counted(len(report.missed), "question")
            ways.append(SitAgain(f"The {missed} you missed", again_sentence(None), Retake(attempt.id, Again.MISSED)))
        ways.append(
            SitAgain(
                "The same questions again",
                again_sentence(attempt),
                Retake(attempt.id, Again.SAME),
            )
        )
        blueprint = self._workspace.bank.blueprint(attempt.form.blueprint_id)
        if blueprint is not None:
            timed = attempt.form.minutes is not None
            mark = pass_mark(self._workspace.store.settings, blueprint.id, blueprint.pass_mark) / 100
            ways.append(
                SitAgain(
                    "Fresh questions of the same exam",
                    fresh_sentence(blueprint, attempt.mode, timed),
                    StartExam(blueprint.id, mark, mode=attempt.mode, timed=timed),
                )
            )
        return tuple(ways)


def _answered(entry: Entry, file: Path | None) -> Answered:
    item, response = entry.item, entry.response
    return Answered(
        number=entry.number,
        outcome=entry.outcome,
        headline=results_words.headline(entry),
        remarks=results_words.remarks(entry),
        stem=item.question.stem,
        highlights=response.highlights,
        case_title=item.case.title if item.case else "",
        options=tuple(_option(entry, i) for i in range(len(item.question.options))),
        multiple=len(item.question.key) > 1,
        note=response.note,
        changed=item.question.changed or "",
        question=item.question,
        folder=file.parent if file else None,
    )


def _option(entry: Entry, index: int) -> OptionView:
    view = revealed_option(entry.item, entry.response, index)
    if index not in entry.response.struck:
        return view
    return replace(view, note=f"{view.note} · you struck it out" if view.note else "You struck it out")
