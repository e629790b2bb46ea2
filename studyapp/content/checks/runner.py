"""Running the rules over a deck or case that has loaded, and placing what they find."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from studyapp.content.checks import (
    cards,
    form,
    negation,
    numbers,
    opposites,
    options,
    stems,
    teaching,
    texts,
    wording,
)
from studyapp.content.checks.cards import CardRule
from studyapp.content.checks.finding import Item, QuestionRule
from studyapp.content.checks.whole_deck import Counts, count, judge
from studyapp.content.report import Report
from studyapp.content.tree import Step, Tree, key_place, place_of
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
    ("W309", negation.negative_stem),
    ("W310", options.same_meaning),
    ("W311", numbers.numbers_in_disorder),
    ("W312", teaching.missing_rationale),
    ("W313", teaching.thin_rationale),
    ("W314", teaching.no_linked_card),
    ("W324", opposites.exhausting_options),
    ("W327", form.grammar_of_options),
    ("W328", form.key_of_another_form),
    ("W329", teaching.names_a_place),
    ("W334", stems.no_situation),
)

_SUBJECT = 3
"""Questions of a deck beyond one's own that a word of its subject stands in."""

Found = tuple[str, tuple[Step, ...], str]
"""A code, the steps to the value within the item, and one sentence."""


def check_deck(deck: Deck, places: Tree, folder: Path, report: Report) -> Counts:
    """Every item-writing rule over one deck; ``folder`` is where its images lie. How guessing does in it."""
    for code, steps, message in texts.check_plain(deck.title, ("title",)):
        report.add(code, place_of(places, steps), message)
    for i, card in enumerate(deck.cards):
        found: list[Found] = [(code, *finding) for code, rule in CARD_RULES for finding in rule(card)]
        if texts.is_suspect(texts.joined_card(card)):
            found += _of_texts(texts.card_texts(card), card.tags, folder)
        if found:
            _report(found, ("cards", i), places, report)
    subject = _subject_of(deck)
    items = [Item(question, subject) for question in deck.questions]
    for i, item in enumerate(items):
        found = [(code, *finding) for code, rule in QUESTION_RULES for finding in rule(item)]
        if texts.is_suspect(texts.joined_question(item)):
            found += _of_texts(texts.question_texts(item.question), item.question.tags, folder)
        if found:
            _report(found, ("questions", i), places, report)
    counts = count(items)
    _report_whole(counts, places, report)
    return counts


def _of_texts(
    marked: Iterable[tuple[tuple[Step, ...], str]], tags: Sequence[str], folder: Path
) -> Iterator[texts.TextFinding]:
    of_tags = [texts.check_plain(tag, ("tags", i)) for i, tag in enumerate(tags)]
    return chain(texts.check_texts(marked, folder), *of_tags)


def _subject_of(deck: Deck) -> Callable[[str], bool]:
    """Tells whether a word is common in the deck: its stems are read only once somebody asks."""
    stems_read: list[str] = []

    def common(word: str) -> bool:
        if not stems_read:
            stems_read.extend([question.stem.lower() for question in deck.questions])
        return sum([word in stem for stem in stems_read]) > _SUBJECT

    return common


def check_case(case: Case, places: Tree, folder: Path, report: Report) -> None:
    """The rules about texts over a case study."""
    marked = chain(texts.check_plain(case.title, ("title",)), texts.check_texts([(("text",), case.text)], folder))
    for code, steps, message in marked:
        report.add(code, place_of(places, steps), message)


def _report(found: Iterable[Found], item: tuple[Step, ...], places: Tree, report: Report) -> None:
    item_line = place_of(places, (*item, "id"))[0]
    for code, steps, message in found:
        report.add(code, place_of(places, (*item, *steps)), message, item_line)


def _report_whole(counts: Counts, places: Tree, report: Report) -> None:
    """What no question shows stands at the list of them, and a comment on its line or the deck's silences it."""
    for code, message in judge(counts):
        report.add(code, key_place(places, ("questions",)), message, key_place(places, ("deck",))[0])
