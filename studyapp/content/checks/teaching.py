"""Rules about what the learner gets back: rationales, linked cards, short backs."""

from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, word_count
from studyapp.core.deck import Card, Question

MAX_BACK_WORDS = 60
MIN_RATIONALE_WORDS = 6


def long_back(card: Card) -> Iterator[Finding]:
    """W301."""
    words = word_count(card.back)
    if words > MAX_BACK_WORDS:
        yield Finding(("back",), f"the back has {words} words; at most {MAX_BACK_WORDS}: one fact, then why")


def missing_rationale(question: Question) -> Iterator[Finding]:
    """W312."""
    for i, option in enumerate(question.options):
        if not option.rationale:
            yield Finding(("options", i), f"option {i + 1} has no rationale")


def thin_rationale(question: Question) -> Iterator[Finding]:
    """W313: a few words, or the words of another option's rationale."""
    seen: set[str] = set()
    for i, option in enumerate(question.options):
        steps = ("options", i, "rationale")
        if option.rationale and word_count(option.rationale) < MIN_RATIONALE_WORDS:
            yield Finding(steps, f"the rationale has fewer than {MIN_RATIONALE_WORDS} words and teaches little")
        elif option.rationale and option.rationale in seen:
            yield Finding(steps, "the rationale is that of another option, word by word")
        seen.add(option.rationale)


def no_linked_card(question: Question) -> Iterator[Finding]:
    """W314."""
    if not question.cards:
        yield Finding((), "the question links no card to review after a miss")
