"""The keys of the digits, on keyboards that give digits with Shift alone too."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# The scan code of the key right of the uppermost left one, on X11, Wayland and Windows.
_FIRST = {"linux": 10, "win32": 2}.get(sys.platform)
_DIGITS = 6


def digit_of(event: QKeyEvent) -> int | None:
    """Which of the keys 1 to 6 an event is of, counted from 0; None for any other.

    What the key types decides, else where it lies: on a French keyboard the key of the 1 types "&".
    """
    number = event.key() - Qt.Key.Key_1
    if 0 <= number < _DIGITS:
        return number
    place = event.nativeScanCode() - _FIRST if _FIRST is not None else -1
    return place if 0 <= place < _DIGITS else None
