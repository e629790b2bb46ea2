"""W316: characters that a screen does not show, or not as what they are."""

import re
import unicodedata

_BLANKS = "\n\t\u200c\u200d"
"""Characters that are not printable to Python and are right in a text; the last two join letters and emoji."""
_JOINERS = "\u200c\u200d"
_SEEN_AS_NOTHING = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")
"""Characters that count as printable, and show as a blank, as nothing or as a sign of damage."""
_PLAIN = bytes((10, *range(32, 127)))
"""Bytes of characters that show."""
_MAX_STACKED = 4
"""Marks on one letter; written languages need three at most."""
_STACKED = re.compile(rf"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MAX_STACKED + 1},}}")


def hidden(text: str) -> str | None:
    """What is wrong with the first character that does not show; None where all do."""
    if not text.encode("utf-8", "surrogatepass").translate(None, _PLAIN):
        return None
    for i, character in enumerate(text):
        if _is_hidden(character, text[i - 1] if i else ""):
            return f"the character U+{ord(character):04X} does not show on a screen"
    stacked = _STACKED.search(text)
    return f"{len(stacked[0])} accents stand on one letter" if stacked else None


def _is_hidden(character: str, before: str) -> bool:
    if character in _SEEN_AS_NOTHING:
        return True
    if character.isprintable() or unicodedata.category(character) == "Zs":
        return False
    return character not in _BLANKS or (character in _JOINERS and before.isascii())
