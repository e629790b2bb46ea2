"""The lines of one card or question in its file: found, replaced, and nothing else of the file changed."""

import difflib
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studyapp import paths
from studyapp.content.discovery import shown
from studyapp.content.fix.edit import line_end
from studyapp.content.fix.files import FixError, write_whole
from studyapp.content.item_lines import ItemLines, SharedLinesError, lines_at_sight, lines_by_parsing
from studyapp.content.report import Report
from studyapp.core.errors import StudyError

_BOM = "\ufeff"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_HAS_ID = r"""(?:^|[{{,])[\s{{-]*id:\s*["']?{}["']?\s*(?:[,}}#].*)?$"""
_AFTER_ID = re.compile(r"""id:\s*["']?([^\s"',}#]+)""")
# Characters that a text field takes for the end of a line, or keeps for itself.
_NOT_FOR_FIELDS = re.compile("[\u2029\ufdd0\ufdd1]")


class ItemBlockError(StudyError):
    """An item's lines cannot be found or replaced; the file is as it was."""


@dataclass(frozen=True)
class Block:
    """The lines of an item, from the one with its dash to the last one with text of it.

    ``section`` is cards or questions. ``text`` is the lines with ``\\n`` between them. ``whole`` is the file as it was
    read, in which the block reaches from ``start`` up to ``end``.
    """

    path: Path
    item_id: str
    section: str
    first_line: int
    text: str
    whole: str
    start: int
    end: int


def line_of(path: Path, item_id: str) -> int:
    """The line with an item's id, found without parsing, so in a broken file too; 1 where there is none."""
    return lines_of(path, [item_id]).get(item_id, 1)


def lines_of(path: Path, item_ids: Iterable[str]) -> dict[str, int]:
    """The lines with these items' ids, as far as there are such lines; the file is read once for all of them."""
    try:
        lines = re.split("\r\n|\r|\n", path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return {}
    wanted, found = set(item_ids), dict[str, int]()
    for number, line in enumerate(lines, start=1):
        for id_ in wanted.intersection(_AFTER_ID.findall(line)) if "id:" in line else ():
            if id_ not in found and re.search(_HAS_ID.format(re.escape(id_)), line):
                found[id_] = number
    return found


def why_not_editable(path: Path) -> str:
    """Why a file is not to be edited in place, as a sentence; empty where it may be."""
    shipped = paths.shipped_decks()
    installed = hasattr(sys, "_MEIPASS") or shipped.parent.name == "_shared"
    if installed and Path(os.path.realpath(path)).is_relative_to(shipped.resolve()):
        return "This deck came with studyapp: the next version would overwrite what you change."
    target = Path(os.path.realpath(path))
    if not os.access(target, os.W_OK) or not os.access(target.parent, os.W_OK):
        return f"You may not write {shown(path)}."
    return ""


def find_item(path: Path, item_id: str) -> Block:
    """The lines of an item; in a file that has a problem elsewhere perhaps too, which ``ItemCheck`` tells.

    Raises:
        ItemBlockError: where the file cannot be read, has no such item, or the item shares its lines with others.
    """
    try:
        whole = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ItemBlockError(f"{shown(path)} cannot be read.", "Open it in your editor.") from error
    body = whole.removeprefix(_BOM)
    try:
        found = lines_at_sight(body, item_id) or _by_parsing(path, body, item_id)
    except SharedLinesError as error:
        raise ItemBlockError("The item shares its lines with other items.", "Open it in your editor.") from error
    text = "\n".join(line for line, _ in _split(body[found.start : found.end]))
    if _NOT_FOR_FIELDS.search(text):
        raise ItemBlockError("The item has characters that cannot be edited here.", "Open it in your editor.")
    before = sum(body.count(end, 0, found.start) for end in "\r\n") - body.count("\r\n", 0, found.start)
    skipped = len(whole) - len(body)
    return Block(path, item_id, found.section, before + 1, text, whole, found.start + skipped, found.end + skipped)


def _by_parsing(path: Path, body: str, item_id: str) -> ItemLines:
    report = Report(shown(path))
    found = lines_by_parsing(body, item_id, report)
    if report.failed:
        raise ItemBlockError(f"The file has a problem: {report.problems[0]}.", "Mend that in your editor first.")
    if found is None:
        raise ItemBlockError(f"{shown(path)} has no item {item_id!r} any more.", "Load the decks again.")
    return found


def find_again(block: Block) -> Block:
    """The block as its file has it now: the very same where the file has not changed.

    Raises:
        ItemBlockError: as ``find_item``.
    """
    try:
        if block.path.read_bytes() == block.whole.encode():
            return block
    except OSError:
        pass  # said by the next line, in words for the learner
    return find_item(block.path, block.item_id)


def with_text(block: Block, text: str) -> str:
    """The whole file with other lines for the item: a line that stays the same stays so byte for byte.

    Another ends as the line that it replaces, and one that is new as the line before it.
    """
    before = _split(block.whole[block.start : block.end])
    lines = text.rstrip("\n").split("\n")
    # Only the last line of the file may have no end.
    ends = [end or line_end(block.whole) for _, end in before]
    matcher = difflib.SequenceMatcher(None, [line for line, _ in before], lines, autojunk=False)
    after: list[str] = []
    for _, old, old_stop, new, new_stop in matcher.get_opcodes():
        after += [ends[max(0, min(old + at - new, old_stop - 1))] for at in range(new, new_stop)]
    after[-1] = before[-1][1]
    joined = "".join(line + end for line, end in zip(lines, after, strict=True))
    return block.whole[: block.start] + joined + block.whole[block.end :]


def save(block: Block, text: str) -> None:
    """Write the item's new lines, the file in one piece.

    Raises:
        ItemBlockError: where the file has changed since the block was found.
        FixError: where it cannot be written.
    """
    try:
        now = block.path.read_bytes()
    except OSError as error:
        raise FixError(
            f"{shown(block.path)} cannot be read: {error.strerror}.", "Put it back, then try again."
        ) from error
    if refusal := why_not_editable(block.path):
        raise ItemBlockError(refusal, "Report the item instead.")
    if now != block.whole.encode():
        raise ItemBlockError(f"{shown(block.path)} has changed in this moment, and was not written.", "Save again.")
    write_whole(block.path, with_text(block, text))


def _split(text: str) -> list[tuple[str, str]]:
    """The lines of a text, each with its own line end; the last one may have none."""
    lines = _LINE.findall(text)
    # The pattern matches once more at the very end.
    return lines[:-1] if len(lines) > 1 and lines[-1] == ("", "") else lines
