"""Editing one item's lines: checked as they are typed, saved without touching anything else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.content.item_block import Block, ItemBlockError, find_item, save, why_not_editable
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.core.problem import Problem
from studyapp.ui import words
from studyapp.ui.editor import open_in_editor
from studyapp.ui.jobs import Jobs
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # The checks take longer to import than the page to show: the worker imports them.
    from studyapp.content.item_check import ItemCheck, Outcome

_TYPING_MS = 150


@dataclass(frozen=True)
class EditingState:
    """What the page shows. ``begun`` counts the items edited so far: with it ``text`` is to be shown anew.

    ``item`` is the item as it would be; where what is typed would not load, as it was before that. ``refusal`` says
    why it may not be saved, ``caution`` what to think of before.
    """

    begun: int = 0
    title: str = ""
    file: str = ""
    folder: Path = Path()
    first_line: int = 1
    text: str = ""
    item: Card | Question | None = None
    problems: tuple[Problem, ...] = ()
    refusal: str = ""
    caution: str = ""
    can_save: bool = False


class EditingViewModel(QObject):
    """``finished`` comes when the page is left, and tells whether the item was saved.

    What is typed and not saved is kept until the program ends. ``editor`` gives the learner's setting for
    ``open_in_editor``.
    """

    changed = Signal(object)
    message = Signal(object)
    finished = Signal(bool)

    def __init__(self, bank: Callable[[], Bank], editor: Callable[[], str]) -> None:
        super().__init__()
        self._bank = bank
        self._editor = editor
        self._jobs = Jobs(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._begin_check)
        self._block: Block | None = None
        self._check: _Check | None = None
        self._text = ""
        self._checked = ""
        self._save_when_checked = False
        # By file and item: the lines as they were, and what was made of them.
        self._drafts: dict[tuple[Path, str], tuple[str, str]] = {}
        self.state = EditingState()

    def edit(self, path: Path, item_id: str) -> None:
        """Begin with an item, or go on with it where something typed was not saved.

        Raises:
            ItemBlockError: where it cannot be edited here.
        """
        refusal = why_not_editable(path)
        if refusal:
            raise ItemBlockError(refusal, "Report the item to its authors instead.")
        block = find_item(path, item_id)
        before, draft = self._drafts.get((path, item_id), ("", ""))
        self._block, self._check = block, _Check(block, self._bank())
        self._text = draft if before == block.text else block.text
        self._checked = ""
        self.state = EditingState(
            begun=self.state.begun + 1,
            title=f"Edit {item_id}",
            file=f"{words.breakable(path)}, from line {block.first_line}",
            folder=path.parent,
            first_line=block.first_line,
            text=self._text,
        )
        self.changed.emit(self.state)
        self._begin_check()

    def type(self, text: str) -> None:
        """The lines as they stand now."""
        if self._block is not None and text != self._text:
            self._text = text
            self._save_when_checked = False
            self._typing.start()

    def save(self) -> None:
        """Write the lines, as soon as they are checked, and leave; what may not be saved stays here."""
        if self._checked != self._text:
            self._save_when_checked = True
            self._typing.stop()
            self._begin_check()
        elif self._block is not None and self.state.can_save:
            try:
                save(self._block, self._text)
            except StudyError as error:
                self.message.emit(Message("edit", "wrong", f"Not saved: {error.message} {error.next_step}"))
                return
            self._drafts.pop((self._block.path, self._block.item_id), None)
            self._leave(saved=True)

    def leave(self) -> None:
        """Go back without saving; what was typed is kept."""
        block = self._block
        if block is None:
            return
        key = block.path, block.item_id
        if self._text == block.text:
            self._drafts.pop(key, None)
        else:
            self._drafts[key] = (block.text, self._text)
            text = (
                f"What you typed for {block.item_id} is not saved. It is kept until you close studyapp: edit it again."
            )
            self.message.emit(Message("draft", "info", text, "Discard", lambda: self._discard(key)))
        self._leave(saved=False)

    def open_editor(self) -> None:
        """Open the item in the learner's editor."""
        if self._block is None:
            return
        try:
            open_in_editor(self._block.path, self._block.first_line, 1, self._editor())
        except StudyError as error:
            self.message.emit(Message("editor", "wrong", f"{error.message} {error.next_step}"))

    def close(self) -> None:
        """The window closes."""
        self._typing.stop()
        self._jobs.stop()

    def _leave(self, *, saved: bool) -> None:
        self._typing.stop()
        self._block = self._check = None
        self.finished.emit(saved)

    def _discard(self, key: tuple[Path, str]) -> None:
        self._drafts.pop(key, None)

    def _begin_check(self) -> None:
        check, text = self._check, self._text
        if check is not None:
            self._jobs.run(lambda: check(text), lambda outcome: self._show(check, text, outcome), _raise)

    def _show(self, check: "_Check", text: str, outcome: "Outcome") -> None:
        """What a check said, unless it is of another item or an earlier text."""
        if check is not self._check or text != self._text or self._block is None:
            return
        self._checked = text
        changed = text != self._block.text
        self.state = replace(
            self.state,
            item=outcome.item or self.state.item,
            problems=outcome.problems,
            refusal=outcome.refusal,
            caution=outcome.caution,
            can_save=changed and not outcome.refusal,
        )
        self.changed.emit(self.state)
        if self._save_when_checked:
            self._save_when_checked = False
            self.save()


class _Check:
    """Makes the check when it is first asked, on the worker."""

    def __init__(self, block: Block, bank: Bank) -> None:
        self._block = block
        self._bank = bank
        self._check: ItemCheck | None = None

    def __call__(self, text: str) -> "Outcome":
        from studyapp.content.item_check import ItemCheck

        if self._check is None:
            self._check = ItemCheck(self._block, self._bank)
        return self._check.check(text)


def _raise(error: BaseException) -> None:
    raise error
