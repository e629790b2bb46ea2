"""Where the shipped files and the learner's data live. The lowest layer: imports nothing of the program."""

import os
import re
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_decks() -> Path:
    """The folder of the decks that come with the program."""
    return _shipped("decks")


def resources() -> Path:
    """The folder of icons, schemas and other files that come with the program."""
    return _shipped("resources")


def _shipped(name: str) -> Path:
    """A shipped folder: bundled by PyInstaller, inside an installed package, or beside the package in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / name
    installed = _PACKAGE / "_shared" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def data_dir(override: str | None = None) -> Path:
    """The folder of the learner's data: ``override``, else STUDYAPP_DATA_DIR, else that of a portable program, else
    the platform's place for it.

    The folder need not exist.
    """
    chosen = chosen_data_dir(override) or _portable_data_dir()
    if chosen is not None:
        return chosen
    from platformdirs import user_data_path  # 5 ms that a chosen folder saves

    return user_data_path("studyapp", appauthor=False)


def own_decks(data_folder: Path) -> Path:
    """The learner's own deck folder within the data folder; whoever first needs it creates it."""
    return data_folder / "decks"


def chosen_data_dir(override: str | None = None) -> Path | None:
    """The data folder that somebody asked for, by ``override`` or STUDYAPP_DATA_DIR; None where nobody did."""
    chosen = override or os.environ.get("STUDYAPP_DATA_DIR")
    return Path(chosen).expanduser().absolute() if chosen else None


def _portable_data_dir() -> Path | None:
    """``data`` beside an installed program that has a file named ``portable`` beside it; None for any other."""
    if not getattr(sys, "frozen", False):
        return None
    program = Path(sys.executable).resolve()
    # A macOS program is a folder, and what is written into it breaks its signature.
    beside = next((folder.parent for folder in program.parents if folder.suffix == ".app"), program.parent)
    return beside / "data" if (beside / "portable").exists() else None


def without_home(text: str) -> str:
    """The text with the home folder as ``~``: its name is the learner's, which no report and no log needs.

    A path on Windows may stand there in any case, with slashes of either kind, doubled in what Python quotes.
    """
    home = os.path.expanduser("~").rstrip("/\\")
    if len(home) < 3:
        return text
    windows = "\\" in home
    found = r"[\\/]+".join(map(re.escape, home.split("\\"))) if windows else re.escape(home)
    # Not where the name goes on: it is another folder then.
    return re.sub(rf"{found}(?![\w-]|\.\w)", "~", text, flags=re.IGNORECASE if windows else 0)
