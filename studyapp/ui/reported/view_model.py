"""The reported items, for their authors."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from studyapp.content.fix.files import write_whole
from studyapp.core.errors import StudyError
from studyapp.core.reported import ReportedItem
from studyapp.sessions.reported import FORMATS, as_markdown, fault_words, headline, item_markdown
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.file_export import not_saved, saved
from studyapp.ui.routes import GoTo, PreviewDeck
from studyapp.ui.widgets.message_bar import Message

Run = Callable[[Callable[[], Any], Callable[[Any], None], Callable[[BaseException], None]], None]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report: a line of the list, and all that is told of it.

    ``title`` is what the learner was asked, ``item`` the whole item in Markdown, both as they were then.
    """

    id: int
    title: str
    detail: str
    fault: str
    item_id: str
    facts: str
    note: str
    item: str
    dealt_with: bool


@dataclass(frozen=True)
class ReportedState:
    """What the page shows: the reports that are open first, the newest of them ahead."""

    summary: str = ""
    lines: tuple[ReportLine, ...] = ()


class ReportedViewModel(QObject):
    """Reads the reports, marks them, writes them to a file; ``run`` has a worker do something, as ``Jobs.run``."""

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)

    def __init__(self, workspace: Workspace, run: Run) -> None:
        super().__init__()
        self._run = run
        self._workspace = workspace
        self._reports: list[ReportedItem] = []
        self.state = ReportedState()

    def refresh(self) -> None:
        """Read the reports again."""
        self._reports = sorted(self._workspace.store.reported.all(), key=lambda report: report.dealt_at is not None)
        count = sum(report.dealt_at is None for report in self._reports)
        summary = f"{words.counted(count, 'item')} to deal with"
        if count < len(self._reports):
            summary += f", {len(self._reports) - count} dealt with"
        self.state = ReportedState(summary if self._reports else "", tuple(map(_line, self._reports)))
        self.changed.emit(self.state)

    def toggle(self, line: ReportLine) -> bool:
        """Mark a report as dealt with, or as open again; False where that is not saved."""
        try:
            at = None if line.dealt_with else self._workspace.clock.now()
            self._workspace.store.reported.deal_with(line.id, at)
        except StudyError as error:
            self.message.emit(Message("reported", "wrong", f"Not saved: {error.message} {error.next_step}"))
            return False
        self.refresh()
        return True

    def preview(self, line: ReportLine) -> None:
        """Show the item as it is now, beside its problems."""
        report = next(report for report in self._reports if report.id == line.id)
        path = self._workspace.library.file_of(report.deck)
        if path is None:
            text = f"The deck {report.deck!r} is not loaded; what you reported of it is kept here."
            self.message.emit(Message("reported", "caution", text))
            return
        self.navigate.emit(PreviewDeck(path, report.item_id))

    def export(self, path: Path) -> None:
        """Write all reports to a file, on the worker: JSON, CSV or Markdown, by its ending."""
        reports, write = self._reports, FORMATS.get(path.suffix.lower().lstrip("."), FORMATS["md"])
        files = {report.deck: self._workspace.library.file_of(report.deck) for report in reports}

        def work() -> None:
            write_whole(path, as_markdown(reports, _lines(reports, files)) if write is as_markdown else write(reports))

        def failed(error: BaseException) -> None:
            if not isinstance(error, StudyError):
                raise error
            self.message.emit(not_saved(error))

        self._run(work, lambda _: self.message.emit(saved(path)), failed)

    def back(self) -> None:
        """To the decks."""
        self.navigate.emit(GoTo("decks"))


def _lines(reports: Sequence[ReportedItem], files: Mapping[str, Path | None]) -> dict[int, int]:
    """The line of each item as it is now, by its report, where its deck is loaded and has it still."""
    from studyapp.content.item_block import lines_of

    wanted = {deck: [report.item_id for report in reports if report.deck == deck] for deck in files}
    lines = {deck: lines_of(file, wanted[deck]) for deck, file in files.items() if file is not None}
    found = ((report.id, lines.get(report.deck, {}).get(report.item_id)) for report in reports)
    return {id_: line for id_, line in found if line is not None}


def _line(report: ReportedItem) -> ReportLine:
    fault = fault_words(report.fault, report.kind)
    when = words.day(report.reported_at)
    mark = "✓ " if report.dealt_at else ""
    detail = [fault, *([words.shortened(report.note, 80)] if report.note else []), when]
    facts = [report.kind.capitalize(), report.item_id, report.file or report.deck, f"reported {when}"]
    if report.dealt_at:
        facts.append(f"dealt with {words.day(report.dealt_at)}")
    return ReportLine(
        id=report.id,
        title=f"{mark}{words.shortened(headline(report), 90) or report.item_id}",
        detail=" · ".join(detail),
        fault=f"{mark}{fault}",
        item_id=report.item_id,
        facts=" · ".join(facts),
        note=report.note,
        item=item_markdown(report.item),
        dealt_with=report.dealt_at is not None,
    )
