"""The format of the files, as models whose descriptions and examples also make the JSON Schema.

Only the shape is described here; what needs other files (does the topic exist?) stands in ``references``.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

from studyapp.content.fields import Cloze, Date, Flag, FormerIds, Id, Ids, Tags, Text
from studyapp.content.schema_base import Format, about
from studyapp.content.schema_frame import BlueprintFile, CaseFile, NamesFile, SyllabusFile

MAX_ITEMS = 20_000
"""Cards, and questions, of one deck."""

FORMER = "The id, or ids, that it had before: its history moves along. None of them may be in use any more."


class OptionEntry(Format):
    """One option of a question."""

    text: Text = about("What the option says (Markdown).", "Load from Cloud Storage with a batch load job")
    correct: Flag = about("true for the key: one or more options. Leave out otherwise.", True, default="false")
    rationale: Text = about(
        "Why this is the best answer under the stated constraint; or why a competent person might pick it and what "
        "rules it out.",
        "Batch loads are free and an hour of delay is allowed.",
        default="",
    )


def _key_among(options: list[OptionEntry]) -> list[OptionEntry]:
    right = sum(option.correct == "true" for option in options)
    if not right:
        raise PydanticCustomError("E130", "have no key among them; mark it with 'correct: true'")
    if right == len(options):
        raise PydanticCustomError("E131", "are all marked as right; at least one must be a distractor")
    return options


_RIGHT = {"properties": {"correct": {"enum": [True, "true"]}}, "required": ["correct"]}
_KEY_AND_DISTRACTOR = {"contains": _RIGHT, "not": {"items": _RIGHT}}
"""What ``_key_among`` demands, for an editor."""


class CardEntry(Format):
    """A flashcard: either front and back, or a cloze."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["front", "back"], "not": {"required": ["cloze"]}},
                {
                    "required": ["cloze"],
                    "not": {"anyOf": [{"required": ["front"]}, {"required": ["back"]}]},
                },
            ]
        }
    )

    id: Id = about("Stable for ever, since history belongs to it. Says what is asked.", "bq-long-term-price")
    topic: Id = about("A topic of the syllabus.", "bigquery.cost-model")
    front: Text | None = about(
        "The question, which can be answered without seeing the back (Markdown).",
        "What makes a BigQuery table eligible for the long-term storage price?",
        default=None,
    )
    back: Text | None = about(
        "The answer first, then why; at most 60 words (Markdown).",
        "Ninety days in a row without a change to its data.",
        default=None,
    )
    cloze: Cloze | None = about(
        "A text whose {{…}} parts are hidden until revealed (Markdown).",
        "New projects that would have used Datastore get {{Firestore}} in {{Datastore mode}}.",
        default=None,
    )
    changed: Text | None = about(
        "What the study notes say that no longer holds.", "The notes treat Datastore as a product.", default=None
    )
    tags: Tags = about("Free words to find the card by.", ["cost"], default=[])
    was: FormerIds = about(FORMER, "bq-storage-price", ["bq-price", "bq-storage-price"], default=[])


class QuestionEntry(Format):
    """An exam question: a scenario, two to six options, one or more of them right."""

    id: Id = about("Stable for ever, since history belongs to it. Says what is asked.", "bq-partner-sees-subset")
    topic: Id = about("A topic of the syllabus.", "bigquery.access-and-sharing")
    difficulty: Literal["easy", "medium", "hard"] = about(
        "easy recalls, medium applies one rule to a situation, hard weighs two that conflict.", "medium"
    )
    case: Id | None = about("The case that must be read to answer.", "flowlogistic", default=None)
    stem: Text = about(
        "The scenario: who, what they have, what they need, the constraint that decides; then one question. 50 to 150 "
        "words; where several answers are right it says how many (Markdown).",
        "A retailer loads sales once a day … Which way of loading costs least?",
    )
    options: Annotated[list[OptionEntry], AfterValidator(_key_among)] = about(
        "Two to six options; those with correct: true are the key.",
        [
            {"text": "A batch load job", "correct": True, "rationale": "It is free, and an hour of delay is allowed."},
            {"text": "Streaming", "rationale": "It shows rows at once, which costs money and is not needed here."},
        ],
        min_length=2,
        max_length=6,
        json_schema_extra=_KEY_AND_DISTRACTOR,
    )
    cards: Ids = about("Ids of the cards to review after a miss.", ["bq-authorized-view"], default=[])
    changed: Text | None = about(
        "Shown with the answer: what the study notes say, and what holds now.",
        "The notes say 10 slots; reservations replaced them.",
        default=None,
    )
    tags: Tags = about("Free words to find the question by.", ["cost"], default=[])
    enemies: Ids = about(
        "Ids of questions that may not stand in the same exam, since one answers the other.",
        ["bq-view-or-copy"],
        default=[],
    )
    was: FormerIds = about(FORMER, "bq-partner-view", ["bq-view", "bq-partner-view"], default=[])


class DeckFile(Format):
    """A deck: one file of cards and questions."""

    deck: Id = about("The deck's id, unique among the loaded decks.", "bigquery")
    title: Text = about("The deck's name as shown.", "BigQuery")
    verified_on: Date | None = about(
        "When the facts were last held against the product, as YYYY-MM-DD.", "2026-11-23", default=None
    )
    cards: list[CardEntry] = about(
        "The flashcards.",
        [{"id": "bq-price", "topic": "bigquery.cost-model", "cloze": "A load job costs {{nothing}}."}],
        default=[],
        max_length=MAX_ITEMS,
    )
    questions: list[QuestionEntry] = about(
        "The exam questions.",
        [
            {
                "id": "bq-cheapest-load",
                "topic": "bigquery.cost-model",
                "difficulty": "easy",
                "stem": "A retailer loads sales once a day … Which way of loading costs least?",
                "options": [{"text": "A batch load job", "correct": True}, {"text": "Streaming"}],
            }
        ],
        default=[],
        max_length=MAX_ITEMS,
    )


KINDS: dict[str, type[Format]] = {
    "deck": DeckFile,
    "syllabus": SyllabusFile,
    "blueprint": BlueprintFile,
    "case": CaseFile,
    "names": NamesFile,
}
"""The model of each kind of file."""
