"""The format of what stands around decks: syllabus, blueprints, cases and product names."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from studyapp.content.fields import (
    Date,
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
from studyapp.content.schema_base import Format, about


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
    topics: list[TopicEntry] = about(
        "The domain's topics.",
        [{"id": "bigquery.cost-model", "title": "What BigQuery costs", "weight": 3}],
        min_length=1,
        max_length=1000,
    )


class SyllabusFile(Format):
    """The syllabus: domains, topics, objectives."""

    syllabus: Id = about("The syllabus' id.", "gcp-data-and-ml")
    title: Text = about("The syllabus' name as shown.", "Google Cloud Data Engineer")
    domains: list[DomainEntry] = about(
        "The domains, in the order shown.",
        [
            {
                "id": "bigquery",
                "title": "BigQuery",
                "topics": [{"id": "bigquery.cost-model", "title": "What BigQuery costs", "weight": 3}],
            }
        ],
        min_length=1,
        max_length=1000,
    )


class SourceEntry(Format):
    """Where a blueprint's weights come from."""

    kind: Literal["reported", "derived", "published"] = about(
        "reported by candidates, derived by us, or published by the examiner.", "reported"
    )
    notes: Text | None = about("Lines of the study notes that report the weights.", "695-717", default=None)
    remark: Text | None = about("What a learner should know about these weights.", "Counts are rough.", default=None)


def _some(key: str) -> dict[str, Any]:
    """A JSON Schema by which a list is there and not empty."""
    return {"required": [key], "properties": {key: {"minItems": 1}}}


class StratumEntry(Format):
    """A share of an exam, and the questions that it is filled from."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [_some("topics"), _some("cases")]})

    name: Text = about("The stratum's name as shown.", "BigQuery")
    weight: Weight = about("Its share of the questions, in proportion to the other weights.", 8, 7.5)
    topics: Annotated[list[TopicPattern], Field(max_length=1000)] = about(
        "Topic ids, or prefixes that end in *.", ["bigquery.*", "dataflow.windows"], default=[]
    )
    cases: Ids = about("Case ids, whose questions count here too.", ["flowlogistic"], default=[])


def _some_weight(strata: list[StratumEntry]) -> list[StratumEntry]:
    if not any(stratum.weight for stratum in strata):
        raise PydanticCustomError(
            "E135", "have no weight above zero; give a stratum the share of the questions that it stands for"
        )
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
        [{"name": "BigQuery", "weight": 8, "topics": ["bigquery.*"]}],
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
    names: list[NameEntry] = about(
        "Its names, oldest first.",
        [{"name": "Dataproc", "from": 2015, "until": 2026}, {"name": "Managed Service for Apache Spark", "from": 2026}],
        min_length=1,
        max_length=50,
    )
    short: Tags = about("Established short forms.", ["GCS"], default=[])


class NamesFile(Format):
    """Product names, past and present."""

    products: list[ProductEntry] = about(
        "The products.",
        [{"id": "vertex-ai", "names": [{"name": "Vertex AI", "from": 2021}]}],
        min_length=1,
        max_length=5000,
    )
