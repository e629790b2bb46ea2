"""Cards and questions of every kind, as hypothesis draws them."""

import string
from dataclasses import replace

from hypothesis import strategies as st

from studyapp.core.deck import Card, Deck, Difficulty, Option, Question

_YAML_MARKS = [
    ": ",
    " #",
    "- ",
    "* ",
    "{",
    "}",
    "{{x}}",
    "[",
    "]",
    "'",
    '"',
    "\\",
    "no",
    "1e3",
    "12:30",
    "|",
    "::",
    "@",
]
_LAYOUT = [
    "\n",
    "\n\n",
    "\t",
    "  ",
    "\u2028",
    "\x85",
    "\x07",
    "\x7f",
    "𝄞",
    "é",
    "…",
    ";",
    ",",
    "$",
    "=cmd",
    "+1",
    "1.",
    "2)",
]
_MARKUP = ["`", "~", "_", "____", "<b>", "</p>", "]]>", "&amp;", "&", "![a](b.png)", "**b**", "`c`", "# "]
_GIFT = ["=", "#", "->", "%50%", "//", "\\n", "\\:", "//c", "$CATEGORY: x", "TRUE", "T", "A. ", "ANSWER: A", "[html]"]
_MARKS = [*_YAML_MARKS, *_LAYOUT, *_MARKUP, *_GIFT]

ids = st.from_regex(r"[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,5}){0,2}", fullmatch=True)


def texts(exclude: str = "", max_parts: int = 6) -> st.SearchStrategy[str]:
    """Texts as a deck may hold them: not empty, no white space around them; without the characters to exclude."""
    part = st.one_of(
        st.text(string.ascii_letters + " ", max_size=12),
        st.sampled_from(_MARKS),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
    )
    drop = str.maketrans("", "", exclude)
    joined = st.lists(part, min_size=1, max_size=max_parts).map("".join)
    # Python and the schema agree on what is white space but for four controls.
    stripped = joined.map(lambda text: text.translate(drop).strip().strip("\x1c\x1d\x1e\x1f").strip())
    return stripped.filter(bool)


@st.composite
def questions(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None, most_keys: int = 5) -> Question:
    """A question with everything that one may have, but for what refers to other items."""
    text = texts() if text is None else text
    number = draw(st.integers(2, 6))
    key = draw(st.sets(st.integers(0, number - 1), min_size=1, max_size=min(number - 1, most_keys)))
    rationales = st.one_of(st.just(""), text)
    return Question(
        id=draw(ids),
        topic="a.one",
        difficulty=draw(st.sampled_from(Difficulty)),
        stem=draw(text),
        options=tuple(Option(draw(text), i in key, draw(rationales)) for i in range(number)),
        changed=draw(st.one_of(st.none(), text)),
        tags=tuple(draw(st.lists(text, max_size=3, unique=True))),
    )


@st.composite
def cards(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Card:
    """A card, front and back or cloze."""
    text = texts() if text is None else text
    kind = draw(st.booleans())
    return Card(
        id=draw(ids),
        topic="a.one",
        front=draw(text) if kind else "",
        back=draw(text) if kind else "",
        cloze=None if kind else f"{draw(text)} {{{{{draw(text)}}}}} {draw(text)}",
        changed=draw(st.one_of(st.none(), text)),
        tags=tuple(draw(st.lists(text, max_size=3, unique=True))),
    )


@st.composite
def decks(draw: st.DrawFn, text: st.SearchStrategy[str] | None = None) -> Deck:
    """A deck whose items have ids of their own and refer to one another."""
    items = draw(st.lists(st.one_of(cards(text), questions(text)), min_size=1, max_size=5, unique_by=lambda i: i.id))
    # An id such as '7' would not stay on its way in.
    items = [replace(item, id=f"mine-{item.id}", deck="mine") for item in items]
    own_cards = tuple(item for item in items if isinstance(item, Card))
    own_questions = [item for item in items if isinstance(item, Question)]
    card_ids = tuple(card.id for card in own_cards)
    for i, question in enumerate(own_questions):
        enemies = tuple(other.id for other in own_questions if other.id != question.id)
        own_questions[i] = replace(question, cards=card_ids, enemies=enemies, was=(f"{question.id}.was",))
    title = draw(text if text is not None else texts())
    return Deck("mine", title, "mine.yaml", None, own_cards, tuple(own_questions))
