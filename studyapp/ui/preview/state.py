"""What the preview shows of a deck."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyapp.core.deck import Card, Case, Question
from studyapp.core.problem import Problem
from studyapp.ui import words

if TYPE_CHECKING:
    # The checks take longer to import than the page to show: the worker imports them.
    from studyapp.content.preview import LookedAt


@dataclass(frozen=True)
class PreviewState:
    """What the page shows: one item with its problems, and those of the file.

    ``stale`` tells that the file as it is now does not load, and that the item is from before; ``gone`` that it cannot
    be read at all. ``back`` is the page that one came from. ``elsewhere`` counts the problems of other items.
    ``answered`` tells that the item is shown with its answer, and not as it is asked; ``images`` has the images of the
    file with their stamps, so that one that changes is another state.
    """

    title: str = "Preview"
    path: Path = Path()
    busy: bool = True
    stale: bool = False
    gone: bool = False
    back: str = "Decks"
    item: Card | Question | None = None
    headline: str = ""
    case: Case | None = None
    case_folder: Path | None = None
    answered: bool = False
    images: tuple[Any, ...] = ()
    place: str = ""
    problems: tuple[Problem, ...] = ()
    file_problems: tuple[Problem, ...] = ()
    elsewhere: str = ""
    first: bool = True
    last: bool = True


def state_of(looked: "LookedAt", index: int) -> PreviewState:
    """The state that shows an item of a file that loads."""
    state = PreviewState(looked.title, looked.path, busy=False, file_problems=looked.problems)
    if not looked.items:
        return state
    placed = looked.items[index]
    item = placed.item
    kind = type(item).__name__
    parts = [kind, item.id, item.topic]
    if isinstance(item, Question):
        parts += [item.difficulty.value, *([f"case {item.case}"] if item.case else [])]
    others = [other.problems for i, other in enumerate(looked.items) if i != index and other.problems]
    count = sum(map(len, others))
    return replace(
        state,
        item=item,
        headline=" · ".join(parts),
        case=placed.case,
        case_folder=placed.case_folder,
        images=looked.images,
        place=f"{index + 1} of {len(looked.items)} · line {placed.line}",
        problems=placed.problems,
        elsewhere=f"{words.counted(count, 'problem')} in {words.counted(len(others), 'other item')}" if others else "",
        first=index == 0,
        last=index == len(looked.items) - 1,
    )
