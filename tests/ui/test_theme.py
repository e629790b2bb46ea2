"""Both themes: the colours follow, and everything can be told apart."""

# ruff: noqa: N802 (names that Qt calls)

import pytest
from hands import Key, button, controls, press, texts
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from studyapp.ui.routes import PreviewDeck, ShowReported
from studyapp.ui.theme import DARK, LIGHT, MARGIN, QUIET_PADDING
from studyapp.ui.widgets.layout import button as quiet_button
from studyapp.ui.widgets.reading import ReadingText

THEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])

# What is written on what: the text of pages, sheets, hovered and chosen rows, bars, and buttons.
TEXTS = [
    *((ink, ground) for ink in ("text", "soft", "faint") for ground in ("page", "sheet", "sunken")),
    *((ink, "hover") for ink in ("text", "soft", "accent")),
    *((ink, "accent_tint") for ink in ("text", "soft", "faint")),
    *(("text", f"{meaning}_tint") for meaning in ("right", "wrong", "caution", "info")),
    *(("soft", f"{meaning}_tint") for meaning in ("right", "wrong")),
    *((m, ground) for m in ("right", "wrong", "caution", "info") for ground in ("page", "sheet", f"{m}_tint")),
    ("accent", "page"),
    ("accent", "sheet"),
    ("accent", "sunken"),
    ("accent", "info_tint"),
    ("accent", "caution_tint"),
    ("accent", "wrong_tint"),
    ("on_accent", "accent_fill"),
    ("sheet", "accent"),
]
# Lines, marks and fills that say something: edges of controls, what is chosen, right and wrong, focus, the clock's bar.
BORDERS = [
    *(("line_strong", ground) for ground in ("page", "sheet", "hover")),
    *(("accent", ground) for ground in ("page", "sheet", "sunken", "hover", "accent_tint")),
    *(
        (f"{m}_line", ground)
        for m in ("right", "wrong", "caution", "info")
        for ground in ("page", "sheet", f"{m}_tint")
    ),
    ("accent_fill", "page"),
]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def too_low(colours, pairs, least):
    found = {(a, b): contrast(getattr(colours, a), getattr(colours, b)) for a, b in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


@THEMES
def test_text_has_a_contrast_of_at_least_4_5(colours):
    assert too_low(colours, TEXTS, 4.5) == {}


@THEMES
def test_borders_that_mean_something_have_a_contrast_of_at_least_3(colours):
    assert too_low(colours, BORDERS, 3.0) == {}


def colour_at(window, x, y):
    return window.grab().toImage().pixelColor(x, y).name()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_window_is_painted_in_the_chosen_theme(app, window, go, scheme):
    app.theme.choose(scheme)
    wanted = LIGHT if scheme == "light" else DARK
    QApplication.processEvents()
    right, bottom = window.width() - MARGIN // 2, window.height() - 4
    assert colour_at(window, right, bottom) == wanted.page
    assert colour_at(window, 4, bottom) == wanted.sunken
    assert QApplication.palette().text().color().name() == wanted.text


class System:
    """What Qt says of a desktop that has a light and a dark scheme, which the offscreen platform has not."""

    def __init__(self):
        self.scheme = Qt.ColorScheme.Light

    def styleHints(self):
        return self

    def colorScheme(self):
        return self.scheme

    def setColorScheme(self, scheme):
        pass

    def turn(self, scheme):
        self.scheme = scheme
        QApplication.styleHints().colorSchemeChanged.emit(scheme)


def test_the_theme_follows_the_system_unless_one_is_chosen(app, monkeypatch):
    system = System()
    monkeypatch.setattr("studyapp.ui.theme.QGuiApplication", system)
    for scheme, colours in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        system.turn(scheme)
        assert app.theme.colours == colours
        assert QApplication.palette().text().color().name() == colours.text
    app.theme.choose("dark")
    system.turn(Qt.ColorScheme.Light)
    assert QApplication.palette().text().color().name() == DARK.text
    app.theme.choose("system")
    assert QApplication.palette().text().color().name() == LIGHT.text


def test_a_text_that_is_on_screen_changes_with_the_theme(app, begin_exam, window):
    page = begin_exam()
    press(window, Key.Key_1)
    for scheme, wanted in (("dark", DARK), ("light", LIGHT)):
        app.theme.choose(scheme)
        for text in controls(page, ReadingText):
            assert text.textColor().name() == wanted.text, text.toPlainText()
        assert texts(page)
        assert button(page, "Leave").isVisible()
        row = page.grab().toImage()
        assert row.pixelColor(row.width() - 3, row.height() - 3).name() == wanted.page


def test_a_quiet_button_that_can_do_nothing_looks_so(app, qtbot):
    made = quiet_button("Undo", lambda: None, "quiet")
    qtbot.addWidget(made)
    ink = QColor(app.theme.colours.accent)

    def inks():
        image = made.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert ink.name() in inks()
    made.setEnabled(False)
    assert ink.name() not in inks()


def test_the_way_back_stands_in_line_with_the_title(app, decks):
    for route in (PreviewDeck(decks / "depot.yaml"), ShowReported()):
        app.pages.follow(route)
        QApplication.processEvents()
        page = app.window.page
        back = button(page, "‹ Decks")
        left = back.mapTo(page, back.rect().topLeft()).x()
        assert left + QUIET_PADDING == page.title.mapTo(page, page.title.rect().topLeft()).x() == MARGIN
