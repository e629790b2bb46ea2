"""``studyapp new deck``: a commented file to start a deck with."""

import json
import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from studyapp import __version__, paths
from studyapp.content.discovery import shown
from studyapp.content.fix.files import write_whole
from studyapp.content.fix.ids import slug
from studyapp.content.topics import TO_FILL
from studyapp.core.errors import StudyError

_SCHEMA_NAME = "deck.schema.json"
_WRITTEN_BY = "Written by studyapp "
_TAKEN = {"syllabus": "the syllabus of its folder", "studyapp": "the settings of 'check' for its folder"}
_MARKS = ("FILL IN", TO_FILL)

_TEMPLATE = """\
# yaml-language-server: $schema={schema}
#
# A deck: flashcards and exam questions in one file. 'studyapp check {name}' tells what is missing or wrong, and
# 'studyapp check --explain CODE' why it matters. With the first line, an editor that knows the YAML language server
# (VS Code, Neovim, JetBrains) completes and explains every field. Replace each FILL IN with words of your own, and put
# them in quotes if they hold ': ' or ' #' or begin with a sign such as '*' or '['.

deck: {id}  # unique among the loaded decks
title: {title}
verified_on: {today}  # when its facts were last held against the product

cards:
  # One fact or one decision a card. The back has the answer first, then why, in at most 60 words.
  - id: {id}-first-card  # stable for ever, as the learner's history belongs to it; renamed: add 'was: old-id'
    topic: {to_fill}.topic  # 'studyapp topics' lists them, such as bigquery.cost-model
    front: FILL IN what you ask, so that it can be answered without seeing the back?
    back: |
      FILL IN the answer. Then why it is so.

  # A cloze hides what stands in double braces.
  - id: {id}-first-cloze
    topic: {to_fill}.topic
    cloze: FILL IN a sentence with {{{{what is to be recalled}}}} in double braces.

questions:
  # A scenario: who, what they run today, what they need, and the constraint that decides; then one question.
  - id: {id}-first-question
    topic: {to_fill}.topic
    difficulty: medium  # easy recalls, medium applies one rule, hard weighs two that conflict
    stem: |
      FILL IN the situation and the constraint that decides. What should they do?
    options:  # two to six; those with 'correct: true' are the key
      - text: FILL IN what is best under that constraint
        correct: true
        rationale: FILL IN why it is the best one here, in words that teach.
      - text: FILL IN what a competent colleague might do
        rationale: FILL IN what that is good for, and which stated constraint rules it out.
      - text: FILL IN another thing that somebody might do
        rationale: FILL IN what it is good for, and why it does not do here.
      - text: FILL IN a third one of about the same length
        rationale: FILL IN when you would choose it, and what keeps you from it here.
    cards: [{id}-first-card]  # what to review after a miss
"""


@dataclass(frozen=True)
class NewDeck:
    """A file that was written, and the lines to fill in."""

    path: Path
    lines: tuple[int, ...]
    schema: Path | None


def new_deck(name: str, folder: Path, today: date) -> NewDeck:
    """Write the starting file of a deck; ``name`` becomes its id and, with ``.yaml``, the name of its file.

    The modeline names the program's schema by a relative path where both lie in one project; a schema elsewhere (in an
    installed program) may move with the next update, so a copy is laid beside the deck. Nothing is overwritten but such
    a copy of an older program.

    Raises:
        StudyError: where the name has no letter or digit or means something else, the file exists, or the folder
            cannot be written.
    """
    id_ = slug(name.removesuffix(".yaml").removesuffix(".yml"))
    if not id_:
        raise StudyError(
            f"No id can be made of {name!r}.", "Name the deck by letters or digits, such as 'bigquery-cost'."
        )
    path = folder / f"{id_}.yaml"
    if id_ in _TAKEN:
        raise StudyError(
            f"A deck cannot be named {id_!r}: a file of that name is {_TAKEN[id_]}.", "Choose another name."
        )
    if os.path.lexists(path):
        raise StudyError(f"{shown(path)} exists already.", "Choose another name, or edit that file.")
    title = id_.replace("-", " ").replace("_", " ").replace(".", " ").capitalize()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        schema, copied = _schema(folder)
        text = _TEMPLATE.format(
            schema=schema,
            name=path.name,
            id=id_,
            title=f'"{title}"',
            today=today.isoformat(),
            to_fill=TO_FILL,
        )
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise StudyError(
            f"{shown(path)} cannot be written: {error.strerror or error}.", "Choose another folder with --dir."
        ) from error
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _is_to_fill(line)]
    return NewDeck(path, tuple(lines), copied)


def _is_to_fill(line: str) -> bool:
    return not line.lstrip().startswith("#") and any(mark in line for mark in _MARKS)


def _schema(folder: Path) -> tuple[str, Path | None]:
    """How the deck names its schema, and the copy that was laid beside it."""
    shipped = paths.resources() / _SCHEMA_NAME
    if folder.resolve().is_relative_to(paths.resources().parent):
        return Path(os.path.relpath(shipped, folder.resolve())).as_posix(), None
    copy = folder / _SCHEMA_NAME
    schema = json.loads(shipped.read_text(encoding="utf-8"))
    if os.path.lexists(copy) and not _is_outdated(copy, schema):
        return _SCHEMA_NAME, None
    marked = {"$schema": schema.pop("$schema"), "$comment": f"{_WRITTEN_BY}{__version__}", **schema}
    write_whole(copy, json.dumps(marked, indent=2, ensure_ascii=False) + "\n")
    return _SCHEMA_NAME, copy


def _is_outdated(copy: Path, schema: dict[str, Any]) -> bool:
    """Whether a file is a copy that an older program laid there; the first ones did not say which that was."""
    try:
        found = json.loads(copy.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if not isinstance(found, dict) or found.get("description") != schema["description"]:
        return False
    by = str(found.pop("$comment", _WRITTEN_BY)).removeprefix(_WRITTEN_BY)
    return found != schema and _numbers(by) <= _numbers(__version__)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
