"""The check of an item's lines, on the worker."""

from typing import TYPE_CHECKING

from studyapp.content.item_block import Block
from studyapp.core.bank import Bank

if TYPE_CHECKING:
    # The checks take longer to import than the page to show: the worker imports them.
    from studyapp.content.item_check import ItemCheck, Outcome


class BlockCheck:
    """Makes the check when it is first asked, on the worker."""

    def __init__(self, block: Block, bank: Bank) -> None:
        self._block = block
        self._bank = bank
        self._check: ItemCheck | None = None

    def __call__(self, text: str) -> "Outcome":
        """What the lines come to when they read ``text``."""
        from studyapp.content.item_check import ItemCheck

        if self._check is None:
            self._check = ItemCheck(self._block, self._bank)
        return self._check.check(text)
