"""A deck folder small enough to know by heart: six questions, three cards, two exams."""

import sqlite3
from pathlib import Path

SYLLABUS = """\
syllabus: small
title: Small
domains:
  - id: a
    title: Keeping things
    topics:
      - {id: a.one, title: Boxes, weight: 3}
      - {id: a.two, title: Shelves, weight: 2}
  - id: b
    title: Moving things
    topics:
      - {id: b.one, title: Carts, weight: 1}
"""

SIX = """\
blueprint: six
title: The whole of it
exam: Small exam
source: {kind: reported, notes: "1-2", remark: Counted on one hand and a finger.}
questions: 6
minutes: 10
pass_mark: 0.70
strata:
  - {name: Keeping, weight: 4, topics: ["a.*"]}
  - {name: Moving, weight: 2, topics: ["b.*"]}
"""

THREE = """\
blueprint: three
title: A part of it
exam: Small exam
source: {kind: derived}
questions: 3
minutes: 5
pass_mark: 0.60
strata:
  - {name: Everything, weight: 1, topics: ["a.*", "b.*"]}
"""

SHORT = """\
blueprint: zz-short
title: More than there is
exam: Small exam
source: {kind: derived}
questions: 6
minutes: 5
pass_mark: 0.70
strata:
  - {name: Keeping, weight: 1, topics: ["a.*"]}
  - {name: Moving, weight: 1, topics: ["b.*"]}
"""

CASE = """\
case: depot
title: The depot
text: |
  The depot keeps boxes for ninety shops and wants to know where each of them stands.
"""

_QUESTION = """\
  - id: {id}
    topic: {topic}
    difficulty: medium
    stem: "{stem}"
    options:
{options}
    cards: [{cards}]
"""

# Id, topic, further lines, number of right options, number of options, cards.
QUESTIONS = (
    ("q-box", "a.one", "", 1, 4, "c-box"),
    ("q-several", "a.one", "", 2, 5, "c-box, c-shelf"),
    ("q-depot", "a.two", "    case: depot\n", 1, 3, "c-shelf"),
    ("q-shelf", "a.two", "    changed: Shelves are called racks since May.\n", 1, 6, "c-shelf"),
    ("q-cart", "b.one", "", 1, 4, "c-cart"),
    ("q-wheel", "b.one", "", 1, 2, "c-cart"),
)

CARDS = """\
cards:
  - {id: c-box, topic: a.one, front: What is a box for?, back: For keeping one thing dry.}
  - {id: c-shelf, topic: a.two, cloze: "A shelf holds {{twelve}} boxes."}
  - {id: c-cart, topic: b.one, front: How many wheels has a cart?, back: Four.}
"""


def deck_text() -> str:
    """The deck: in each question the first options are the key, and every text names its question."""
    text = "deck: depot-deck\ntitle: The depot deck\n" + CARDS + "questions:\n"
    for id_, topic, more, right, count, cards in QUESTIONS:
        options = "\n".join(
            f"      - {{text: {'Right' if i < right else 'Wrong'} {i} of {id_}, "
            + ("correct: true, " if i < right else "")
            + f"rationale: Because of {i} in {id_}.}}"
            for i in range(count)
        )
        made = _QUESTION.format(id=id_, topic=topic, stem=f"What does {id_} ask for?", options=options, cards=cards)
        text += made + more
    return text


def write_decks(folder: Path) -> Path:
    """Write the folder; its path."""
    for name, text in {
        "syllabus.yaml": SYLLABUS,
        "depot.yaml": deck_text(),
        "blueprints/six.yaml": SIX,
        "blueprints/three.yaml": THREE,
        "cases/depot.yaml": CASE,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


class OnDisk:
    """What is in the database file, read through a connection of its own."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "studyapp.db"

    def rows(self, sql: str) -> list[tuple]:
        connection = sqlite3.connect(self._path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def chosen(self) -> dict[str, set[int]]:
        """The options chosen for each question of the newest attempt; those without an answer are left out."""
        found = self.rows(
            "SELECT question_id, chosen FROM responses WHERE attempt_id = (SELECT max(id) FROM attempts) AND chosen"
        )
        return {question: {i for i in range(8) if mask >> i & 1} for question, mask in found}

    def flagged(self) -> set[str]:
        return {q for (q,) in self.rows("SELECT question_id FROM responses WHERE flagged")}
