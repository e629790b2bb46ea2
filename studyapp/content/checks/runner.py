"""Running the rules over a deck or case that has loaded, and placing what they find."""

from collections.abc import Callable, Iterator
from pathlib import Path

from studyapp.content.checks import options, stems, teaching
from studyapp.content.checks.finding import Finding, QuestionRule
from studyapp.content.checks.texts import card_texts, check_texts, question_texts
from studyapp.content.checks.whole_deck import check_whole_deck
from studyapp.content.report import Report
from studyapp.content.tree import Step, Tree, place_of
from studyapp.core.deck import Card, Case, Deck

CARD_RULES: tuple[tuple[str, Callable[[Card], Iterator[Finding]]], ...] = (("W301", teaching.long_back),)

QUESTION_RULES: tuple[tuple[str, QuestionRule], ...] = (
    ("W302", stems.long_stem),
    ("W303", stems.no_question),
    ("W304", stems.number_of_answers),
    ("W305", options.key_much_longer),
    ("W306", options.stem_words_in_key),
    ("W307", options.absolute_distractors),
    ("W308", options.all_of_the_above),
    ("W309", stems.negative_stem),
    ("W310", options.same_meaning),
    ("W311", options.numbers_in_disorder),
    ("W312", teaching.missing_rationale),
    ("W313", teaching.thin_rationale),
    ("W314", teaching.no_linked_card),
)


def check_deck(deck: Deck, places: Tree, folder: Path, report: Report) -> None:
    """Every item-writing rule over one deck; ``folder`` is where its images lie."""
    for i, card in enumerate(deck.cards):
        found = [(code, *finding) for code, rule in CARD_RULES for finding in rule(card)]
        _report([*found, *check_texts(card_texts(card), folder)], ("cards", i), places, report)
    for i, question in enumerate(deck.questions):
        found = [(code, *finding) for code, rule in QUESTION_RULES for finding in rule(question)]
        _report([*found, *check_texts(question_texts(question), folder)], ("questions", i), places, report)
    for code, steps, message in check_whole_deck(deck):
        report.add(code, place_of(places, steps), message)


def check_case(case: Case, places: Tree, folder: Path, report: Report) -> None:
    """The rules about texts over a case study."""
    for code, steps, message in check_texts([(("text",), case.text)], folder):
        report.add(code, place_of(places, steps), message)


def _report(
    found: list[tuple[str, tuple[Step, ...], str]], item: tuple[Step, ...], places: Tree, report: Report
) -> None:
    if found:
        item_line = place_of(places, (*item, "id"))[0]
        for code, steps, message in found:
            report.add(code, place_of(places, (*item, *steps)), message, item_line)
