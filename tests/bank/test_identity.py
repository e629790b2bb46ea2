"""History of the shipped bank: no key can move to another option, and no id to another item, without being noticed."""

from dataclasses import replace

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
