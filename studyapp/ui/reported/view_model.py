"""The reported items, for their authors."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from studyapp.content.fix.files import write_whole
from studyapp.core.errors import StudyError
from studyapp.core.reported import ReportedItem
from studyapp.sessions.reported import FORMATS, as_markdown, fault_words, headline, item_markdown
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.routes import GoTo, PreviewDeck
from studyapp.ui.widgets.message_bar import Message


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
    """Reads the reports, marks them, writes them to a file."""

    changed = Signal(object)
    navigate = Signal(object)
    message = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
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

    def toggle(self, line: ReportLine) -> None:
        """Mark a report as dealt with, or as open again."""
        try:
            at = None if line.dealt_with else self._workspace.clock.now()
            self._workspace.store.reported.deal_with(line.id, at)
        except StudyError as error:
            self.message.emit(Message("reported", "wrong", f"Not saved: {error.message} {error.next_step}"))
            return
        self.refresh()

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
        """Write all reports to a file: JSON, CSV or Markdown, by its ending."""
        write = FORMATS.get(path.suffix.lower().lstrip("."), FORMATS["md"])
        told = as_markdown(self._reports, self._lines()) if write is as_markdown else write(self._reports)
        try:
            write_whole(path, told)
        except StudyError as error:
            self.message.emit(Message("export", "wrong", f"{error.message} {error.next_step}"))
            return
        self.message.emit(Message("export", "info", f"Saved as {path}.", "Open", lambda: _open(path)))

    def _lines(self) -> dict[int, int]:
        """The line of each item as it is now, where its deck is loaded and has it still."""
        from studyapp.content.item_block import line_of

        files = {report.id: self._workspace.library.file_of(report.deck) for report in self._reports}
        found = ((report.id, line_of(file, report.item_id)) for report in self._reports if (file := files[report.id]))
        # No item stands in the first line, which is that of the deck's id.
        return {id_: line for id_, line in found if line > 1}

    def back(self) -> None:
        """To the decks."""
        self.navigate.emit(GoTo("decks"))


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


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
