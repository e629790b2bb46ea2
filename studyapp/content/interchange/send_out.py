"""Exporting: which items go out, and the file that is written in one piece."""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studyapp.content.discovery import shown
from studyapp.content.fix.files import write_bytes_whole
from studyapp.content.interchange.formats import FORMATS, write
from studyapp.content.interchange.material import InterchangeError, Loss, Material
from studyapp.content.library import Library
from studyapp.content.report import hint
from studyapp.core.blueprint import pattern_matches


@dataclass(frozen=True)
class Exported:
    """A file that was written, how many items are in it, and what is not."""

    path: Path
    items: int
    losses: tuple[Loss, ...]


def material_of(
    library: Library, decks: Sequence[str] = (), topic: str = "*", files: Collection[Path] | None = None
) -> Material:
    """The items of the decks named (none: all) whose topic fits the pattern.

    Decks of other files than ``files`` (None: of none) stay out: they were loaded to lend what these refer to.

    Raises:
        InterchangeError: where a deck is not loaded, or no item fits.
    """
    folders = {
        file.id: file.path.parent
        for file in library.files
        if file.kind == "deck" and file.loaded and (files is None or file.path in files)
    }
    known = {deck.id: deck for deck in library.bank.decks if deck.id in folders}
    if not known:
        raise InterchangeError("There is no deck that loads.", "See 'studyapp check' for what is wrong with a file.")
    for deck in decks:
        if deck not in known:
            raise InterchangeError(
                f"There is no loaded deck '{deck}'{hint(deck, known)}.", "Name a deck by the id in its first lines."
            )
    chosen = [known[deck] for deck in dict.fromkeys(decks)] or list(known.values())
    fitting = [
        replace(
            deck,
            cards=tuple(card for card in deck.cards if pattern_matches(topic, card.topic)),
            questions=tuple(question for question in deck.questions if pattern_matches(topic, question.topic)),
        )
        for deck in chosen
    ]
    kept = tuple(deck for deck in fitting if deck.cards or deck.questions)
    if not kept:
        raise InterchangeError(
            f"No item has a topic like '{topic}'.", "Name a topic of the syllabus, or one with a '*', as 'bigquery.*'."
        )
    title = kept[0].title if len(kept) == 1 else library.bank.syllabus.title
    return Material(title, kept, library.bank.case_by_id, folders)


def export(material: Material, name: str, path: Path, *, overwrite: bool = False) -> Exported:
    """Write a file in the format of that name, in one piece.

    Raises:
        InterchangeError: where the file exists and is not to be overwritten, or none of the items fits the format.
        FixError: where it cannot be written; what was there is as it was.
    """
    if os.path.lexists(path) and not overwrite:
        raise InterchangeError(f"{shown(path)} exists already.", "Choose another name.")
    written = write(name, material)
    if not written.items:
        raise InterchangeError(
            f"{FORMATS[name].title} holds none of these items: {written.losses[0].what}.", "Choose another format."
        )
    write_bytes_whole(path, written.data)
    return Exported(path, written.items, written.losses)
