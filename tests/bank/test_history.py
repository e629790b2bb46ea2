"""History of the shipped bank: no key can move to another option, and no id to another item, without being noticed."""

import random
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from studyapp.content.ledger import read_ledger
from studyapp.content.meaning import meaning_of
from studyapp.core.identity import same_key
from studyapp.core.slips import OTHER, nearness


def test_no_key_can_move_to_a_distractor_unnoticed(bank):
    for question in bank.questions.values():
        for right in (option for option in question.options if option.correct):
            for wrong in (option for option in question.options if not option.correct):
                moved = tuple(
                    replace(option, correct=option is wrong or (option.correct and option is not right))
                    for option in question.options
                )
                assert not same_key(question.options, moved)
                # Nor where the text of the key becomes that of the distractor, and the distractor another.
                assert nearness(right.text, wrong.text, lambda word: False) == OTHER


GIVEN_UP: frozenset[str] = frozenset()
"""Ids whose items were taken out of the bank on purpose; nothing may have them again."""


def test_the_ledger_knows_every_id_and_none_has_vanished(bank):
    ledger = read_ledger(Path(bank.decks[0].path).parent)
    items = [*bank.cards.values(), *bank.questions.values()]
    present = {item.id for item in items}
    former = {id_ for item in items for id_ in item.was}
    assert present | former | GIVEN_UP == ledger.known.keys()
    assert not GIVEN_UP & (present | former)
    assert not [item.id for item in items if meaning_of(item).differs_from(ledger.known[item.id])]


def test_an_id_that_another_item_takes_over_is_noticed(bank):
    rng = random.Random(1)
    unnoticed = pairs = 0
    for items in (list(bank.cards.values()), list(bank.questions.values())):
        meanings = [(item.topic, meaning_of(item)) for item in items]
        near = [(one, other) for (a, one), (b, other) in combinations(meanings, 2) if a == b]
        for one, other in near + [tuple(m for _, m in rng.sample(meanings, 2)) for _ in range(2000)]:
            pairs += 1
            unnoticed += not one.differs_from(other)
    assert pairs > 8000
    assert unnoticed <= pairs / 500


def test_an_item_that_is_reworded_is_still_the_same(bank):
    rng = random.Random(1)

    def reworded(text):
        """Every fifth word is another; of words that stay, every tenth is mistyped."""
        words = []
        for word in text.split():
            if rng.random() < 0.2:
                words.append(rng.choice(("thing", "other", "quickly", "regional", "nightly")))
            elif rng.random() < 0.1:
                words.append(word[:1] + word[2:])
            else:
                words.append(word)
        return " ".join(words)

    for question in bank.questions.values():
        options = tuple(replace(option, text=reworded(option.text)) for option in question.options)
        now = meaning_of(replace(question, stem=reworded(question.stem), options=options))
        assert not now.differs_from(meaning_of(question)), question.id
