"""W311: options that are numbers, put in order by moving their lines."""

from collections.abc import Collection
from typing import Any

import yaml

from studyapp.content.checks.numbers import amounts_of
from studyapp.content.fix.edit import Edit, apply, data_of, items_of, line_end, place_at, root_of, scalars, value_of
from studyapp.content.tree import Place


def fix_order(text: str, places: Collection[Place]) -> str:
    """The text with the options of the questions at the places (of their first option's text) in rising order."""
    before = data_of(text)
    if before is None:
        return text
    edits = []
    for section, item in items_of(root_of(text)):
        options = value_of(item, "options")
        if section == "questions" and isinstance(options, yaml.SequenceNode) and options.value:
            texts = [value_of(option, "text") for option in options.value]
            asked_for = all(isinstance(node, yaml.ScalarNode) for node in texts) and place_at(texts[0]) in places
            if asked_for and not _has_comment_line(text, options):
                edits += _sorted(text, options.value, [node.value.strip() for node in texts])
    new = apply(text, edits)
    return new if _with_sorted_options(data_of(new)) == _with_sorted_options(before) else text


def _sorted(text: str, options: list[Any], texts: list[str]) -> list[Edit]:
    """One edit for the lines of all options; none where they are not lines of their own."""
    amounts = amounts_of(texts)
    blocks = _blocks(text, options)
    if amounts is None or blocks is None:
        return []
    order = sorted(range(len(options)), key=amounts.__getitem__)
    start, end = blocks[0][0], blocks[-1][1]
    lines = [text[begin:stop] for begin, stop in blocks]
    ended = lines[-1].endswith("\n")
    if not ended:
        lines[-1] += line_end(text)
    joined = "".join(lines[i] for i in order)
    return [Edit(start, end, joined if ended else joined.removesuffix(line_end(text)))]


def _blocks(text: str, options: list[Any]) -> list[tuple[int, int]] | None:
    """Where the lines of each option begin and end; None where they cannot simply be moved."""
    blocks: list[tuple[int, int]] = []
    for option in options:
        start = text.rfind("\n", 0, option.start_mark.index) + 1
        last = max(node.end_mark.index for node in scalars(option))
        last = max(last, option.end_mark.index) if option.flow_style else last
        end = last if text[last - 1 : last] == "\n" else _next_line(text, last)
        if text[start : option.start_mark.index].strip() != "-" or (blocks and blocks[-1][1] != start):
            return None
        blocks.append((start, end))
    return blocks


def _has_comment_line(text: str, options: Any) -> bool:
    """Whether a line within the list, right above it or below it is a comment: nobody knows which option it is about.

    A comment behind a value stands on its option's line and moves with it. Below the list a comment belongs to it where
    it is indented as far as the options are.
    """
    spans = [(node.start_mark.index, node.end_mark.index) for node in scalars(options)]
    start = text.rfind("\n", 0, options.start_mark.index) + 1
    while start and _is_empty(line := text[(above := text.rfind("\n", 0, start - 1) + 1) : start]):
        if line.strip():
            return True
        start = above
    end = max(stop for _, stop in spans)
    while start < len(text):
        line = text[start : _next_line(text, start)]
        at = start + len(line) - len(line.lstrip())
        inside = any(first <= at < stop for first, stop in spans)
        if start >= end and not inside and not _is_empty(line):
            return False
        if line.lstrip().startswith("#") and not inside:
            return start < end or at - start >= int(options.start_mark.column)
        start += len(line)
    return False


def _is_empty(line: str) -> bool:
    """Whether a line holds nothing but a comment at most."""
    return not line.strip() or line.lstrip().startswith("#")


def _next_line(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _with_sorted_options(data: Any) -> Any:
    """The data with each question's options in one fixed order."""
    questions = data.get("questions") if isinstance(data, dict) else None
    if not isinstance(questions, list):
        return data
    made = [
        {**entry, "options": sorted(map(repr, entry["options"]))}
        if isinstance(entry, dict) and isinstance(entry.get("options"), list)
        else entry
        for entry in questions
    ]
    return {**data, "questions": made}
