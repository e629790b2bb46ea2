"""Editing one item's lines: checked as they are typed, saved without touching anything else."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.content.item_block import Block, ItemBlockError, find_again, find_item, save, why_not_editable
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.core.problem import Problem
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.editor import open_in_editor
from studyapp.ui.jobs import Jobs
from studyapp.ui.settings.view_model import EDITOR
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    # The checks take longer to import than the page to show: the worker imports them.
    from studyapp.content.item_check import ItemCheck, Outcome

_TYPING_MS = 150
_DRAFTS = "drafts"


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


class EditingViewModel(QObject):
    """``finished`` comes when the page is left, and tells whether the item was saved.

    What is typed and not saved is kept in the learner's database until it is saved or discarded.
    """

    changed = Signal(object)
    message = Signal(object)
    finished = Signal(bool)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._jobs = Jobs(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._begin_check)
        self._block: Block | None = None
        self._check: _Check | None = None
        # The lines as they were when the typing began, as they stand now, and as they were checked last.
        self._begun_with = ""
        self._text = ""
        self._checked: str | None = None
        self._save_when_checked = False
        self.state = EditingState()

    def edit(self, path: Path, item_id: str) -> None:
        """Begin with an item, or go on with it where something typed was not saved.

        Raises:
            ItemBlockError: where it cannot be edited here.
        """
        self.put_aside()
        refusal = why_not_editable(path)
        if refusal:
            raise ItemBlockError(refusal, "Report the item to its authors instead.")
        block = find_item(path, item_id)
        self._begun_with, self._text = self._drafts().get(_key(block), (block.text, block.text))
        self._hold(block)
        self.state = EditingState(
            begun=self.state.begun + 1,
            title=f"Edit {item_id}",
            file=_place(block),
            folder=path.parent,
            first_line=block.first_line,
            text=self._text,
            theirs=self._theirs(block),
        )
        self.changed.emit(self.state)
        self._begin_check()
        if self.state.theirs:
            self._tell_of_theirs(block)

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
                now = find_again(self._block)
                if now is not self._block and now.text != self._text:
                    self._go_on_in(now)
                    return
                if now is self._block:
                    save(now, self._text)
            except StudyError as error:
                text = f"Not saved: {error.message} {error.next_step} What you typed is kept."
                self.message.emit(Message("edit", "wrong", text))
                return
            self._keep_draft(_key(now), None)
            self._end()
            self.finished.emit(True)

    def library_changed(self) -> None:
        """Other decks are loaded: what is typed is held against them."""
        if self._block is not None:
            block = _as_it_lies_now(self._block)
            self._hold(block)
            self.state = replace(self.state, file=_place(block), first_line=block.first_line)
            self._begin_check()

    def leave(self) -> None:
        """Go back without saving; what was typed is kept."""
        if self._block is not None:
            self.put_aside()
            self.finished.emit(False)

    def put_aside(self) -> None:
        """The item is no longer edited; what was typed is kept."""
        block = self._block
        if block is None:
            return
        self._end()
        key = _key(block)
        if self._text == block.text:
            self._keep_draft(key, None)
        elif self._keep_draft(key, (self._begun_with, self._text)):
            text = f"What you typed for {block.item_id} is not saved. It is kept: edit the item again to go on."
            self.message.emit(Message("draft", "info", text, "Discard", lambda: self._discard(key)))

    def open_editor(self) -> None:
        """Open the item in the learner's editor."""
        if self._block is None:
            return
        try:
            open_in_editor(
                self._block.path, self._block.first_line, 1, str(self._workspace.store.settings.get(EDITOR, ""))
            )
        except StudyError as error:
            self.message.emit(Message("editor", "wrong", f"{error.message} {error.next_step}"))

    def close(self) -> None:
        """The window closes."""
        self.put_aside()
        self._jobs.stop()

    def _start_over(self) -> None:
        """The item as its file has it now."""
        block = self._block
        if block is not None:
            self._discard(_key(block))
            self._text = block.text
            self.edit(block.path, block.item_id)

    def _hold(self, block: Block) -> None:
        """This is the block now; the text is to be checked against its file."""
        self._block, self._check = block, _Check(block, self._workspace.bank)
        self._checked = None

    def _theirs(self, block: Block) -> str:
        """The lines in the file, where they are neither what the typing began with nor what was typed."""
        return block.text if block.text not in (self._begun_with, self._text) else ""

    def _go_on_in(self, block: Block) -> None:
        """The file has changed: what is typed is checked against it, and saved where nobody else changed the item."""
        others = block.text != (self._block.text if self._block else "")
        self._hold(block)
        self._save_when_checked = not others
        self.state = replace(self.state, file=_place(block), first_line=block.first_line, theirs=self._theirs(block))
        self.changed.emit(self.state)
        self._begin_check()
        if others and self.state.theirs:
            self._tell_of_theirs(block)

    def _tell_of_theirs(self, block: Block) -> None:
        text = (
            f"{block.item_id} has changed in its file since you began to type. What stands there now is shown below "
            "your text; saving replaces it."
        )
        self.message.emit(Message("edit", "caution", text, "Discard what you typed", self._start_over))

    def _end(self) -> None:
        self._typing.stop()
        self._block = self._check = None

    def _discard(self, key: str) -> None:
        self._keep_draft(key, None)

    def _drafts(self) -> dict[str, tuple[str, str]]:
        """By file and item: the lines as they were, and what was made of them."""
        return {
            key: (before, draft) for key, (before, draft) in self._workspace.store.settings.get(_DRAFTS, {}).items()
        }

    def _keep_draft(self, key: str, draft: tuple[str, str] | None) -> bool:
        """Keep a draft, or forget it; whether that reached the disk."""
        drafts = self._drafts()
        if drafts.get(key) == draft:
            return True
        drafts.pop(key, None)
        if draft is not None:
            drafts[key] = draft
        try:
            self._workspace.store.settings.set(_DRAFTS, drafts)
        except StudyError as error:
            self.message.emit(Message("draft", "wrong", f"Your draft is not kept: {error.message} {error.next_step}"))
            return False
        return True

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


def _place(block: Block) -> str:
    return f"{words.breakable(block.path)}, from line {block.first_line}"


def _key(block: Block) -> str:
    return f"{block.path}:{block.item_id}"


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


def _as_it_lies_now(block: Block) -> Block:
    """The same lines in the file as it is now, which may be mended elsewhere; the block itself if they changed."""
    with suppress(ItemBlockError):
        now = find_again(block)
        return now if now.text == block.text else block
    return block


def _raise(error: BaseException) -> None:
    raise error
