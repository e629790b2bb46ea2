"""Aiken: one right answer of plain text on a line each, and nothing else.

Which loading costs least?
A. Batch loads
B. Streaming
ANSWER: A
"""

import re
import string

from studyapp.content.interchange.markup import from_plain, images_in, to_plain
from studyapp.content.interchange.material import (
    Entry,
    InterchangeError,
    Loss,
    Material,
    Parsed,
    Written,
    decoded,
    losses_of_decks,
)
from studyapp.core.deck import Question

_OPTION = re.compile(r"([A-Z])[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
_ONE_LETTER = re.compile(r"([A-Z])[.)]?", re.IGNORECASE)


def write(material: Material) -> Written:
    """The questions with one right answer, as plain text."""
    losses = [Loss(card.id, None, "the card, as Aiken holds questions only") for card in material.cards]
    losses += [Loss(f"deck {deck.id}", None, "the title of a deck") for deck in material.decks]
    losses += losses_of_decks(material)
    blocks = []
    for question in material.questions:
        reason = _why_not(question)
        if reason:
            losses.append(Loss(question.id, None, reason))
        else:
            blocks.append(_block(question))
            losses += [Loss(question.id, None, what) for what in _lost(question)]
    return Written("\n".join(blocks).encode(), len(blocks), tuple(losses))


def _why_not(question: Question) -> str:
    """Why a question does not fit into the format at all; empty where it does."""
    if len(question.key) > 1:
        return "the question, as Aiken knows one right answer only"
    texts = [to_plain(text)[0] for text in (question.stem, *(option.text for option in question.options))]
    if not all(texts):
        return "the question, as nothing is left of a text without its formatting"
    if _OPTION.match(texts[0]) or _ANSWER.match(texts[0]):
        return "the question, as its stem reads like an option"
    return ""


def _block(question: Question) -> str:
    stem, _ = to_plain(question.stem)
    lines = [
        f"{letter}. {to_plain(o.text)[0]}" for letter, o in zip(string.ascii_uppercase, question.options, strict=False)
    ]
    (key,) = question.key
    return "\n".join([stem, *lines, f"ANSWER: {string.ascii_uppercase[key]}", ""])


def _lost(question: Question) -> list[str]:
    texts = [question.stem, *(option.text for option in question.options)]
    lost = ["its id, topic and difficulty"]
    if any(option.rationale for option in question.options):
        lost.append("its rationales")
    if any(to_plain(text)[1] for text in texts):
        lost.append("lines and formatting of its text")
    if any(images_in(text) for text in texts):
        lost.append("its images")
    named = {"case": "its case", "changed": "what changed", "tags": "its tags", "cards": "its cards to review"}
    named |= {"enemies": "its enemies", "was": "its former ids"}
    return lost + [words for name, words in named.items() if getattr(question, name)]


def read(data: bytes) -> Parsed:
    """The questions of a file.

    Raises:
        InterchangeError: where a line fits nowhere.
    """
    entries: list[Entry] = []
    stem: list[str] = []
    options: list[dict[str, str]] = []
    start = 0
    for number, raw in enumerate(decoded(data).split("\n"), start=1):
        line = raw.strip()
        option, answer = _OPTION.match(line), _ANSWER.match(line)
        if not line:
            continue
        if not stem:
            if option or answer:
                raise InterchangeError(f"Line {number} has no question before it.", "Write the question above it.")
            stem, start = [line], number
        elif answer and options:
            _mark_key(options, answer[1].strip(), number)
            data_of = {"stem": from_plain("\n".join(stem)), "options": options}
            entries.append(Entry("questions", start, data_of))
            stem, options = [], []
        elif option and ord(option[1]) - ord("A") == len(options):
            options.append({"text": from_plain(option[2])})
        elif options or answer:
            expected = f"{string.ascii_uppercase[len(options) % 26]}. …"
            raise InterchangeError(
                f"Line {number} is neither the next option ('{expected}') nor 'ANSWER: …'.",
                "Give each option one line with the next letter, then the letter of the right one.",
            )
        else:
            stem.append(line)
    if stem:
        raise InterchangeError(f"The question in line {start} has no 'ANSWER: …'.", "Add the letter of the right one.")
    return Parsed(tuple(entries))


def _mark_key(options: list[dict[str, str]], answer: str, number: int) -> None:
    letter = _ONE_LETTER.fullmatch(answer)
    index = ord(letter[1].upper()) - ord("A") if letter else -1
    if not 0 <= index < len(options):
        raise InterchangeError(
            f"Line {number} names '{answer[:20]}', which is none of the options.",
            "Name one letter; Aiken knows one right answer only.",
        )
    options[index]["correct"] = "true"
