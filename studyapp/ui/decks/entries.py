"""The entries of the list of folders and files on the Decks page."""

from PySide6.QtWidgets import QListWidgetItem

from studyapp.ui.decks.lines import FolderLine, Line, Status
from studyapp.ui.widgets.choice_delegate import HEADING, SUBTITLE_COLOUR, TITLE_COLOUR
from studyapp.ui.widgets.entry_list import entry

_COLOURS = {Status.STALE: "caution", Status.BROKEN: "wrong"}


def line_entry(line: Line) -> QListWidgetItem:
    """The entry of a folder or a file."""
    item = entry(line.key, line.title, line.detail)
    if isinstance(line, FolderLine):
        item.setData(HEADING, True)
        item.setData(TITLE_COLOUR, "soft")
    else:
        item.setData(SUBTITLE_COLOUR, _COLOURS.get(line.status))
        item.setData(TITLE_COLOUR, "faint" if line.status is Status.OFF else None)
    return item
