"""What a person does at the window: looks for things by their names, clicks where they are, presses keys."""

import re

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QTreeView, QWidget

from studyapp.ui.editing.block_editor import BlockEditor
from studyapp.ui.widgets.navigator import Navigator
from studyapp.ui.widgets.options import OptionList, OptionRow
from studyapp.ui.widgets.reading import ReadingText

Key = Qt.Key


def press(window: QWidget, *keys, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys, wherever the focus is."""
    for key in keys:
        QTest.keyClick(window.windowHandle(), key, modifier)
        QApplication.processEvents()


def hold(key: Key, text: str, repeats: int) -> None:
    """Press a key and hold it down for so many repeats, whatever gets the focus meanwhile."""
    for repeat in range(repeats + 1):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, repeat > 0)
        QApplication.sendEvent(QApplication.focusWidget(), event)
        QApplication.processEvents()


def click(widget: QWidget) -> None:
    """Scroll to a control and click into its middle, on whatever lies on top there."""
    # Twice: what is laid out only once it is seen moves the rest.
    for _ in range(2):
        QApplication.processEvents()
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()
    QApplication.processEvents()
    window = widget.window()
    middle = widget.mapTo(window, widget.rect().center())
    assert window.rect().contains(middle), f"{name_of(widget)!r} is out of the window"
    top = window.childAt(middle)
    assert top is widget or widget.isAncestorOf(top), f"{name_of(widget)!r} is covered by {top}"
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(middle))
    QApplication.processEvents()


def name_of(widget: QWidget) -> str:
    """What a person would call a control."""
    return widget.accessibleName() or getattr(widget, "text", str)()


def controls(place: QWidget, kind=QAbstractButton) -> list:
    """The controls one sees."""
    return [w for w in place.findChildren(kind) if w.isVisible()]


def button(place: QWidget, name: str) -> QAbstractButton:
    """The one button of this name, or whose name begins so."""
    found = [b for b in controls(place) if name_of(b).startswith(name)]
    exact = [b for b in found if name_of(b) == name] or found
    assert len(exact) == 1, f"{name!r} among {[name_of(b) for b in controls(place)]}"
    return exact[0]


def tab_to(window: QWidget, place: QWidget, name: str) -> None:
    """Go to a button with Tab alone, from where the focus is."""
    wanted = button(place, name)
    for _ in range(100):
        if QApplication.focusWidget() is wanted:
            return
        press(window, Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {name!r}")


def has_button(place: QWidget, name: str) -> bool:
    return any(name_of(b).startswith(name) for b in controls(place))


def tree(interface):
    """An accessible object and all below it that are not hidden."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    for i in range(interface.childCount()):
        yield from tree(interface.child(i))


def accessible(widget: QWidget) -> list:
    """What a screen reader comes by, in its order."""
    found = list(tree(QAccessible.queryAccessibleInterface(widget)))
    assert len(found) > 10
    return found


def nameless(widget: QWidget) -> list[str]:
    """The controls that a screen reader has no name for."""
    roles = QAccessible.Role
    told = {roles.Button, roles.CheckBox, roles.RadioButton, roles.EditableText, roles.PushButton, roles.ComboBox}
    told |= {roles.SpinBox, roles.Slider, roles.Table, roles.Tree, roles.List, roles.PageTab}
    return [
        f"{i.role().name} {type(i.object()).__name__}"
        for i in accessible(widget)
        if (i.role() in told or i.state().focusable) and not i.text(QAccessible.Text.Name).strip(" ‹›⏎␣▾▴⚑")
    ]


def texts(place: QWidget) -> str:
    """All texts one sees, in no particular order, a line each."""
    return "\n".join(
        [w.text() for w in controls(place, QLabel)]
        + [w.text() for w in controls(place)]
        + [w.toPlainText() for w in controls(place, ReadingText)]
    )


def lines(place: QWidget) -> list[list[str]]:
    """The lines of the tables one sees, those that are folded out too, as their cells."""
    found = []
    for table in controls(place, QTreeView):
        index = table.model().index(0, 0)
        while index.isValid():
            columns = range(table.model().columnCount())
            found.append([str(index.siblingAtColumn(c).data() or "") for c in columns])
            index = table.indexBelow(index)
    return found


def choose_line(place: QWidget, title: str) -> None:
    """Click on the line of a table that begins with a title."""
    for table in controls(place, QTreeView):
        index = table.model().index(0, 0)
        while index.isValid():
            if index.data() == title:
                where = table.visualRect(index).center()
                QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
                QApplication.processEvents()
                return
            index = table.indexBelow(index)
    raise AssertionError(f"no {title!r} among {lines(place)}")


def rows(place: QWidget) -> list[OptionRow]:
    """The options one sees, from the top."""
    return [row for options in controls(place, OptionList) for row in options.rows()]


def ticked(place: QWidget) -> set[int]:
    """The options that are shown as chosen."""
    return {i for i, row in enumerate(rows(place)) if row.isChecked()}


def squares(place: QWidget) -> list[QAbstractButton]:
    """The squares of the navigator."""
    return place.findChild(Navigator).buttons()


def question(page: QWidget) -> str:
    """The id of the question on screen, from its stem in the small decks."""
    return re.search(r"What does (q-\w+) ask for", texts(page))[1]


def right(page: QWidget) -> list[int]:
    """The rows of the key."""
    return [i for i, row in enumerate(rows(page)) if "Right" in row.accessibleName()]


def wrong(page: QWidget) -> list[int]:
    """The rows of the distractors."""
    return [i for i, row in enumerate(rows(page)) if "Right" not in row.accessibleName()]


def press_number(window: QWidget, index: int) -> None:
    """Press the key of an option or a rating, from 0."""
    press(window, Key(Key.Key_1 + index))


def find_question(page: QWidget, id_: str) -> None:
    """Click through the navigator to a question."""
    for square in squares(page):
        click(square)
        if question(page) == id_:
            return
    raise AssertionError(f"no {id_}")


def field(page: QWidget) -> BlockEditor:
    """The text of the item that is edited."""
    return page.findChild(BlockEditor)


def write(page: QWidget, old: str, new: str) -> None:
    """Put the cursor on a passage of the text, and type another over it."""
    text = field(page)
    cursor = text.document().find(old)
    assert not cursor.isNull()
    text.setTextCursor(cursor)
    QTest.keyClicks(text, new)
    QApplication.processEvents()
