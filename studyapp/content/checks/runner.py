"""Running the rules over a deck or case that has loaded, and placing what they find."""

from pathlib import Path

from studyapp.content.checks import cards, form, options, stems, teaching, wording
from studyapp.content.checks.cards import CardRule
from studyapp.content.checks.finding import Item, QuestionRule
from studyapp.content.checks.texts import card_texts, check_texts, question_texts
from studyapp.content.checks.whole_deck import Counts, count, judge
from studyapp.content.report import Report
from studyapp.content.tree import Step, Tree, place_of
from studyapp.core.deck import Case, Deck

CARD_RULES: tuple[tuple[str, CardRule], ...] = (
    ("W301", cards.long_back),
    ("W331", cards.leans_on_list),
    ("W332", cards.hides_everything),
)

QUESTION_RULES: tuple[tuple[str, QuestionRule], ...] = (
    ("W302", stems.long_stem),
    ("W303", stems.no_question),
    ("W304", stems.number_of_answers),
    ("W305", options.key_much_longer),
    ("W306", wording.stem_words_in_key),
    ("W307", wording.absolute_distractors),
    ("W308", options.all_of_the_above),
    ("W309", stems.negative_stem),
    ("W310", options.same_meaning),
    ("W311", options.numbers_in_disorder),
    ("W312", teaching.missing_rationale),
    ("W313", teaching.thin_rationale),
    ("W314", teaching.no_linked_card),
    ("W324", options.exhausting_options),
    ("W327", form.grammar_of_options),
    ("W328", form.key_of_another_form),
)


def check_deck(deck: Deck, places: Tree, folder: Path, report: Report) -> Counts:
    """Every item-writing rule over one deck; ``folder`` is where its images lie. How guessing does in it."""
    items = [Item(question) for question in deck.questions]
    for i, card in enumerate(deck.cards):
        found = [(code, *finding) for code, rule in CARD_RULES for finding in rule(card)]
        _report([*found, *check_texts(card_texts(card), folder)], ("cards", i), places, report)
    for i, item in enumerate(items):
        found = [(code, *finding) for code, rule in QUESTION_RULES for finding in rule(item)]
        _report([*found, *check_texts(question_texts(item.question), folder)], ("questions", i), places, report)
    counts = count(items)
    for code, steps, message in judge(counts):
        report.add(code, place_of(places, steps), message)
    return counts


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
