"""Decks to and from other programs' formats, on the worker."""

import os
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studyapp.content.interchange.material import Loss, told
from studyapp.core.errors import StudyError
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.deck_loader import DeckLoader
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # They bring the parser and the formats along, which the page need not wait for.
    from studyapp.content.interchange.send_out import Exported
    from studyapp.content.interchange.take_in import Imported


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended: in a sentence, and line by line what could not be carried over. ``deck`` is a new deck's file."""

    title: str
    headline: str
    losses: str
    deck: Path | None = None


class Transfer(QObject):
    """``ended`` brings the outcome; ``refused`` tells why nothing came in, and ``message`` why nothing went out."""

    ended = Signal(object)
    refused = Signal(object)
    message = Signal(object)

    def __init__(self, workspace: Workspace, decks: DeckLoader) -> None:
        super().__init__()
        self._workspace = workspace
        self._decks = decks

    @property
    def topics(self) -> list[tuple[str, str]]:
        """The topics of the syllabus: id, and title after that of the domain."""
        domains = self._workspace.bank.syllabus.domains
        return [(topic.id, f"{domain.title}: {topic.title}") for domain in domains for topic in domain.topics]

    def deck_at(self, path: Path) -> tuple[str, str] | None:
        """Id and title of the loaded deck in a file."""
        decks = {deck.id: deck.title for deck in self._workspace.bank.decks}
        id_ = next((file.id for file in self._workspace.library.files if file.path == path and file.loaded), "")
        return (id_, decks[id_]) if id_ in decks else None

    def count_of(self, deck: str | None) -> str:
        """How much is in a deck, or in all of them."""
        chosen = [made for made in self._workspace.bank.decks if deck in (None, made.id)]
        questions = sum(len(made.questions) for made in chosen)
        cards = sum(len(made.cards) for made in chosen)
        return f"{words.counted(questions, 'question')}, {words.counted(cards, 'card')}"

    def id_for(self, title: str) -> str:
        """The id of a new deck of that title: its letters where the Latin ones are enough, else a number."""
        from studyapp.content.fix.ids import slug

        folders = self._decks.folders
        if not title.strip() or folders is None:
            return ""
        taken = {deck.id for deck in self._workspace.bank.decks}
        made = (f"deck-{number}" for number in count(1))
        return slug(title) or next(
            id_ for id_ in made if id_ not in taken and not os.path.lexists(folders.own / f"{id_}.yaml")
        )

    def send_out(self, deck: str | None, name: str, path: Path, *, overwrite: bool) -> None:
        """Write a deck, or all of them, in the format of that name."""
        library = self._workspace.library

        def work() -> "Exported":
            from studyapp.content.interchange.send_out import export, material_of

            return export(material_of(library, (deck,) if deck else ()), name, path, overwrite=overwrite)

        def done(exported: "Exported") -> None:
            items = words.counted(exported.items, "item")
            self.ended.emit(_outcome("Export", f"{path.name} holds {items} now.", exported.losses))

        def failed(error: BaseException) -> None:
            if not isinstance(error, StudyError):
                raise error
            self.message.emit(Message("transfer", "wrong", f"{error.message} {error.next_step}"))

        self._decks.run(work, done, failed)

    def take_in(self, source: Path, title: str, topic: str | None) -> None:
        """Make one of the learner's own decks of a file; ``topic`` is for the items that name none."""
        folders = self._decks.folders
        assert folders is not None
        title = title.strip()
        id_ = self.id_for(title)

        def work() -> "Imported":
            from studyapp.content.interchange.take_in import Wanted, import_file

            return import_file(source, None, Wanted(id_, title, topic, folders.own, date.today()), folders.paths)

        def done(imported: "Imported") -> None:
            counts = f"{words.counted(imported.questions, 'question')}, {words.counted(imported.cards, 'card')}"
            left_out = f" {words.counted(imported.left_out, 'item')} left out." if imported.left_out else ""
            headline = f"“{title}” is one of your decks now: {counts}.{left_out}"
            self.ended.emit(_outcome("Import", headline, imported.losses, imported.path))

        def failed(error: BaseException) -> None:
            if isinstance(error, StudyError):
                self.refused.emit(error)
                return
            # The dialog has to know, whatever else is told of it.
            self.refused.emit(StudyError("The import stopped at a mistake of the program.", "Nothing was imported."))
            raise error

        self._decks.run(work, done, failed)


def _outcome(title: str, headline: str, losses: tuple[Loss, ...], deck: Path | None = None) -> Outcome:
    return Outcome(title, headline, told(losses), deck)
