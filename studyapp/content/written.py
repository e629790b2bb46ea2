"""Texts as they are written in a file, for what the parsed data no longer shows: ends cut off, nulls, lines."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from studyapp.content.report import Report, quoted
from studyapp.content.silencing import is_silencing

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROSE_KEYS = "front back cloze stem text rationale changed title exam name remark objectives outdated caution"
_PROSE = frozenset(_PROSE_KEYS.split())
"""Keys whose texts learners read."""
NULLS = ("~", "null", "Null", "NULL")
"""YAML's null, as it is written without quotes."""
_ENDS = ".?!…"
_CLOSING = "\"'”’)*_`"


class Written(NamedTuple):
    """A text: the key it stands under (of a list, that of the list), its token, and the line of its item's id."""

    key: str
    token: Any
    id_line: int | None

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the file that it is made of."""
        return self.token.start_mark.index, self.token.end_mark.index


def texts_of(text: str) -> Iterator[Written]:
    """Every text of a file that is no key, in order; up to the first place that is no valid YAML."""
    loader = _Loader(text)
    key, id_line, is_key = "", None, False
    try:
        while loader.check_token():
            token = loader.get_token()
            kind = type(token)
            if kind is yaml.ScalarToken:
                if is_key:
                    key = token.value
                    id_line = token.start_mark.line + 1 if key == "id" else id_line
                else:
                    yield Written(key, token, id_line)
                is_key = False
            elif kind is yaml.KeyToken:
                is_key = True
            elif kind is yaml.ValueToken:
                is_key = False
    except yaml.YAMLError:
        return
    finally:
        loader.dispose()


def check_cut_texts(text: str, report: Report) -> None:
    """W137: texts without quotes that end at a `` #``, where what follows reads like more of them.

    Nothing but a search for `` #`` is done where none of them looks like that.
    """
    suspects = _suspects(text)
    suspect = next(suspects, None)
    if suspect is None:
        return
    for written in texts_of(text):
        if not written.token.plain:
            continue
        end = written.span[1]
        while suspect is not None and suspect[0] < end:
            suspect = next(suspects, None)
        if suspect is None or report.full:
            return
        if suspect[0] == end and written.key in _PROSE:
            mark = written.token.end_mark
            message = (
                f"{quoted(text[suspect[1] : suspect[2]])} is read as a comment and never shown; put the whole text in "
                "quotes, or begin a comment with two blanks and '# '"
            )
            place = mark.line + 1, mark.column + 1 + suspect[1] - end
            report.add("W137", place, message, written.id_line)


def _suspects(text: str) -> Iterator[tuple[int, int, int]]:
    """Of what looks like the rest of a text behind its end: where the text ends, where the rest begins and ends."""
    at = text.find(" #")
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        end = _line_end(text, at)
        before = text[begin:at].rstrip()
        if (
            before
            and _may_be_prose(before)
            and _reads_as_text(before, at + 1 - begin - len(before), text[at + 2 : end])
        ):
            yield begin + len(before), at + 1, end
        at = text.find(" #", end)


def _may_be_prose(line: str) -> bool:
    """Whether the line has no key, or one whose text learners read."""
    key, colon, _ = line.lstrip(" -").partition(":")
    return not colon or key in _PROSE or not key.isidentifier()


def _reads_as_text(before: str, blanks: int, comment: str) -> bool:
    """Whether the end of a text was meant: a comment stands after two blanks, or after the end of a sentence."""
    if is_silencing(comment):
        return False
    if not comment.strip() or comment[0].isdigit():
        return True
    ended = before.rstrip(_CLOSING)[-1:]
    return blanks == 1 and (not comment[0].isspace() or not ended or ended not in _ENDS)


def check_nulls(text: str, report: Report) -> None:
    """E124: texts that are YAML's null without quotes, which other programs read as no text at all."""
    starts = {start for word in NULLS for start in _alone(text, word)}
    for written in texts_of(text) if starts else ():
        if written.span[0] not in starts or not written.token.plain or written.token.value not in NULLS:
            continue
        if written.key in _PROSE or written.key == "tags":
            mark = written.token.start_mark
            message = f"'{written.key}' is null, which is no text; remove the key, or put the word in quotes"
            report.add("E124", (mark.line + 1, mark.column + 1), message)
            if report.full:
                return


def _alone(text: str, word: str) -> Iterator[int]:
    """Where the word seems to be all that stands behind a key, a ``-``, a bracket or a comma."""
    at = text.find(word)
    while at >= 0:
        after = at + len(word)
        if text[after : after + 1] in ("", "\n", "\r", " ", ",", "}", "]"):
            begin = text.rfind("\n", 0, at) + 1
            rest = text[after : _line_end(text, after)].lstrip()
            if text[begin:at].rstrip()[-1:] in (":", "-", "[", "{", ",") and rest[:1] in ("", ",", "}", "]", "#"):
                yield at
        at = text.find(word, after)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
