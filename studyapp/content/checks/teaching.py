"""Rules about what the learner gets back: rationales and linked cards."""

from collections.abc import Iterator

from studyapp.content.checks.finding import Finding, Item

MIN_RATIONALE_WORDS = 6


def missing_rationale(item: Item) -> Iterator[Finding]:
    """W312."""
    for i, option in enumerate(item.options):
        if not option.rationale:
            yield Finding(("options", i), f"option {i + 1} has no rationale")


def thin_rationale(item: Item) -> Iterator[Finding]:
    """W313: a few words, or the words of another option's rationale."""
    seen: set[str] = set()
    for i, option in enumerate(item.options):
        steps = ("options", i, "rationale")
        if option.rationale and len(option.rationale.split(None, MIN_RATIONALE_WORDS)) < MIN_RATIONALE_WORDS:
            yield Finding(steps, f"the rationale has fewer than {MIN_RATIONALE_WORDS} words and teaches little")
        elif option.rationale and option.rationale in seen:
            yield Finding(steps, "the rationale is that of another option, word by word")
        seen.add(option.rationale)


def no_linked_card(item: Item) -> Iterator[Finding]:
    """W314."""
    if not item.question.cards:
        yield Finding((), "the question links no card to review after a miss")
