"""Editing one item's lines: checked as they are typed, saved without touching anything else."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studyapp.content.discovery import shown
from studyapp.content.item_block import Block, ItemBlockError, find_again, find_item, save, why_not_editable
from studyapp.core.deck import Card, Question
from studyapp.core.errors import StudyError
from studyapp.sessions.workspace import Workspace
from studyapp.ui import words
from studyapp.ui.editing.block_check import BlockCheck
from studyapp.ui.editing.drafts import Draft, Drafts
from studyapp.ui.editing.state import EditingState
from studyapp.ui.jobs import Jobs
from studyapp.ui.routes import OpenInEditor
from studyapp.ui.widgets.message_bar import Message

if TYPE_CHECKING:
    from studyapp.content.item_check import Outcome

_TYPING_MS = 150


class EditingViewModel(QObject):
    """``finished`` comes when the page is left, and tells whether the item was saved.

    What is typed and not saved is kept in the learner's database until it is saved or discarded. ``settled`` tells
    the topic of a message that no longer holds, ``close_wanted`` that the window is to close all the same; ``navigate``
    brings a route.
    """

    changed = Signal(object)
    message = Signal(object)
    settled = Signal(str)
    finished = Signal(bool)
    navigate = Signal(object)
    close_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._drafts = Drafts(workspace, self)
        self._drafts.message.connect(self.message)
        self._drafts.close_wanted.connect(self.close_wanted)
        self._jobs = Jobs(self)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._begin_check)
        self._item: Card | Question | None = None
        self._block: Block | None = None
        self._check: BlockCheck | None = None
        # The lines as they were when the typing began, as they stand now, and as they were checked last.
        self._begun_with = ""
        self._text = ""
        self._checked: str | None = None
        self._save_when_checked = False
        self.state = EditingState()

    def edit(self, path: Path, item: Card | Question) -> None:
        """Begin with an item, or go on with it where something typed was not saved.

        Raises:
            ItemBlockError: where it cannot be edited here.
        """
        self.put_aside()
        if not path.exists():
            raise ItemBlockError(f"{shown(path)} is gone.", "Put it back, then edit the item again.")
        refusal = why_not_editable(path)
        if refusal:
            raise ItemBlockError(refusal, "Report the item to its authors instead.")
        block = find_item(path, item.id)
        draft = self._drafts.of(item)
        self._item = item
        self._begin(block, draft)
        if self.state.theirs:
            self._tell_of_theirs(block)
        elif self._text != block.text:
            text = "You typed this before; it is not saved yet."
            self.message.emit(Message("draft", "info", text, "Discard", self._start_over))

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
                    self._save_when_checked = True
                    self._go_on_in(now)
                    return
                if now is self._block:
                    save(now, self._text)
            except StudyError as error:
                text = f"Not saved: {error.message} {error.next_step} What you typed is kept."
                self.message.emit(Message("edit", "wrong", text))
                return
            if self._item is not None:
                # A draft that stays for now would be told of, and could be discarded, the next time.
                self._drafts.forget(self._item)
            self._end()
            self.finished.emit(True)

    def files_read(self) -> None:
        """The decks were read again: the item is looked for in its file, and what is typed is held against them."""
        before = self._block
        if before is None:
            return
        block = self._find_now(before)
        if self._text == before.text != block.text:
            self._begin(block)
        else:
            self._go_on_in(block)

    def leave(self) -> None:
        """Go back without saving, once what was typed is kept."""
        if self._block is None:
            return
        try:
            self._keep()
        except StudyError as error:
            text = f"You are still here: what you typed cannot be kept. {error.message} {error.next_step}"
            self.message.emit(Message("draft", "wrong", text))
            return
        self.put_aside()
        self.finished.emit(False)

    def put_aside(self) -> None:
        """The item is no longer edited; what was typed is kept, if only for as long as the program runs."""
        block, item = self._block, self._item
        if block is None or item is None:
            return
        try:
            typed = self._keep()
        except StudyError as error:
            self._end()
            self._drafts.tell_of_unwritten(item.id, error)
            return
        self._end()
        if typed:
            text = f"What you typed for {item.id} is not saved. It is kept: edit the item again to go on."
            self.message.emit(Message("draft", "info", text, "Discard", lambda: self._drafts.forget(item)))

    def may_close(self) -> bool:
        """Keep what was typed before the window closes; False where it would be lost: the learner is asked then."""
        with suppress(StudyError):
            self._keep()
        return self._drafts.may_close()

    def open_editor(self) -> None:
        """Open the item in the learner's editor."""
        if self._block is not None:
            self.navigate.emit(OpenInEditor(self._block.path, self._block.first_line))

    def close(self) -> None:
        """The window closes."""
        self.put_aside()
        self._jobs.stop()

    def _begin(self, block: Block, draft: Draft | None = None) -> None:
        """Show an item's lines, or what was made of them before."""
        self._begun_with, self._text = draft or (block.text, block.text)
        self._save_when_checked = False
        self._hold(block)
        self.state = EditingState(
            begun=self.state.begun + 1,
            title=f"Edit {block.item_id}",
            file=_place(block),
            folder=block.path.parent,
            first_line=block.first_line,
            text=self._text,
            theirs=self._theirs(block),
        )
        self.changed.emit(self.state)
        self._begin_check()

    def _start_over(self) -> None:
        """The item as its file has it now."""
        if self._block is not None and self._item is not None:
            self._drafts.forget(self._item)
            self._settle()
            self._begin(self._find_now(self._block))

    def _find_now(self, block: Block) -> Block:
        """The block as its file has it now, which may have another name; as it was where it is not found.

        What keeps it from being found is said where its file is told of, and at the latest when it is saved.
        """
        path = self._workspace.library.file_of(self._item.deck) if self._item else None
        try:
            if path is not None and path != block.path and not block.path.exists():
                return find_item(path, block.item_id)
            return find_again(block)
        except ItemBlockError:
            return block

    def _hold(self, block: Block) -> None:
        """This is the block now; the text is to be checked against its file."""
        self._block, self._check = block, BlockCheck(block, self._workspace.bank)
        self._checked = None

    def _theirs(self, block: Block) -> str:
        """The lines in the file, where they are neither what the typing began with nor what was typed."""
        return block.text if block.text not in (self._begun_with, self._text) else ""

    def _go_on_in(self, block: Block) -> None:
        """What is typed is checked against the file as it is now; nothing is saved unasked over what others wrote."""
        others = block.text != (self._block.text if self._block else "")
        self._hold(block)
        self.state = replace(
            self.state,
            file=_place(block),
            folder=block.path.parent,
            first_line=block.first_line,
            theirs=self._theirs(block),
        )
        if others:
            self._save_when_checked = False
            self.settled.emit("edit")
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
        """The page is left, and with it what was said of the item there."""
        self._typing.stop()
        self._item = self._block = self._check = None
        self._settle()

    def _settle(self) -> None:
        for topic in ("edit", "draft"):
            self.settled.emit(topic)

    def _keep(self) -> bool:
        """Keep what is typed; whether it is anything but the item as it stands in its file.

        Raises:
            DatabaseError: where it did not reach the disk.
        """
        if self._block is None or self._item is None:
            return False
        typed = self._text != self._block.text
        self._drafts.keep(self._item, Draft(self._begun_with, self._text) if typed else None)
        return typed

    def _begin_check(self) -> None:
        check, text = self._check, self._text
        if check is not None:
            self._jobs.run(lambda: check(text), lambda outcome: self._show(check, text, outcome), _raise)

    def _show(self, check: BlockCheck, text: str, outcome: "Outcome") -> None:
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


def _raise(error: BaseException) -> None:
    raise error
