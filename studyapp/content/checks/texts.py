"""Rules about any Markdown text: HTML, remote resources, formulas, characters that do not show, images."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from studyapp.content.checks.finding import without_code
from studyapp.content.tree import Step
from studyapp.core.deck import Card, Question

_HTML = re.compile(r"<(?:/?[A-Za-z][^<>\n]*|!--.*?--|!\[CDATA\[.*?)>", re.DOTALL)
_AUTOLINK = re.compile(r"<(?:https?:|mailto:)[^<>\s]*>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*(?:<([^>]*)>|([^)\s]+))")
_REMOTE = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")
_FORMULA = re.compile(
    r"\$\$(?=[^$]+\$\$)|\\(?:frac|sqrt|sum|prod|int|cdot|times|alpha|beta|theta|sigma|hat|bar|text|left|begin)\b"
)
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028\u2029\u202d\u202e\u2060-\u2064\ufeff\ufff0-\ufffd\ue000-\uf8ff]"
)
_SIGNS = ("<", "![", "\\", "$$", "FILL IN")
"""Without one of these a text of printable ASCII has nothing that is looked for."""


class TextFinding(NamedTuple):
    """A code of its own for each finding, as one text may have several kinds."""

    code: str
    steps: tuple[Step, ...]
    message: str


def check_texts(texts: Iterable[tuple[tuple[Step, ...], str]], folder: Path) -> Iterator[TextFinding]:
    """W315 to W319 and W333 for texts with the steps to them; ``folder`` is the deck's own."""
    found = list(texts)
    joined = "\n".join([text for _, text in found])
    plain = joined.isascii() and joined.replace("\n", "").isprintable()
    if plain and not any(sign in joined for sign in _SIGNS):
        return
    for steps, text in found:
        if not plain and (hidden := _HIDDEN.search(text)):
            yield TextFinding("W316", steps, f"the character U+{ord(hidden[0]):04X} does not show on a screen")
        if ("\\" in text or "$$" in text) and (formula := _FORMULA.search(without_code(text))):
            yield TextFinding(
                "W319", steps, f"'{formula[0]}' is TeX, which is not rendered; use plain text or backticks"
            )
        if "FILL IN" in text:
            yield TextFinding("W333", steps, "this is still the starting file's text: write your own")
        if "<" in text or "![" in text:
            for code, message in _check_markup(without_code(text), folder):
                yield TextFinding(code, steps, message)


def _check_markup(text: str, folder: Path) -> Iterator[tuple[str, str]]:
    images = [first or second for first, second in _IMAGE.findall(text)]
    html = _HTML.search(_AUTOLINK.sub("", _IMAGE.sub("", text)))
    if html:
        yield "W315", f"'{html[0][:40]}' reads as HTML and does not show; put it in backticks, or remove it"
    for image in images:
        if _REMOTE.match(image):
            yield "W315", f"the image '{image[:60]}' is remote; put the file beside the deck"
        else:
            yield from _check_image(unquote(image), folder)


def _check_image(image: str, folder: Path) -> Iterator[tuple[str, str]]:
    try:
        target = (folder / image).resolve()
        inside, exists = target.is_relative_to(folder.resolve()), target.is_file()
    except (OSError, ValueError, RuntimeError):
        inside, exists = True, False
    if not inside:
        yield "W318", f"the image '{image}' lies outside the deck's folder"
    elif not exists:
        yield "W317", f"there is no image '{image}' in the deck's folder"


def card_texts(card: Card) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of a card that is shown, with the steps to it."""
    for key, text in (("front", card.front), ("back", card.back), ("cloze", card.cloze), ("changed", card.changed)):
        if text:
            yield (key,), text


def question_texts(question: Question) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every text of a question that is shown, with the steps to it."""
    yield ("stem",), question.stem
    for i, option in enumerate(question.options):
        yield ("options", i, "text"), option.text
        if option.rationale:
            yield ("options", i, "rationale"), option.rationale
    if question.changed:
        yield ("changed",), question.changed
