"""GIFT in: questions with options. Other kinds, such as matching or numbers, are told and left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from studyapp.content.interchange import tags
from studyapp.content.interchange.html_markdown import from_html
from studyapp.content.interchange.marks import Key, key_of
from studyapp.content.interchange.markup import from_plain
from studyapp.content.interchange.material import LOST_CATEGORY, Entry, InterchangeError, Loss, Parsed, decoded

_COMMENT = re.compile(r"\s*//(.*)")
_CATEGORY = re.compile(r"\s*\$(?:CATEGORY|COURSE)\s*:?(.*)", re.IGNORECASE)
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")
_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_MARKUP = re.compile(r"<[A-Za-z/!]|&#?\w+;")
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#|\Z)", re.IGNORECASE)


@dataclass
class _Block:
    """The lines of one question, and what the comments above it say."""

    line: int
    text: str
    comments: str


def read(data: bytes) -> Parsed:
    """The questions with options in a file.

    Raises:
        InterchangeError: where braces do not match.
    """
    entries: list[Entry] = []
    losses: list[Loss] = []
    for block in _blocks(decoded(data)):
        if isinstance(block, Loss):
            losses.append(block)
            continue
        entry, lost = _Question(block).entry()
        entries += [entry] if entry else []
        losses += lost
    return Parsed(tuple(entries), tuple(losses))


def _blocks(text: str) -> Iterator[_Block | Loss]:
    """Questions end at a blank line outside of braces. A category is lost."""
    lines: list[str] = []
    comments: list[str] = []
    start, depth, pairs = 0, 0, 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        comment = _COMMENT.match(line)
        if comment:
            comments.append(comment[1])
        elif not line.strip() and not depth:
            if lines:
                yield _Block(start, "\n".join(lines), " ".join(comments))
            # Comments stand above what they belong to.
            comments, lines, pairs = ([] if lines else comments), [], 0
        elif (category := _CATEGORY.match(line)) and not lines:
            yield Loss(category[1].strip(), number, LOST_CATEGORY)
        else:
            start = number if not lines else start
            lines.append(line)
            bare = _bare(line)
            depth += bare.count("{") - bare.count("}")
            pairs += bare.count("{")
            if depth not in (0, 1):
                raise InterchangeError(
                    f"Line {number} has a brace that does not fit.", "Put a backslash before a brace that is text."
                )
            if pairs > 1:
                raise InterchangeError(
                    f"Line {number} has braces although the question of line {start} had its own.",
                    "Put a blank line between two questions, and a backslash before a brace that is text.",
                )
    if depth:
        raise InterchangeError(
            f"The braces opened in the question of line {start} are never closed.", "Close them with '}'."
        )


class _Question:
    """One question while it is read; its texts have the format that the stem names."""

    def __init__(self, block: _Block) -> None:
        self._block = block
        self._lost: list[str] = []
        title = _TITLE.match(block.text)
        self._title = _unescaped(title[1]).strip() if title else ""
        self._text = block.text[title.end() :] if title else block.text
        found = _FORMAT.match(self._text.lstrip())
        self._format = found[1].lower() if found else "moodle"

    def entry(self) -> tuple[Entry | None, list[Loss]]:
        """The question as an entry, or none where it is of another kind; and what was lost."""
        before, inside, after = _parts(self._text)
        data = self._named() | {"stem": self._stem(before, inside, after)}
        reason = "a description, which is no question" if inside is None else self._fill(data, inside)
        entry = Entry("questions", self._block.line, data)
        name = self._title or entry.name
        if reason:
            return None, [Loss(name, self._block.line, reason, whole=inside is not None)]
        return entry, [Loss(name, self._block.line, what) for what in dict.fromkeys(self._lost)]

    def _named(self) -> dict[str, Any]:
        """The id and what the tags say."""
        # What no bracket closes is not looked at, however often one opens in it.
        comments = self._block.comments[: self._block.comments.rfind("]") + 1]
        id_ = _ID.search(comments)
        found = [tag.replace("\\]", "]").strip() for tag in _TAG.findall(comments)]
        fields, self._has_changed = tags.fields_from(found)
        name = id_[1].replace("\\]", "]").strip() if id_ else self._title
        return ({"id": name} if name else {}) | fields

    def _stem(self, before: str, inside: str | None, after: str) -> str:
        if inside is not None and after.strip():
            # A missing word: the options stand where it would.
            gap = "\\_\\_\\_\\_\\_" if self._format == "markdown" else "_____"
            return self._shown(f"{before}{gap}{after}")
        return self._shown(before)

    def _fill(self, data: dict[str, Any], inside: str) -> str:
        """Put the options into the data; why the question is none that we have, or nothing."""
        body, _, general = _split_once(inside, "####")
        truth = _TRUTH.match(body)
        options = list(_options(body))
        if truth:
            data["options"] = self._true_false(body, truth[1].upper().startswith("T"))
        elif reason := _other_kind(body, options):
            return reason
        else:
            single = any(mark == "=" for mark, _ in options)
            key = key_of([_weight(mark, text) for mark, text in options], single=single)
            if key.trouble:
                return key.trouble
            self._lost += key.lost
            data["options"] = self._choices(options, key)
        tags.place_feedback(data, self._shown(general), self._has_changed)
        return ""

    def _true_false(self, body: str, is_true: bool) -> list[dict[str, str]]:
        _, _, feedback = _split_once(body, "#")
        first, _, rest = _split_once(feedback, "#")
        wrong, right = self._shown(first), self._shown(_split_once(rest, "#")[0])
        options = []
        for text, correct in (("True", is_true), ("False", not is_true)):
            rationale = right if correct else wrong
            options.append(
                {"text": text}
                | ({"correct": "true"} if correct else {})
                | ({"rationale": rationale} if rationale else {})
            )
        return options

    def _choices(self, marked: list[tuple[str, str]], key: Key) -> list[dict[str, str]]:
        options = []
        for (_, text), is_right in zip(marked, key.right, strict=True):
            body, _, feedback = _split_once(_without_weight(text), "#")
            option = {"text": self._shown(body)}
            if is_right:
                option["correct"] = "true"
            if rationale := self._shown(feedback):
                option["rationale"] = rationale
            options.append(option)
        return options

    def _shown(self, text: str) -> str:
        """A text of the file as Markdown."""
        text = text.strip()
        found = _FORMAT.match(text)
        form = found[1].lower() if found else self._format
        text = text[found.end() :] if found else text
        if form == "markdown":
            return _unescaped(text).strip()
        # Lines that the author wrapped; one that is meant to end there ends in \n.
        raw = _unescaped(" ".join(line for part in text.split("\n") if (line := part.strip()))).strip()
        if form == "html" or (form == "moodle" and _MARKUP.search(raw)):
            markdown, lost = from_html(raw)
            self._lost += lost
            return markdown
        return from_plain(raw)


def _other_kind(body: str, options: list[tuple[str, str]]) -> str:
    """What kind of question without options this is; empty where it has them."""
    if body.strip().startswith("#"):
        return "a question that asks for a number"
    if not options:
        return "a question whose options have no marks" if body.strip() else "a question that asks for an essay"
    if any(mark == "~" for mark, _ in options):
        return ""
    pairs = any("->" in _bare(text) for _, text in options)
    return f"a question that asks for {'matching pairs' if pairs else 'a word'}"


def _parts(text: str) -> tuple[str, str | None, str]:
    """What stands before, inside and after the braces; inside is None without any."""
    before, brace, rest = _split_once(text, "{")
    inside, closed, after = _split_once(rest, "}")
    return (before, inside, after) if brace and closed else (text, None, "")


def _options(body: str) -> Iterator[tuple[str, str]]:
    """The options, each with the mark before it."""
    marks = [found.start() for found in re.finditer(r"\\.|[=~]", body, re.DOTALL) if found[0] in "=~"]
    for start, end in pairwise([*marks, len(body)]):
        yield body[start], body[start + 1 : end]


def _weight(mark: str, text: str) -> float:
    found = _WEIGHT.match(text)
    return float(found[1]) if found else 100 if mark == "=" else 0


def _without_weight(text: str) -> str:
    found = _WEIGHT.match(text)
    return text[found.end() :] if found else text


def _split_once(text: str, sign: str) -> tuple[str, str, str]:
    """As ``str.partition``, at the first sign without a backslash."""
    for found in re.finditer(rf"\\.|{re.escape(sign)}", text, re.DOTALL):
        if found[0] == sign:
            return text[: found.start()], sign, text[found.end() :]
    return text, "", ""


def _bare(text: str) -> str:
    return re.sub(r"\\.", "", text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([\\~=#{}:n])", lambda found: "\n" if found[1] == "n" else found[1], text)
