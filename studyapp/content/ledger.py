"""``ids.txt``: every id that the decks of a folder ever used, and what it stood for.

History belongs to the id, and a deck file alone cannot tell that an id it uses today once named something else. The
ledger can: it is a plain text file beside the decks, kept in version control with them, one line for each id:

    id <tab> card or question <tab> what it asks <tab> the answer

``check`` holds the decks against it wherever it exists, ``check --fix`` adds the ids that it lacks. A line is never
changed or removed by the program, so that a meaning cannot drift away in small steps; whoever rewords an item so much
that it is taken for another deletes its line, which says: this is still the same.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studyapp.content.discovery import shown
from studyapp.content.fields import ID_PATTERN
from studyapp.content.meaning import Meaning, meaning_of
from studyapp.content.report import Report, quoted
from studyapp.core.deck import Deck

LEDGER_NAME = "ids.txt"
HEADER = """\
# Every id that these decks ever used, and what it stood for: history belongs to the id, so none is used again.
# 'studyapp check --fix' adds what is missing. Delete a line only to say that its item, reworded, is still the same.
"""
_BOM = "\ufeff"
_ID = re.compile(ID_PATTERN)


@dataclass
class Ledger:
    """The ledger of a deck folder."""

    path: Path
    report: Report
    known: dict[str, Meaning] = field(default_factory=dict)


def read_ledger(folder: Path) -> Ledger | None:
    """The ledger of a deck folder, with problems for the lines that cannot be understood; None where there is none."""
    path = folder / LEDGER_NAME
    try:
        # An editor on Windows may put a byte order mark first.
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        ledger = Ledger(path, Report(shown(path)))
        ledger.report.add("E213", (1, 1), f"the ledger cannot be read: {error}")
        return ledger
    ledger = Ledger(path, Report(shown(path)))
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 4 or not _ID.match(parts[0]) or parts[1] not in ("card", "question"):
            ledger.report.add("E213", (number, 1), f"{quoted(line)} is not id, card or question, what it asks, answer")
        elif parts[0] in ledger.known:
            first = ledger.known[parts[0]].line
            ledger.report.add("E213", (number, 1), f"the id {quoted(parts[0])} stands in line {first} already")
        else:
            ledger.known[parts[0]] = Meaning(parts[1], parts[2], parts[3], number)
    return ledger


def used_ids(folder: Path) -> frozenset[str]:
    """The ids that the ledger of a deck folder knows, whether in use or given up: none of them is free.

    Empty where there is no ledger, or none that can be read.
    """
    ledger = read_ledger(folder)
    return frozenset(ledger.known) if ledger else frozenset()


def with_new_ids(text: str, decks: Iterable[Deck], but: Collection[str] = ()) -> str:
    """The text of a ledger with a line for each id that it lacks, ``but`` these.

    Lines that stand there stay as and where they are, and so do a byte order mark and the kind of line ends.
    """
    mark = _BOM if text.startswith(_BOM) else ""
    lines = text.removeprefix(_BOM).splitlines(keepends=True) or HEADER.splitlines(keepends=True)
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[-1].endswith("\n"):
        lines[-1] += line_end
    known = {line.partition("\t")[0] for line in lines} | set(but)
    meanings: dict[str, Meaning] = {}
    for deck in decks:
        meanings.update({card.id: meaning_of(card) for card in deck.cards if card.id not in known})
        meanings.update({asked.id: meaning_of(asked) for asked in deck.questions if asked.id not in known})
    if not meanings:
        return text
    new = {id_: f"{id_}\t{m.kind}\t{m.asked}\t{m.answer}{line_end}" for id_, m in meanings.items()}
    return mark + "".join(_inserted(lines, new))


def _inserted(lines: Sequence[str], new: Mapping[str, str]) -> Iterator[str]:
    """The lines with new ones by their ids, each before the first line of a greater id; all others stay where they are.

    So two branches that add ids seldom touch the same place, and what authors noted or grouped stays as it was.
    """
    waiting = sorted(new, reverse=True)
    for line in lines:
        if line.strip() and not line.startswith("#"):
            while waiting and waiting[-1] < line.partition("\t")[0]:
                yield new[waiting.pop()]
        yield line
    yield from (new[id_] for id_ in reversed(waiting))
