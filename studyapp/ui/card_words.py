"""Cards named in a line: by the first words of their front."""

import re
from collections.abc import Iterable, Mapping

from studyapp.core.deck import Card
from studyapp.ui import words

_CLOZE = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_NAMED = 2
_LONGEST = 60


def made_due(cards: Iterable[str], loaded: Mapping[str, Card]) -> str:
    """A line that tells which cards missed questions have made due; empty where there are none."""
    known = [loaded[card] for card in dict.fromkeys(cards) if card in loaded]
    if not known:
        return ""
    named = ", ".join(f"“{first_words(card)}”" for card in known[:_NAMED])
    others = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return f"{words.counted(len(known), 'card')} made due: {named}{others}"


def first_words(card: Card, longest: int = _LONGEST) -> str:
    """The beginning of what the learner is asked, without marks."""
    front = card.front if card.cloze is None else _CLOZE.sub("…", card.cloze)
    return words.shortened(front.replace("`", "").replace("**", ""), longest)


def sides(card: Card) -> tuple[str, str]:
    """Front and back as Markdown; a cloze shows blanks first, then its words in bold."""
    if card.cloze is None:
        return card.front, card.back
    return _CLOZE.sub("**[ … ]**", card.cloze), _CLOZE.sub(r"**\1**", card.cloze)
