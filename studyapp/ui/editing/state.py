"""What the page of an item's lines shows."""

from dataclasses import dataclass
from pathlib import Path

from studyapp.core.deck import Card, Question
from studyapp.core.problem import Problem


@dataclass(frozen=True)
class EditingState:
    """What the page shows. ``begun`` counts the items edited so far: with it ``text`` is to be shown anew.

    ``theirs`` is what stands in the file now, where that was changed while this was typed. ``item`` is the item as it
    would be; where what is typed would not load, as it was before that. ``refusal`` says why it may not be saved,
    ``caution`` what to think of before.
    """

    begun: int = 0
    title: str = ""
    file: str = ""
    folder: Path = Path()
    first_line: int = 1
    text: str = ""
    theirs: str = ""
    item: Card | Question | None = None
    problems: tuple[Problem, ...] = ()
    refusal: str = ""
    caution: str = ""
    can_save: bool = False
