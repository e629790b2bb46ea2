"""Writing a report to a file: PDF, HTML, or the responses as CSV."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from studyapp.core.errors import StudyError
from studyapp.sessions.report import Report, responses_csv
from studyapp.ui.exam import export_html
from studyapp.ui.exam.export_markdown import markdown_to_html
from studyapp.ui.exam.export_style import PAPER

_DOTS_PER_INCH = 300
# Millimetres: around the page, and what the line with the page number takes of it at the foot.
_MARGIN = 16.0
_FOOT = 8.0
# Pixels of a screen between one part of the report and the next.
_GAP = 12.0


class ExportError(StudyError):
    """A report could not be written."""


def export(report: Report, path: Path) -> Iterator[None]:
    """Write a report to a file, in the format that its ending names; PDF where it names none of them.

    It yields after each of its steps, none of which takes long, so that the window stays alive between them.

    Raises:
        ExportError: where the file could not be written; an older file of that name is then as it was.
    """
    match path.suffix.lower():
        case ".csv":
            content = responses_csv(report).encode()
        case ".html" | ".htm":
            text = [export_html.page_start(report)]
            for part in export_html.parts(report, markdown_to_html):
                text.append(part)
                yield
            content = "".join([*text, export_html.PAGE_END]).encode()
        case _:
            content = yield from _pdf(report)
    _save(path, content)


def _save(path: Path, content: bytes) -> None:
    """By a temporary file beside it, so that nobody finds half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            part.write_bytes(content)
            os.replace(part, path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ExportError(
            f"{path} could not be written: {error.strerror}.", "Choose another folder or name, then save it again."
        ) from error


def _pdf(report: Report) -> Generator[None, None, bytes]:
    """The report on A4 pages with a line at the foot of each."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(report.attempt.form.title)
    writer.setCreator("studyapp")
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    a4, portrait = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(a4, portrait, margins, QPageLayout.Unit.Millimeter))
    foot = _FOOT / 25.4 * _DOTS_PER_INCH
    text = QRectF(0, 0, writer.width(), writer.height() - foot)
    document = _empty_document(writer, text.size())
    cursor = QTextCursor(document)
    between = QTextBlockFormat()
    between.setTopMargin(_GAP)
    for number, part in enumerate(export_html.parts(report, markdown_to_html, charts=False)):
        if number:
            # What is inserted takes the block it begins in for its own; its own margin would be lost.
            cursor.insertBlock(between, QTextCharFormat())
        cursor.insertHtml(part)
        yield
    pages = document.pageCount()
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * text.height())
        document.drawContents(painter, text.translated(0, number * text.height()))
        painter.restore()
        _draw_foot(painter, QRectF(0, text.height(), text.width(), foot), report, f"Page {number + 1} of {pages}")
        yield
    painter.end()
    return bytes(buffer.data().data())


def _empty_document(writer: QPdfWriter, size: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    font = QFont()
    font.setPointSizeF(9.5)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(PAPER)
    document.setPageSize(size)
    return document


def _draw_foot(painter: QPainter, line: QRectF, report: Report, page: str) -> None:
    font = painter.font()
    font.setPointSizeF(8)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.darkGray)
    align = Qt.AlignmentFlag
    painter.drawText(line, align.AlignLeft | align.AlignBottom, report.attempt.form.title)
    painter.drawText(line, align.AlignRight | align.AlignBottom, page)
