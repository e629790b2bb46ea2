"""The program on its desktop. In processes of their own: icon, language and the kind of application last for one."""

import json
import os
import subprocess
import sys

import pytest

SETTLED = """
import json, sys
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from studyapp.ui.desktop import settle_in
from studyapp.ui.main_window import MainWindow
from studyapp.ui.theme import Theme
QLocale.setDefault(QLocale(sys.argv[1]))
qt = QApplication(sys.argv[:1])
window = MainWindow(Theme(qt))
settle_in(window)
settle_in(window)
icon = qt.windowIcon().pixmap(64, 64).toImage()
copy = QCoreApplication.translate("QWidgetTextControl", "&Copy")
print(json.dumps({"copy": copy, "blue": icon.pixelColor(8, 32).name()}))
"""

ASKED = """
import json, sys
from pathlib import Path
from PySide6.QtGui import QFileOpenEvent
from studyapp.ui.desktop import MacApplication
qt = MacApplication(sys.argv[:1])
got = []
qt.sendEvent(qt, QFileOpenEvent("/early.yaml"))
qt.open_with(got.append)
qt.sendEvent(qt, QFileOpenEvent("/late.yaml"))
print(json.dumps([[path.name for path in paths] for paths in got]))
"""


def told_by(code, *arguments):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize(("language", "copy"), [("de_DE", "&Kopieren"), ("en_US", "&Copy")])
def test_the_icon_is_drawn_and_what_qt_says_is_in_the_language_of_the_desktop(language, copy):
    assert told_by(SETTLED, language) == {"copy": copy, "blue": "#235a93"}


def test_a_file_that_macos_asks_to_open_early_waits_for_the_window():
    assert told_by(ASKED) == [["early.yaml"], ["late.yaml"]]
