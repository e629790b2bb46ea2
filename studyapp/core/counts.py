"""Numbers with their nouns, for what is told in the window and on the command line alike."""


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: “1 card”, “23 cards”."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
