"""Moodle XML in: multiple choice and true or false, with their images. Other kinds are told and left out."""

import re
from base64 import b64decode
from typing import Any
from urllib.parse import unquote

from studyapp.content.interchange import tags
from studyapp.content.interchange.html_markdown import from_html
from studyapp.content.interchange.images import is_safe, with_sources
from studyapp.content.interchange.marks import key_of
from studyapp.content.interchange.markup import MAX_CONVERTED, PLUGIN_FILE, from_plain, without_file_links
from studyapp.content.interchange.material import LOST_CATEGORY, Entry, InterchangeError, Loss, Parsed
from studyapp.content.interchange.xml_tree import Element, parse_xml

_CHOICE = ("multichoice", "multichoiceset", "truefalse")
_MARKUP = re.compile(r"<[A-Za-z/!]|&#?\w+;")
_FEEDBACK = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def read(data: bytes) -> Parsed:
    """The questions with options in a file.

    Raises:
        InterchangeError: where it is no Moodle XML.
    """
    root = parse_xml(data)
    if root.tag != "quiz":
        raise InterchangeError(
            f"Line {root.line} begins with <{root.tag[:40]}>, not with <quiz>, so this is no Moodle XML.",
            "In Moodle's question bank choose Export, then 'Moodle XML format'.",
        )
    entries: list[Entry] = []
    losses: list[Loss] = []
    images: dict[str, bytes] = {}
    for element in root.all("question"):
        kind = element.attributes.get("type", "")
        name = element.text_of("idnumber") or element.text_of("name", "text")
        if kind in _CHOICE:
            reader = _Reader(element, images)
            entry = Entry("questions", element.line, reader.data())
            entries += [] if reader.trouble else [entry]
            told = [reader.trouble] if reader.trouble else dict.fromkeys(reader.lost)
            losses += [Loss(name or entry.name, element.line, what, whole=bool(reader.trouble)) for what in told]
        elif kind == "category":
            losses += _of_category(element)
        else:
            what = f"a question of the kind '{kind[:30]}'"
            losses.append(Loss(name, element.line, what, whole=kind != "description"))
    return Parsed(tuple(entries), tuple(losses), images)


def _of_category(element: Element) -> list[Loss]:
    path = element.text_of("category", "text")
    lost = [LOST_CATEGORY, *(["the text about a category"] if _words(element.text_of("info", "text")) else [])]
    return [Loss(path, element.line, what) for what in lost]


class _Reader:
    """One question while it is read; what it has of images joins those of the file.

    ``trouble`` says why it is no question of ours, where it is none.
    """

    def __init__(self, element: Element, images: dict[str, bytes]) -> None:
        self._element = element
        self._images = images
        self.lost: list[str] = []
        self.trouble = ""

    def data(self) -> dict[str, Any]:
        """The question as a deck file has it."""
        element = self._element
        found = element.find("tags")
        named, has_changed = tags.fields_from(tag.text_of("text") for tag in (found.all("tag") if found else ()))
        id_ = element.text_of("idnumber") or element.text_of("name", "text")
        data: dict[str, Any] = ({"id": id_} if id_ else {}) | named
        data |= {"stem": self._text(element.find("questiontext")), "options": self._options()}
        tags.place_feedback(data, self._text(element.find("generalfeedback")), has_changed)
        for tag in _FEEDBACK:
            if _words(element.text_of(tag, "text")):
                self.lost.append("feedback on right or wrong answers as a whole")
        if element.text_of("image"):
            self.lost.append("its picture, which stands where Moodle 1.9 had it")
        if any(_words(hint.text_of("text")) for hint in element.all("hint")):
            self.lost.append("its hints")
        if (worth := element.text_of("defaultgrade")) and _number(worth) != 1:
            self.lost.append("how many marks it is worth")
        if element.text_of("shuffleanswers").lower() in ("false", "0"):
            self.lost.append("that its options keep their order")
        return data

    def _options(self) -> list[dict[str, str]]:
        element = self._element
        # Moodle passes over an answer without a text, as its form leaves those that were not filled in.
        answers = [(answer, text) for answer in element.all("answer") if (text := self._text(answer))]
        # Moodle takes what does not say for one with a single right option.
        said = element.text_of("single").lower() or ("true" if element.attributes["type"] != "multichoiceset" else "")
        single = element.attributes["type"] == "truefalse" or said in ("true", "1")
        key = key_of([_number(answer.attributes.get("fraction", "0")) for answer, _ in answers], single=single)
        self.lost += key.lost
        self.trouble = key.trouble
        options = []
        for (answer, text), is_right in zip(answers, key.right, strict=True):
            option = {"text": text.capitalize() if element.attributes["type"] == "truefalse" else text}
            if is_right:
                option["correct"] = "true"
            if rationale := self._text(answer.find("feedback")):
                option["rationale"] = rationale
            options.append(option)
        return options

    def _text(self, element: Element | None) -> str:
        """A text of the question as Markdown, and its files kept."""
        if element is None:
            return ""
        raw = element.text_of("text")
        form = element.attributes.get("format", "html")
        if form == "markdown":
            markdown, lost = without_file_links(raw)
            self.lost += lost
        elif form == "html" or (form == "moodle_auto_format" and _MARKUP.search(raw)):
            markdown, lost = from_html(raw)
            self.lost += lost
        else:
            markdown = from_plain(raw)
        if len(markdown) > MAX_CONVERTED:
            return markdown
        names = {path: name for file in element.all("file") if (path := _path_of(file)) and (name := self._kept(file))}
        return with_sources(markdown, lambda source: names.get(source.removeprefix(PLUGIN_FILE)))

    def _kept(self, file: Element) -> str:
        """The path under which the image of a file is kept; empty where it cannot be."""
        path = _path_of(file)
        wanted = re.sub(r"[^A-Za-z0-9._/-]+", "-", path)
        try:
            data = b64decode("".join(file.text.split()), validate=True)
        except ValueError:
            data = b""
        if not is_safe(wanted) or not data or file.attributes.get("encoding", "base64") != "base64":
            self.lost.append(f"the file '{path[:60]}'")
            return ""
        name, number = wanted, 2
        while self._images.setdefault(name, data) != data:
            stem, _, suffix = wanted.rpartition(".")
            name, number = f"{stem}-{number}.{suffix}", number + 1
        return name


def _path_of(file: Element) -> str:
    return unquote(f"{file.attributes.get('path', '/')}{file.attributes.get('name', '')}".strip("/"))


def _words(html: str) -> str:
    return re.sub(r"<[^<>]*>|&nbsp;", "", html).strip()


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return 0
