"""Checking one item of a deck while it is being edited, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from studyapp.content import build, references, schema
from studyapp.content.check import COVERAGE, LEDGER, deck_root
from studyapp.content.checks import runner
from studyapp.content.config import read_config
from studyapp.content.discovery import shown
from studyapp.content.fix.whitespace import find_stray
from studyapp.content.inspector import RESEMBLANCE
from studyapp.content.item_block import Block, rest_of, with_text
from studyapp.content.ledger import check_ids, read_ledger
from studyapp.content.references import Claims
from studyapp.content.report import Report
from studyapp.content.surroundings import index_beside
from studyapp.content.tree import Document, subtree
from studyapp.content.validate import validate
from studyapp.content.yaml_reader import parse
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Deck, Question
from studyapp.core.problem import Problem, Severity


@dataclass(frozen=True)
class Outcome:
    """What an edit comes to. ``problems`` are those of the item, and those that the edit makes elsewhere in the file.

    ``item`` is the item as it would be, None where the file would not load. ``refusal`` says why the edit may not be
    saved, ``caution`` what to think of before; both are sentences, empty where there is nothing to say.
    """

    problems: tuple[Problem, ...] = ()
    item: Card | Question | None = None
    refusal: str = ""
    caution: str = ""


@dataclass
class _Looked:
    """A version of the file: its document, its deck where it loads, its problems."""

    problems: Sequence[Problem]
    document: Document | None = None
    deck: Deck | None = None


class ItemCheck:
    """Holds the versions of one item against the rules of ``studyapp check``, and against everything else in ``bank``.

    Only the item's own file is parsed. What takes all decks to see, resemblance and coverage, is left to the command.
    """

    def __init__(self, block: Block, bank: Bank) -> None:
        root = deck_root(block.path)
        self._block = block
        self._choice = read_config(root)[0].for_file(block.path.relative_to(root).as_posix())
        self._ledger = read_ledger(root)
        self._index = index_beside(bank, block.path)
        self._before = self._look(block.whole)
        self._known = {(problem.code, problem.message) for problem in self._before.problems}
        self._rest = rest_of(self._before.document, block) if self._before.document else None

    def check(self, text: str) -> Outcome:
        """What the item's lines come to when they read ``text``."""
        now = self._look(with_text(self._block, text))
        last_line = self._block.first_line + text.rstrip("\n").count("\n")
        problems = tuple(
            problem
            for problem in now.problems
            if self._block.first_line <= problem.line <= last_line or (problem.code, problem.message) not in self._known
        )
        data = self._data(now.document)
        return Outcome(problems, self._item(now.deck), self._refusal(problems, now.document), self._caution(data))

    def _look(self, whole: str) -> _Looked:
        block = self._block
        report = Report(shown(block.path), self._choice.wants)
        document = parse(whole.encode(), report)
        if document is None:
            return _Looked(report.problems)
        claims = Claims(self._index, report)
        references.check_deck(document, self._index, claims, report)
        file = validate(document, schema.DeckFile, report)
        if file is None or report.failed:
            return _Looked(report.problems, document)
        deck = build.deck(file, report.path)
        runner.check_deck(deck, document.places, block.path.parent, report)
        if self._ledger:
            check_ids(deck, document.places, self._ledger, report)
        trees = [subtree(document.places, ["questions", i]) for i in range(len(deck.questions))]
        for link in references.links_of(deck.questions, trees, claims.claimed.ids):
            if not self._index.has(link.kind, link.target):
                references.report_link(link, self._index, report)
        for stray in find_stray(whole.removeprefix("\ufeff")):
            report.add("W119", stray.place, stray.message + "; 'studyapp check --fix' mends it")
        skipped = {*RESEMBLANCE, *COVERAGE, *(() if self._ledger else LEDGER)}
        report.check_ignores(lambda code: code not in skipped)
        return _Looked(report.problems, document, deck)

    def _refusal(self, problems: Sequence[Problem], document: Document | None) -> str:
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors:
            told = f"{len(errors)} errors keep" if len(errors) > 1 else f"An error in line {errors[0].line} keeps"
            return f"{told} the file from loading: it cannot be saved like this."
        if document is not None and rest_of(document, self._block) != self._rest:
            return "This would change more than the one item: its lines begin with '- ' and are indented as they were."
        return ""

    def _caution(self, data: dict[str, Any]) -> str:
        old, new, was = self._block.item_id, data.get("id"), data.get("was", ())
        if not isinstance(new, str) or new == old or old == was or old in was:
            return ""
        return f"A new id begins a new history. To keep what was learned of this item, add the line: was: [{old}]"

    def _data(self, document: Document | None) -> dict[str, Any]:
        entries = document.data.get(self._block.section) if document else None
        entry = entries[self._block.index] if isinstance(entries, list) and len(entries) > self._block.index else None
        return entry if isinstance(entry, dict) else {}

    def _item(self, deck: Deck | None) -> Card | Question | None:
        items: Sequence[Card | Question] = getattr(deck, self._block.section, ())
        return items[self._block.index] if len(items) > self._block.index else None
