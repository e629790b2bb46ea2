"""Rules about any Markdown text: HTML, images, formulas, characters that do not show, places left to fill in."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from studyapp.content.checks.characters import hidden
from studyapp.content.checks.finding import Item, without_code
from studyapp.content.checks.images import check_markup
from studyapp.content.tree import Step
from studyapp.core.deck import Card, Question

_FORMULA = re.compile(
    r"\$\$(?=[^$]+\$\$)"
    r"|\\(?:frac|sqrt|sum|prod|int|cdot|times|alpha|beta|theta|sigma|hat|bar|text|left|begin)\b"
    # A pair of dollars with a sign of TeX between: not prices, nor variables of a shell.
    r"|(?<![\w\\$])\$(?=[^\s$])[^$\n^_\\]*[\\^_][^$\n]*(?<=[^\s$\\])\$(?![\w$])"
)
_UNFILLED = "FILL IN"

_HARMLESS = bytes(i for i in range(256) if chr(i) in "\t\n\r" or (32 <= i < 127 and chr(i) not in "<\\$![L"))
"""Bytes that are part of nothing that is looked for."""
_SIGNS = (b"<", b"\\", b"$", b"![")
"""What may be part of it, once all harmless bytes between are gone."""


class TextFinding(NamedTuple):
    """A code of its own for each finding, as one text may have several kinds."""

    code: str
    steps: tuple[Step, ...]
    message: str


def is_suspect(texts: str) -> bool:
    """Whether it is worth while looking at the texts, joined, one by one: one pass that leaves next to nothing."""
    left = texts.encode("utf-8", "surrogatepass").translate(None, _HARMLESS)
    if not left:
        return False
    if any(sign in left for sign in _SIGNS) or (b"LL" in left and _UNFILLED in texts):
        return True
    return hidden(left.decode("utf-8", "surrogatepass")) is not None


def check_texts(texts: Iterable[tuple[tuple[Step, ...], str]], folder: Path) -> Iterator[TextFinding]:
    """W315 to W319 and W333 for texts with the steps to them; ``folder`` is the deck's own."""
    for steps, text in texts:
        if wrong := hidden(text):
            yield TextFinding("W316", steps, wrong)
        if ("\\" in text or "$" in text) and (formula := _FORMULA.search(without_code(text))):
            message = f"'{formula[0][:40]}' is TeX, which is not rendered; use plain text or backticks"
            yield TextFinding("W319", steps, message)
        if _UNFILLED in text:
            yield TextFinding("W333", steps, "this is still the starting file's text: write your own")
        if "<" in text or "![" in text:
            for code, message in check_markup(without_code(text), folder):
                yield TextFinding(code, steps, message)


def check_plain(text: str, steps: tuple[Step, ...]) -> Iterator[TextFinding]:
    """W316 for a text that is shown as it stands: a title, or a tag."""
    if wrong := hidden(text):
        yield TextFinding("W316", steps, wrong)


def joined_card(card: Card) -> str:
    """Every text of a card in one."""
    return "\n".join((card.front, card.back, card.cloze or "", card.changed or "", *card.tags))


def card_texts(card: Card) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of a card that is shown, with the steps to it."""
    for key, text in (("front", card.front), ("back", card.back), ("cloze", card.cloze), ("changed", card.changed)):
        if text:
            yield (key,), text


def joined_question(item: Item) -> str:
    """Every text of a question in one."""
    question = item.question
    return "\n".join((item.stem, question.changed or "", *item.texts, *item.rationales, *question.tags))


def question_texts(question: Question) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of a question that is shown, with the steps to it."""
    yield ("stem",), question.stem
    for i, option in enumerate(question.options):
        yield ("options", i, "text"), option.text
        if option.rationale:
            yield ("options", i, "rationale"), option.rationale
    if question.changed:
        yield ("changed",), question.changed
