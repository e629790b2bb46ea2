"""Checking one item of a deck while it is being edited, before anything is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studyapp.content import build, references, schema
from studyapp.content.check import COVERAGE, LEDGER, WHOLE_BANK, deck_root
from studyapp.content.checks import runner
from studyapp.content.config import read_config
from studyapp.content.discovery import shown
from studyapp.content.fix.whitespace import report_stray
from studyapp.content.id_checks import check_ids, report_new
from studyapp.content.index import Claimed, Link
from studyapp.content.inspector import RESEMBLANCE
from studyapp.content.item_block import Block
from studyapp.content.ledger import read_ledger
from studyapp.content.references import Claims, entries
from studyapp.content.report import Report
from studyapp.content.surroundings import index_beside
from studyapp.content.tree import Branch, Document, Tree, at_of, place_of, subtree
from studyapp.content.validate import validate_entries
from studyapp.content.written import check_cut_texts
from studyapp.content.yaml_reader import parse
from studyapp.core.bank import Bank
from studyapp.core.deck import Card, Deck, Question
from studyapp.core.problem import Problem, Severity

_MORE = "This would change more than the one item: its lines begin with '- ' and are indented as they were."
_LEFT_OUT = ("W212", *WHOLE_BANK)
"""What is said of a whole deck."""


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


class ItemCheck:
    """Holds the versions of one item against the rules of ``studyapp check``, and against everything else in ``bank``.

    Its file is parsed once, for what the other items there define; then the item is looked at by itself, at its place
    in an otherwise empty file, so that the size of the deck does not matter. What takes many items to see,
    resemblance, coverage and ways to guess, is left to the command.
    """

    def __init__(self, block: Block, bank: Bank) -> None:
        root = deck_root(block.path)
        choice = read_config(root)[0].for_file(block.path.relative_to(root).as_posix())
        self._wants = lambda code: code not in _LEFT_OUT and choice.wants(code)
        self._block = block
        self._folder = block.path.parent
        self._ledger = read_ledger(root)
        self._index = index_beside(bank, block.path)
        report = Report(shown(block.path))
        document = parse(block.whole.encode(), report)
        data = document.data if document else {}
        self._deck = str(data.get("deck", ""))
        place = _place_in(document, block) if document else None
        self._at = place or 0
        self._obstacle = _obstacle(report, block, place)
        self._links: tuple[Link, ...] = ()
        if document is not None:
            self._index.settle(_other_ids(document, block, self._at))
            self._links = tuple(_links_to(document, block, self._at))

    def check(self, text: str) -> Outcome:
        """What the item's lines come to when they read ``text``."""
        outcome = self._check(text)
        return replace(outcome, refusal=outcome.refusal or self._obstacle)

    def _check(self, text: str) -> Outcome:
        block = self._block
        lines = text.rstrip("\n")
        # At its own lines, under the key of its list.
        before = "\n" * (block.first_line - 2) + f"{block.section}:\n"
        report = Report(shown(block.path), self._wants)
        document = parse(f"{before}{lines}\n".encode(), report)
        if document is None:
            return Outcome(report.problems, None, _refusal(report.problems))
        check_cut_texts(document.text, report)
        data = _only_entry(document, block.section)
        if data is None or not self._ends(before + lines, document):
            return Outcome(report.problems, None, _refusal(report.problems) or _MORE)
        item = self._look(data, document, report)
        if item is not None:
            report_stray(document.text, report)
            self._report_links(item.id, lines.count("\n") - block.text.count("\n"), report)
            skipped = {*RESEMBLANCE, *COVERAGE, *_LEFT_OUT, *(("W214",) if self._ledger else LEDGER)}
            report.check_ignores(lambda code: code not in skipped)
        problems = report.problems
        return Outcome(problems, None if report.failed else item, _refusal(problems), self._caution(data))

    def _ends(self, text: str, document: Document) -> bool:
        """Whether the item is over with its lines, so that what follows in the file stays as it is."""
        indent = self._block.text[: self._block.text.index("-")]
        more = parse(f"{text}\n{indent}- end\n".encode(), Report(""))
        section = self._block.section
        return more is not None and more.data == {section: [*document.data[section], "end"]}

    def _look(self, data: dict[str, Any], document: Document, report: Report) -> Card | Question | None:
        """The item, looked at like the decks of ``check``; None where its shape is wrong."""
        section = self._block.section
        claims = Claims(self._index, report)
        places = subtree(document.places, [section])
        assert isinstance(places, Branch)
        assert isinstance(places.inside, list)
        trees: Sequence[Tree] = places.inside
        references.check_items(section, [data], trees, self._index, claims, report)
        valid = validate_entries(section, self._at, [data], trees, schema.DeckFile, report)
        if valid is None or report.failed:
            return None
        cards: tuple[Card, ...] = build.cards(valid, self._deck) if section == "cards" else ()
        questions = build.questions(valid, self._deck) if section == "questions" else ()
        deck = Deck(self._deck, "", report.path, cards=cards, questions=questions)
        runner.check_deck(deck, document.places, self._folder, report)
        if self._ledger:
            # Whether an id is renamed takes all decks to see; an edit that changes one is cautioned anyway.
            report_new(check_ids(deck, document.places, self._ledger, report), renamed={})
        for link in references.links_of(questions, trees, claims.claimed.ids) if questions else ():
            if not self._index.has(link.kind, link.target):
                references.report_link(link, self._index, report)
        return cards[0] if cards else questions[0]

    def _report_links(self, id_: str, shift: int, report: Report) -> None:
        """Other items of the file name this one by the id that it had."""
        if id_ == self._block.item_id:
            return
        for link in self._links:
            line, column = link.place
            moved = shift if line > self._block.first_line else 0
            place, item_line = (line + moved, column), link.item_line + moved
            references.report_link(Link(link.code, link.target, place, item_line), self._index, report)

    def _caution(self, data: dict[str, Any]) -> str:
        old, new, was = self._block.item_id, data.get("id"), data.get("was", ())
        if not isinstance(new, str) or new == old or old == was or old in was:
            return ""
        return f"A new id begins a new history. To keep what was learned of this item, add the line: was: [{old}]"


def _only_entry(document: Document, section: str) -> dict[str, Any] | None:
    """The one item that the lines make; None where they make anything else."""
    entries = document.data.get(section)
    if document.data.keys() != {section} or not isinstance(entries, list) or len(entries) != 1:
        return None
    return entries[0] if isinstance(entries[0], dict) else None


def _refusal(problems: Sequence[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not errors:
        return ""
    told = f"{len(errors)} errors keep" if len(errors) > 1 else f"An error in line {errors[0].line} keeps"
    return f"{told} the file from loading: it cannot be saved like this."


def _place_in(document: Document, block: Block) -> int | None:
    """Which entry of its list the item is; None where the list has no such item."""
    return next((i for i, item in entries(document.data, block.section) if item.get("id") == block.item_id), None)


def _obstacle(report: Report, block: Block, place: int | None) -> str:
    """Why nothing may be saved into the file, whatever is typed: what the item's own lines do not show."""
    if report.failed:
        return f"The file has a problem: {report.problems[0]}. Mend that in your editor first."
    return f"The file has no item {block.item_id!r}. Open it in your editor." if place is None else ""


def _other_ids(document: Document, block: Block, at: int) -> Claimed:
    """The ids that the items of the file but the one ``at`` its place have and had, with their places."""
    claimed = Claimed(shown(block.path))
    for kind, section in (("card", "cards"), ("question", "questions")):
        for i, item in entries(document.data, section):
            if (section, i) == (block.section, at):
                continue
            if isinstance(item.get("id"), str):
                claimed.add(kind, item["id"], at_of(document.places, [section, i, "id"]))
            former = item.get("was", ())
            for id_ in [former] if isinstance(former, str) else former:
                if isinstance(id_, str):
                    claimed.add("former", id_, at_of(document.places, [section, i, "was"]))
    return claimed


def _links_to(document: Document, block: Block, at: int) -> Iterator[Link]:
    """Where other questions of the file name the item ``at`` its place."""
    key, code = ("cards", "W207") if block.section == "cards" else ("enemies", "W208")
    for i, question in entries(document.data, "questions"):
        named = question.get(key)
        if not isinstance(named, list) or (block.section, at) == ("questions", i):
            continue
        for j, target in enumerate(named):
            if target == block.item_id:
                place = place_of(document.places, ["questions", i, key, j])
                yield Link(code, target, place, place_of(document.places, ["questions", i, "id"])[0])
