"""Moodle XML out: a question with its rationales as feedback, its images inside, its topic and difficulty as tags.

The texts stay Markdown, which Moodle shows as it shows HTML.
"""

from base64 import b64encode
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from studyapp.content.interchange import tags
from studyapp.content.interchange.images import losses_of_cases, read_image, texts_of, with_sources
from studyapp.content.interchange.markup import PLUGIN_FILE, images_in
from studyapp.content.interchange.material import NOT_CARRIED, Loss, Material, Written, categories, losses_of_decks
from studyapp.content.interchange.xml_writer import add, clean, to_bytes
from studyapp.core.deck import Case, Question


def write(material: Material) -> Written:
    """The questions of each deck in a category, each case as a description before the first one of it."""
    losses = [
        Loss(card.id, None, "the card, as a Moodle question bank holds questions only") for card in material.cards
    ]
    losses += [*losses_of_cases(material.used_cases), *losses_of_decks(material)]
    quiz = ET.Element("quiz")
    for deck, category, cases in categories(material):
        element = add(add(quiz, "question", type="category"), "category")
        add(element, "text", f"$course$/top/{category}")
        for case in cases:
            _add_case(quiz, case)
        for question in deck.questions:
            losses += _add_question(quiz, question, material)
    return Written(to_bytes(quiz), len(material.questions), tuple(losses))


def _add_question(quiz: ET.Element, question: Question, material: Material) -> list[Loss]:
    """Add a question with its images; what is lost of it."""
    folder = material.folders.get(question.deck, Path())
    images = {name: read_image(folder, name) for text in texts_of(question) for name in images_in(text)}
    _Writer({name: data for name, data in images.items() if data is not None}).add(quiz, question)
    lost = [words for name, words in NOT_CARRIED.items() if getattr(question, name)]
    lost += [f"the image '{name}', which cannot be read" for name, data in images.items() if data is None]
    lost += [f"the tag '{tag}'" for tag in question.tags if tags.is_reserved(tag)]
    if any(clean(text) != text for text in (*texts_of(question), *question.tags)):
        lost.append("control characters in its text")
    return [Loss(question.id, None, what) for what in lost]


def _add_case(quiz: ET.Element, case: Case) -> None:
    description = add(quiz, "question", type="description")
    add(add(description, "name"), "text", case.title)
    add(add(description, "questiontext", format="markdown"), "text", case.text)
    add(description, "defaultgrade", "0")
    add(description, "idnumber", f"case-{case.id}")


class _Writer:
    """Writes one question; ``images`` are the bytes of its images by their paths."""

    def __init__(self, images: dict[str, bytes]) -> None:
        self._images = images

    def add(self, quiz: ET.Element, question: Question) -> None:
        """The question as the last child of the quiz."""
        element = add(quiz, "question", type="multichoice")
        add(add(element, "name"), "text", question.id)
        self._add_text(element, "questiontext", question.stem)
        self._add_text(element, "generalfeedback", question.changed or "")
        add(element, "defaultgrade", "1")
        add(element, "penalty", "0")
        add(element, "hidden", "0")
        add(element, "idnumber", question.id)
        add(element, "single", "true" if len(question.key) == 1 else "false")
        add(element, "shuffleanswers", "true")
        add(element, "answernumbering", "ABCD")
        # A wrong option takes all credit away where several are right, as here a question is right or it is not.
        wrong = "0" if len(question.key) == 1 else "-100"
        for option in question.options:
            fraction = f"{100 / len(question.key):.5f}".rstrip("0").rstrip(".") if option.correct else wrong
            answer = self._add_text(element, "answer", option.text, fraction=fraction)
            self._add_text(answer, "feedback", option.rationale)
        named = add(element, "tags")
        for tag in tags.tags_of(question):
            if tag not in question.tags or not tags.is_reserved(tag):
                add(add(named, "tag"), "text", tag)

    def _add_text(self, parent: ET.Element, tag: str, text: str, **attributes: str) -> ET.Element:
        """A text with the files that it refers to."""
        element = add(parent, tag, format="markdown", **attributes)
        add(element, "text", with_sources(text, self._source))
        for name in images_in(text):
            if name in self._images:
                folder, _, file = name.rpartition("/")
                path = f"/{folder}/" if folder else "/"
                data = b64encode(self._images[name]).decode()
                add(element, "file", data, name=file, path=path, encoding="base64")
        return element

    def _source(self, name: str) -> str | None:
        return f"{PLUGIN_FILE}{quote(name)}" if name in self._images else None
