"""What the bank promises: how much it holds, and how it is made."""

import re
from collections import Counter
from statistics import median

import pytest
from conftest import DECKS

from studyapp.content.check import check
from studyapp.core.deck import Difficulty
from studyapp.core.form import assemble

BLUEPRINTS = (
    "pde-reported-count",
    "pde-reported-percent",
    "pde-reported-ranges",
    "pmle-derived",
    "pde-published",
    "pmle-published",
)


def count_words(text):
    return len(re.findall(r"[\w'’./%-]+", text))


def question_words(question):
    return count_words(question.stem) + sum(count_words(option.text) for option in question.options)


def test_the_linter_has_nothing_to_say():
    assert [str(problem) for problem in check([DECKS], DECKS).problems] == []


def test_every_objective_has_a_card_and_every_topic_its_questions(bank):
    cards = Counter(card.topic for card in bank.cards.values())
    questions = Counter(question.topic for question in bank.questions.values())
    short = [
        (topic.id, cards[topic.id], questions[topic.id])
        for topic in bank.syllabus.topics.values()
        if cards[topic.id] < len(topic.objectives) or questions[topic.id] < topic.weight
    ]
    assert not short
    assert len(bank.cards) >= 761
    assert len(bank.questions) >= 524


def test_every_outdated_topic_says_what_changed(bank):
    told = {item.topic for item in (*bank.cards.values(), *bank.questions.values()) if item.changed}
    outdated = {topic.id for topic in bank.syllabus.topics.values() if topic.outdated}
    assert len(outdated) == 69
    assert not outdated - told


@pytest.mark.parametrize("blueprint_id", BLUEPRINTS)
def test_five_exams_in_a_row_repeat_no_question_and_give_nothing_away(bank, blueprint_id):
    blueprint = bank.blueprint(blueprint_id)
    supply = Counter(i for question in bank.questions.values() for i in blueprint.eligible(question))
    assert all(supply[i] >= 5 * quota for i, quota in enumerate(blueprint.quotas()))
    seen: dict[str, float] = {}
    for exam in range(5):
        form = assemble(bank, blueprint, seed=exam, last_seen=seen)
        ids = {item.question.id for item in form.items}
        assert len(ids) == 50
        assert not ids & set(seen)
        assert Counter(i.stratum for i in form.items) == {
            s.name: q for s, q in zip(blueprint.strata, blueprint.quotas(), strict=True) if q
        }
        assert not [item.question.id for item in form.items if ids & set(item.question.enemies)]
        seen |= dict.fromkeys(ids, float(exam))


def test_questions_are_scenarios_of_the_length_of_the_real_ones(bank):
    questions = bank.questions.values()
    assert sum(count_words(q.stem) >= 50 for q in questions) >= 0.8 * len(questions)
    assert 95 <= median(map(question_words, questions)) <= 160


def test_several_answers_and_difficulties_are_mixed(bank):
    questions = bank.questions.values()
    assert sum(len(q.key) > 1 for q in questions) >= len(questions) / 6
    shares = {d: sum(q.difficulty is d for q in questions) / len(questions) for d in Difficulty}
    for difficulty, aim in ((Difficulty.EASY, 0.20), (Difficulty.MEDIUM, 0.55), (Difficulty.HARD, 0.25)):
        assert shares[difficulty] == pytest.approx(aim, abs=0.05)


def test_every_option_has_a_rationale_and_every_question_its_cards(bank):
    for question in bank.questions.values():
        assert question.cards
        assert all(card in bank.cards for card in question.cards)
        for option in question.options:
            assert count_words(option.rationale) >= 8
            assert not re.search(r"\boption [A-F]\b", option.rationale)


def test_four_cases_of_a_readable_length_with_questions_of_their_own(bank):
    asked = Counter(question.case for question in bank.questions.values() if question.case)
    assert len(bank.cases) == 4
    for case in bank.cases:
        assert 250 <= count_words(case.text) <= 500
        assert asked[case.id] >= 8


def test_decks_say_when_they_were_verified_and_stay_readable(bank):
    for deck in bank.decks:
        assert deck.verified_on is not None
        assert len((DECKS / f"{deck.id}.yaml").read_text(encoding="utf-8").splitlines()) <= 1500


def test_each_domain_has_its_deck(bank):
    by_domain = {
        d.id: {deck.id for deck in bank.decks for c in deck.cards if c.domain == d.id} for d in bank.syllabus.domains
    }
    assert all(by_domain.values())
