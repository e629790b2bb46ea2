"""Tokens of the look: colours, type and spacing, in one place, both themes from the same names."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from studyapp.core.names import NameFinder

GRID = 8
MARGIN = 32
GROUP_GAP = 24
ROW_GAP = 8
RADIUS = 6
SIDEBAR_WIDTH = 184
# From the edge of a button without a border of its own to its text.
QUIET_PADDING = 9
# About 72 characters at the reading size.
COLUMN_WIDTH = 640


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Four meanings (right, wrong, caution, information), each as text, border and tint."""

    page: str
    sheet: str
    sunken: str
    hover: str
    line: str
    line_strong: str
    faint: str
    soft: str
    text: str
    accent: str
    accent_fill: str
    on_accent: str
    accent_tint: str
    right: str
    right_line: str
    right_tint: str
    wrong: str
    wrong_line: str
    wrong_tint: str
    caution: str
    caution_line: str
    caution_tint: str
    info: str
    info_line: str
    info_tint: str


LIGHT = Colours(
    page="#f6f6f4",
    sheet="#ffffff",
    sunken="#eeeeea",
    hover="#e9e9e4",
    line="#dededa",
    line_strong="#868680",
    faint="#66665f",
    soft="#484843",
    text="#1b1b19",
    accent="#235a93",
    accent_fill="#235a93",
    on_accent="#ffffff",
    accent_tint="#e6eff8",
    right="#1c6638",
    right_line="#3b9460",
    right_tint="#e8f4ec",
    wrong="#9f2f2a",
    wrong_line="#c9564f",
    wrong_tint="#fbeceb",
    caution="#765000",
    caution_line="#a87715",
    caution_tint="#fbf2dd",
    info="#235a93",
    info_line="#5487bd",
    info_tint="#e6eff8",
)

DARK = Colours(
    page="#1c1d1f",
    sheet="#26272a",
    sunken="#202123",
    hover="#303236",
    line="#393b40",
    line_strong="#84878e",
    faint="#a0a3a9",
    soft="#c5c7cb",
    text="#ededee",
    accent="#8ab8e8",
    accent_fill="#326eab",
    on_accent="#ffffff",
    accent_tint="#23344a",
    right="#84cf9f",
    right_line="#4d9b6b",
    right_tint="#20352a",
    wrong="#f2a09a",
    wrong_line="#c4645e",
    wrong_tint="#3c2725",
    caution="#e6bf70",
    caution_line="#a9832f",
    caution_tint="#393020",
    info="#8ab8e8",
    info_line="#5487bd",
    info_tint="#23344a",
)


@dataclass(frozen=True, slots=True)
class Type:
    """Sizes in pixels at 100 %: base text, reading text, section and page titles, the one number of a page."""

    base: int = 13
    reading: int = 15
    section: int = 18
    title: int = 24
    number: int = 32

    def scaled(self, percent: int) -> "Type":
        """All sizes at a reading size between 80 and 200 percent."""
        return Type(*(round(getattr(self, f.name) * percent / 100) for f in fields(self)))


class Theme(QObject):
    """How everything is shown: the theme in force, the reading size, and the product names that texts explain.

    Follows the system's light and dark unless the learner chose one; ``changed`` asks for everything to be redrawn.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._percent = 100
        self._chosen = Qt.ColorScheme.Unknown
        self.names: NameFinder | None = None
        app.setStyle("Fusion")
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._apply)

    @property
    def colours(self) -> Colours:
        """The colours of the theme in force."""
        # Not every platform can be told a scheme (setColorScheme may do nothing), so the choice is kept here too.
        scheme = self._chosen
        if scheme == Qt.ColorScheme.Unknown:
            scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT

    @property
    def type(self) -> Type:
        """The sizes of type in force."""
        return Type().scaled(self._percent)

    @property
    def percent(self) -> int:
        """The reading size, in percent."""
        return self._percent

    def scaled(self, pixels: int) -> int:
        """A width that goes with the text: so many pixels at 100 %."""
        return round(pixels * self._percent / 100)

    def colour(self, name: str) -> QColor:
        """A token of the theme in force as a colour."""
        return QColor(getattr(self.colours, name))

    def choose(self, scheme: str) -> None:
        """Use ``light`` or ``dark``, or follow the ``system``."""
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        chosen = schemes.get(scheme, Qt.ColorScheme.Unknown)
        if chosen != self._chosen:
            self._chosen = chosen
            QGuiApplication.styleHints().setColorScheme(chosen)
            self._apply()

    def set_percent(self, percent: int) -> None:
        """Scale all text to a reading size between 80 and 200 percent."""
        percent = max(80, min(200, percent))
        if percent != self._percent:
            self._percent = percent
            self._apply()

    def explain(self, names: "NameFinder") -> None:
        """Let texts tell the other names of these products."""
        self.names = names
        self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(_palette(self.colours))
        font = self._app.font()
        font.setPixelSize(self.type.base)
        self._app.setFont(font)
        self._app.setStyleSheet(_style_sheet(self.colours, self.type))
        self.changed.emit()


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, c.page),
        (roles.WindowText, c.text),
        (roles.Base, c.sheet),
        (roles.AlternateBase, c.sunken),
        (roles.Text, c.text),
        (roles.PlaceholderText, c.faint),
        (roles.Button, c.sheet),
        (roles.ButtonText, c.text),
        (roles.Highlight, c.accent_fill),
        (roles.HighlightedText, c.on_accent),
        (roles.Link, c.accent),
        (roles.ToolTipBase, c.sheet),
        (roles.ToolTipText, c.text),
        (roles.Mid, c.line),
    ):
        palette.setColor(role, QColor(colour))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.ButtonText, QColor(c.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, roles.WindowText, QColor(c.faint))
    return palette


def _style_sheet(c: Colours, t: Type) -> str:
    return f"""
QMainWindow, QScrollArea, QScrollArea > QWidget > QWidget#page {{ background: {c.page}; border: none; }}
QLabel[role="title"] {{ font-size: {t.title}px; font-weight: 600; }}
QLabel[role="section"] {{ font-size: {t.section}px; font-weight: 600; }}
QLabel[role="number"] {{ font-size: {t.number}px; font-weight: 600; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="soft"] {{ color: {c.soft}; }}
QLabel[role="faint"] {{ color: {c.faint}; }}
QLabel[role="right"] {{ color: {c.right}; font-weight: 600; }}
QLabel[role="wrong"] {{ color: {c.wrong}; font-weight: 600; }}
QLabel[role="caution"] {{ color: {c.caution}; font-weight: 600; }}
QFrame[role="sheet"] {{ background: {c.sheet}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
QFrame[role="rule"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[role="bar-info"] {{ background: {c.info_tint}; border: 1px solid {c.info_line}; border-radius: {RADIUS}px; }}
QFrame[role="bar-caution"] {{ background: {c.caution_tint}; border: 1px solid {c.caution_line};
    border-radius: {RADIUS}px; }}
QFrame[role="bar-wrong"] {{ background: {c.wrong_tint}; border: 1px solid {c.wrong_line};
    border-radius: {RADIUS}px; }}
QWidget#sidebar {{ background: {c.sunken}; border-right: 1px solid {c.line}; }}
QPushButton {{ background: {c.sheet}; color: {c.text}; border: 1px solid {c.line_strong}; border-radius: {RADIUS}px;
    padding: 6px 14px; min-height: {t.base + 7}px; }}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
QPushButton:disabled {{ color: {c.faint}; border-color: {c.line}; }}
QPushButton:checked {{ background: {c.accent_tint}; border-color: {c.accent}; color: {c.text}; }}
QPushButton[role="primary"] {{ background: {c.accent_fill}; color: {c.on_accent}; border: 1px solid {c.accent_fill};
    font-weight: 600; }}
QPushButton[role="primary"]:hover {{ background: {c.accent}; color: {c.sheet}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; padding: 5px 13px; }}
QPushButton[role="primary"]:disabled {{ background: {c.sunken}; color: {c.faint}; border-color: {c.line}; }}
QPushButton[role="choice"] {{ text-align: left; padding: 8px 14px; }}
QPushButton[role="choice"]:focus {{ padding: 7px 13px; }}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; color: {c.accent};
    padding: 6px {QUIET_PADDING - 1}px; }}
QPushButton[role="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[role="quiet"]:focus {{ border: 1px solid {c.accent}; }}
QPushButton[role="quiet"]:disabled {{ color: {c.faint}; }}
QPushButton[role="quiet"]:checked {{ background: {c.caution_tint}; color: {c.caution}; }}
QPushButton[role="nav"] {{ background: transparent; border: 1px solid transparent; text-align: left;
    padding: 7px 10px; color: {c.soft}; }}
QPushButton[role="nav"]:hover {{ background: {c.hover}; }}
QPushButton[role="nav"]:focus {{ border: 1px solid {c.accent}; }}
QPushButton[role="nav"]:checked {{ background: {c.sheet}; color: {c.text}; font-weight: 600;
    border: 1px solid {c.line}; }}
QPushButton[role="nav"]:checked:focus {{ border: 1px solid {c.accent}; }}
QTextBrowser {{ background: transparent; border: none; }}
QTextBrowser[role="reading"] {{ font-size: {t.reading}px; }}
QListWidget, QTreeView, QTableView {{ background: {c.sheet}; border: 1px solid {c.line};
    border-radius: {RADIUS}px; outline: none; }}
QListWidget::item, QTreeView::item {{ padding: 6px 8px; }}
QListWidget::item:selected, QTreeView::item:selected {{ background: {c.accent_tint}; color: {c.text}; }}
QListWidget::item:hover {{ background: {c.hover}; }}
QHeaderView::section {{ background: {c.sheet}; color: {c.faint}; border: none; border-bottom: 1px solid {c.line};
    padding: 6px 8px; }}
QComboBox, QSpinBox, QDateEdit, QLineEdit, QPlainTextEdit {{ background: {c.sheet}; border: 1px solid {c.line_strong};
    border-radius: {RADIUS}px; padding: 5px 8px; min-height: {t.base + 7}px; }}
QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QLineEdit:focus, QPlainTextEdit:focus {{ border-color: {c.accent}; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 22px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{ width: 0; height: 0; border-left: 4px solid {c.sheet};
    border-right: 4px solid {c.sheet}; border-top: 5px solid {c.soft}; }}
QComboBox QAbstractItemView {{ background: {c.sheet}; border: 1px solid {c.line}; selection-color: {c.text};
    selection-background-color: {c.accent_tint}; }}
QToolTip {{ background: {c.sheet}; color: {c.text}; border: 1px solid {c.line}; padding: 4px 6px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; }}
QSplitter::handle {{ background: {c.line}; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.line_strong}; border-radius: 4px; min-height: 32px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.line_strong}; border-radius: 4px; min-width: 32px; margin: 2px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
    border: none; width: 0; height: 0; }}
"""
