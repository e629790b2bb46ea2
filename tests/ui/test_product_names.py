"""Product names: underlined once, explained on hover and in words, and found by search under any name."""

import pytest
from hands import texts
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QToolTip

from studyapp.core.names import NameFinder, Product, ProductName
from studyapp.ui.theme import Theme
from studyapp.ui.widgets.item_view import ItemView
from studyapp.ui.widgets.options import OptionList, OptionView
from studyapp.ui.widgets.reading import ReadingText

SPARK = Product("spark", (ProductName("Dataproc", 2015, 2026), ProductName("Managed Service for Apache Spark", 2026)))
TOLD = "Now Managed Service for Apache Spark (since 2026)."


@pytest.fixture
def theme(qapp):
    made = Theme(qapp)
    made.explain(NameFinder([SPARK]))
    yield made
    made.deleteLater()
    QApplication.processEvents()


def underlined(text):
    """The words with a dotted line below, and what they tell."""
    found = []
    block = text.document().begin()
    while block.isValid():
        marked = [p for p in block.textFormats() if p.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine]
        found += [(block.text()[p.start : p.start + p.length], p.format.toolTip()) for p in marked]
        block = block.next()
    return found


def test_a_name_is_underlined_once_and_told_to_a_screen_reader(qtbot, theme):
    text = ReadingText(theme)
    qtbot.addWidget(text)
    text.show_markdown("A **cluster** of Dataproc, and\n\n- Dataproc again")
    assert underlined(text) == [("Dataproc", TOLD)]
    assert text.accessibleDescription() == f"Dataproc: {TOLD}"
    text.show_markdown("Nothing to explain")
    assert underlined(text) == []
    assert text.accessibleDescription() == ""


def test_an_option_tells_on_hover(qtbot, theme):
    options = OptionList(theme)
    qtbot.addWidget(options)
    options.render_views(
        (OptionView("Dataproc with a policy", False), OptionView("Another", False)), multiple=False, enabled=True
    )
    options.resize(400, 200)
    options.show()
    qtbot.waitExposed(options)
    row = options.rows()[0]
    text = row.findChild(ReadingText)
    cursor = QTextCursor(text.document())
    cursor.setPosition(3)
    place = text.mapTo(row, text.cursorRect(cursor).center())
    QApplication.sendEvent(row, QHelpEvent(QEvent.Type.ToolTip, place, row.mapToGlobal(place)))
    assert QToolTip.text() == TOLD
    QToolTip.hideText()
    assert TOLD in row.accessibleDescription()
    assert text.told_at(QPoint(-5, -5)) == ""


def test_the_search_finds_a_shipped_item_by_its_old_name_and_shows_it(qtbot, start, shipped_decks):
    app = start(files=[shipped_decks])
    app.pages.show_page("decks")
    page = app.window.page
    field, found = page.findChild(QLineEdit), page.findChild(QListWidget)
    field.setText("Managed Service for Apache Airflow environment")
    qtbot.waitUntil(lambda: found.count() > 0)
    newer = [found.item(i).text() for i in range(found.count())]
    field.setText("cloud composer environment")
    qtbot.waitUntil(lambda: page._vm.state.query == "cloud composer environment")
    assert [found.item(i).text() for i in range(found.count())] == newer
    view = page.findChild(ItemView)
    assert view.isVisible()
    first = page._vm.state.found[0].item
    assert first.id in view._headline.text()
    field.clear()
    qtbot.waitUntil(lambda: not view.isVisible())


def test_what_is_found_is_as_high_as_its_text_takes(qtbot, start, shipped_decks):
    app = start(files=[shipped_decks])
    app.pages.show_page("decks")
    page = app.window.page
    page.findChild(QLineEdit).setText("pubsub")
    found = next(view for view in page.findChildren(QListWidget) if view.accessibleName() == "Found items")
    qtbot.waitUntil(lambda: found.count() > 10 and found.isVisible())

    def high_enough():
        items = [found.item(row) for row in range(10)]
        hints = [found.sizeHintForIndex(found.indexFromItem(item)) for item in items]
        return all(found.visualItemRect(i).height() >= hint.height() for i, hint in zip(items, hints, strict=True))

    qtbot.waitUntil(high_enough)


def test_a_search_that_finds_nothing_says_so(qtbot, start):
    app = start()
    app.pages.show_page("decks")
    page = app.window.page
    page.findChild(QLineEdit).setText("xyzzy")
    qtbot.waitUntil(lambda: page._vm.state.query == "xyzzy")
    assert "Nothing found for “xyzzy”" in texts(page)
    assert "Try fewer words" in texts(page)
    assert not page.findChild(ItemView).isVisible()
