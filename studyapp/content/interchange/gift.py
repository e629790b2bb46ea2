"""GIFT out: a question with its rationales as feedback, its id, topic, difficulty and tags in a comment above.

As Moodle's own reader has it: ``[id:…]`` and ``[tag:…]`` in a comment, ``[markdown]`` before a text, ``=`` and ``~``
before options, shares of the mark in percent where several are right, ``#`` before feedback and ``####`` before that
on the question as a whole.
"""

import re

from studyapp.content.interchange import tags
from studyapp.content.interchange.images import losses_of_cases
from studyapp.content.interchange.markup import images_in
from studyapp.content.interchange.material import NOT_CARRIED, Loss, Material, Written, categories, losses_of_decks
from studyapp.core.deck import Case, Question

_SPECIAL = re.compile(r"[\\~=#{}:]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NOT_IN_TAGS = re.compile(r"[<>`\x00-\x1f\x7f]")


def write(material: Material) -> Written:
    """The questions of each deck in a category, each case as a description before the first one of it."""
    losses = [Loss(card.id, None, "the card, as GIFT holds questions only") for card in material.cards]
    losses += losses_of_cases(material.used_cases)
    losses += losses_of_decks(material)
    blocks: list[str] = []
    for deck, category, cases in categories(material):
        blocks.append(f"$CATEGORY: {_one_line(category) or deck.id}\n")
        blocks += [_description(case) for case in cases]
        for question in deck.questions:
            blocks.append(_block(question))
            losses += _lost(question)
    return Written("\n".join(blocks).encode(), len(material.questions), tuple(losses))


def _one_line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _description(case: Case) -> str:
    return f"// Case {case.id}\n::{_escaped(_one_line(case.title))}::[markdown]{_escaped(case.text)}\n"


def _block(question: Question) -> str:
    named = "".join(f" [tag:{_in_brackets(tag)}]" for tag in tags.tags_of(question) if not _is_lost(question, tag))
    several = len(question.key) > 1
    lines = [f"// [id:{question.id}]{named}", f"::{question.id}::[markdown]{_escaped(question.stem)} {{"]
    for option in question.options:
        # A wrong option takes all credit away, as here a question is right or it is not.
        share = f"{100 / len(question.key):.5f}".rstrip("0").rstrip(".") if option.correct else "-100"
        mark = f"~%{share}%" if several else "=" if option.correct else "~"
        feedback = f"#{_formatted(option.rationale)}" if option.rationale else ""
        lines.append(f"\t{mark}{_formatted(option.text)}{feedback}")
    lines += [f"\t####{_formatted(question.changed)}"] if question.changed else []
    return "\n".join([*lines, "}", ""])


def _formatted(text: str) -> str:
    """A text inside braces, which has the stem's format unless it begins with what reads as another."""
    return f"[markdown]{_escaped(text)}" if text.startswith(("[", "%", "#", "//")) else _escaped(text)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _in_brackets(tag: str) -> str:
    return tag.replace("]", "\\]")


def _is_lost(question: Question, tag: str) -> bool:
    """Whether a tag cannot stand in the comment; those that stand for fields can."""
    return tag in question.tags and (tags.is_reserved(tag) or bool(_NOT_IN_TAGS.search(tag)) or tag.endswith("\\"))


def _lost(question: Question) -> list[Loss]:
    lost = [words for name, words in NOT_CARRIED.items() if getattr(question, name)]
    texts = [question.stem, question.changed or ""]
    texts += [text for option in question.options for text in (option.text, option.rationale)]
    lost += [f"the image '{image}'" for image in dict.fromkeys(i for text in texts for i in images_in(text))]
    lost += [f"the tag '{tag}'" for tag in question.tags if _is_lost(question, tag)]
    return [Loss(question.id, None, what) for what in lost]
