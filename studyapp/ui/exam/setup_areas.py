"""The areas of a custom exam, to be ticked."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from studyapp.ui.exam.setup_custom_view_model import AreaChoice

_ID = Qt.ItemDataRole.UserRole


class AreaTree(QTreeWidget):
    """Domains with their topics, or strata; a domain that is ticked stands for all its topics.

    ``ticked`` tells the areas that were chosen.
    """

    ticked = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[AreaChoice, ...] = ()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName("Areas; none ticked means all")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformRowHeights(True)
        self.itemChanged.connect(self._tell)

    def show_areas(self, areas: tuple[AreaChoice, ...], chosen: tuple[str, ...]) -> None:
        """Show these areas, the chosen ones ticked; what was open stays open."""
        with QSignalBlocker(self):
            if _ids(areas) != _ids(self._shown):
                self.clear()
                for area in areas:
                    self.addTopLevelItem(_item(area))
            self._shown = areas
            for item, area in zip(_children(self.invisibleRootItem()), areas, strict=True):
                _render(item, area, chosen)

    def _tell(self) -> None:
        chosen: list[str] = []
        for item in _children(self.invisibleRootItem()):
            if item.checkState(0) is Qt.CheckState.Checked:
                chosen.append(item.data(0, _ID))
            else:
                ticked = (part for part in _children(item) if part.checkState(0) is Qt.CheckState.Checked)
                chosen.extend(part.data(0, _ID) for part in ticked)
        self.ticked.emit(tuple(chosen))


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for i in range(item.childCount()) if (child := item.child(i)) is not None]


def _ids(areas: tuple[AreaChoice, ...]) -> list[tuple[str, int]]:
    return [(area.id, len(area.parts)) for area in areas]


def _item(area: AreaChoice) -> QTreeWidgetItem:
    item = QTreeWidgetItem([area.title, ""])
    item.setData(0, _ID, area.id)
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    if area.parts:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsAutoTristate)
    for part in area.parts:
        item.addChild(_item(part))
    return item


def _render(item: QTreeWidgetItem, area: AreaChoice, chosen: tuple[str, ...]) -> None:
    item.setText(1, str(area.held))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{area.title}, {area.held} questions")
    for child, part in zip(_children(item), area.parts, strict=True):
        _render(child, part, (*chosen, part.id) if area.id in chosen else chosen)
    # A domain follows from its topics.
    if not area.parts:
        item.setCheckState(0, Qt.CheckState.Checked if area.id in chosen else Qt.CheckState.Unchecked)
