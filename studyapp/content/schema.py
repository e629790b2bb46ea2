"""The format of the files, as models whose descriptions and examples also make the JSON Schema.

Only the shape is described here; what needs other files (does the topic exist?) stands in ``references``.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from studyapp.content.fields import (
    Cloze,
    Date,
    Flag,
    FormerIds,
    Id,
    Ids,
    Minutes,
    QuestionCount,
    Share,
    Tags,
    Text,
    TopicPattern,
    TopicWeight,
    Weight,
    Year,
)

MAX_ITEMS = 20_000
"""Cards, and questions, of one deck."""


def about(description: str, *examples: Any, default: Any = ..., **constraints: Any) -> Any:
    """A field with its description and examples; required unless a default is given."""
    if default == []:
        # A factory, as pydantic makes a deep copy of a list for every entry that leaves it out.
        return Field(default_factory=list, description=description, examples=list(examples) or None, **constraints)
    return Field(default, description=description, examples=list(examples) or None, **constraints)


FORMER = "The id, or ids, that it had before: its history moves along. None of them may be in use any more."


class Format(BaseModel):
    """What all parts of the format share: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
        raise PydanticCustomError("E130", "none of the options is right; mark the key with 'correct: true'")
    if right == len(options):
        raise PydanticCustomError("E131", "every option is right; at least one must be a distractor")
    return options


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
        "Two to six options; those with correct: true are the key.", min_length=2, max_length=6
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
    cards: list[CardEntry] = about("The flashcards.", default=[], max_length=MAX_ITEMS)
    questions: list[QuestionEntry] = about("The exam questions.", default=[], max_length=MAX_ITEMS)


class TopicEntry(Format):
    """A topic of the syllabus."""

    id: Id = about("Begins with the id of its domain and a dot; stable for ever.", "bigquery.cost-model")
    title: Text = about("The topic's name as shown.", "What BigQuery costs")
    weight: TopicWeight = about("How much the notes dwell on it, 1 (a mention) to 5 (a main theme).", 3)
    notes_lines: Tags = about("Line ranges of the study notes.", ["721", "723-725"], default=[])
    objectives: Annotated[list[Text], Field(max_length=50)] = about(
        "What a learner should be able to do.", ["Choose between batch loads and streaming."], default=[]
    )
    outdated: Text | None = about(
        "What the notes say that no longer holds, and what holds now.", "The exam is longer today.", default=None
    )
    caution: Text | None = about("A slip in the notes that no card may repeat.", "They mix up two units.", default=None)
    depth: Literal["named-only"] | None = about(
        "named-only where the notes name the topic and do not teach it.", "named-only", default=None
    )


class DomainEntry(Format):
    """A domain: a group of topics."""

    id: Id = about("Stable for ever.", "bigquery")
    title: Text = about("The domain's name as shown.", "BigQuery")
    topics: list[TopicEntry] = about("The domain's topics.", min_length=1, max_length=1000)


class SyllabusFile(Format):
    """The syllabus: domains, topics, objectives."""

    syllabus: Id = about("The syllabus' id.", "gcp-data-and-ml")
    title: Text = about("The syllabus' name as shown.", "Google Cloud Data Engineer")
    domains: list[DomainEntry] = about("The domains, in the order shown.", min_length=1, max_length=1000)


class SourceEntry(Format):
    """Where a blueprint's weights come from."""

    kind: Literal["reported", "derived", "published"] = about(
        "reported by candidates, derived by us, or published by the examiner.", "reported"
    )
    notes: Text | None = about("Lines of the study notes that report the weights.", "695-717", default=None)
    remark: Text | None = about("What a learner should know about these weights.", "Counts are rough.", default=None)


class StratumEntry(Format):
    """A share of an exam, and the questions that it is filled from."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["topics"]}, {"required": ["cases"]}]})

    name: Text = about("The stratum's name as shown.", "BigQuery")
    weight: Weight = about("Its share of the questions, in proportion to the other weights.", 8, 7.5)
    topics: Annotated[list[TopicPattern], Field(max_length=1000)] = about(
        "Topic ids, or prefixes that end in *.", ["bigquery.*", "dataflow.windows"], default=[]
    )
    cases: Ids = about("Case ids, whose questions count here too.", ["flowlogistic"], default=[])


def _some_weight(strata: list[StratumEntry]) -> list[StratumEntry]:
    if not any(stratum.weight for stratum in strata):
        raise PydanticCustomError("E135", "have no weight above zero, so no question could be shared out")
    return strata


class BlueprintFile(Format):
    """A blueprint: how an exam is weighted."""

    blueprint: Id = about("The blueprint's id.", "pde-reported-count")
    title: Text = about("The blueprint's name as shown.", "Data Engineer, as counted by a candidate")
    exam: Text = about("The exam that it stands for.", "Professional Data Engineer")
    source: SourceEntry = about("Where the weights come from.", {"kind": "reported", "notes": "695-717"})
    questions: QuestionCount = about("How many questions the exam has.", 50)
    minutes: Minutes = about("How long the exam is.", 120)
    pass_mark: Share = about("The share of right answers that passes: an assumption that the learner can change.", 0.7)
    strata: Annotated[list[StratumEntry], AfterValidator(_some_weight)] = about(
        "The shares of the exam; weights become whole numbers by the largest-remainder method.",
        min_length=1,
        max_length=100,
    )


class CaseFile(Format):
    """A case study that several questions share."""

    case: Id = about("The case's id.", "flowlogistic")
    title: Text = about("The case's name as shown.", "Flowlogistic")
    text: Text = about("The case, 250 to 500 words (Markdown).", "Flowlogistic moves freight …")
    verified_on: Date | None = about("When the text was last checked, as YYYY-MM-DD.", "2026-11-23", default=None)


class NameEntry(Format):
    """One name of a product, and the years it held."""

    name: Text = about("The name.", "Vertex AI")
    since: Year = about("The year it came.", 2021, alias="from")
    until: Year | None = about("The year it went; leave out for today's name.", 2026, default=None)


class ProductEntry(Format):
    """A product under all its names."""

    id: Id = about("The product's id.", "vertex-ai")
    names: list[NameEntry] = about("Its names, oldest first.", min_length=1, max_length=50)
    short: Tags = about("Established short forms.", ["GCS"], default=[])


class NamesFile(Format):
    """Product names, past and present."""

    products: list[ProductEntry] = about("The products.", min_length=1, max_length=5000)


KINDS: dict[str, type[Format]] = {
    "deck": DeckFile,
    "syllabus": SyllabusFile,
    "blueprint": BlueprintFile,
    "case": CaseFile,
    "names": NamesFile,
}
"""The model of each kind of file."""

KIND_KEYS: dict[str, str] = {
    "deck": "deck",
    "syllabus": "syllabus",
    "blueprint": "blueprint",
    "case": "case",
    "products": "names",
}
"""The key by which a file says what it is, and the kind it stands for."""
