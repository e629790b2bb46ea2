"""The program's icon in the formats of each system, drawn by Qt from one SVG."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[1] / "icons" / "studyapp.svg"
_ICNS = {b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic09": 512}
"""Type codes of Apple's icon container that hold a PNG, and the side of each in pixels."""


def png(side: int) -> bytes:
    """The icon as a PNG of ``side`` by ``side`` pixels."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def write_ico(path: Path) -> Path:
    """Windows' icon: PNGs of all usual sides in one file."""
    sides = (16, 20, 24, 32, 40, 48, 64, 128, 256)
    pictures = [png(side) for side in sides]
    offset = 6 + 16 * len(sides)
    head = struct.pack("<HHH", 0, 1, len(sides))
    for side, picture in zip(sides, pictures, strict=True):
        head += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    path.write_bytes(head + b"".join(pictures))
    return path


def write_icns(path: Path) -> Path:
    """macOS's icon: PNGs of all usual sides in one file."""
    parts = []
    for code, side in _ICNS.items():
        picture = png(side)
        parts.append(code + struct.pack(">I", len(picture) + 8) + picture)
    body = b"".join(parts)
    path.write_bytes(b"icns" + struct.pack(">I", len(body) + 8) + body)
    return path
