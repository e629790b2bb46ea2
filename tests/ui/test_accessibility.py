"""Every control has a name, and nothing is cut off at twice the size: on every page, in every state of it."""

from datetime import UTC, datetime

import pytest
from hands import Key, button, click, controls, name_of, nameless, press, press_number, right, texts
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from studyapp.core.form import Form
from studyapp.store import daily_backup, open_store
from studyapp.ui.editing.block_editor import BlockEditor
from studyapp.ui.routes import ShowReported
from studyapp.ui.widgets.message_bar import Message
from studyapp.ui.widgets.problem_list import ProblemList

# The offscreen plugin says so of every window that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints", "does not support raise", extend=True)

MESSAGE = Message(
    "x",
    "wrong",
    "Not saved yet: the database could not be written: the disk is full. Your answers stay on this screen and "
    "everything saved before is safe. Free some space, then try again.",
    "Try again",
    lambda: None,
)


def settle():
    for _ in range(4):
        QApplication.processEvents()


def places(app, qtbot):
    """Bring one state of the program after the other on screen; the name of each."""
    window, pages = app.window, app.pages

    def named(start):
        return next(b for b in window.page.findChildren(QAbstractButton) if name_of(b).startswith(start))

    settle()
    yield "welcome"
    press(window, Key.Key_1)
    settle()
    yield "the day of the exam"
    press(window, Key.Key_Escape)
    daily_backup(app.workspace.store, app.workspace.clock.now())
    for name in ("today", "exam", "flashcards", "decks", "settings", "progress"):
        pages.show_page(name)
        settle()
        yield name
        if name == "flashcards":
            press(window, Key.Key_Space)
            yield "a revealed card"
            yield from of_items(window, pages, qtbot)
        if name == "settings":
            named("Copy diagnostics").click()
            named("Restore the backup").click()
            settle()
            yield "a restore that is asked for"
            window.messages.dismiss("restore")
    press(window, Key.Key_Right)
    settle()
    yield "topics"
    press(window, Key.Key_O)
    settle()
    yield "over time"
    press(window, Key.Key_A)
    named("Drill").click()
    press(window, Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Return)
    settle()
    yield "a checked drill"
    pages.desk.leave()
    pages.show_page("exam")
    press(window, Key.Key_Return)
    press(window, Key.Key_F)
    settle()
    yield "desk"
    items = _form(pages).items
    pages.desk.go(next(i for i, item in enumerate(items) if item.case))
    settle()
    yield "a case"
    window.page.messages.show_message(MESSAGE)
    settle()
    yield "a message at the desk"
    window.page.messages.dismiss("x")
    press(window, Key.Key_R)
    settle()
    yield "summary"
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: not window.page._pending, timeout=30_000)
    settle()
    yield "results"
    named("By topic").click()
    settle()
    yield "results by topic"
    pages.show_page("history")
    settle()
    yield "all exams"
    pages.show_page("exam")
    for mode in ("Custom", "Study"):
        named(mode).click()
        settle()
        yield mode
    pages.show_page("today")
    window.messages.show_message(MESSAGE)
    settle()
    yield "today with a last score and a message"
    window.messages.dismiss("x")
    press(window, Key.Key_Question)
    settle()
    yield "keys"
    QApplication.activeModalWidget().close()


def of_items(window, pages, qtbot):
    """What can be done with the card on screen, and back to it."""
    press(window, Key.Key_E)
    lines = window.page.findChild(BlockEditor)
    lines.setPlainText(lines.toPlainText().replace("id: ", "id: another-") + "  \n    mistake: x")
    qtbot.waitUntil(lambda: len(controls(window.page, ProblemList)) == 1)
    settle()
    yield "an item that is edited"
    press(window, Key.Key_Escape)
    settle()
    yield "a draft that is kept"
    click(button(window.messages, "Discard"))
    press(window, Key.Key_R)
    settle()
    yield "a report"
    press(QApplication.activeModalWidget(), Key.Key_4, Key.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield "reported"
    window.messages.dismiss("reported")
    pages.follow(ShowReported())
    settle()
    yield "the reported items"
    click(button(window.page, "Preview the item"))
    qtbot.waitUntil(lambda: " · line " in texts(window.page))
    settle()
    yield "a preview"
    pages.show_page("flashcards")
    click(button(window, "Flashcards"))


def _form(pages) -> Form:
    return pages.desk.session.form


@pytest.fixture
def app(start, shipped_decks):
    """With the shipped decks, whose texts are as long as texts get."""
    app = start(files=[shipped_decks])
    app.window.resize(1280, 720)
    return app


def spoken(widget):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_the_tree_of_every_page_has_a_name_for_every_control(app, qtbot):
    found = {}
    for place in places(app, qtbot):
        top = QApplication.activeModalWidget() or app.window
        missing = nameless(top)
        focus = QApplication.focusWidget()
        if focus is not None and not spoken(focus).strip():
            missing.append(f"the focus: {type(focus).__name__}")
        if missing:
            found[place] = missing
    assert found == {}


def needs(widget):
    """Width and height of the room that the text of a label, a button or a reading text takes."""
    if isinstance(widget, BlockEditor):
        # Scrolls by itself.
        return widget.document().idealWidth(), 0
    if isinstance(widget, QTextEdit):
        return widget.document().idealWidth(), widget.document().size().height()
    if isinstance(widget, QLabel):
        metrics = QFontMetrics(widget.font())
        if widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored:
            # Shortens itself, with an ellipsis.
            return 0, metrics.height()
        if widget.wordWrap():
            room = QRect(0, 0, widget.contentsRect().width(), 100_000)
            box = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, widget.text())
            return box.width(), box.height()
        return metrics.horizontalAdvance(widget.text()), metrics.height()
    hint = widget.sizeHint()
    if widget.text():
        # The edge and four pixels above and below the text; a tick box has no edge.
        edge = 0 if isinstance(widget, QCheckBox) else 12
        return hint.width(), QFontMetrics(widget.font()).height() + edge
    # An option wraps, and a square of the navigator draws its number as large as fits.
    return 0, widget.heightForWidth(widget.width())


def has(widget):
    if isinstance(widget, QTextEdit):
        return widget.viewport().width(), widget.viewport().height()
    return (
        (widget.width(), widget.height())
        if isinstance(widget, QAbstractButton)
        else widget.contentsRect().size().toTuple()
    )


def cut_off(top):
    """What does not fit, in words."""
    found = []
    for widget in top.findChildren(QWidget):
        if not isinstance(widget, QLabel | QAbstractButton | QTextEdit) or not widget.isVisible():
            continue
        name = f"{type(widget).__name__} {(name_of(widget) or getattr(widget, 'toPlainText', str)())[:50]!r}"
        (need_w, need_h), (has_w, has_h) = needs(widget), has(widget)
        # A pixel for rounding.
        if need_w > has_w + 1 or need_h > has_h + 1:
            found.append(f"{name} needs {need_w:.0f} x {need_h:.0f}, has {has_w} x {has_h}")
        # Every place it lies in must be wide enough, and high enough where it does not scroll.
        place, down = widget.parentWidget(), True
        while place is not None:
            at = QRect(widget.mapTo(place, QPoint(0, 0)), widget.size())
            down = down and not isinstance(place.parentWidget(), QScrollArea)
            if at.left() < -1 or at.right() > place.width() + 1:
                found.append(
                    f"{name} lies from {at.left()} to {at.right()} of {place.width()} in {type(place).__name__}"
                )
                break
            if down and (at.top() < -1 or at.bottom() > place.height() + 1):
                found.append(
                    f"{name} lies from {at.top()} to {at.bottom()} of {place.height()} in {type(place).__name__}"
                )
                break
            if place.isWindow():
                break
            place = place.parentWidget()
    return found


# Pages that make their parts to the size of the text at the time.
MEANWHILE = ("exam", "topics", "desk", "summary")


@pytest.mark.parametrize("when", ["from the start", "meanwhile"])
def test_nothing_is_cut_off_at_twice_the_size(app, qtbot, when):
    found = {}
    if when == "from the start":
        app.theme.set_percent(200)
    for place in places(app, qtbot):
        if when == "meanwhile" and place not in MEANWHILE:
            continue
        app.theme.set_percent(200)
        settle()
        top = QApplication.activeModalWidget() or app.window
        problems = cut_off(top)
        if (app.window.width(), app.window.height()) != (1280, 720):
            problems.append(f"the window had to grow to {app.window.width()} x {app.window.height()}")
        if problems:
            found[place] = problems
        if place == "summary" and when == "meanwhile":
            break
        if when == "meanwhile":
            app.theme.set_percent(100)
            app.window.resize(1280, 720)
            settle()
    assert found == {}, "\n".join(f"{place}: {line}" for place, lines in found.items() for line in lines)


@pytest.mark.parametrize("backups", [0, 1])
def test_a_damaged_database_is_said_to_all(start, data, backups):
    with open_store(data) as store:
        store.settings.set("reading_size", 200)
        if backups:
            daily_backup(store, datetime.now(UTC))
    (data / "studyapp.db").write_bytes(b"torn" * 5000)
    app = start(ready=False)
    app.window.resize(1280, 720)
    app.theme.set_percent(200)
    settle()
    assert nameless(app.window) == []
    assert cut_off(app.window) == []
    assert spoken(QApplication.focusWidget()) == "Your study history is damaged"


def test_the_check_finds_what_is_cut_off(app):
    settle()
    assert cut_off(app.window) == []
    app.window.page.title.setFixedSize(20, 10)
    button(app.window.page, "Choose an exam").setFixedWidth(30)
    assert len(cut_off(app.window)) == 2


def test_the_question_is_announced_when_it_changes(start):
    window = start().window
    press(window, Key.Key_Return, Key.Key_Return)
    page = window.page
    for place in range(1, 4):
        assert spoken(page).startswith(f"Question {place} of 6")
        assert QApplication.focusWidget() is page
        press_number(window, right(page)[0])
        press(window, Key.Key_Return)
    click(button(page, "‹ Back"))
    assert spoken(page).startswith("Question 3 of 6")
