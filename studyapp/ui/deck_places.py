"""What is dropped onto the window, and what the program was opened with."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from studyapp.content.library import Library, LoadedFile
from studyapp.core.errors import DataFolderError
from studyapp.ui import words
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.main_window import MainWindow, is_foreign
from studyapp.ui.widgets.message_bar import Message

_DECKLESS = "of a folder, the files in it, in its blueprints and in its cases are read, and no other folder below it"


class DeckPlaces(QObject):
    """Adds decks that are dropped and says what came of it; files of other programs go to ``import_files``."""

    def __init__(self, window: MainWindow, decks: DeckLoader, import_files: Callable[[list[Path]], None]) -> None:
        super().__init__(window)
        self._messages = window.messages
        self._decks = decks
        self._import_files = import_files
        # Added, and not yet read.
        self._added: list[Path] = []
        window.dropped.connect(self._take)
        decks.loaded.connect(self._loaded)

    def tell_opened(self, library: Library) -> None:
        """Say what the program was opened with, which is not kept by itself."""
        folders = self._decks.folders
        assert folders is not None
        decks = [f for f in library.files if _is_deck(f) and folders.holding(f.path) in folders.opened]
        if decks:
            what = f"“{decks[0].title}” is" if len(decks) == 1 else f"{words.counted(len(decks), 'deck')} are"
            text = f"{what} open for now, until you close studyapp."
            opened = list(folders.opened)
            self._messages.show_message(Message("opened", "info", text, "Keep in the list", lambda: self._add(opened)))

    def _take(self, paths: list[Path]) -> None:
        decks = [path for path in paths if not is_foreign(path)]
        if decks:
            self._add(decks)
        if len(decks) < len(paths):
            self._import_files([path for path in paths if is_foreign(path)])

    def _add(self, paths: Sequence[Path]) -> None:
        """Read these from now on; what is in them is told once they are read."""
        folders = self._decks.folders
        if folders is None:
            return
        changed = folders.with_added(paths)
        if changed == folders:
            self._messages.show_message(Message("dropped", "info", _known_words(paths, folders.off_paths)))
            return
        try:
            self._decks.change(changed)
        except DataFolderError as error:
            self._messages.show_message(Message("folders", "caution", f"{error.message} {error.next_step}"))
            return
        self._added += [path for path in changed.added if path not in folders.added]

    def _loaded(self, library: Library) -> None:
        if self._decks.folders is not None and not self._decks.folders.opened:
            self._messages.dismiss("opened")
        # A load that began before says nothing of it.
        if self._added and not self._decks.busy:
            folders = self._decks.folders
            # What was removed meanwhile is not told.
            added = [path for path in self._added if folders is not None and path in folders.added]
            self._added = []
            self._tell_added(added, library)

    def _tell_added(self, added: Sequence[Path], library: Library) -> None:
        """Which of them are read, with how many decks; those that do not load have a message of their own."""
        read, off, deckless = [], [], []
        for path in added:
            inside = [file for file in library.files if file.path.is_relative_to(path)]
            if not inside and path.is_dir():
                deckless.append(path.name)
            elif inside and all(file.off for file in inside):
                off.append(path.name)
            elif not all(file.broken for file in inside):
                read.append(path.name + (f" ({_decks_in(inside)})" if path.is_dir() else ""))
        parts = []
        if read:
            are, them = ("is", "it") if len(read) == 1 else ("are", "them")
            named = ", ".join(read)
            parts.append(f"{named} {are} read with your decks from now on; the Decks page can remove {them}.")
        if off:
            parts.append(_off_words(off))
        if deckless:
            parts.append(f"No deck was found in {', '.join(deckless)}: {_DECKLESS}.")
        if parts:
            self._messages.show_message(Message("dropped", "info", " ".join(parts)))
        else:
            self._messages.dismiss("dropped")


def _known_words(paths: Sequence[Path], off_paths: Collection[Path]) -> str:
    """Of what is in the list already: that it is, and which of it is switched off."""
    off = [path.name for path in paths if path.absolute() in off_paths]
    read = [path.name for path in paths if path.absolute() not in off_paths]
    parts = [f"{', '.join(read)}: this is read already."] if read else []
    return " ".join([*parts, _off_words(off)] if off else parts)


def _off_words(names: Sequence[str]) -> str:
    are, them = ("is", "it") if len(names) == 1 else ("are", "them")
    return f"{', '.join(names)} {are} in your list, but switched off; the Decks page can switch {them} on."


def _is_deck(file: LoadedFile) -> bool:
    return file.kind == "deck" and file.loaded


def _decks_in(files: Sequence[LoadedFile]) -> str:
    """How many decks there are, and how many files that do not load or are switched off."""
    decks = sum(map(_is_deck, files))
    others = {"not loaded": sum(file.broken for file in files), "switched off": sum(file.off for file in files)}
    rest = [f"{words.counted(count, 'file')} {state}" for state, count in others.items() if count]
    return ", ".join([words.counted(decks, "deck") if decks else "no deck", *rest])
